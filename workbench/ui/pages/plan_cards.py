"""PlanCards: what every view of a plan shares: the cards as read, the filter in force, and the cards chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.queries.plans import CardRow
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.qt_models.card_item import CardItem, card_item

_SHOWN_AT_ONCE: Final = frozenset(each.name for each in fields(CardRow)) - {"id", "column", "recurrence"}
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which cards are shown: all words of `text`, and one of each set that is not empty.

    None in a set stands for cards that have no such thing, "" for cards without an owner.
    """

    text: str = ""
    owners: frozenset[str] = frozenset()
    pillars: frozenset[Pillar | None] = frozenset()
    objectives: frozenset[ObjectiveId | None] = frozenset()
    kinds: frozenset[CardKind] = frozenset()
    is_late: bool = False
    is_open: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is kept out."""
        return self != CardFilter()

    @property
    def has_terms(self) -> bool:
        """Whether anything but typed words keeps cards out."""
        return self != CardFilter(text=self.text)

    def passes(self, item: CardItem, row: CardRow, *, today: date) -> bool:
        """Whether a card is shown as of `today`."""
        is_open = row.column is not CardColumn.DONE
        is_late = is_open and row.due_on is not None and row.due_on < today
        return (
            all(word in item.words for word in self.text.casefold().split())
            and (not self.owners or row.owner in self.owners)
            and (not self.pillars or row.pillar in self.pillars)
            and (not self.objectives or row.objective_id in self.objectives)
            and (not self.kinds or row.kind in self.kinds)
            and (is_late or not self.is_late)
            and (is_open or not self.is_open)
        )


class PlanCards(QObject):
    """One plan's cards for its board, list, calendar and timeline; what is chosen in one is chosen in all.

    `changed` follows a reading, a filter or another day; `chosen_changed` a card marked or unmarked. The current card
    is the one the keyboard is on; it is always among the chosen ones. What somebody does shows at once, by `alter`,
    `move` and `remove`; the next reading confirms it or puts it back.
    """

    changed = Signal()
    filter_changed = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[CardId, CardItem] = {}
        self._rows: dict[CardId, CardRow] = {}
        self._shown: tuple[CardId, ...] = ()
        self._filter = CardFilter()
        self._today, self._days = date.min, PlanDays(date.min)
        self._chosen: tuple[CardId, ...] = ()
        self._current: CardId | None = None
        self.is_settling = False
        """Whether marks follow the cards right now, so that what they come to is nobody's choice."""

    @property
    def rows(self) -> Mapping[CardId, CardRow]:
        """Every card of the plan that is not archived, shown or not."""
        return self._rows

    @property
    def items(self) -> Mapping[CardId, CardItem]:
        """The same cards in words."""
        return self._items

    @property
    def shown(self) -> tuple[CardId, ...]:
        """The cards that pass the filter, in board order."""
        return self._shown

    @property
    def filter(self) -> CardFilter:
        """The filter in force."""
        return self._filter

    @property
    def chosen(self) -> tuple[CardId, ...]:
        """The chosen cards that pass the filter, in board order: acts never touch a card one does not see."""
        return self._chosen

    @property
    def current(self) -> CardId | None:
        """The card the keyboard is on."""
        return self._current

    @property
    def today(self) -> date:
        """The day the words of the cards were chosen for."""
        return self._today

    @property
    def days(self) -> PlanDays:
        """Day 0 of the plan and its holidays."""
        return self._days

    def show(
        self,
        items: Sequence[CardItem],
        rows: Mapping[CardId, CardRow],
        *,
        today: date,
        days: PlanDays | None = None,
    ) -> None:
        """Takes in a reading of the plan, in board order; marks stay on cards that are still there."""
        self._items, self._rows = {item.id: item for item in items}, dict(rows)
        self._today, self._days = today, days or PlanDays(today)
        self._sift()

    def set_filter(self, wanted: CardFilter) -> None:
        """Shows the cards that pass; a card kept out is no longer chosen."""
        if wanted != self._filter:
            self._filter = wanted
            self._sift()
            self.filter_changed.emit()

    def choose(self, cards: Iterable[CardId], *, current: CardId | None = None, is_settling: bool = False) -> None:
        """Marks these cards and no others; `current` is the last of them unless it is given.

        With `is_settling` the marks went there by themselves, because the cards they were on are out of sight.
        """
        wanted = set(cards)
        chosen = tuple(card for card in self._shown if card in wanted)
        if current is None or current not in wanted:
            current = chosen[-1] if chosen else None
        if (chosen, current) != (self._chosen, self._current):
            self._chosen, self._current = chosen, current
            was_settling, self.is_settling = self.is_settling, self.is_settling or is_settling
            self.chosen_changed.emit()
            self.is_settling = was_settling

    def toggle(self, card: CardId) -> None:
        """Marks one more card, or takes its mark away."""
        if card in self._chosen:
            self.choose(each for each in self._chosen if each != card)
        else:
            self.choose((*self._chosen, card), current=card)

    # What is about to be saved

    def alter(self, changes: Mapping[CardId, Fields]) -> None:
        """Shows cards with other fields, named as in `PlanEditor.set_card`; another column puts them at its end."""
        self._alter(changes)
        leaving: dict[CardColumn, list[CardId]] = {}
        for card, found in changes.items():
            if "column" in found and card in self._rows and self._rows[card].column != found["column"]:
                leaving.setdefault(CardColumn(str(found["column"])), []).append(card)
        for to, cards in leaving.items():
            self._move(cards, to=to, index=len(self._items))
        self._sift()

    def move(self, cards: Sequence[CardId], *, to: CardColumn, index: int, changes: Mapping[CardId, Fields]) -> None:
        """Shows cards side by side at `index` of a column, counted without them, with other fields."""
        self._alter(changes)
        self._move(cards, to=to, index=index)
        self._sift()

    def remove(self, cards: Iterable[CardId]) -> None:
        """Shows cards no more."""
        for card in cards:
            self._items.pop(card, None)
            self._rows.pop(card, None)
        self._sift()

    def _alter(self, changes: Mapping[CardId, Fields]) -> None:
        for card, found in changes.items():
            row = self._rows.get(card)
            if row is not None:
                told: dict[str, Any] = self._days.whole(found)
                self._put(replace(row, **{name: told[name] for name in told if name in _SHOWN_AT_ONCE}))

    def _move(self, cards: Sequence[CardId], *, to: CardColumn, index: int) -> None:
        moving = [card for card in dict.fromkeys(cards) if card in self._rows]
        taken = set(moving)
        others = [card for card in self._items if self._rows[card].column is to and card not in taken]
        for card in moving:
            row = self._rows[card]
            if row.column is not to:
                self._put(replace(row, column=to, done_on=self._today if to is CardColumn.DONE else None))
        index = max(0, min(index, len(others)))
        columns: dict[CardColumn, list[CardId]] = {column: [] for column in CardColumn}
        for card in self._items:
            columns[self._rows[card].column].append(card)
        columns[to] = [*others[:index], *moving, *others[index:]]
        self._items = {card: self._items[card] for cards in columns.values() for card in cards}

    def _put(self, row: CardRow) -> None:
        self._rows[row.id] = row
        self._items[row.id] = card_item(row, today=self._today)

    def _sift(self) -> None:
        found = self._filter
        self._shown = tuple(
            card for card, item in self._items.items() if found.passes(item, self._rows[card], today=self._today)
        )
        before = (self._chosen, self._current)
        shown = set(self._shown)
        self._chosen = tuple(card for card in self._chosen if card in shown)
        if self._current not in self._chosen:
            self._current = self._chosen[-1] if self._chosen else None
        self.is_settling = True
        self.changed.emit()
        if (self._chosen, self._current) != before:
            self.chosen_changed.emit()
        self.is_settling = False
