"""Take along: the menu of a card whose picture and numbers may leave, and the picture made for leaving."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel

_WIDTH: Final = 720


@dataclass(frozen=True, slots=True)
class Taken:
    """What leaves with a card, few people left out already.

    `about` are the lines printed under its title: whose numbers they are, of which days, how far known. `drawn` makes
    what the picture shows, `name` is proposed for the file, and `told` is said of what was left out.
    """

    title: str
    about: tuple[str, ...]
    csv: str
    drawn: Callable[[], QWidget]
    name: str
    told: str = ""


def dots_button(theme: Theme, name: str) -> tuple[QToolButton, QMenu]:
    """The small button at the end of a card's heading, and its menu to be filled; Space and Enter open it."""
    button = icon_button(name, icon="dots-three", theme=theme)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.setProperty("kind", "small")
    menu = QMenu(button)
    button.setMenu(menu)
    return button, menu


def picture_of(theme: Theme, taken: Taken, *, like: QWidget) -> QPixmap:
    """A card with nothing on it to press; its writing runs as on the card it is `like`, and it is as wide."""
    card = Card(taken.title)
    card.hide()
    # A child is dressed as its window is, and its writing runs the same way; never shown, it stands in nobody's way.
    card.setParent(like.window())
    for line in taken.about:
        card.body.addWidget(PlainLabel(line, role="small", wraps=True))
    card.body.addWidget(taken.drawn())
    width = max(like.width(), theme.px(_WIDTH))
    card.ensurePolished()
    card.resize(width, card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height())
    picture = card.grab()
    card.deleteLater()
    return picture


Saved = Callable[[str, str], object]
"""Asks where the table of the card with this title goes, and writes it there."""


class TakeMenu:
    """Copies and saves what `taken` answers; nothing while that is None. `saved` asks for a place and writes."""

    def __init__(
        self,
        theme: Theme,
        card: Card,
        *,
        taken: Callable[[], Taken | None],
        told: Callable[[str], object],
        saved: Callable[[Taken], object],
    ) -> None:
        self._theme, self._card = theme, card
        self._taken, self._told, self._saved = taken, told, saved
        self.button, self.menu = dots_button(theme, f"{card.accessibleName()}: copy, save")
        self.menu.addAction("Copy as picture", self.copy_picture)
        self.menu.addAction("Copy as CSV", self.copy_csv)
        self.menu.addAction("Save as CSV…", self.save_csv)
        card.tools.addWidget(self.button)

    def copy_picture(self) -> None:
        """Puts a picture on the clipboard, with whose numbers they are and how far they are known."""
        taken = self._taken()
        if taken is not None:
            QGuiApplication.clipboard().setPixmap(picture_of(self._theme, taken, like=self._card))
            self._told(f"Copied as picture. {taken.told}".strip())

    def copy_csv(self) -> None:
        """Puts the table on the clipboard."""
        taken = self._taken()
        if taken is not None:
            QGuiApplication.clipboard().setText(taken.csv)
            self._told(f"Copied as CSV. {taken.told}".strip())

    def save_csv(self) -> None:
        """Asks for a place and writes the table there."""
        taken = self._taken()
        if taken is not None:
            self._saved(taken)
