"""The gate before a workbook: what a small file may unpack to, and what may lie in it, seen before a parser is let in.

A workbook is a ZIP archive of XML. Every entry is inflated once here, in chunks and thrown away, because the sizes an
archive claims for its entries bind nobody.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from workbench.errors import SourceError
from workbench.sync.zip_gate import ZipLimits, open_archive

_CHUNK: Final = 1 << 18
_TAIL: Final = 512  # of a chunk, looked at again with the next: a tag may be cut in two
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_NESTED: Final = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".xlsx", ".xlsm", ".xls", ".docx", ".pptx")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=\"([A-Z]{1,3})(\d{1,7})\"(?:[^<>]*[^/<>])?>")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r=\"(\d{1,7})\"(?:[^<>]*[^/<>])?>")
_DOCTYPE: Final = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


_TOO_LARGE: Final = "this workbook is too large to open here; save the sheet as CSV and import that"
_WORDS: Final = {
    "bomb": _TOO_LARGE,
    "too_large": _TOO_LARGE,
    "too_many": _TOO_LARGE,
    "encrypted": "this workbook is protected by a password; save it without one",
    "truncated": "this workbook is damaged or cut short; get a fresh copy of it",
}
WORKBOOK: Final = ZipLimits(
    packed_bytes=150_000_000, unpacked_bytes=150_000_000, ratio=200, ratio_counts_from=10_000_000
)
MOST_CELLS: Final = 3_000_000
"""Of one sheet, counted to its last row and column: a parser lays them all out. Beyond, CSV is read as a stream."""


def check_workbook(path: Path, limits: ZipLimits = WORKBOOK) -> None:
    """Refuses what is not to be opened (SourceError, `details["fault"]`).

    Beside what `open_archive` refuses: `not_a_workbook`, `nested`, `damaged`, `bomb` (unpacks to more than it says or
    may, or has more cells than a table has reason for) and `dtd` (XML that declares entities).
    """
    names = _names(path, limits)
    if "xl/workbook.xml" not in names:
        raise _refused(path, "not_a_workbook", "this is a packed file, but no Excel workbook (.xlsx)")
    if any(name.lower().endswith(_NESTED) for name in names):
        raise _refused(path, "nested", "this workbook holds other archives; save the sheet alone as CSV")
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive_again:
            total = 0
            for entry in archive_again.infolist():
                sheet = _Extent() if entry.filename.startswith("xl/worksheets/") else None
                for plain, chunk in _inflated(file, entry):
                    total += plain
                    _check_size(path, total, limits)
                    _check_xml(path, chunk, sheet)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
        raise _refused(path, "damaged", "this workbook is damaged or cut short") from error
    except OSError as error:
        raise _refused(path, "unreadable", error.strerror or "the file cannot be read") from error


def _names(path: Path, limits: ZipLimits) -> list[str]:
    """What lies in the archive; refused in the words of whoever has a spreadsheet before them."""
    try:
        with open_archive(path, limits) as archive:
            return [entry.name for entry in archive.entries]
    except SourceError as error:
        fault = str(error.details.get("fault", ""))
        if fault in _WORDS:
            raise _refused(path, fault, _WORDS[fault]) from error
        raise


@dataclass(slots=True)
class _Extent:
    """The last row and column of a sheet seen so far."""

    rows: int = 0
    columns: int = 0


def _check_size(path: Path, total: int, limits: ZipLimits) -> None:
    if total > limits.ratio_counts_from and total > limits.ratio * path.stat().st_size:
        raise _refused(path, "bomb", f"a small file that unpacks to more than {total // 1_000_000} MB")
    if total > limits.unpacked_bytes:
        raise _refused(path, "bomb", _TOO_LARGE)


def _check_xml(path: Path, chunk: bytes, sheet: _Extent | None) -> None:
    if any(mark in chunk for mark in _DOCTYPE):
        raise _refused(path, "dtd", "this workbook declares entities, which no spreadsheet program writes")
    if sheet is None:
        return
    for letters, row in _CELL.findall(chunk):
        sheet.columns = max(sheet.columns, _column(letters))
        sheet.rows = max(sheet.rows, int(row))
    sheet.rows = max([sheet.rows, *(int(row) for row in _ROW.findall(chunk))])
    if sheet.rows * sheet.columns > MOST_CELLS:
        reason = f"a sheet of {sheet.rows:,} rows and {sheet.columns:,} columns; save it as CSV and import that"
        raise _refused(path, "bomb", reason)


def _inflated(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """How many plain bytes come next in an entry, whatever it claims, and they, behind the end of those before."""
    file.seek(entry.header_offset)
    header = _LOCAL.unpack(file.read(_LOCAL.size))
    file.seek(header[9] + header[10], 1)
    left = entry.compress_size
    unpack = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if unpack is None and entry.compress_type != zipfile.ZIP_STORED:
        message = "packed in a way no spreadsheet program packs"
        raise NotImplementedError(message)
    tail = b""
    while left > 0 and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        while packed:
            plain = unpack.decompress(packed, _CHUNK) if unpack is not None else packed
            packed = unpack.unconsumed_tail if unpack is not None else b""
            yield len(plain), tail + plain
            tail = plain[-_TAIL:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _refused(path: Path, fault: str, reason: str) -> SourceError:
    return SourceError(reason, path=path.name, fault=fault)
