"""Moments in the spellings of six languages, and the question what comes first in 05/01/2026."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from workbench.sync.importers.cells import DayOrder, Unclear, folded, moment_of, orders_of, western

DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


def at(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-05", at(1, 5)),
        ("2026-01-05T09:30:00Z", at(1, 5, 9, 30)),
        ("2026-01-05 09:30", at(1, 5, 9, 30)),
        ("20260105", at(1, 5)),
        ("2026/1/5", at(1, 5)),
        ("2026. 1. 5", at(1, 5)),
        ("25/12/2025", at(12, 25, year=2025)),
        ("12/25/2025 3:04 PM", at(12, 25, 15, 4, year=2025)),
        ("12/25/2025 12:04 a.m.", at(12, 25, 0, 4, year=2025)),
        ("25.12.25", at(12, 25, year=2025)),
        ("25.12.99", at(12, 25, year=1999)),
        ("05/05/2026", at(5, 5)),
        ("January 5th, 2026 at 3:05 pm", at(1, 5, 15, 5)),
        ("Mon, 05 Jan 2026", at(1, 5)),
        ("5-Jan-26", at(1, 5)),
        ("le 5 février 2026 à 14h30", at(2, 5, 14, 30)),
        ("1er août 2026", at(8, 1)),
        ("5 de enero de 2026", at(1, 5)),
        ("5 января 2026 г.", at(1, 5)),
        ("15 авг. 2025 г., 12:00", at(8, 15, 12, year=2025)),
        ("٥ يناير ٢٠٢٦", at(1, 5)),
        ("5 كانون الثاني 2026", at(1, 5)),
        ("1 مايو 2026 10:30 م", at(5, 1, 22, 30)),
        ("۲۵/۱۲/۲۰۲۵ ۱۴:۳۰", at(12, 25, 14, 30, year=2025)),
        ("2026年1月5日 下午3:05", at(1, 5, 15, 5)),
        ("２０２６年１月５日", at(1, 5)),
        ("46027", at(1, 5)),
        ("46027,5", at(1, 5, 12)),
        ("46027.75", at(1, 5, 18)),
    ],
)
def test_moment_is_read(text: str, moment: datetime):
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("text", "hours"), [("2026-01-05T09:00+03:00", 3), ("5 Jan 2026 09:00 UTC+3", 3), ("5 Jan 2026 09:00 -0500", -5)]
)
def test_zone_counts(text: str, hours: int):
    assert moment_of(text) == datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31/02/2026", "2026-13-01", "13/13/2026", "5", "99999", "12:30", "5 Jan", "Jan and Feb 5 2026",
     "5 Jan 2026 and 3 more", "1/2/3/2026", "x" * 500, "25:61 5 Jan 2026", "+41 79 555 12 34", "10.0.0.1"],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(text: str):
    assert moment_of(text) is Unclear.NO_DATE


def test_open_date_waits_for_an_answer_and_is_never_turned_round():
    assert moment_of("05/01/2026") is Unclear.DAY_OR_MONTH
    assert moment_of("05/01/2026 10:22") is Unclear.DAY_OR_MONTH
    assert moment_of("05/01/2026 10:22", DAY) == at(1, 5, 10, 22)
    assert moment_of("05/01/2026", MONTH) == at(5, 1)
    assert moment_of("25/01/2026", MONTH) is Unclear.NO_DATE


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("05/01/2026", {DAY, MONTH}),
        ("٠٥/٠١/٢٠٢٦", {DAY, MONTH}),
        ("25/01/2026 14:30", {DAY}),
        ("01/25/2026", {MONTH}),
        ("05/05/2026", set()),
        ("2026-01-05", set()),
        ("5 January 2026", set()),
        ("1/2", set()),
    ],
)
def test_a_date_leaves_these_readings_open(text: str, orders: set[DayOrder]):
    assert orders_of(text) == orders


def test_words_and_digits_are_compared_without_what_only_dresses_them():
    assert folded("\u200fÉLÈVE") == "eleve"
    assert folded("الأسمـــاء") == "الاسماء"
    assert western("١٢٫٥") == "12.5"
    assert western("plain") == "plain"
