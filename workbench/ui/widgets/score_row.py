"""ScoreRow: one measure of the scorecard: its value, how it stands, what it was; it explains itself."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.theme import BODY, MEANING_ICONS, SMALL, Meaning, Theme

_HEIGHT: Final = 36
_WIDTHS: Final = (84, 92, 92)
_GAP: Final = 8
_LEAST_TITLE: Final = 150
_ICON: Final = 16
_PADDING: Final = 8


@dataclass(frozen=True, slots=True)
class ScoreCells:
    """What a row says. `values` are now, before and a year before; `spoken` and `tip` say the whole of it."""

    key: str
    title: str
    values: tuple[str, str, str]
    standing: str
    meaning: Meaning
    spoken: str
    tip: str


class ScoreHead(QWidget):
    """The titles of the three columns of numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(self._theme.colour("third"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        for words, room in zip(("Now", "Before", "Year ago"), columns(self, self._theme), strict=False):
            painter.drawText(room, flags, words)


class ScoreRow(QWidget):
    """Takes the keyboard; Enter, Space and a click send `chosen(key)`."""

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, theme: Theme, cells: ScoreCells) -> None:
        super().__init__()
        self._theme = theme
        self.cells = cells
        self.is_chosen = False
        self._is_under = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_cells(cells)

    def show_cells(self, cells: ScoreCells) -> None:
        """Shows newer numbers of the same measure."""
        self.cells = cells
        self.setAccessibleName(cells.spoken)
        self.setAccessibleDescription(cells.tip)
        self.setToolTip(cells.tip)
        self.update()

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Marks the row whose explanation is shown."""
        self.is_chosen = is_chosen
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.is_chosen or self._is_under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.is_chosen else "hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        places = columns(self, theme)
        room = self.rect().adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
        if self.cells.standing:
            side = theme.px(_ICON)
            left = room.right() - side + 1 if turned else room.left()
            tokens = theme.tokens
            box = QRect(left, (self.height() - side) // 2, side, side)
            icons.draw(painter, MEANING_ICONS[self.cells.meaning], box, tokens.of(self.cells.meaning))
        indent = theme.px(_ICON + 8)
        first = places[0]
        words = (
            QRect(first.right(), 0, room.right() - indent - first.right(), self.height())
            if turned
            else QRect(room.left() + indent, 0, first.left() - room.left() - indent, self.height())
        )
        painter.setFont(theme.font(BODY))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(self.cells.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(title))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        for place, (value, box) in enumerate(zip(self.cells.values, places, strict=False)):
            painter.setFont(theme.font(BODY, weight=QFont.Weight.DemiBold) if place == 0 else theme.font(SMALL))
            painter.setPen(theme.colour("text" if place == 0 else "second"))
            said = painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideRight, box.width() - theme.px(_GAP))
            painter.drawText(box, flags, isolated(said))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.chosen.emit(self.cells.key)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.cells.key)
        super().mouseReleaseEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_under = True
        self.update()

    @override
    def leaveEvent(self, event: object) -> None:
        self._is_under = False
        self.update()


def columns(widget: QWidget, theme: Theme) -> list[QRect]:
    """The places of the numbers: now, before, a year before; mirrored where writing runs from the right.

    Where that would leave the title no room the older ones give way: the explanation of a row says them all.
    """
    turned = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    widths = [theme.px(each) for each in _WIDTHS]
    while len(widths) > 1 and sum(widths) + theme.px(_LEAST_TITLE) > widget.width():
        widths.pop()
    end = theme.px(_PADDING) if turned else widget.width() - theme.px(_PADDING)
    found: list[QRect] = []
    for width in reversed(widths):
        left = end if turned else end - width
        found.insert(0, QRect(left, 0, width, widget.height()))
        end = left + width if turned else left
    return found
