"""CardSpan: a card as it lies on days, for the calendar and the timeline; every word and token chosen once."""

from dataclasses import dataclass
from datetime import date

from workbench.ids import CardId
from workbench.models.kinds import CardColumn, CardKind
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, CardItem


@dataclass(frozen=True, slots=True)
class CardSpan:
    """A card on its day, or over a window of days from `first` to `last`, both counted in.

    `ink` is the token of its words and `icon` stands before them, so that late and done are not told by colour alone.
    """

    id: CardId
    title: str
    first: date
    last: date
    column: CardColumn
    icon: str
    ink: str
    spoken: str

    @property
    def is_window(self) -> bool:
        """Whether it lies on more than one day."""
        return self.first < self.last

    @property
    def days(self) -> int:
        """How many days it lies on."""
        return (self.last - self.first).days + 1


def card_span(row: CardRow, item: CardItem, *, today: date) -> CardSpan | None:
    """The card on its days as of `today`; None for one without a day."""
    if row.due_on is None:
        return None
    first = row.due_on if row.starts_on is None or row.starts_on > row.due_on else row.starts_on
    icon, ink = _mark(row, today=today)
    days = numbers.weekday(row.due_on)
    if first < row.due_on:
        days = f"from {numbers.weekday(first)} to {days}"
    spoken = ", ".join(part for part in (row.title, COLUMN_TITLES[row.column], days, item.spoken) if part)
    return CardSpan(row.id, row.title, first, row.due_on, row.column, icon, ink, spoken)


def _mark(row: CardRow, *, today: date) -> tuple[str, str]:
    if row.has_conflict:
        return "git-merge", "watch"
    if row.column is CardColumn.DONE:
        return "check-circle", "third"
    if row.due_on is not None and row.due_on < today:
        return "warning-circle", "bad"
    if row.kind is CardKind.COMMITMENT:
        return "handshake", "text"
    if row.series_id is not None or row.recurrence is not None:
        return "repeat", "text"
    return "", "text"
