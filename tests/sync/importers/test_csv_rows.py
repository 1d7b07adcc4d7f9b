"""CSV as it comes: charsets, separators, broken rows."""

import pytest

from workbench.sync.importers.csv_rows import Row, rows, shape_of

WANTED = frozenset({"person", "office"})


def read(path, data: bytes) -> list[Row]:
    path.write_bytes(data)
    shape = shape_of(path, WANTED)
    assert shape is not None
    return list(rows(path, shape))


TABLE = "person,office\nJörg Muestra,Malmö\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_any_charset_is_found_out(tmp_path, charset):
    (row,) = read(tmp_path / "t.csv", TABLE.encode(charset))
    assert row.fields == {"person": "Jörg Muestra", "office": "Malmö"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found_out(tmp_path, separator):
    data = f'Person{separator} OFFICE \r\nA{separator}"x{separator}y ""z"""\r\n'.encode()
    (row,) = read(tmp_path / "t.csv", data)
    assert row.fields == {"person": "A", "office": f'x{separator}y "z"'}


def test_formulas_are_text(tmp_path):
    (row,) = read(tmp_path / "t.csv", b'person,office\n"=HYPERLINK(""http://example.org"")",+1-2\n')
    assert row.fields == {"person": '=HYPERLINK("http://example.org")', "office": "+1-2"}


def test_lines_are_counted_and_broken_rows_named(tmp_path):
    found = read(tmp_path / "t.csv", b'person,office\nA,"two\nlines"\n\n,,,\nB,x,too,many\nC\nD\x00,y\n')
    assert [(row.line, bool(row.fault)) for row in found] == [(3, False), (6, True), (7, False), (8, False)]
    assert found[2].fields == {"person": "C"}
    assert found[3].fields == {"person": "D", "office": "y"}


def test_a_quote_that_never_ends_costs_only_what_it_swallows(tmp_path):
    found = read(tmp_path / "t.csv", b'person,office\nA,x\nB,"' + b"y\n" * 1000)
    assert found[0].fields == {"person": "A", "office": "x"}
    assert len(found) == 2


def test_a_file_with_other_columns_is_none(tmp_path):
    for number, data in enumerate((b"", b"name,place\nA,B\n", bytes(range(256)) * 40)):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(data)
        assert shape_of(path, WANTED) is None
