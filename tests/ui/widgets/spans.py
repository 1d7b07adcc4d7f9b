"""Cards on days for the tests of calendar and timeline."""

from datetime import date, timedelta

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.card_span import CardSpan

MONDAY = date(2024, 6, 3)


def day(number: int) -> date:
    """So many days after a Monday in June."""
    return MONDAY + timedelta(days=number)


def a_span(
    card: str, first: int, last: int | None = None, column: CardColumn = CardColumn.TODO, *, title: str = ""
) -> CardSpan:
    """A card from one day to another, both counted from that Monday."""
    end = first if last is None else last
    title = title or f"Card {card}"
    return CardSpan(CardId(card), title, day(first), day(end), column, "", "text", f"{title}, spoken")
