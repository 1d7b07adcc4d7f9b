"""Cells of a table for others: no name becomes a formula, and each comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.export.cells import DANGEROUS, csv_cell, csv_table, plain, safe_cell

TURN, UNTURN, JOINER, MARK = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}", "\u200b", "\ufeff"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "|cmd",
            "%0A=1",
            "  =1",
            "\u00a0=1",
            "\u3000＋1",
        ),
        *(f"{TURN}=1{UNTURN}", f"{JOINER}@SUM(A1)", f"{MARK}=1", f" {TURN} =1", "\0=1"),
    ],
)
def test_a_name_that_could_begin_a_formula_is_text(name):
    (line,) = csv.reader(io.StringIO(f"{csv_cell(name)},next\r\n", newline=""))
    assert line == ["'" + name.replace("\0", ""), "next"]


@pytest.mark.parametrize(
    "name", ["", "Amina Example", "a=b", f"Amina {TURN}elpmaxE{UNTURN}", "one\rtwo", 'say "no", or']
)
def test_any_other_name_stays_as_it_is(name):
    (line,) = csv.reader(io.StringIO(f"{csv_cell(name)},next\r\n", newline=""))
    assert line == [name, "next"]


@given(st.text())
def test_no_text_ever_begins_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.lstrip(" \u00a0\u3000").startswith(DANGEROUS)
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4_048_435, "4048435"),
        (12_345_678_901.0, "12345678901"),
        (0, "0"),
        (1_234_567.891, "1234567.891"),
        (2 / 3, "0.666666666667"),
        (4 / 4_048_435, "0.00000098803611766"),
        (-0.25, "-0.25"),
    ],
)
def test_whole_numbers_are_written_whole_and_none_with_an_exponent(number, words):
    assert plain(number) == words


def test_a_number_below_zero_stays_a_number_and_a_name_like_one_is_text():
    assert csv_table([("week", "usual from"), ("-1", plain(-1.49223)), ("-2", plain(-2))]) == (
        "week,usual from\r\n'-1,-1.49223\r\n'-2,-2\r\n"
    )
