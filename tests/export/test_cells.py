"""Cells of a table for others: no name becomes a formula, and each comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.export.cells import DANGEROUS, csv_cell, safe_cell

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
