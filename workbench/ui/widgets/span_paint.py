"""SpanPaint: draws a card as a bar with its mark and title; calendar and timeline, and what follows the mouse."""

from typing import Final
from unicodedata import bidirectional

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.models.kinds import CardColumn
from workbench.ui import icons
from workbench.ui.qt_models.card_span import CardSpan
from workbench.ui.theme import SMALL, Theme

_ICON: Final = 12
_RADIUS: Final = 4
_MOST_CUT: Final = 8192
_LEAST_WORDS: Final = 8
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_TO_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_TO_RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE
_GROUNDS: Final = {CardColumn.TODO: "surface", CardColumn.DOING: "accent_soft", CardColumn.DONE: "neutral_soft"}
_EDGES: Final = {CardColumn.TODO: "control", CardColumn.DOING: "accent", CardColumn.DONE: "line"}


class SpanPaint:
    """Fonts, colours and pictures of icons are made once for a look: `renew` after it changed."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.renew()

    def renew(self) -> None:
        """Takes in the colours and sizes now in force."""
        self.font = self._theme.font(SMALL)
        self.metrics = QFontMetrics(self.font)
        self._colours: dict[str, QColor] = {}
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self._cut: dict[tuple[str, int], tuple[str, bool]] = {}

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = self._theme.colour(token)
        return found

    def bar(
        self, painter: QPainter, box: QRect, span: CardSpan, *, is_chosen: bool, turned: bool, open_ends: int = 0
    ) -> None:
        """A bar; `open_ends` has 1 where it comes from before the edge and 2 where it goes on."""
        width = 2 if is_chosen else 1
        painter.setPen(QPen(self.colour("accent" if is_chosen else _EDGES[span.column]), width))
        painter.setBrush(self.colour(_GROUNDS[span.column]))
        inset = width / 2
        area = QRectF(box).adjusted(inset, inset, -inset, -inset)
        if open_ends:
            left, right = (bool(open_ends & 2), bool(open_ends & 1)) if turned else (open_ends & 1, open_ends & 2)
            painter.drawPath(_shape(area, open_left=bool(left), open_right=bool(right)))
        else:
            painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        self.words(painter, box.adjusted(6, 0, -6, 0), span, turned=turned)

    def words(self, painter: QPainter, room: QRect, span: CardSpan, *, turned: bool) -> None:
        """Its mark and title in a room of one line."""
        if span.icon:
            side = self._theme.px(_ICON)
            if room.width() < side:
                return
            left = room.right() + 1 - side if turned else room.left()
            self.icon(painter, span.icon, span.ink, QPoint(left, room.center().y() - side // 2 + 1), side)
            room = room.adjusted(0 if turned else side + 4, 0, -side - 4 if turned else 0, 0)
        if room.width() <= _LEAST_WORDS:
            return
        painter.setFont(self.font)
        painter.setPen(self.colour(span.ink))
        shown, is_turned = self._fitted(span.title, room.width())
        # A title is read in its own direction but starts where all titles of this layout start.
        before = painter.layoutDirection()
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_turned else Qt.LayoutDirection.LeftToRight)
        painter.drawText(room, _TO_RIGHT if turned else _TO_LEFT, shown)
        painter.setLayoutDirection(before)

    def icon(self, painter: QPainter, name: str, token: str, at: QPoint, side: int) -> None:
        """An icon from its picture, which costs a tenth of its outline."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._icons.get((name, token, ratio))
        if pixmap is None:
            pixmap = QPixmap(round(side * ratio), round(side * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(pixmap)
            icons.draw(inner, name, QRect(0, 0, side, side), self.colour(token))
            inner.end()
            self._icons[name, token, ratio] = pixmap
        painter.drawPixmap(at, pixmap)

    def _fitted(self, title: str, width: int) -> tuple[str, bool]:
        found = self._cut.get((title, width))
        if found is None:
            words = " ".join(title.split())
            found = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, width), _is_turned(words)
            if len(self._cut) >= _MOST_CUT:
                self._cut.clear()
            self._cut[title, width] = found
        return found


class SpanGhost(QWidget):
    """The picture of what is carried, following the mouse; says how many where it is more than one."""

    def __init__(self, theme: Theme, paint: SpanPaint, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._paint = theme, paint
        self._span: CardSpan | None = None
        self._count = 1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lift(self, span: CardSpan, *, count: int, at: QPoint) -> None:
        """Shows a card under the mouse, `at` in the parent."""
        self._span, self._count = span, count
        self.resize(self._theme.px(160), self._theme.px(24))
        self.follow(at)
        self.raise_()
        self.show()

    def follow(self, at: QPoint) -> None:
        """Moves it to the mouse."""
        self.move(at.x() + 8, at.y() + 8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._span is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._paint.bar(painter, self.rect(), self._span, is_chosen=True, turned=turned)
        if self._count > 1:
            side = self.height()
            box = QRect(2 if turned else self.width() - side - 2, 2, side - 4, side - 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._paint.colour("accent"))
            painter.drawEllipse(box)
            painter.setPen(self._paint.colour("on_accent"))
            painter.setFont(self._theme.font(SMALL, weight=QFont.Weight.DemiBold))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._count))


def _is_turned(words: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for sign in words:
        direction = bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _shape(area: QRectF, *, open_left: bool, open_right: bool) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(area, _RADIUS, _RADIUS)
    for is_open, side in ((open_left, area.left()), (open_right, area.right() - _RADIUS)):
        if is_open:
            square = QPainterPath()
            square.addRect(QRectF(side, area.top(), _RADIUS, area.height()))
            path = path.united(square)
    return path
