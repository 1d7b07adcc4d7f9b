"""paint_network: the same picture for screen, PNG and SVG; knows no widget, and runs on any thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import sleep
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QTransform

from workbench.cancel import CancelToken
from workbench.ui.theme import DARK, Tokens
from workbench.ui.widgets.network_scene import COLOURS_DARK, COLOURS_LIGHT, GroupLook, NetworkScene, Shape

_LEAST_RADIUS: Final = 1.7
_MOST_RADIUS: Final = 9.0
_RADIUS_SHARE: Final = 0.17
_OUTLINED_FROM: Final = 3.0
_RING: Final = 0.55
"""How thick a ring is, in radii."""
_DENSE: Final = 20_000
_MARKS_A_PATH: Final = 60
_AREA: Final = {Shape.CIRCLE: 1.0, Shape.SQUARE: 0.88, Shape.DIAMOND: 1.2, Shape.TRIANGLE: 1.2}
"""How far each shape reaches, so that all look equally large."""
_CORNER: Final = {Shape.DIAMOND: 0.11, Shape.TRIANGLE: 0.19}
"""How much further the corners of its ring do."""


class View(NamedTuple):
    """What is looked at: the point in the middle and how many pixels one unit takes."""

    x: float
    y: float
    scale: float

    def to_screen(self, size: QSizeF) -> QTransform:
        """From places to pixels of a picture of this size."""
        return QTransform(
            self.scale,
            0,
            0,
            self.scale,
            size.width() / 2 - self.x * self.scale,
            size.height() / 2 - self.y * self.scale,
        )

    def area(self, size: QSizeF) -> QRectF:
        """The places that are in sight."""
        width, height = size.width() / self.scale, size.height() / self.scale
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)

    def moved(self, dx: float, dy: float) -> "View":
        """With everything shifted by so many pixels."""
        return self._replace(x=self.x - dx / self.scale, y=self.y - dy / self.scale)


@dataclass(frozen=True, slots=True)
class Ink:
    """What a picture is drawn with."""

    tokens: Tokens
    label: QFont

    def group(self, colour: int | None) -> QColor:
        """The colour of a group; of people in none of those told, a quiet one."""
        if colour is None:
            return self.tokens.colour("control")
        return QColor((COLOURS_DARK if self.tokens is DARK else COLOURS_LIGHT)[colour])


def fitting(scene: NetworkScene, size: QSizeF, *, margin: float = 28.0) -> View:
    """The view that holds everybody."""
    bounds = scene.bounds
    room = QSizeF(max(1.0, size.width() - 2 * margin), max(1.0, size.height() - 2 * margin))
    least = max(bounds.width(), bounds.height(), 1e-6) / 1e3
    scale = min(room.width() / max(bounds.width(), least), room.height() / max(bounds.height(), least))
    # Two or three people are not to fill the whole page.
    scale = min(scale, 0.25 * min(room.width(), room.height()) / scene.spacing)
    return View(bounds.center().x(), bounds.center().y(), scale)


def radius_of(scene: NetworkScene, view: View) -> float:
    """How large everybody is drawn, in pixels: all alike, because size would rank people."""
    return min(_MOST_RADIUS, max(_LEAST_RADIUS, _RADIUS_SHARE * scene.spacing * view.scale))


def paint_image(scene: NetworkScene, view: View, ink: Ink, size: QSize, *, ratio: float, cancel: CancelToken) -> QImage:
    """The picture on the ground of its card, `size` in pixels of the screen; stops where asked (CancelledError)."""
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(ink.tokens.colour("surface"))
    painter = QPainter(image)
    try:
        paint_network(painter, scene, view, ink, QSizeF(size), cancel=cancel)
    finally:
        painter.end()
    return image


def paint_network(
    painter: QPainter, scene: NetworkScene, view: View, ink: Ink, size: QSizeF, *, cancel: CancelToken
) -> None:
    """Ties first, people on top of them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = view.area(size)
    to_screen = view.to_screen(size)
    pen = QPen(faded(ink.tokens.colour("control"), _tie_strength(len(scene.ties))), 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setTransform(to_screen)
    for bounds, path in scene.lines:
        if bounds.intersects(area):
            cancel.check()
            painter.drawPath(path)
            _give_way()
    painter.resetTransform()
    radius = radius_of(scene, view)
    room = 2 * radius / view.scale
    seen = scene.inside(area.adjusted(-room, -room, room, room))
    paint_people(painter, scene, seen, to_screen, ink=ink, radius=radius)


def paint_people(
    painter: QPainter, scene: NetworkScene, nodes: Iterable[int], to_screen: QTransform, *, ink: Ink, radius: float
) -> None:
    """These people in the colour and shape of their group."""
    paths: dict[int | None, list[QPainterPath]] = {}
    scale, dx, dy = to_screen.m11(), to_screen.dx(), to_screen.dy()
    for count, node in enumerate(nodes):
        group = scene.groups[node]
        x, y = scene.places[node]
        some = paths.setdefault(group, [])
        if not some or count % _MARKS_A_PATH == 0:
            _give_way()
            some.append(QPainterPath())
            some[-1].setFillRule(Qt.FillRule.WindingFill)  # where two overlap is no hole
        add_mark(some[-1], None if group is None else scene.legend[group], x * scale + dx, y * scale + dy, radius)
    for group, some in paths.items():
        dip(painter, None if group is None else scene.legend[group], ink, radius=radius)
        for path in some:
            painter.drawPath(path)
            _give_way()


def dip(painter: QPainter, look: GroupLook | None, ink: Ink, *, radius: float) -> None:
    """Pen and brush for the marks of a group: full, or a ring; None for people in none of those told."""
    colour, surface = ink.group(None if look is None else look.colour), ink.tokens.colour("surface")
    if look is not None and look.is_hollow:
        pen = QPen(colour, _RING * radius)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(surface)
        return
    painter.setPen(QPen(surface, 1.0) if radius >= _OUTLINED_FROM else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(colour)


def add_mark(path: QPainterPath, look: GroupLook | None, x: float, y: float, radius: float) -> None:
    """One mark of a group around a point; a ring reaches as far as what is full."""
    is_hollow = look is not None and look.is_hollow
    shape = Shape.CIRCLE if look is None else look.shape
    reach = radius * _AREA[shape] - (_RING * radius / 2 if is_hollow else 0.0)
    if shape is Shape.CIRCLE:
        path.addEllipse(QPointF(x, y), reach, reach)
    elif shape is Shape.SQUARE:
        path.addRect(x - reach, y - reach, 2 * reach, 2 * reach)
    else:
        path.moveTo(x, y - reach)
        if shape is Shape.DIAMOND:
            path.lineTo(x + reach, y)
            path.lineTo(x, y + reach)
            path.lineTo(x - reach, y)
        else:
            path.lineTo(x + reach, y + 0.8 * reach)
            path.lineTo(x - reach, y + 0.8 * reach)
        path.closeSubpath()


def reach_of(look: GroupLook | None) -> float:
    """How far a mark goes to its sides, in radii: the corners of a ring's line stand out."""
    shape = Shape.CIRCLE if look is None else look.shape
    return _AREA[shape] + (_CORNER.get(shape, 0.0) if look is not None and look.is_hollow else 0.0)


def _give_way() -> None:
    """Lets the window have Python at once if it waits for it: else each of its calls would wait five milliseconds."""
    sleep(0)


def faded(colour: QColor, alpha: int) -> QColor:
    """The colour with so much of 255 left of it."""
    thin = QColor(colour)
    thin.setAlpha(alpha)
    return thin


def _tie_strength(count: int) -> int:
    """The more ties there are the paler each is, so that a dense picture does not become one blot."""
    part: float = min(1.0, count / _DENSE) ** 0.35
    return round(max(34.0, 150.0 * (1.0 - part)))
