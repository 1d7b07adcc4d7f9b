"""Where a table begins and what stands over it."""

from pathlib import Path

import pytest

from tests.sync.importers.table_files import csv_bytes, xlsx_bytes
from workbench.errors import BadInputError
from workbench.sync.importers.table_shape import TableShape, body, is_total, look


def shaped(folder: Path, data: bytes, name: str = "t.csv") -> TableShape:
    path = folder / name
    path.write_bytes(data)
    return look(path)


def test_header_is_found_below_titles_and_columns_without_use_are_left_out(tmp_path):
    rows = [
        ["Members", "", "", ""],
        ["as of 2026", "", "", ""],
        [],
        ["", "Name", "", "E-mail"],
        ["", "A", "", "a@example.org"],
    ]
    shape = shaped(tmp_path, csv_bytes(rows, separator=";"))
    assert (shape.headers, shape.places, shape.header_line, shape.delimiter) == (("Name", "E-mail"), (1, 3), 4, ";")
    assert [(row.line, row.cells) for row in body(shape)] == [(5, ("A", "a@example.org"))]


def test_header_without_known_words_is_the_first_full_row(tmp_path):
    shape = shaped(tmp_path, b"Survey\nalpha,beta,gamma\n1,2,3\n")
    assert (shape.headers, shape.header_line) == (("alpha", "beta", "gamma"), 2)


def test_names_are_made_different_and_missing_ones_given(tmp_path):
    shape = shaped(tmp_path, b"Date,Name,Date,,Date\n1,2,3,4,5\n")
    assert shape.headers == ("Date", "Name", "Date (2)", "Column 4", "Date (3)")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_decimal_commas_and_commas_in_text_do_not_mislead(tmp_path, separator):
    rows = [["Name", "Share", "Text"], ["Amina", "1,5", "well, yes; or | no"], ["Bo", "2,25", "a, b, c"]]
    shape = shaped(tmp_path, csv_bytes(rows, separator=separator))
    assert (shape.delimiter, shape.headers) == (separator, ("Name", "Share", "Text"))


def test_blank_rows_and_repeated_headers_are_no_rows(tmp_path):
    shape = shaped(tmp_path, b"Name,Date\nA,1\n,\n\nName,Date\nB,2,\n")
    assert [row.cells for row in body(shape)] == [("A", "1"), ("B", "2")]


def test_broken_row_keeps_its_fault(tmp_path):
    data = b"Name,Text\n" + b"A,x\n" * 500 + b'B,"' + b"y" * 1_000_001 + b'"\nC,z\n'
    found = list(body(shaped(tmp_path, data)))
    assert [row.fault for row in found if row.fault] == ["a cell of more than 1,000,000 letters"]
    assert found[-1].cells == ("C", "z")


def test_sheet_with_most_known_headers_is_taken_and_hidden_ones_are_not_offered(tmp_path):
    sheets = {
        "Cover": [["a", 1], ["b", 2]],
        "People": [["Name", "Joined"], ["A", "x"]],
        "Lists": [["Name", "Role"], [1, 2]],
    }
    shape = shaped(tmp_path, xlsx_bytes(sheets, hidden=["Lists"]), "t.xlsx")
    assert (shape.sheet, shape.sheets) == ("People", ("Cover", "People"))
    assert look(shape.path, sheet="Cover").headers == ("a", "1")


def test_workbook_is_known_by_what_it_is_not_by_its_name(tmp_path):
    assert shaped(tmp_path, xlsx_bytes({"S": [["Name", "Role"], ["A", "x"]]}), "export.csv").sheet == "S"


def test_workbook_without_a_table_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="only one column"):
        shaped(tmp_path, xlsx_bytes({"Notes": [["hello"], ["world"]], "Empty": []}), "t.xlsx")


def test_totals_are_known_in_six_languages():
    for cells in (("Total", "3"), ("", "TOTAL : 3"), ("Итого:", "3"), ("合计", ""), ("المجموع", "3"), ("Suma", "")):
        assert is_total(cells)
    assert not is_total(("Totally Example", "3"))
    assert not is_total(("", ""))
