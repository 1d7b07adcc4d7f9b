"""FilterButton: which cards of a plan are shown, chosen from a menu that stays open while one ticks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from workbench.ids import ObjectiveId
from workbench.models.kinds import CardKind
from workbench.ui import numbers
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.qt_models.card_item import PILLAR_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import WordsButton

_KINDS: Final = {CardKind.ACTIVITY: "Activities", CardKind.COMMITMENT: "Commitments"}
_MOST: Final = 20


class _StayingMenu(QMenu):
    """A menu whose ticks do not close it."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick():
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_press = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if not is_press or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        """Ticks the line that is pointed at; False where there is nothing to tick."""
        action: QAction | None = self.activeAction()
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class FilterButton(WordsButton):
    """Says how many kinds of things are kept out by it; its menu is made anew each time it opens.

    It also leads to the archived cards, which no view shows: `archived_wanted`.
    """

    archived_wanted = Signal()

    def __init__(self, theme: Theme, cards: PlanCards) -> None:
        super().__init__()
        self._archived = 0
        self._theme, self._cards = theme, cards
        self._is_short = False
        self._objectives: Mapping[ObjectiveId, str] = {}
        self.wear("funnel", theme)
        self._menu = _StayingMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        cards.filter_changed.connect(self._say)
        self._say()

    def offer_objectives(self, objectives: Mapping[ObjectiveId, str]) -> None:
        """Says which objectives there are to choose by."""
        self._objectives = objectives

    def offer_archived(self, count: int) -> None:
        """Says how many cards can be brought back."""
        self._archived = count

    def set_short(self, *, is_short: bool) -> None:
        """Leaves the icon, and how much is kept out, alone where words have no room."""
        self._is_short = is_short
        self._say()

    def _fill(self) -> None:
        for old in self._menu.findChildren(QMenu):
            old.deleteLater()
        self._menu.clear()
        found, rows = self._cards.filter, self._cards.rows.values()
        self._tick("Not done yet", found.is_open, lambda is_on: replace(self._cards.filter, is_open=is_on))
        self._tick("Late", found.is_late, lambda is_on: replace(self._cards.filter, is_late=is_on))
        owners = sorted({row.owner for row in rows}, key=str.casefold)[:_MOST]
        self._group("Owner", "owners", {owner: owner or "Nobody yet" for owner in owners})
        pillars = {pillar: PILLAR_TITLES[pillar] for pillar in PILLAR_TITLES} | {None: "No pillar"}
        self._group("Pillar", "pillars", pillars)
        if self._objectives:
            self._group("Objective", "objectives", {**self._objectives, None: "No objective"})
        if len({row.kind for row in rows}) > 1:
            self._group("Kind", "kinds", _KINDS)
        self._menu.addSeparator()
        clear = self._menu.addAction("Show all cards", self.clear)
        clear.setEnabled(found.has_terms)
        if self._archived:
            self._menu.addAction(f"Archived cards ({numbers.count(self._archived)})…", self.archived_wanted.emit)

    def clear(self) -> None:
        """Shows every card that holds the typed words."""
        self._cards.set_filter(CardFilter(text=self._cards.filter.text))

    def _group(self, title: str, name: str, choices: Mapping[Any, str]) -> None:
        self._menu.addSeparator()
        # The style draws a section as a rule without its words.
        self._menu.addAction(title).setEnabled(False)
        chosen: frozenset[Any] = getattr(self._cards.filter, name)
        for value, words in choices.items():
            self._tick(words.replace("&", "&&"), value in chosen, partial(self._with, name, value))

    def _with(self, name: str, value: object, is_on: bool) -> CardFilter:  # noqa: FBT001 - called as a tick calls
        chosen: frozenset[Any] = getattr(self._cards.filter, name)
        changed: Iterable[Any] = chosen | {value} if is_on else chosen - {value}
        told: dict[str, Any] = {name: frozenset(changed)}
        return replace(self._cards.filter, **told)

    def _tick(self, words: str, is_on: bool, wanted: Callable[[bool], CardFilter]) -> QAction:  # noqa: FBT001 - as above
        action = self._menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.toggled.connect(lambda ticked: self._cards.set_filter(wanted(ticked)))
        return action

    def _say(self) -> None:
        found = self._cards.filter
        terms = [found.owners, found.pillars, found.objectives, found.kinds]
        count = sum(map(len, terms)) + found.is_late + found.is_open
        words = f"Filter: {numbers.count(count)}" if count else "Filter"
        few = numbers.count(count) if count else ""
        self.setText(few if self._is_short else words)
        self.setToolTip(words)
        self.setAccessibleName(f"{words}, which cards are shown")
