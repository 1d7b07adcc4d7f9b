"""ModeSwitch: the ways to look at a plan side by side as tabs, or behind one button where they have no room."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from workbench.ui.icons import icon
from workbench.ui.theme import Theme
from workbench.ui.widgets.tabs import Tabs


class ModeSwitch(QWidget):
    """`chosen(place)` when a person turns to another way; Left and Right walk the tabs.

    `entered` when the keyboard is to go into what is shown.
    """

    chosen = Signal(int)
    entered = Signal()

    def __init__(self, theme: Theme, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self.tabs = Tabs(titles, name="Ways to look at the plan")
        self.button = QToolButton()
        self.button.setProperty("kind", "choice")
        self.button.setIcon(icon("caret-down", theme))
        # The icon is drawn square in the middle: the width beyond is the room between it and the words.
        self.button.setIconSize(QSize(theme.px(22), theme.px(16)))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs)
        row.addWidget(self.button)
        self._fill()
        self.tabs.currentChanged.connect(self._on_changed)
        self.tabs.entered.connect(self.entered)
        self._say()

    @property
    def place(self) -> int:
        """Which way is chosen, counted from 0."""
        return self.tabs.currentIndex()

    def choose(self, place: int) -> None:
        """Turns to another way."""
        self.tabs.setCurrentIndex(place)

    def set_short(self, *, is_short: bool) -> None:
        """One button with a menu instead of tabs; the keyboard stays on what it was on."""
        if is_short is self.tabs.isHidden():
            return
        had_focus = self.tabs.hasFocus() or self.button.hasFocus()
        self.tabs.setVisible(not is_short)
        self.button.setVisible(is_short)
        if had_focus:
            (self.button if is_short else self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        menu, group = QMenu(self.button), QActionGroup(self.button)
        for place, title in enumerate(self._titles):
            act = menu.addAction(title, partial(self.choose, place))
            act.setCheckable(True)
            group.addAction(act)
        self.button.setMenu(menu)

    def _on_changed(self, place: int) -> None:
        self._say()
        self.chosen.emit(place)

    def _say(self) -> None:
        title = self._titles[self.place]
        self.button.setText(title)
        self.button.setAccessibleName(f"Way to look at the plan: {title}")
        self.button.menu().actions()[self.place].setChecked(True)
