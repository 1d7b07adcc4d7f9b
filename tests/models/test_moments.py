"""Moments: the stored form of times and days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.models.columns import UtcDateTime
from workbench.models.moments import day_start, from_day, from_micros, maybe_from_micros, to_day, to_micros

NAIVE = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_the_stored_form(moment):
    assert from_micros(to_micros(moment)) == moment
    assert UtcDateTime().process_bind_param(moment, None) == to_micros(moment)
    assert UtcDateTime().process_result_value(to_micros(moment), None) == moment


@given(st.dates())
def test_days_survive_the_stored_form(day):
    assert from_day(to_day(day)) == day


def test_numbers_count_from_1970():
    assert to_micros(datetime(1970, 1, 2, tzinfo=UTC)) == 86_400_000_000
    assert to_day(date(1970, 1, 2)) == 1
    assert day_start(date(1970, 1, 2)) == datetime(1970, 1, 2, tzinfo=UTC)


def test_other_zones_are_the_same_moment():
    there = timezone(timedelta(hours=5, minutes=30))
    assert to_micros(datetime(1970, 1, 1, 5, 30, tzinfo=there)) == 0


def test_nothing_stays_nothing():
    assert maybe_from_micros(None) is None
    assert maybe_from_micros(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert UtcDateTime().process_bind_param(None, None) is None
    assert UtcDateTime().process_result_value(None, None) is None


def test_naive_datetimes_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(NAIVE, None)
