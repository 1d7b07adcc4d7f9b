"""Band paint: what stands behind the lines of a plot: the period, what is usual, named heights, notes, past gaps."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygonF

from workbench.ui.directions import isolated
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.chart_data import ChartData, Chosen

At = Callable[[float, float], QPointF]
"""Where a place and a value are on screen."""

_FLAG: Final = 9
_FOOT: Final = 7
_FAINT: Final = 40
_CLEAR: Final = 6
_DIAMOND: Final = 7
_SMALL_DIAMOND: Final = 4
_MOST_LARGE: Final = 60
_BRACKET: Final = 5


def paint_band(painter: QPainter, theme: Theme, band: Sequence[tuple[float, float] | None], *, at: At) -> None:
    """What is usual, from and to: a pale ground with dotted borders, so that it is seen in grey as well."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for first, borders in _runs(band):
        tops = [at(first + place, high) for place, (_, high) in enumerate(borders)]
        feet = [at(first + place, max(low, 0.0)) for place, (low, _) in enumerate(borders)]
        ground = QColor(theme.colour("series_1"))
        ground.setAlpha(_FAINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF([*tops, *reversed(feet)]))
        painter.setPen(QPen(theme.colour("third"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(tops))
        painter.drawPolyline(QPolygonF(feet))
    painter.restore()


def paint_levels(painter: QPainter, theme: Theme, data: ChartData, *, room: QRectF, at: At, is_turned: bool) -> None:
    """Heights with a name: a dashed line up to the last place, the name at its beginning, clear of the first values.

    Those beyond the axis are left out, and so is a name that would stand on that of the level below.
    """
    font = theme.font(SMALL)
    height = QFontMetrics(font).height()
    painter.setFont(font)
    end = at(len(data.starts) - 1, 0).x()
    begin = room.right() if is_turned else room.left()
    first = [at(0, value).y() for series in data.series for value in series.values[:1] if value is not None]
    side = Qt.AlignmentFlag.AlignRight if is_turned else Qt.AlignmentFlag.AlignLeft
    below = room.bottom() + height
    for level in data.levels:
        y = round(at(0, level.value).y()) + 0.5
        if y < room.top():
            continue
        painter.setPen(QPen(theme.colour("third"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(begin, y), QPointF(end, y))
        if y > below - height:
            continue
        below = y
        is_taken = any(y - height - _CLEAR < value < y for value in first)
        top = y + 1 if is_taken else y - height - 1
        painter.setPen(theme.colour("second"))
        spot = QRectF(room.left() + 6, top, room.width() - 12, height)
        painter.drawText(spot, side | Qt.AlignmentFlag.AlignAbsolute, isolated(level.words))


def paint_notes(painter: QPainter, theme: Theme, data: ChartData, *, room: QRectF, at: At) -> None:
    """A thin line with a small flag on the day of each note; its words come with the pointer."""
    size = theme.px(_FLAG)
    ahead = size if at(1, 0).x() > at(0, 0).x() else -size
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for note in data.notes:
        place = data.place_of(note.day)
        # A note of the first Monday begins half a place before the first marker, on the border of the plot.
        x = round(at(place, 0).x()) + 0.5
        if not room.left() - 1 <= x <= room.right() + 1:
            continue
        painter.setPen(QPen(theme.colour("second"), 1, Qt.PenStyle.DashDotLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("second"))
        top = room.top()
        corners = [QPointF(x, top), QPointF(x + ahead, top + size / 2), QPointF(x, top + size)]
        painter.drawPolygon(QPolygonF(corners))
    painter.restore()


def chosen_height(theme: Theme) -> int:
    """How much room above the lines the bracket of the period takes."""
    return QFontMetrics(theme.font(SMALL)).height() + theme.px(_BRACKET)


def paint_chosen(painter: QPainter, theme: Theme, chosen: Chosen, *, box: QRectF, room: QRectF) -> None:
    """The period in a chart of more days: a pale ground, and above it a bracket with its words."""
    font = theme.font(SMALL)
    painter.fillRect(box, theme.colour("hover"))
    top = round(room.top() - theme.px(_BRACKET)) + 0.5
    painter.setPen(QPen(theme.colour("third"), 1))
    left, right, foot = box.left(), box.right(), room.top()
    painter.drawPolyline([QPointF(left, foot), QPointF(left, top), QPointF(right, top), QPointF(right, foot)])
    width = QFontMetrics(font).horizontalAdvance(chosen.words) + 4
    begin = min(max(box.center().x() - width / 2, room.left()), room.right() - width)
    painter.setFont(font)
    painter.setPen(theme.colour("second"))
    spot = QRectF(begin, top - QFontMetrics(font).height(), width, QFontMetrics(font).height())
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, isolated(chosen.words))


def paint_outside(painter: QPainter, theme: Theme, data: ChartData, *, at: At) -> None:
    """A diamond around each value that lies outside of what is usual."""
    size = theme.px(_DIAMOND if len(data.starts) <= _MOST_LARGE else _SMALL_DIAMOND)
    painter.setPen(QPen(theme.colour("text"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place in data.outside:
        value = data.series[0].values[place]
        if value is not None:
            spot = at(place, value)
            corners = [(0, -size), (size, 0), (0, size), (-size, 0)]
            painter.drawPolygon(QPolygonF([QPointF(spot.x() + x, spot.y() + y) for x, y in corners]))


def paint_past_gap(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Days of the year before that are not known: hatched at the foot, because this year's stand above."""
    foot = QRectF(box)
    foot.setTop(box.bottom() - theme.px(_FOOT))
    painter.fillRect(foot, theme.colour("unknown_soft"))
    painter.fillRect(foot, QBrush(theme.colour("hatch"), Qt.BrushStyle.FDiagPattern))


def _runs(band: Sequence[tuple[float, float] | None]) -> list[tuple[int, list[tuple[float, float]]]]:
    """The stretches without a hole: where each begins, and its borders."""
    runs: list[tuple[int, list[tuple[float, float]]]] = []
    is_open = False
    for place, border in enumerate(band):
        if border is not None:
            if not is_open:
                runs.append((place, []))
            runs[-1][1].append(border)
        is_open = border is not None
    return runs
