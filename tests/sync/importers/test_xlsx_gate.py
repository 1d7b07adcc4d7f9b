"""The gate before workbooks: what may pass, and every way in which one may lie."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.sync.importers.table_files import xlsx_bytes
from workbench.errors import SourceError
from workbench.sync.importers import xlsx_gate
from workbench.sync.importers.xlsx_gate import check_workbook

SHEET = "xl/worksheets/sheet1.xml"


def plain() -> bytes:
    return xlsx_bytes({"S": [["Name", "Joined"], ["Amina Example", "2026-01-05"]]})


def changed(name: str, data: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(out, "w", method) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


def lying() -> bytes:
    """A part that says it is of three bytes and unpacks to twenty million."""
    data = changed("xl/extra.xml", b"<x>" + b" " * 20_000_000)
    for mark, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.rfind(mark)
        data = data[: place + size_at] + struct.pack("<I", 3) + data[place + size_at + 4 :]
    return data


def fault(folder: Path, data: bytes) -> str:
    path = folder / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(SourceError) as refused:
        check_workbook(path)
    assert refused.value.details["path"] == "t.xlsx"
    return str(refused.value.details["fault"])


def test_usual_workbook_passes(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(plain())
    check_workbook(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (lambda: changed("xl/media/blank.xml", b" " * 60_000_000), "bomb"),
        (lying, "bomb"),
        (lambda: changed("xl/embeddings/other.xlsx", b"PK"), "nested"),
        (lambda: changed(SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "dtd"),
        (lambda: changed(SHEET, b'<row r="1048576"><c r="XFD1" t="n"><v>1</v></c></row>'), "bomb"),
        (lambda: changed(SHEET, b"x", method=zipfile.ZIP_BZIP2), "damaged"),
        (lambda: plain()[:-30], "truncated"),
        (lambda: b"no archive at all", "not_zip"),
    ],
)
def test_workbook_that_harms_or_lies_is_refused(tmp_path, data, expected):
    assert fault(tmp_path, data()) == expected


def test_archive_without_a_workbook_is_none(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert fault(tmp_path, packed.getvalue()) == "not_a_workbook"


def test_formatting_far_outside_the_table_does_no_harm(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(
        changed(SHEET, b'<worksheet><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row></worksheet>')
    )
    check_workbook(path)


def test_cell_cut_in_two_by_a_chunk_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_gate, "_CHUNK", 40)
    data = b"<sheetData>" + b" " * 33 + b'<row r="900000"><c r="ZZ900000"><v>1</v></c></row></sheetData>'
    assert fault(tmp_path, changed(SHEET, data)) == "bomb"
