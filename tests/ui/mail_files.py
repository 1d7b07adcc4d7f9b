"""Small mail archives of invented people, for what the window does with them."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

START = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)


def an_archive(folder: Path, *, mails: int = 6, name: str = "2024-January.txt", series: int = 0) -> Path:
    """`folder` with one file of so many mails in it; another `series` makes other mails."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(_mail(number, series) for number in range(mails)), "utf-8")
    return folder


def an_ugly_archive(folder: Path) -> Path:
    """As above, beside a file that says it is mail and is none."""
    an_archive(folder)
    (folder / "minutes.mbox").write_bytes(bytes(range(256)) * 40)
    return folder


def _mail(number: int, series: int) -> str:
    sent_at = START + timedelta(hours=7 * number)
    return (
        f"From amina at example.org  {sent_at:%a %b %d %H:%M:%S %Y}\n"
        "From: amina at example.org (Amina Example)\n"
        f"Date: {format_datetime(sent_at)}\nSubject: Pump {number}\nMessage-ID: <{series}-{number}@example.org>\n\n"
        f"Words {number}\n\n"
    )
