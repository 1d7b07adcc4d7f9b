"""The period in the top bar as days, as the half-open stretch metrics take, and as it is remembered."""

from datetime import UTC, date, datetime

import pytest

from workbench.ui.period import Period, PeriodKind

TODAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (PeriodKind.LAST_7, date(2024, 6, 8)),
        (PeriodKind.LAST_28, date(2024, 5, 18)),
        (PeriodKind.LAST_90, date(2024, 3, 17)),
        (PeriodKind.LAST_YEAR, date(2023, 6, 15)),
        (PeriodKind.QUARTER, date(2024, 4, 1)),
        (PeriodKind.YEAR, date(2024, 1, 1)),
    ],
)
def test_usual_periods_end_today(kind: PeriodKind, first: date):
    assert Period(kind).days(TODAY) == (first, TODAY)


def test_all_time_has_no_days():
    assert Period(PeriodKind.ALL).days(TODAY) is None
    assert Period(PeriodKind.ALL).bounds(datetime(2024, 6, 15, tzinfo=UTC)) is None


def test_bounds_end_with_the_day_that_is_running():
    start, end = Period(PeriodKind.LAST_7).bounds(datetime(2024, 6, 15, 23, 59, tzinfo=UTC))
    assert (start, end) == (datetime(2024, 6, 8, tzinfo=UTC), datetime(2024, 6, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    "period", [Period(), Period(PeriodKind.ALL), Period(PeriodKind.CUSTOM, date(2020, 2, 1), date(2020, 3, 1))]
)
def test_a_period_is_remembered(period: Period):
    assert Period.from_stored(period.stored()) == period


@pytest.mark.parametrize("text", [None, "", "next year", "custom", "custom 2020-01-01", "custom x y"])
def test_what_cannot_be_read_is_the_last_ninety_days(text: str | None):
    assert Period.from_stored(text) == Period(PeriodKind.LAST_90)


def test_last_known_days_end_on_the_last_known_one():
    assert Period.last_known(date(2024, 3, 1)).days(TODAY) == (date(2023, 12, 3), date(2024, 3, 1))
