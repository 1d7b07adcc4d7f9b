"""NetworkLabels: names beside marks, none over another; found once for a zoom, shifted with the picture afterwards."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform

from workbench.ui.widgets.network_paint import Ink, faded
from workbench.ui.widgets.network_scene import NetworkScene

_WIDTH: Final = 180
_MOST: Final = 36
_GROUND: Final = 225

Placed = list[tuple[QRectF, str]]


class NetworkLabels:
    """Remembers where the names of the last people stood: to find room for them takes longer than a frame may."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._origin = QPointF()
        self._placed: Placed = []

    def forget(self) -> None:
        """Looks for room again next time: what was out of sight may be in it now."""
        self._key = ()

    def paint(
        self,
        painter: QPainter,
        scene: NetworkScene,
        nodes: Sequence[int],
        to_screen: QTransform,
        *,
        ink: Ink,
        radius: float,
    ) -> None:
        """Names beside these people, those first that come first; one that finds no room is left out."""
        key = (id(scene), tuple(nodes), to_screen.m11(), radius, ink.label.key(), ink.tokens)
        if key != self._key:
            self._key, self._origin = key, QPointF(to_screen.dx(), to_screen.dy())
            self._placed = place(scene, nodes, to_screen, ink=ink, radius=radius, seen=QRectF(painter.window()))
        shift = QPointF(to_screen.dx(), to_screen.dy()) - self._origin
        painter.setFont(ink.label)
        ground, text = faded(ink.tokens.colour("surface"), _GROUND), ink.tokens.colour("text")
        for box, words in self._placed:
            at = box.translated(shift)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(at, 3, 3)
            painter.setPen(text)
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, words)


def place(
    scene: NetworkScene, nodes: Sequence[int], to_screen: QTransform, *, ink: Ink, radius: float, seen: QRectF
) -> Placed:
    """Where names stand: after, before, below or above a mark, over no other name and over no mark of these people."""
    metrics = QFontMetricsF(ink.label)
    points = [to_screen.map(QPointF(*scene.places[node])) for node in nodes]
    marks = [QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius) for at in points]
    placed: Placed = []
    for node, at in zip(nodes, points, strict=True):
        if len(placed) >= _MOST:
            break
        text = metrics.elidedText(scene.names[node], Qt.TextElideMode.ElideRight, _WIDTH)
        size = QSizeF(metrics.horizontalAdvance(text) + 6, metrics.height())
        boxes = (box for box in _around(at, size, radius) if seen.contains(box))
        taken = [*(box for box, _ in placed), *marks]
        found = next((box for box in boxes if not any(map(box.intersects, taken))), None)
        if found is not None and text:
            placed.append((found, text))
    return placed


def _around(at: QPointF, size: QSizeF, radius: float) -> Iterator[QRectF]:
    """Where a label may stand beside a mark: after it, before it, below, above."""
    off = radius + 3
    yield QRectF(QPointF(at.x() + off, at.y() - size.height() / 2), size)
    yield QRectF(QPointF(at.x() - off - size.width(), at.y() - size.height() / 2), size)
    yield QRectF(QPointF(at.x() - size.width() / 2, at.y() + off), size)
    yield QRectF(QPointF(at.x() - size.width() / 2, at.y() - off - size.height()), size)
