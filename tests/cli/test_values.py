"""Values of the command line: what is written is read, or refused in words."""

import argparse
from collections.abc import Callable
from datetime import date

import pytest

from workbench.cli.values import (
    a_choice,
    a_limit,
    a_number,
    a_pair,
    a_pause,
    a_period,
    a_plan_day,
    a_portion,
    a_reach,
    a_size,
    or_none,
)
from workbench.models.kinds import CardColumn


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (a_period, "2026-12", (date(2026, 12, 1), date(2027, 1, 1))),
        (a_period, " 2024-q1 ", (date(2024, 1, 1), date(2024, 4, 1))),
        (a_period, "2026-Q4", (date(2026, 10, 1), date(2027, 1, 1))),
        (a_period, "2026", (date(2026, 1, 1), date(2027, 1, 1))),
        (a_size, "5MB", 5_000_000),
        (a_size, "200 kB", 200_000),
        (a_size, "1.5m", 1_500_000),
        (a_size, "1500", 1500),
        (a_limit, "none", None),
        (a_limit, "20MB", 20_000_000),
        (a_reach, "all", None),
        (a_reach, "90d", 90),
        (a_reach, "2026-03-02", date(2026, 3, 2)),
        (a_pause, "30m", 30),
        (a_pause, "6h", 360),
        (a_pause, "1d", 1440),
        (a_pause, "hand", None),
        (a_plan_day, "day12", 12),
        (a_plan_day, "Day -3", -3),
        (a_plan_day, "2026-03-02", date(2026, 3, 2)),
        (or_none(a_plan_day), "none", None),
        (or_none(a_number), "1.5", 1.5),
        (a_portion, "12.5 %", 0.125),
        (a_portion, "12.5", 12.5),
        (a_choice(CardColumn), "Doing", CardColumn.DOING),
        (a_pair, "address=https://forum.example.org/?a=b", ("address", "https://forum.example.org/?a=b")),
    ],
)
def test_what_is_written_is_read(read: Callable[[str], object], text: str, value: object):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (a_plan_day, "day"),
        (a_plan_day, "12"),
        (a_number, "two"),
        (a_portion, "two"),
        (a_choice(CardColumn), "later"),
        (a_size, "much"),
        (a_size, "0"),
        (a_size, "-5MB"),
        (a_reach, "soon"),
        (a_pause, "0h"),
        (a_pause, "x"),
        (a_pair, "a"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(read: Callable[[str], object], text: str):
    with pytest.raises(argparse.ArgumentTypeError) as caught:
        read(text)
    assert repr(text) in str(caught.value) or text in str(caught.value)
