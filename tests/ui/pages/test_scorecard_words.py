"""Scorecard values in words."""

from datetime import date

import pytest

from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window, month
from workbench.operations.scorecard import Compared
from workbench.ui.pages.scorecard_words import compared_words, number_words, value_words, window_words

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, Unit.SHARE, "No data"),
        (0.0, Unit.SHARE, f"0{SPACE}%"),
        (0.625, Unit.SHARE, f"63{SPACE}%"),
        (0.045, Unit.SHARE, f"4.5{SPACE}%"),
        (1 / 2394, Unit.SHARE, f"<{SPACE}0.1{SPACE}%"),
        (0.0006, Unit.SHARE, f"0.1{SPACE}%"),
        (0.2143, Unit.RATIO, "0.21"),
        (2.5, Unit.WEEKS, "2.5"),
        (1234.0, Unit.MESSAGES, "1,234"),
    ],
)
def test_numbers_are_written_in_their_unit(value: float | None, unit: Unit, words: str):
    assert number_words(value, unit) == words


def counted(value: float | None, coverage: float, **detail: float) -> Value:
    return Value(value, Unit.MESSAGES, value, coverage=coverage, detail=detail)


@pytest.mark.parametrize(
    ("now", "then", "why_not", "words"),
    [
        (counted(3, 1.0), counted(4, 1.0), "", ("3", "4")),
        (counted(3, 0.5), counted(4, 1.0), "half", ("3", "not compared")),
        (counted(3, 1.0), counted(4, 0.5), "half", ("3", "not known")),
        (counted(None, 0.0), counted(0, 1.0), "nothing", ("not known", "0")),
        (counted(None, 1.0), counted(None, 0.0), "nothing", ("No data", "not known")),
        (
            counted(None, 1.0, reach_coverage=0.5),
            counted(3, 1.0, reach_coverage=0.5),
            "days behind",
            ("not known",) * 2,
        ),
        (counted(None, 1.0, not_known_yet=6), counted(0, 1.0, not_known_yet=0), "nobody is over", ("not known", "0")),
    ],
)
def test_what_is_not_known_and_what_is_not_compared_are_told_apart(now, then, why_not, words):
    assert (value_words(now), compared_words(Compared(then, why_not), beside=now)) == words


def test_months_have_names_and_other_spans_their_days():
    assert window_words(month(2024, 2)) == "Feb 2024"
    assert window_words(Window.between(date(2024, 2, 1), date(2024, 4, 1))) == "1 Feb 2024 to 31 Mar 2024"
