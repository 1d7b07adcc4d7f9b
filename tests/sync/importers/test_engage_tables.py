"""Tables by column name: marks, order, lines inside fields, odd rows, and files that never end a row."""

import io

import pytest

from workbench.errors import SourceError
from workbench.sync.importers import engage_tables
from workbench.sync.importers.engage_tables import Table, TableRow


def a_table(text: str | bytes) -> Table:
    data = text.encode() if isinstance(text, str) else text
    return Table(io.BufferedReader(io.BytesIO(data)), "export.zip")  # type: ignore[arg-type]  # a raw stream of bytes


def told(text: str | bytes, *columns: str | tuple[str, ...]) -> list[tuple[str, ...]]:
    return [row.fields for row in a_table(text).rows(*columns)]


def test_columns_are_found_by_name_whatever_their_order_case_and_mark():
    assert told('\ufeff"Created At",new,ID\n2026,x,1\n', "id", "created_at") == [("1", "2026")]
    assert told("\ufeffid,body\n1,a\n".encode("utf-8-sig"), "id") == [("1",)]


def test_a_column_may_have_several_names_or_be_missing():
    text = "id,sender_full_name\n1,Amina Example\n"
    assert told(text, ("sender_name", "sender_full_name"), "deleted_at") == [("Amina Example", "")]
    table = a_table(text)
    assert table.has("deleted_at", "id")
    assert not table.has("deleted_at")


def test_fields_go_over_lines_and_hold_quotation_marks():
    assert told('id,body\r\n1,"Two\r\nlines, ""quoted"""\r\n', "body") == [('Two\r\nlines, "quoted"',)]


def test_null_is_nothing_and_short_rows_are_filled():
    assert told("id,a,b\n1,null,\n\n2\n", "id", "a", "b") == [("1", "", ""), ("2", "", "")]


def test_of_two_columns_of_one_name_the_first_counts():
    assert told("id,id\n1,2\n", "id") == [("1",)]


def test_a_row_with_too_many_fields_is_told_with_its_number():
    assert list(a_table("id\n1\n2,3\n4\n").rows("id")) == [
        TableRow(1, ("1",)),
        TableRow(2, (), "2 fields under 1 columns"),
        TableRow(3, ("4",)),
    ]


def test_a_field_beyond_reason_is_told_and_the_rest_goes_on(monkeypatch):
    monkeypatch.setattr(engage_tables, "LONGEST_FIELD", 1_000)
    rows = list(a_table(f"id\n{'x' * 1_001}\n2\n").rows("id"))
    assert [(row.fields, bool(row.fault)) for row in rows] == [((), True), (("2",), False)]


def test_a_row_that_never_ends_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(engage_tables, "LONGEST_ROW", 10_000)
    with pytest.raises(SourceError) as caught:
        told('id,body\n1,"' + "word, and no mark\n" * 1_000, "id")
    assert caught.value.details["fault"] == "damaged"


def test_a_line_without_end_is_taken_in_pieces(monkeypatch):
    monkeypatch.setattr(engage_tables, "_LONGEST_LINE", 100)
    assert told(f'id,body\n1,"{"word " * 50}"\n', "id", "body") == [("1", "word " * 50)]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"\x00\x00\x00", b"\n\n"])
def test_what_is_no_table_has_no_rows(text: bytes):
    assert told(text, "id") == []


def test_bytes_that_are_no_utf8_are_shown_as_such():
    assert told(b"id\nB\xf6\n", "id") == [("B\ufffd",)]
    assert told(b"id\nB\x00o\n", "id") == [("Bo",)]
