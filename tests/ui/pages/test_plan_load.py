"""Hours that are too many for a person's week are said with the reason, counted with what else is in that week."""

from datetime import timedelta

import pytest

from tests.ui.plan_samples import TODAY, a_row
from workbench.models.kinds import CardColumn
from workbench.ui.pages.plan_load import overload

AMINA = "Amina Example"
ONE = a_row("one", owner=AMINA, due_on=TODAY, hours=1)
SAME_WEEK = a_row("two", owner=AMINA, due_on=TODAY - timedelta(days=1), hours=4)
NEXT_WEEK = a_row("three", owner=AMINA, due_on=TODAY + timedelta(days=7), hours=4)
OF_ANOTHER = a_row("four", owner="Bo Sample", due_on=TODAY, hours=9)


@pytest.mark.parametrize(
    ("card", "hours", "said"),
    [
        (ONE, 1.0, ""),
        (ONE, None, ""),
        (ONE, 2.5, "Amina Example has 6.5\xa0h in the week of 10 Jun; the plan gives one person 5\xa0h a week."),
        (a_row("free", due_on=TODAY), 6.5, "That is more than the 5\xa0h a week the plan gives one person."),
        (a_row("someday", owner=AMINA), 6.5, "That is more than the 5\xa0h a week the plan gives one person."),
        (a_row("long", owner="Bo Late", starts_on=TODAY - timedelta(days=20), due_on=TODAY), 12.0, ""),
        (a_row("over", CardColumn.DONE, owner=AMINA, due_on=TODAY), 9.0, ""),
    ],
)
def test_what_is_asked_is_counted_with_the_rest_of_the_week(card, hours, said):
    assert overload([card, SAME_WEEK, NEXT_WEEK, OF_ANOTHER], [card], hours, limit=5) == said


def test_several_cards_of_one_week_add_up():
    two = [a_row(name, owner="Bo Late", due_on=TODAY, hours=1) for name in "ab"]
    assert overload(two, two, 3, limit=5).startswith("Bo Late has 6\xa0h")
