"""Which people the directory shows, and the menu of lists beside it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from workbench.queries.member_filter import MemberFilter
from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.pages.member_data import Directory
from workbench.ui.pages.person_list_data import ICONS, TITLES, PeopleList
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button

WHERE: Final = {
    MemberFilter.ALL: "Everybody",
    MemberFilter.EXTERNAL: "External, by organisation",
    MemberFilter.ADVOCATES: "Advocates",
    MemberFilter.SPONSORS: "Sponsors",
    MemberFilter.LEAVING: "Leaving soon",
    MemberFilter.KNOWN: "People I know",
    MemberFilter.PROGRAMS: "Automatic senders",
}
NOBODY: Final = {
    MemberFilter.ALL: "Nobody is here.",
    MemberFilter.EXTERNAL: "Nobody here is of an organisation other than yours. A table can bring it, or you type it"
    " under Details.",
    MemberFilter.ADVOCATES: "Nobody here is on the way to being an advocate.",
    MemberFilter.SPONSORS: "Nobody here is marked as a sponsor.",
    MemberFilter.LEAVING: "Nobody here is marked as leaving.",
    MemberFilter.KNOWN: "Nobody here has a tag or note of yours, or talked with you; Settings asks who you are.",
    MemberFilter.PROGRAMS: "No automatic sender is known here. Beside a person you can say that they are one.",
}
"""What is said where a choice finds nobody."""


class WhereButton(QToolButton):
    """Chooses which people are shown from a menu; `chosen` when another is."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.where = MemberFilter.ALL
        self.setIcon(icon("funnel", theme))
        self.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        group = QActionGroup(self)
        for where, words in WHERE.items():
            action = menu.addAction(words, partial(self.choose, where))
            action.setCheckable(True)
            action.setChecked(where is self.where)
            group.addAction(action)
        self.setMenu(menu)
        self._say()

    def choose(self, where: MemberFilter) -> None:
        """Shows these people from now on."""
        for action, one in zip(self.menu().actions(), WHERE, strict=True):
            action.setChecked(one is where)
        if where is not self.where:
            self.where = where
            self._say()
            self.chosen.emit()

    def _say(self) -> None:
        self.setText(WHERE[self.where].partition(",")[0])
        words = f"Who is shown: {WHERE[self.where].lower()}"
        self.setToolTip(words)
        self.setAccessibleName(words)


def nobody_words(found: Directory, where: MemberFilter) -> str:
    """Which part of the filter leaves nobody: a word nobody has, the choice of people, or all of it together."""
    missing = [f"“{line(word)}”" for word, people in found.alone if not people]
    if missing:
        return f"Nobody here has {' or '.join(missing)} in name, office, languages, topics or tags."
    if not found.chosen:
        return NOBODY[where]
    parts = [f"{_finds(people)} “{line(word)}”" for word, people in found.alone]
    if where is not MemberFilter.ALL:
        parts.append(f"{_finds(found.chosen)} “{WHERE[where]}”")
    return f"{', '.join(parts)}, but nobody fits all of it."


def _finds(people: int) -> str:
    return numbers.plural(people, "person fits", "people fit")


def labelled(button: QToolButton, words: str = "") -> QToolButton:
    """The button with words beside its icon, its name where none are given."""
    button.setText(words or button.accessibleName())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def lists_button(theme: Theme, *, wanted: Callable[[PeopleList], object], export: Callable[[], object]) -> QToolButton:
    """Opens the menu of lists, with the way out for the people that are shown."""
    button = labelled(icon_button("Lists of people", icon="list-bullets", theme=theme), "Lists")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for which in PeopleList:
        menu.addAction(icon(ICONS[which], theme), TITLES[which], partial(wanted, which))
    menu.addSeparator()
    menu.addAction(icon("export", theme), "Export these people…", export)
    button.setMenu(menu)
    return button
