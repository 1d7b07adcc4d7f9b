"""CardWrites: what list, calendar and timeline write into cards, each write one gesture and one step of undo."""

from collections.abc import Iterable
from datetime import date

from workbench.ids import CardId
from workbench.queries.plans import CardRow
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_days import Fields, near


class CardWrites:
    """Puts cards on the very day a person points at, and answers how many that changes."""

    def __init__(self, cards: PlanCards, acts: CardActs) -> None:
        self._cards, self._acts = cards, acts

    def set_all(self, cards: Iterable[CardId], **values: object) -> int:
        """Writes the same fields into these cards."""
        rows = (self._cards.rows[card] for card in cards if card in self._cards.rows)
        return self._acts.set_each({row.id: self._whole(row, values) for row in rows if _differs(row, values)})

    def put(self, card: CardId, day: date, *, grabbed: date | None = None) -> int:
        """Moves a card so that the day it was taken by comes to lie on `day`; other chosen ones keep their distance.

        Cards without a day are given this one.
        """
        row = self._cards.rows.get(card)
        if row is None:
            return 0
        step = (day - (grabbed or row.due_on or day)).days
        group = self._cards.chosen if card in self._cards.chosen else (card,)
        rows, plan = [self._cards.rows[each] for each in group], self._cards.days
        days = {each: day if each.due_on is None else near(each.due_on, step) for each in rows}
        return self._acts.set_each({each.id: plan.moved(each, to) for each, to in days.items() if each.due_on != to})

    def stretch(self, card: CardId, *, first: date, last: date) -> int:
        """Lays a card over the days from `first` to `last`; on one day alone it has no start."""
        row, plan = self._cards.rows.get(card), self._cards.days
        if row is None or first > last:
            return 0
        changes = plan.due(row, last) if last != row.due_on else {}
        start = first if first < last else None
        return self._acts.set_each({card: changes | (plan.start(row, start) if start != row.starts_on else {})})

    def _whole(self, row: CardRow, values: Fields) -> Fields:
        """The fields with what follows from them: a window keeps its start while that is earlier, else it moves."""
        if "due_on" not in values:
            return dict(values)
        day, plan = values["due_on"], self._cards.days
        rest: Fields = {name: value for name, value in values.items() if name != "due_on"}
        if not isinstance(day, date):
            return rest | plan.moved(row, None)
        is_inside = row.starts_on is None or row.starts_on < day
        return rest | (plan.due(row, day) if is_inside else plan.moved(row, day))


def _differs(row: CardRow, values: Fields) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
