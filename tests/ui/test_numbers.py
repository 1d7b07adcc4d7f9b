"""Numbers and dates as the language writes them; what is missing is a dash and never zero."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from workbench.ui import numbers

NOW = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_counts_are_grouped_and_missing_is_a_dash():
    assert numbers.count(12_000) == "12,000"
    assert numbers.count(None) == numbers.percent(None) == numbers.hours(None) == numbers.MISSING


def test_arabic_digits_where_the_language_has_them():
    QLocale.setDefault(QLocale("ar_EG"))
    assert numbers.count(212) == "٢١٢"
    assert numbers.hours(9.05) == f"٩{SPACE}h{SPACE}٠٣"
    # Its unit is a word of the language, the sentence around it is not.
    assert f"{numbers.size(0)} used today" == "\u2068٠ بايت\u2069 used today"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, f"30{SPACE}min"),
        (1, f"1{SPACE}h"),
        (9.3334, f"9{SPACE}h{SPACE}20"),
        (72, f"3{SPACE}days"),
        (60, f"2.5{SPACE}days"),
    ],
)
def test_hours_are_written_in_the_unit_people_say(value: float, text: str):
    assert numbers.hours(value) == text


def test_shares_and_signs():
    assert numbers.percent(0.387, digits=1) == f"38.7{SPACE}%"
    assert numbers.signed(-6, "6 points") == "\N{MINUS SIGN}6 points"
    assert numbers.signed(6, "6") == "+6"
    assert numbers.signed(0, "0") == "0"
    assert numbers.decimal(2.0) == "2"
    assert numbers.decimal(2.5) == "2.5"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=12), f"12{SPACE}min ago"),
        (timedelta(hours=2), f"2{SPACE}h ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=12), f"12{SPACE}days ago"),
        (timedelta(days=100), "7 Mar 2024"),
    ],
)
def test_how_long_ago(length: timedelta, text: str):
    assert numbers.ago(NOW - length, now=NOW) == text


def test_never_and_known_until():
    today = NOW.date()
    assert numbers.ago(None, now=NOW) == "never"
    assert numbers.known_until(None, today=today) == "never synced"
    assert numbers.known_until(today, today=today) == "today"
    assert numbers.known_until(today - timedelta(days=1), today=today) == "yesterday"
    assert numbers.known_until(date(2024, 5, 1), today=today) == "1 May 2024"


def test_days_sizes_and_lengths():
    assert numbers.short_day(date(2024, 5, 4)) == "4 May"
    assert numbers.month(date(2024, 5, 4)) == "May 2024"
    assert numbers.moment(None) == numbers.day(None) == numbers.MISSING
    assert "2024" in numbers.moment(NOW)
    assert numbers.size(1_240_000) == "1.2 MB"
    assert numbers.length(42) == "about 40 s"
    assert numbers.length(200) == "about 3 min"
    assert numbers.length(7200) == f"about 2{SPACE}h"
    assert numbers.plural(1, "day", "days") == "1 day"
    assert numbers.plural(1000, "day", "days") == "1,000 days"


def test_moments_to_come_are_said_as_in_a_sentence():
    tomorrow = NOW + timedelta(days=1)
    assert numbers.when(NOW, now=NOW) == f"at {numbers.clock_time(NOW)}"
    assert numbers.when(tomorrow, now=NOW) == f"tomorrow at {numbers.clock_time(tomorrow)}"
    assert numbers.when(NOW + timedelta(days=9), now=NOW).startswith("on 24 Jun 2024")
    assert numbers.whole_size(5_000_000) == "5 MB"
    assert numbers.whole_size(1_500_000) == "1.5 MB"


@pytest.mark.parametrize(("text", "number"), [("1.5", 1.5), (" 2 ", 2.0), ("x", None), ("", None), ("1e400", None)])
def test_numbers_are_read_in_this_language_and_in_english(qapp, text: str, number: float | None):
    assert numbers.read_number(text) == number
