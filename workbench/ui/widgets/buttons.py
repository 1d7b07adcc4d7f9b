"""Buttons as the style sheet dresses them, with an accessible name and an icon of the one set."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from workbench.ui.icons import icon as drawn_icon
from workbench.ui.theme import Theme

Kind = Literal["", "primary", "plain", "link", "danger", "status"]


def push_button(
    text: str, *, theme: Theme, kind: Kind = "", icon: str = "", clicked: Callable[[], object] | None = None
) -> QPushButton:
    """A button with words; at most one on a page is `primary`."""
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    if icon:
        token = {"primary": "on_accent", "link": "accent", "danger": "bad"}.get(kind, "second")
        button.setIcon(drawn_icon(icon, theme, token=token))
        # The icon is drawn square in the middle: the width beyond is the room between it and the words.
        button.setIconSize(QSize(theme.px(22), theme.px(16)))
    if clicked is not None:
        _on_click(button, clicked)
    return button


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


def _on_click(button: QAbstractButton, clicked: Callable[[], object]) -> None:
    """Connects without the checked state that Qt hands along."""

    def call(_is_checked: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        clicked()

    button.clicked.connect(call)
