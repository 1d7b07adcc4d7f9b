"""Exports of Google Analytics as its pages write them, about an invented site."""

from pathlib import Path

RULE = "# ----------------------------------------"
REPORT = "\n".join(
    (
        RULE, "# Pages and screens: Page path and screen class", "# Account: Example, Inc", "# Property: Our site", RULE,
        "# ", "# All Users", "# Start date: 20250101", "# End date: 20250211",
        "Page path and screen class,Views,Active users,Views per active user,"
        "Average engagement time per active user,Event count,Key events,Total revenue",
        "/,83171,22652,3.67168461945965,49.37149037612573,7,0,0",
        '"/a,b?c=1#google_vignette",12,9,1.3,4.5,30,0,0',
        "(not set),3,2,1.5,0,6,0,0",
        "",
    )
)  # fmt: skip
EXPLORATION = "\n".join(
    (
        "# Our site", "# Free form-Free form 1", "# 20260202-20260204", "",
        "Date,Page path,Views,Active users", ",,31,9,Grand total",
        "20260202,/,10,4", "20260202,/new,1,1", "20260203,/,20,5", "",
    )
)  # fmt: skip
OVERVIEW = "\n".join(
    (
        RULE, "# Home", RULE, "# Start date: 20260201", "# End date: 20260203", "",
        "Nth day,Active users", "0000,4", "0001,5", "0002,6", "",
        "Nth day,Views", "0000,10", "0001,0", "0002,30", "",
        "Country ID,Active users", "FR,10", "KE,4", "",
        "Page title and screen class,Views", "Home,31", "Wells,9", "",
    )
)  # fmt: skip
JAPANESE = "\n".join(
    (
        "# 開始日: 20260201", "# 終了日: 20260228", "", "ページ パスとスクリーン クラス,表示回数,アクティブ ユーザー",
        ',"12,345","1,000"', '/,"12,000",900', "/wells,345,120", "",
    )
)  # fmt: skip


def a_file(folder: Path, text: str = REPORT, name: str = "pages.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
