"""Numbers and dates as the language writes them; what is missing is a dash and never zero."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt

from workbench.queries.hashtags import TagRow
from workbench.queries.lanes import LibraryItem
from workbench.queries.members import MemberRow
from workbench.queries.search import SearchRow
from workbench.ui import numbers
from workbench.ui.pages.questions_tables import LibraryModel, TagModel
from workbench.ui.qt_models.member_table import MemberTableModel
from workbench.ui.qt_models.thread_list import HitListModel
from workbench.ui.widgets.day_field import read_day

NOW = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)
SPACE = "\N{NO-BREAK SPACE}"
TOLD = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_counts_are_grouped_and_missing_is_a_dash():
    assert numbers.count(12_000) == "12,000"
    assert numbers.count(None) == numbers.percent(None) == numbers.hours(None) == numbers.MISSING


def test_digits_are_those_of_the_sentences_where_the_language_has_others():
    QLocale.setDefault(QLocale("ar_EG"))
    assert numbers.count(21_200) == "21,200"
    assert numbers.hours(9.05) == f"9{SPACE}h{SPACE}03"
    assert numbers.percent(0.125, digits=1) == f"12.5{SPACE}%"
    assert numbers.day(date(2026, 5, 14)) == "\u206814 مايو 2026\u2069"
    assert read_day(numbers.day(date(2026, 5, 14)), today=date(2026, 1, 1)) == date(2026, 5, 14)
    assert numbers.with_days("Known until 2026-05-14.") == "Known until \u206814 مايو 2026\u2069."
    assert numbers.read_number("1,200.5") == numbers.read_number("١٬٢٠٠٫٥") == numbers.read_number("1200.5") == 1200.5
    # Its unit is a word of the language, the sentence around it is not.
    assert f"{numbers.size(0)} used today" == "\u20680 بايت\u2069 used today"


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


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("America/Lima", datetime(2024, 2, 3, 2, tzinfo=UTC), "2 Feb 2024"),
        ("UTC", datetime(2024, 2, 3, 2, tzinfo=UTC), "3 Feb 2024"),
        ("Pacific/Auckland", datetime(2024, 2, 2, 20, tzinfo=UTC), "3 Feb 2024"),
    ],
)
def test_one_message_has_one_day_in_its_card_and_in_every_list(in_zone, zone: str, at: datetime, day: str):
    in_zone(zone)
    people, hits, tags, files = MemberTableModel(), HitListModel(), TagModel(), LibraryModel()
    row = MemberRow(1, "Amina", None, communities=1, messages=1, first_at=at, last_at=at, tags=(), is_listed=True)
    people.set_rows(1, [row], now=NOW)
    hits.set_rows([SearchRow(1, 1, 1, "Water", "Pump", "Amina", 1, at, "How deep?", (), ())])
    tags.set_rows([TagRow("pump", 1, 1, 1, 1, at, (0,) * 26, is_new=False)])
    files.set_rows([LibraryItem(1, 1, "Water", "Pump", "pump.pdf", True, "Amina", at, at)])
    assert numbers.moment(at).startswith(f"{day}, ")
    assert numbers.day_of(at) == numbers.ago(at, now=NOW) == day
    for model in (people, hits, tags, files):
        places = [index for place in range(13) if (index := model.index(0, place)).isValid()]
        assert any(day in str(index.data(role)) for index in places for role in TOLD), type(model).__name__


def test_no_list_takes_the_day_of_a_moment_by_utc():
    """Two places tell it by UTC on purpose: what a moment is in full, and what a table is read as."""
    by_utc = re.compile(r"numbers\.\w*(?:day|month)\(\w+(?:\.\w+)*\.date\(\)\)")
    home = Path(numbers.__file__).parent
    found = {path.name for path in home.rglob("*.py") if by_utc.search(path.read_text(encoding="utf-8"))}
    assert found == {"message_card.py", "table_import_words.py"}
