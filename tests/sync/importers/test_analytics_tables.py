"""Tables in an export: where they begin, which days they are about, and what their columns are."""

from datetime import date
from pathlib import Path

import pytest

from tests.sync.importers.analytics_files import EXPLORATION, OVERVIEW, REPORT, a_file
from workbench.models.moments import DayRange
from workbench.sync.importers.analytics_tables import Columns, Table, columns_of, day_of, number_of, read_tables
from workbench.sync.importers.csv_rows import RawRow

FEBRUARY = DayRange(date(2026, 2, 1), date(2026, 2, 28))


def a_table(
    *rows: tuple[str, ...], headers: tuple[str, ...] = ("A", "Views"), days: DayRange | None = FEBRUARY
) -> Table:
    return Table(headers, days, [RawRow(at, row, 0) for at, row in enumerate(rows)])


def test_a_file_may_hold_several_tables(tmp_path: Path):
    tables = read_tables(a_file(tmp_path, OVERVIEW))
    assert [table.headers[0] for table in tables] == [
        "Nth day", "Nth day", "Country ID", "Page title and screen class",
    ]  # fmt: skip
    assert {table.days for table in tables} == {DayRange(date(2026, 2, 1), date(2026, 2, 3))}


def test_the_total_has_one_cell_more_than_the_header(tmp_path: Path):
    (table,) = read_tables(a_file(tmp_path, EXPLORATION))
    assert table.total is not None
    assert table.total.cells == ("", "", "31", "9")
    assert len(table.rows) == 3


def test_columns_are_matched_by_their_whole_name(tmp_path: Path):
    (table,) = read_tables(a_file(tmp_path, REPORT))
    assert columns_of(table) == Columns(views=1, users=2, events=5, page=0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("20260201", "1"), ("20260202", "2")], Columns(views=1, day=0)),
        ([("0000", "1"), ("0002", "2")], None),
        ([(f"{number:04}", "1") for number in range(28)], Columns(views=1, number=0)),
        ([("/", "1"), ("/a", "2"), ("other", "3")], Columns(views=1, page=0)),
        ([("France", "1")], None),
        ([("20261399", "1")], None),
    ],
)
def test_days_and_pages_are_known_by_what_stands_in_their_column(cells, expected):
    assert columns_of(a_table(*cells)) == expected


def test_days_may_be_numbered_with_gaps_where_the_header_says_that_it_is_days():
    table = a_table(("0000", "1"), ("0002", "2"), headers=("Nth day", "Views"))
    columns = columns_of(table)
    assert columns == Columns(views=1, number=0)
    assert columns is not None
    assert [day_of(table, columns, row.cells) for row in table.rows] == [date(2026, 2, 1), date(2026, 2, 3)]
    weeks = a_table(("0000", "1"), ("0001", "2"), headers=("Nth week", "Views"))
    assert columns_of(weeks) is None


def test_a_column_that_divides_the_rows_further_makes_a_table_of_no_use():
    table = a_table(("/", "France", "1"), headers=("Page path", "Country", "Views"))
    assert columns_of(table) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), ("12.0", 12), ("12,345", 12345), ("12.345.678", 12345678), ("12\u202f345", 12345), ("1’234", 1234),
        ("", None), ("-3", None), ("3.67", None), ("many", None), ("1" * 30, None),
    ],
)  # fmt: skip
def test_numbers_may_have_their_thousands_set_apart(text, number):
    assert number_of(text) == number
