"""TagEditor: a person's tags as small buttons, and a line that adds one with completion."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.sanitiser import line
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.completer_list import complete

LONGEST: Final = 40
_HEIGHT: Final = 26
_GAP: Final = 6


class _Tag(QAbstractButton):
    """One tag; pressing it takes it off."""

    def __init__(self, theme: Theme, tag: str) -> None:
        super().__init__()
        self._theme, self.tag = theme, tag
        self.setAccessibleName(f"Remove tag {line(tag)}")
        self.setToolTip(f"Remove tag {line(tag)}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetrics(self._font()).horizontalAdvance(line(self.tag))
        return QSize(words + px(10) + px(6) + px(12) + px(8), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.colour("accent" if self.hasFocus() else "accent_soft"), 2 if self.hasFocus() else 1))
        painter.setBrush(tokens.colour("accent_soft"))
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), radius, radius)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = px(12)
        left = px(8) if turned else self.width() - px(8) - side
        colour = tokens.colour("text" if self.underMouse() else "second")
        icons.draw(painter, "x", QRect(left, (self.height() - side) // 2, side, side), colour)
        room = self.rect().adjusted(
            px(8) + side + px(6) if turned else px(10), 0, -px(10) if turned else -(px(8) + side + px(6)), 0
        )
        painter.setFont(self._font())
        painter.setPen(tokens.colour("accent"))
        shown = painter.fontMetrics().elidedText(line(self.tag), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)

    def _font(self) -> QFont:
        return self._theme.font(SMALL, weight=QFont.Weight.Medium)


class _Line(QLineEdit):
    """Comma ends a tag as Enter does; Backspace in the empty line asks to take the last tag off."""

    ended = Signal()
    last_unwanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in {",", ";", "،", "，"} or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_unwanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._is_escape(event) and self.text():
            self.clear()
            event.accept()
            return True
        return super().event(event)

    def _is_escape(self, event: QKeyEvent) -> bool:
        """Before the window takes Esc for going back."""
        return event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape


class TagEditor(QWidget):
    """`edited(tags)` after each addition or removal."""

    edited = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tags: tuple[str, ...] = ()
        self._known = QStringListModel(self)
        self._line = _Line()
        self._line.setPlaceholderText("Add a tag")
        self._line.setAccessibleName("Add a tag")
        self._line.setMaxLength(LONGEST)
        complete(self._line, self._known, theme).activated.connect(self._add)
        self._line.ended.connect(lambda: self._add(self._line.text()))
        self._line.last_unwanted.connect(self._drop_last)
        self._flow = _Flow(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._flow)
        column.addWidget(self._line)
        self._flow.hide()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is shown."""
        return self._tags

    def show_tags(self, tags: Sequence[str], *, known: Sequence[str]) -> None:
        """Shows a person's tags; `known` are offered for completion."""
        self._known.setStringList([tag for tag in known if tag not in tags])
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self._fill()

    def take_focus(self) -> None:
        """Puts the keyboard into the line."""
        self._line.setFocus()

    def _fill(self) -> None:
        buttons = [_Tag(self._theme, tag) for tag in self._tags]
        for button in buttons:
            button.clicked.connect(lambda _checked=False, tag=button.tag: self._drop(tag))
        self._flow.hold(buttons)
        self._flow.setVisible(bool(buttons))

    def _add(self, text: str) -> None:
        tag = " ".join(text.split())
        self._line.clear()
        # The same tag in other letters would split those who have it.
        wanted = next((one for one in self._known.stringList() if one.casefold() == tag.casefold()), tag)
        if wanted and wanted.casefold() not in {one.casefold() for one in self._tags}:
            self._change((*self._tags, wanted))

    def _drop(self, tag: str) -> None:
        self._change(tuple(one for one in self._tags if one != tag))
        self._line.setFocus()

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(self._tags[-1])

    def _change(self, tags: tuple[str, ...]) -> None:
        self._tags = tuple(sorted(tags, key=str.casefold))
        self._fill()
        self.edited.emit(self._tags)


class _Flow(QWidget):
    """Buttons in rows, as many as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._held: list[_Tag] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._place)

    def hold(self, buttons: list[_Tag]) -> None:
        """Shows these and no others."""
        for button in self._held:
            button.hide()
            button.deleteLater()
        self._held = buttons
        for button in buttons:
            button.setParent(self)
            button.show()
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = top = 0
        gap, turned = self._theme.px(_GAP), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for button in self._held:
            size = button.sizeHint().boundedTo(QSize(max(40, self.width()), 1000))
            if left and left + size.width() > self.width():
                left, top = 0, top + size.height() + gap
            button.setGeometry(
                QRect(self.width() - left - size.width() if turned else left, top, size.width(), size.height())
            )
            left += size.width() + gap
        wanted = top + self._theme.px(_HEIGHT) if self._held else 0
        if wanted != self.height():
            self.setFixedHeight(wanted)
