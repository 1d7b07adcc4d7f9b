"""One time of a series or all of them: asked beside the fields, and what a day of one time means for all."""

from dataclasses import replace
from datetime import date

import pytest

from tests.plans.samples import a_card
from tests.ui.plan_samples import a_row
from workbench.ids import CardId
from workbench.models.plan_parts import Recurrence
from workbench.ui.pages.plan_inspector_times import TimesChoice, for_all_times
from workbench.ui.theme import Theme

SECOND = a_row("s#1", series_id=CardId("s"), occurrence=1, recurrence=Recurrence(7, 90))
FIRST_DAY = date(2024, 6, 17)
LATER = date(2024, 6, 24)


@pytest.fixture
def choice(qtbot, theme: Theme) -> TimesChoice:
    made = TimesChoice(theme)
    qtbot.addWidget(made)
    return made


def test_a_plain_card_is_not_asked_about(choice: TimesChoice):
    choice.show_card(a_row("a"), times=0, is_same=False)
    assert choice.isHidden()
    choice.show_card(None, times=0, is_same=False)
    assert choice.isHidden()


def test_a_time_says_which_it_is_and_begins_with_itself_alone(choice: TimesChoice):
    choice.show_card(SECOND, times=12, is_same=False)
    assert not choice.isHidden()
    assert choice._words.text() == "Weekly: time 2 of 12"
    assert not choice.is_all
    choice.all.click()
    choice.show_card(SECOND, times=12, is_same=True)
    assert choice.is_all
    choice.show_card(replace(SECOND, id=CardId("s#2")), times=12, is_same=False)
    assert not choice.is_all


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": "New"}, {"title": "New"}),
        ({"due_day": 12}, {"due_day": 5}),
        ({"due_on": date(2024, 6, 25)}, {"due_day": 4}),
        ({"due_on": None}, {"due_on": None}),
        ({"due_on": date(2024, 6, 24), "starts_on": None}, {"due_day": 3, "starts_on": None}),
    ],
)
def test_a_counted_day_moves_all_times_as_far(fields: dict[str, object], found: dict[str, object]):
    time = a_row("s#1", due_on=LATER, due_day=10)
    common = a_card("s", due_on=FIRST_DAY, due_day=3)
    assert for_all_times(fields, card=time, common=common) == found


def test_a_fixed_day_moves_all_times_as_far():
    time, common = a_row("s#1", due_on=LATER), a_card("s", due_on=FIRST_DAY)
    assert for_all_times({"due_on": date(2024, 6, 26)}, card=time, common=common) == {"due_on": date(2024, 6, 19)}


def test_a_day_where_there_was_none_is_taken_as_it_is():
    time, common = a_row("s#1"), a_card("s")
    assert for_all_times({"due_day": 4}, card=time, common=common) == {"due_day": 4}
    assert for_all_times({"due_on": LATER}, card=time, common=common) == {"due_on": LATER}
