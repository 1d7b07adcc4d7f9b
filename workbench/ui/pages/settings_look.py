"""LookCard: theme and size of the text."""

from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import MAXIMUM_TEXT_SCALE, MINIMUM_TEXT_SCALE, Theme, ThemeMode
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel

_MODES: Final = (
    (ThemeMode.SYSTEM, "As the system", "desktop"),
    (ThemeMode.LIGHT, "Light", "sun"),
    (ThemeMode.DARK, "Dark", "moon"),
)


class LookCard(Card):
    """Every control triggers the window's own action, so keys, palette and this card stay the same thing."""

    def __init__(self, theme: Theme, actions: ActionRegistry) -> None:
        super().__init__("Look")
        self._theme = theme
        self._group = QButtonGroup(self)
        modes = QHBoxLayout()
        modes.setSpacing(8)
        self._modes: dict[ThemeMode, QPushButton] = {}
        for mode, title, icon in _MODES:
            button = push_button(title, theme=theme, icon=icon)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, mode=mode: actions.trigger(f"theme.{mode.value}"))
            self._group.addButton(button)
            self._modes[mode] = button
            modes.addWidget(button)
        modes.addStretch(1)
        sizes = QHBoxLayout()
        sizes.setSpacing(8)
        self._smaller = icon_button(
            "Smaller text", icon="minus", theme=theme, clicked=lambda: actions.trigger("text.smaller")
        )
        self._larger = icon_button(
            "Larger text", icon="plus", theme=theme, clicked=lambda: actions.trigger("text.larger")
        )
        self._size = PlainLabel("", role="strong")
        self._normal = push_button(
            "Normal size", theme=theme, kind="link", clicked=lambda: actions.trigger("text.normal")
        )
        for widget in (PlainLabel("Size of the text"), self._smaller, self._size, self._larger, self._normal):
            sizes.addWidget(widget)
        sizes.addStretch(1)
        self.body.addLayout(modes)
        self.body.addLayout(sizes)
        theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        scale = self._theme.text_scale
        self._modes[self._theme.mode].setChecked(True)
        self._size.setText(numbers.percent(scale))
        self._size.setAccessibleName(f"Size of the text: {numbers.percent(scale)}")
        self._smaller.setEnabled(scale > MINIMUM_TEXT_SCALE)
        self._larger.setEnabled(scale < MAXIMUM_TEXT_SCALE)
        self._normal.setVisible(scale != 1.0)
