"""Buttons as the style sheet dresses them, with an accessible name and an icon of the one set."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.icons import draw
from workbench.ui.icons import icon as drawn_icon
from workbench.ui.theme import Theme

Kind = Literal["", "primary", "plain", "link", "danger", "status"]


class WordsButton(QPushButton):
    """Its words keep their own direction: the dots or question mark at their end stay there in a mirrored window."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def wear(self, icon: str, theme: Theme, *, token: str = "second") -> None:
        """Puts an icon before the words."""
        self.setIcon(drawn_icon(icon, theme, token=token))
        # The icon is drawn square in the middle: the width beyond is the room between it and the words.
        self.setIconSize(QSize(theme.px(22), theme.px(16)))

    @override
    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if option.direction is Qt.LayoutDirection.RightToLeft and option.text:
            option.text = isolated(option.text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.menu() is not None:
            # The style draws the arrow of a menu in a window that runs from the left only, and smaller in larger text.
            side = self.iconSize().height() // 2 + 2
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = 8 if is_mirrored else self.width() - 8 - side
            box = QRect(left, (self.height() - side) // 2, side, side)
            draw(QPainter(self), "caret-down", box, self.palette().buttonText().color())


def push_button(
    text: str, *, theme: Theme, kind: Kind = "", icon: str = "", clicked: Callable[[], object] | None = None
) -> QPushButton:
    """A button with words; at most one on a page is `primary`."""
    button = WordsButton(text)
    button.setProperty("kind", kind)
    button.setAccessibleName(text)
    if icon:
        token = {"primary": "on_accent", "link": "accent", "danger": "bad"}.get(kind, "second")
        button.wear(icon, theme, token=token)
    if clicked is not None:
        _on_click(button, clicked)
    return button


def set_kind(button: QAbstractButton, kind: Kind) -> None:
    """Dresses a button that is shown already in another way."""
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)


def snug(button: QAbstractButton) -> None:
    """Keeps a button as wide as its words, where what stands beside it could leave it more room."""
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def say(button: QAbstractButton, words: str) -> None:
    """Gives a button other words, which are its accessible name too."""
    button.setText(words)
    button.setAccessibleName(words)


def icon_button(name: str, *, icon: str, theme: Theme, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A square button of one icon; `name` is its tool tip and accessible name."""
    button = QToolButton()
    button.setIcon(drawn_icon(icon, theme))
    button.setIconSize(QSize(theme.px(20), theme.px(20)))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if clicked is not None:
        _on_click(button, clicked)
    return button


def press_focused(window: QWidget, event: QKeyEvent) -> bool:
    """Presses the button of `window` that has the keyboard when Enter comes, as Space does; False for anything else.

    Qt presses by Space alone outside its own dialogs. A button leaves the key to its parents, so the window is the one
    place that sees it, and a field or list that does something of its own with Enter has had it before. What is ticked
    stays with Space.
    """
    button = window.focusWidget()
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not (is_enter and is_plain and isinstance(button, QAbstractButton) and button.isEnabled()):
        return False
    if isinstance(button, QCheckBox | QRadioButton):
        return False
    if not event.isAutoRepeat():
        button.click()
    event.accept()
    return True


def on_enter(line: QLineEdit, act: Callable[[], object]) -> None:
    """Does `act` once an Enter in a line is done with.

    The line leaves the key to its parents: where `act` puts the keyboard on a button at once, the window would hand the
    same Enter to that one.
    """
    line.returnPressed.connect(act, Qt.ConnectionType.QueuedConnection)


def _on_click(button: QAbstractButton, clicked: Callable[[], object]) -> None:
    """Connects without the checked state that Qt hands along."""

    def call(_is_checked: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        clicked()

    button.clicked.connect(call)
