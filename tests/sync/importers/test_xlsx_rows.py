"""Rows of a workbook: every sort of cell as text, numbered as the spreadsheet numbers them."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.sync.importers.table_files import xlsx_bytes
from workbench.errors import BadInputError, SourceError
from workbench.sync.importers.xlsx_rows import cell_text, sheet_names, sheet_rows

MIDNIGHT = datetime(2026, 1, 5)  # noqa: DTZ001 - a workbook knows no zones


def book(folder: Path, *args, **how) -> Path:
    path = folder / "t.xlsx"
    path.write_bytes(xlsx_bytes(*args, **how))
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        (True, "yes"),
        (3.0, "3"),
        (3.5, "3.5"),
        (7, "7"),
        (date(2026, 1, 5), "2026-01-05"),
        (MIDNIGHT, "2026-01-05"),
        (MIDNIGHT.replace(hour=9, minute=30), "2026-01-05 09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=2), "2:00:00"),
        (None, ""),
    ],
)
def test_cell_is_text(value, text):
    assert cell_text(value) == text


def test_rows_are_numbered_as_in_the_spreadsheet_and_read_to_the_size_of_the_file(tmp_path):
    path = book(tmp_path, {"S": [[], [None, "Name", "Joined"], [], [None, "A\x00", date(2026, 1, 5)]]})
    found = [(row.line, row.cells) for row in sheet_rows(path, "S") if any(row.cells)]
    assert found == [(2, ("Name", "Joined")), (4, ("A", "2026-01-05"))]
    assert list(sheet_rows(path, "S"))[-1].read_bytes == path.stat().st_size


def test_cell_merged_over_rows_counts_for_each_and_one_over_columns_once(tmp_path):
    rows = [["Title", ""], ["", "A"], ["", "B"], ["", "C"]]
    path = book(tmp_path, {"S": rows}, merged=[(0, 2, 0, 4, "wide"), (1, 0, 2, 0, "Water")])
    assert [row.cells[:2] for row in sheet_rows(path, "S")][1:] == [("Water", "A"), ("Water", "B"), ("", "C")]
    assert next(iter(sheet_rows(path, "S"))).cells[2:] == ("wide",)


def test_formula_gives_what_it_gave_when_saved(tmp_path):
    path = book(
        tmp_path, {"S": [["Name", "x"]]}, formulas={(1, 0): ("=1+1", 2), (1, 1): ('=HYPERLINK("http://a")', "a")}
    )
    assert list(sheet_rows(path, "S"))[1].cells == ("2", "a")


def test_sheets_a_person_sees_are_named_and_an_empty_one_has_no_rows(tmp_path):
    path = book(tmp_path, {"One": [["x"]], "Two": [], "Three": [["y"]]}, hidden=["Three"])
    assert sheet_names(path) == ("One", "Two")
    assert list(sheet_rows(path, "Two")) == []
    with pytest.raises(BadInputError, match="no sheet called Four; it has One, Two"):
        list(sheet_rows(path, "Four"))


def test_archive_that_only_looks_like_a_workbook_is_refused(tmp_path):
    path, packed = tmp_path / "t.xlsx", io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    path.write_bytes(packed.getvalue())
    with pytest.raises((SourceError, BadInputError)):
        sheet_names(path)


def test_workbook_that_changed_is_looked_at_again(tmp_path):
    path = book(tmp_path, {"S": [["x"]]})
    assert sheet_names(path) == ("S",)
    path.write_bytes(b"PK\x03\x04 no longer a workbook")
    with pytest.raises(SourceError):
        sheet_names(path)
