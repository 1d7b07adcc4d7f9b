"""Network data: what the network page shows, read and worked out in jobs, and the scene made of it; no widget."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from workbench.cancel import CancelToken
from workbench.metrics.window import days_over
from workbench.operations.network import NetworkLook, look_at_network
from workbench.operations.network_table import GroupTable, group_table, group_words
from workbench.progress import Report
from workbench.queries.communities import community_names
from workbench.queries.scope import Scope
from workbench.ui.pages.network_list import NetworkRow
from workbench.ui.pages.network_words import about, caption, name_of
from workbench.ui.period import Period
from workbench.ui.sanitiser import line
from workbench.ui.theme import LIGHT
from workbench.ui.widgets.network_legend import entries_of, paint_entries
from workbench.ui.widgets.network_paint import Ink, fitting, paint_network
from workbench.ui.widgets.network_scene import COLOURS_LIGHT, NetworkScene, group_looks
from workbench.workspace import Workspace

PICTURE: Final = QSize(1600, 1200)
_CAPTION, _EDGE, _LETTERS = 150, 36, 20
_TURN_SECONDS: Final = 0.0005


class ColourBy(StrEnum):
    """What colours and shapes say."""

    GROUP = "group"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class NetworkShown:
    """What the page shows: the network, its scene and the table beside it."""

    look: NetworkLook
    scene: NetworkScene
    table: GroupTable
    has_communities: bool
    everybody: tuple[NetworkRow, ...]
    others: str
    """Who has the quiet mark; empty where nobody has."""


def read_network(
    workspace: Workspace,
    *,
    scope: Scope,
    period: Period,
    now: datetime,
    by: ColourBy,
    report: Report,
    cancel: CancelToken,
) -> NetworkShown:
    """The network of a scope and period; the hard work is done in a child process."""
    with workspace.database.read() as reader:
        has_communities = bool(community_names(reader))
    days = period.days(now.date())
    window = None if days is None else days_over(*days, today=now.date())
    with short_turns():
        look = look_at_network(
            workspace, scope=scope, window=window, as_of=now, is_beside=True, report=report, cancel=cancel
        )
        return shown(look, by, has_communities=has_communities)


def shown(look: NetworkLook, by: ColourBy, *, has_communities: bool = True) -> NetworkShown:
    """The same network in other colours."""
    table = group_table(look)
    words, groups, others = _by_group(look, table) if by is ColourBy.GROUP else _by_office(look)
    scene = NetworkScene(
        places=[one.place for one in look.people],
        names=[line(one.name) for one in look.people],
        groups=groups,
        legend=group_looks(words),
        ties=list(zip(look.edges.ends, look.edges.others, strict=True)),
        near=look.near,
    )
    return NetworkShown(
        look=look,
        scene=scene,
        table=table,
        has_communities=has_communities,
        everybody=everybody(look, are_hidden=False),
        others=others if None in groups else "",
    )


def everybody(look: NetworkLook, *, are_hidden: bool) -> tuple[NetworkRow, ...]:
    """A row for everybody, in the order of names."""
    return tuple(
        NetworkRow(node, name_of(look, node, are_hidden=are_hidden), about(look, node))
        for node in range(len(look.people))
    )


@contextmanager
def short_turns() -> Iterator[None]:
    """Lets threads take turns more often: a page paints in many steps, and waits a turn for each."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _by_group(look: NetworkLook, table: GroupTable) -> tuple[list[str], list[int | None], str]:
    """The largest groups, by number."""
    told = table.rows[: len(COLOURS_LIGHT)]
    groups = [one.cluster if one.cluster is not None and one.cluster < len(told) else None for one in look.people]
    return [line(group_words(table, row)) for row in told], groups, "smaller groups, and people in none"


def _by_office(look: NetworkLook) -> tuple[list[str], list[int | None], str]:
    """The offices with most people here, in the order of names."""
    counts = Counter(one.office for one in look.people if one.office)
    told = sorted((office for office, _ in counts.most_common(len(COLOURS_LIGHT))), key=str.casefold)
    numbers = {office: number for number, office in enumerate(told)}
    return (
        [line(office) for office in told],
        [numbers.get(one.office) for one in look.people],
        "other offices, or not known",
    )


def picture_bytes(found: NetworkShown, font: QFont, suffix: str) -> bytes:
    """The whole picture without names, on paper, with what it shows below: PNG, or SVG for the suffix ".svg"."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - loads with the first picture saved

        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(PICTURE)
        generator.setViewBox(QRect(0, 0, PICTURE.width(), PICTURE.height()))
        generator.setTitle("Network")
        _paint_paper(QPainter(generator), found, font)
    else:
        image = QImage(PICTURE, QImage.Format.Format_RGB32)
        image.fill(LIGHT.colour("surface"))
        _paint_paper(QPainter(image), found, font)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know file names only
    data: QByteArray = buffer.data()
    return bytes(data.data())


def _paint_paper(painter: QPainter, found: NetworkShown, font: QFont) -> None:
    """Picture, legend, and which network of which days it is and how far these are known."""
    letters = QFont(font)
    letters.setPixelSize(_LETTERS)
    ink = Ink(LIGHT, letters)
    room = QSizeF(PICTURE.width(), PICTURE.height() - _CAPTION)
    paint_network(painter, found.scene, fitting(found.scene, room), ink, room, cancel=CancelToken())
    painter.translate(_EDGE, room.height())
    wide = PICTURE.width() - 2 * _EDGE
    painter.setFont(letters)
    painter.setPen(LIGHT.colour("text"))
    painter.drawText(QRectF(0, 0, wide, _EDGE), Qt.AlignmentFlag.AlignVCenter, caption(found.look))
    painter.translate(0, _EDGE)
    paint_entries(painter, entries_of(found.scene.legend, found.others), ink, width=wide)
    painter.end()


def save_bytes(data: bytes, path: Path) -> tuple[Path, int]:
    """Writes a file whole or not at all; answers its path and size."""
    from workbench.export.files import write_whole  # noqa: PLC0415 - documents load with the first export

    write_whole(path, data)
    return path, len(data)
