"""Where cards lie in a month: whole weeks, lanes without overlap, and a count of those there is no room for."""

from datetime import date

import pytest

from tests.ui.widgets.spans import MONDAY, a_span, day
from workbench.ids import CardId
from workbench.ui.widgets.month_layout import lay_out, month_frame, next_month, on_day


@pytest.mark.parametrize(
    ("month", "week_begins", "first", "weeks"),
    [
        (date(2024, 6, 15), 0, date(2024, 5, 27), 5),
        (date(2024, 6, 15), 6, date(2024, 5, 26), 6),
        (date(2024, 6, 15), 5, date(2024, 6, 1), 5),
        (date(2021, 2, 1), 0, date(2021, 2, 1), 4),
        (date(2024, 12, 31), 0, date(2024, 11, 25), 6),
    ],
)
def test_a_month_shows_whole_weeks_from_the_first_day_people_count_by(month, week_begins, first, weeks):
    assert month_frame(month, week_begins=week_begins) == (first, weeks)


def test_months_follow_each_other_over_the_end_of_a_year():
    assert next_month(date(2024, 12, 5)) == date(2025, 1, 1)
    assert next_month(date(2024, 1, 5), -1) == date(2023, 12, 1)
    assert next_month(date(9999, 12, 5)) == date(9999, 12, 1)
    assert next_month(date(1, 1, 5), -1) == date(1, 1, 1)


def test_windows_come_first_and_go_on_in_the_next_week():
    found = lay_out([a_span("one", 5), a_span("window", 4, 9)], first=MONDAY, weeks=2, lanes=3)
    parts = [(part.span.id, part.week, part.lane, part.begin, part.end) for part in found.segments]
    assert parts == [("window", 0, 0, 4, 6), ("one", 0, 1, 5, 5), ("window", 1, 0, 0, 2)]
    assert [(part.begins_here, part.ends_here) for part in found.segments] == [
        (True, False),
        (True, True),
        (False, True),
    ]
    assert (found.place(day(9)), found.day(1, 2), found.last) == ((1, 2), day(9), day(13))
    assert found.holds(day(13))
    assert not found.holds(day(14))


def test_lanes_never_overlap_and_free_ones_are_used_again():
    spans = [a_span("a", 0, 2), a_span("b", 1, 4), a_span("c", 3), a_span("d", 5)]
    found = lay_out(spans, first=MONDAY, weeks=1, lanes=4)
    assert {part.span.id: part.lane for part in found.segments} == {"a": 0, "b": 1, "c": 0, "d": 0}


def test_what_has_no_room_is_counted_on_each_of_its_days():
    spans = [a_span("a", 0, 3), a_span("b", 0, 3), a_span("c", 2, 3), a_span("d", 3)]
    found = lay_out(spans, first=MONDAY, weeks=1, lanes=2)
    assert [part.span.id for part in found.segments] == ["a", "b"]
    assert found.more == {day(2): 1, day(3): 2}


def test_the_current_card_has_room_in_place_of_those_that_lie_last_there():
    spans = [a_span("a", 0, 1), a_span("b", 0, 1), a_span("c", 1), a_span("d", 5), a_span("e", 5)]
    found = lay_out(spans, first=MONDAY, weeks=1, lanes=2, current=CardId("c"))
    assert {part.span.id: part.lane for part in found.segments} == {"a": 0, "c": 1, "d": 0, "e": 1}
    assert found.more == {day(0): 1, day(1): 1}


def test_cards_outside_the_weeks_are_left_out():
    found = lay_out([a_span("before", -5), a_span("after", 7), a_span("over", -3, 20)], first=MONDAY, weeks=1, lanes=2)
    assert [part.span.id for part in found.segments] == ["over"]


def test_a_day_lists_all_that_lies_on_it():
    spans = [a_span("one", 3), a_span("window", 1, 5), a_span("other", 4)]
    assert [span.id for span in on_day(spans, day(3))] == ["window", "one"]
