"""A card on its days: one day or a window, its mark told by more than colour, all of it said in words."""

from datetime import timedelta
from typing import Any

from tests.ui.plan_samples import TODAY, a_row
from workbench.models.kinds import CardColumn, CardKind
from workbench.plans.views import Recurrence
from workbench.ui.qt_models.card_item import card_item
from workbench.ui.qt_models.card_span import CardSpan, card_span


def a_span(column: CardColumn = CardColumn.TODO, **fields: Any) -> CardSpan:
    row = a_row("a", column, **({"due_on": TODAY} | fields))
    found = card_span(row, card_item(row, today=TODAY), today=TODAY)
    assert found is not None
    return found


def test_a_card_without_a_day_lies_nowhere():
    row = a_row("a")
    assert card_span(row, card_item(row, today=TODAY), today=TODAY) is None


def test_a_window_lies_on_all_its_days():
    found = a_span(starts_on=TODAY - timedelta(days=3))
    assert (found.first, found.last, found.days, found.is_window) == (TODAY - timedelta(days=3), TODAY, 4, True)
    assert "from Wednesday 12 Jun to Saturday 15 Jun" in found.spoken
    one = a_span(starts_on=TODAY + timedelta(days=2))
    assert (one.first, one.days, one.is_window) == (TODAY, 1, False)


def test_each_state_has_a_mark_of_its_own():
    marks = {
        "warning-circle": a_span(due_on=TODAY - timedelta(days=1)),
        "check-circle": a_span(CardColumn.DONE, due_on=TODAY - timedelta(days=1)),
        "handshake": a_span(kind=CardKind.COMMITMENT),
        "repeat": a_span(recurrence=Recurrence(7, 60)),
        "git-merge": a_span(has_conflict=True),
        "": a_span(),
    }
    assert {icon: span.icon for icon, span in marks.items()} == {icon: icon for icon in marks}
    assert marks[""].spoken.startswith("Card a, To do, Saturday 15 Jun")
