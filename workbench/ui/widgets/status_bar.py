"""StatusBar: link, last success, posts, what was held back, data used, pause; each opens its reason and next step."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from workbench.ui.icons import icon
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

if TYPE_CHECKING:
    # The bar is painted before anything that is said in it is loaded.
    from workbench.ui.status_words import Part, Parts

HEIGHT: Final = 32
_MARGIN: Final = 16
_GAP: Final = 4
_SHORTENED: Final = ("data", "posts", "held_back", "pause", "success", "link")
"""Parts in the order in which they get shorter words where there is little room."""


class StatusBar(QWidget):
    """`stepped(Step)` when a person chooses a next step in one of its popovers, `arranged` when other words stand."""

    stepped = Signal(object)
    arranged = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: dict[str, Part] = {}
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Status")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        self.link, self.success, self.posts = self._part("link"), self._part("success"), self._part("posts")
        self.held_back, self.data, self.pause = self._part("held_back"), self._part("data"), self._part("pause")
        for button in (self.link, self.success, self.posts, self.held_back):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.data, self.pause):
            row.addWidget(button)
        self._measure()
        theme.changed.connect(self._measure)
        for button in self._buttons().values():
            button.hide()

    def show_parts(self, parts: "Parts") -> None:
        """Says how everything stands; what did not change is left alone."""
        for name, button in self._buttons().items():
            part: Part | None = getattr(parts, name)
            if part is None:
                self._shown.pop(name, None)
                button.hide()
                continue
            if self._shown.get(name) != part:
                self._shown[name] = part
                self._dress(button, part)
            button.show()
        self._fit()
        self.arranged.emit()

    def free(self) -> tuple[int, int]:
        """Where nothing is said: from there to there, in pixels from the left edge."""

        def wide(*buttons: QPushButton) -> int:
            return _MARGIN + sum(one.sizeHint().width() + _GAP for one in buttons if not one.isHidden())

        first = wide(self.link, self.success, self.posts, self.held_back)
        last = self.width() - wide(self.data, self.pause)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return (self.width() - last, self.width() - first) if turned else (first, last)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.arranged.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _part(self, name: str) -> QPushButton:
        button = push_button("", theme=self._theme, kind="status", icon="circle")
        button.clicked.connect(lambda: self._on_clicked(name, button))
        return button

    def _buttons(self) -> dict[str, QPushButton]:
        return {
            "link": self.link, "success": self.success, "posts": self.posts, "held_back": self.held_back,
            "data": self.data, "pause": self.pause,
        }  # fmt: skip

    def _dress(self, button: QPushButton, part: "Part") -> None:
        button.setText(part.text)
        button.setAccessibleName(part.text)
        button.setAccessibleDescription(part.reason)
        button.setIcon(icon(part.icon, self._theme, token=part.token))
        if bool(button.property("strong")) is not part.is_strong:
            button.setProperty("strong", part.is_strong)
            button.style().unpolish(button)
            button.style().polish(button)

    def _fit(self) -> None:
        """Gives parts their short words, the least needed first, until all of them have room."""
        buttons = {name: button for name, button in self._buttons().items() if name in self._shown}
        room = self.width() - 2 * _MARGIN - _GAP * (len(buttons) + 1)
        needed: dict[str, int] = {}
        for name, button in buttons.items():
            _say(button, self._shown[name].text)
            needed[name] = button.sizeHint().width()
        for name in _SHORTENED:
            if sum(needed.values()) <= room:
                return
            if name in buttons:
                _say(buttons[name], self._shown[name].short)
                needed[name] = buttons[name].sizeHint().width()

    def _measure(self) -> None:
        self.setFixedHeight(max(HEIGHT, self._theme.px(HEIGHT)))
        for button in self._buttons().values():
            button.setIconSize(QSize(self._theme.px(14), self._theme.px(14)))
        self._fit()

    def _on_clicked(self, name: str, button: QPushButton) -> None:
        from workbench.ui.status_words import STEPS  # noqa: PLC0415 - the bar is painted first of all

        part = self._shown[name]
        popover = Popover(self._theme, button, width=320)
        popover.setAccessibleName(part.text)
        popover.column.addWidget(PlainLabel(part.text, role="strong", wraps=True))
        popover.column.addWidget(PlainLabel(part.reason, role="second", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(8)

        def leave(step: object) -> None:
            popover.close()
            self.stepped.emit(step)

        made: list[QPushButton] = []
        for step in part.steps:
            title, symbol = STEPS[step]
            made.append(push_button(title, theme=self._theme, icon=symbol, clicked=partial(leave, step)))
            row.addWidget(made[-1])
        row.addStretch(1)
        popover.column.addLayout(row)
        popover.open_at(button)
        made[0].setFocus()


def _say(button: QPushButton, text: str) -> None:
    if button.text() != text:
        button.setText(text)
