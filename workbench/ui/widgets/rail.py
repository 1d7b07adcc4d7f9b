"""Rail: the pages down the left side, as icon and name, or icons alone where the window is narrow."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.focus_ring import paint_ring

WIDE: Final = 192
NARROW: Final = 56
_ROW: Final = 40
_LOGO: Final = 28


class RailItem(NamedTuple):
    """One page in the rail."""

    key: str
    title: str
    icon: str
    is_foot: bool = False
    shortcut: str = ""


class RailButton(QAbstractButton):
    """Icon, name and an optional small number at the end; the chosen one has a bar at its edge and stronger words."""

    def __init__(self, item: RailItem, theme: Theme) -> None:
        super().__init__()
        self._item, self._theme = item, theme
        self._number = ""
        self._is_narrow = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(item.title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(item.title)
        self._explain()

    def set_number(self, number: str) -> None:
        """A count at the row's end, such as unread or waiting; empty takes it away."""
        if number != self._number:
            self._number = number
            self.setAccessibleDescription(number)
            self.update()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Icon alone."""
        self._is_narrow = is_narrow
        self._explain()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDE), max(_ROW, self._theme.px(_ROW)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, box = self._theme.tokens, self.rect().adjusted(8, 1, -8, -1)
        if self.isChecked():
            painter.setPen(QPen(tokens.colour("line"), 1))
            painter.setBrush(tokens.colour("surface"))
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("accent"))
            bar = QRect(box.left() - 1, box.center().y() - 8, 3, 18)
            painter.drawRoundedRect(self._placed(bar), 1.5, 1.5)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("hover"))
            painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            paint_ring(painter, box.toRectF(), self._theme)
        self._paint_words(painter, box)

    def _paint_words(self, painter: QPainter, box: QRect) -> None:
        tokens, side = self._theme.tokens, self._theme.px(20)
        left = (self.width() - side) // 2 if self._is_narrow else box.left() + 12
        spot = self._placed(QRect(left, box.center().y() - side // 2 + 1, side, side))
        icons.draw(painter, self._item.icon, spot, tokens.colour("accent" if self.isChecked() else "second"))
        if self._is_narrow:
            return
        words = QRect(left + side + 12, box.top(), box.right() - left - side - 20, box.height())
        side_of = Qt.AlignmentFlag.AlignRight if self._is_turned() else Qt.AlignmentFlag.AlignLeft
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(self._theme.font(BODY, weight=weight))
        painter.setPen(tokens.colour("text" if self.isChecked() else "second"))
        painter.drawText(self._placed(words), side_of | Qt.AlignmentFlag.AlignVCenter, self._item.title)
        if self._number:
            other = Qt.AlignmentFlag.AlignLeft if self._is_turned() else Qt.AlignmentFlag.AlignRight
            painter.setFont(self._theme.font(SMALL))
            painter.setPen(tokens.colour("third"))
            painter.drawText(self._placed(words), other | Qt.AlignmentFlag.AlignVCenter, self._number)

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _placed(self, box: QRect) -> QRect:
        """`box` as drawn: turned round in a right-to-left layout."""
        if self._is_turned():
            return QRect(self.width() - box.right() - 1, box.top(), box.width(), box.height())
        return box

    def _explain(self) -> None:
        keys = f" ({self._item.shortcut})" if self._item.shortcut else ""
        self.setToolTip(f"{self._item.title}{keys}" if self._is_narrow or keys else "")


class _Brand(QWidget):
    """The program's mark and name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow = False
        self.setAccessibleName("Community Workbench")

    def set_narrow(self, *, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(NARROW, 56)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = (self.width() - _LOGO) // 2 if self._is_narrow else 16
        if turned and not self._is_narrow:
            left = self.width() - left - _LOGO
        mark = QRect(left, (self.height() - _LOGO) // 2, _LOGO, _LOGO)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(mark, 7, 7)
        icons.draw(painter, "circles-four", mark.adjusted(5, 5, -5, -5), self._theme.colour("on_accent"))
        if self._is_narrow:
            return
        words = QRect(8, 0, self.width() - 24 - _LOGO - 8, self.height())
        if not turned:
            words.moveLeft(mark.right() + 11)
        side = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.DemiBold))
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, "Community\nWorkbench")


class Rail(QWidget):
    """`chosen(key)` when a page is asked for."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow = False
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self._brand = _Brand(theme)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(self._brand)
        for item in (one for one in items if not one.is_foot):
            column.addWidget(self._button(item))
        column.addStretch(1)
        for item in (one for one in items if one.is_foot):
            column.addWidget(self._button(item))
        theme.changed.connect(self._resize)
        self._resize()

    def choose(self, key: str) -> None:
        """Marks a page as shown; a key that is not in the rail marks none."""
        button = self._buttons.get(key)
        if button is not None:
            button.setChecked(True)

    def set_number(self, key: str, number: str) -> None:
        """Puts a small count beside a page's name."""
        if key in self._buttons:
            self._buttons[key].set_number(number)

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Leaves a page out while there is nothing behind it."""
        if key in self._buttons:
            self._buttons[key].setVisible(is_shown)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Shows icons alone."""
        self._is_narrow = is_narrow
        self._brand.set_narrow(is_narrow=is_narrow)
        for button in self._buttons.values():
            button.set_narrow(is_narrow=is_narrow)
        self._resize()

    def _button(self, item: RailItem) -> RailButton:
        button = RailButton(item, self._theme)
        button.clicked.connect(lambda: self.chosen.emit(item.key))
        self._group.addButton(button)
        self._buttons[item.key] = button
        return button

    def _resize(self) -> None:
        self.setFixedWidth(NARROW if self._is_narrow else self._theme.px(WIDE))
        self.update()
