"""Scorecard values in words."""

from datetime import date

import pytest

from workbench.metrics.value import Unit
from workbench.metrics.window import Window, month
from workbench.ui.pages.scorecard_words import number_words, window_words

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, Unit.SHARE, "No data"),
        (0.0, Unit.SHARE, f"0{SPACE}%"),
        (0.625, Unit.SHARE, f"63{SPACE}%"),
        (0.045, Unit.SHARE, f"4.5{SPACE}%"),
        (0.2143, Unit.RATIO, "0.21"),
        (2.5, Unit.WEEKS, "2.5"),
        (1234.0, Unit.MESSAGES, "1,234"),
    ],
)
def test_numbers_are_written_in_their_unit(value: float | None, unit: Unit, words: str):
    assert number_words(value, unit) == words


def test_months_have_names_and_other_spans_their_days():
    assert window_words(month(2024, 2)) == "Feb 2024"
    assert window_words(Window.between(date(2024, 2, 1), date(2024, 4, 1))) == "1 Feb 2024 to 31 Mar 2024"
