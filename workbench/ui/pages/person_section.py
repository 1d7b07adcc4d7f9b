"""PersonSection: a part of the inspector under a heading that opens it; closed, its heading says what is in it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.plain_label import PlainLabel

_HEIGHT = 40
_ICON = 14
_GAP = 8
_SLACK = 4  # a word that just fits is not cut


class _Head(QAbstractButton):
    """The heading: opens with a click, Enter or Space."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme, self._summary = theme, ""
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say("")

    def say(self, summary: str) -> None:
        """Changes the words at the far end."""
        self._summary = summary
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(summary)
        self.setToolTip(summary)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self._theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse():
            painter.fillRect(self.rect(), tokens.colour("hover"))
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        side, gap = px(_ICON), px(_GAP)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - side - 2 if turned else 2
        name = "caret-down" if self.isChecked() else "caret-right"
        icons.draw(painter, name, QRect(left, (self.height() - side) // 2, side, side), tokens.colour("second"))
        shift = side + gap
        room = self.rect().adjusted(2 if turned else shift, 0, -shift if turned else -2, 0)
        font = self._theme.font(BODY, weight=QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(tokens.colour("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        used = QFontMetrics(font).horizontalAdvance(self.text()) + 2 * gap
        rest = room.adjusted(0 if turned else used, 0, -used if turned else 0, 0)
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("second"))
        words = painter.fontMetrics().elidedText(isolated(self._summary), Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, words)


class PersonSection(QWidget):
    """Build into `self.column`; `opened_changed` when it was opened or closed."""

    opened_changed = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self.head = _Head(theme, title)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 12)
        self.column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.body)
        self.body.hide()
        self.head.toggled.connect(self._on_toggled)

    def say(self, summary: str) -> None:
        """What the heading says of what is in it."""
        self.head.say(summary)

    def open(self) -> None:
        """Shows what is in it."""
        self.head.setChecked(True)

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a Qt signal carries it by position
        self.body.setVisible(is_open)
        self.head.update()
        self.opened_changed.emit()


class TextRow(QWidget):
    """A line or two of words, with what can be done about it at the end."""

    def __init__(self, words: str, *, second: str = "", buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(PlainLabel(isolated(line(words)), role="small", wraps=True))
        if second:
            column.addWidget(PlainLabel(isolated(line(second)), role="caption", wraps=True))
        row.addLayout(column, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def heading(words: str) -> PlainLabel:
    """A heading within a section."""
    return PlainLabel(words, role="captionstrong")


class LinkButton(QPushButton):
    """Words that open something; they end in an ellipsis where room is short."""

    def __init__(self, theme: Theme, words: str, *, icon: str = "") -> None:
        super().__init__()
        self._words = isolated(line(words))
        self.setText(self._words)
        self.setProperty("kind", "link")
        self.setAccessibleName(line(words))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            self.setIcon(icons.icon(icon, theme, token="accent"))
            self.setIconSize(QSize(theme.px(22), theme.px(16)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        # The font of the style sheet decides how wide words are.
        self.ensurePolished()
        hint = super().sizeHint()
        whole = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(hint.width() + whole - self._width_now() + _SLACK, hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - (super().sizeHint().width() - self._width_now())
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(24, room))
        self.setToolTip("" if shown == self._words else self._words)
        if shown != self.text():
            self.setText(shown)

    def _width_now(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())


def link(theme: Theme, words: str, *, icon: str = "") -> LinkButton:
    """Words that open something."""
    return LinkButton(theme, words, icon=icon)


def emptied(layout: QLayout) -> None:
    """Takes everything out of a layout that is filled anew."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
