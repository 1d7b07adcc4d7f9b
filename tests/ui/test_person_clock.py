"""The clock where somebody is: zones, offsets, another day, and nothing for what means neither."""

from datetime import UTC, datetime

import pytest

from workbench.ui.person_clock import clock_words, moment_in

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Africa/Nairobi", 15), ("+05:45", 17), ("UTC-5", 7), ("Nowhere/Land", None), ("", None)]
)
def test_the_hour_is_that_of_the_place(zone, hour):
    there = moment_in(NOON, zone)
    assert (None if there is None else there.hour) == hour


def test_words_are_empty_where_nothing_is_known_and_name_another_day(qapp):
    assert clock_words(NOON, None) == clock_words(None, "+03:00") == clock_words(NOON, "x") == ""
    assert clock_words(NOON, "+03:00").endswith("15:00")
    assert len(clock_words(NOON, "+14:00")) > len("02:00")
