"""Packing: entries keep order and content; when they were written no longer shows."""

import io
import zipfile

from workbench.export.packing import same_bytes


def test_two_archives_that_differ_by_their_time_alone_become_one() -> None:
    def packed(year: int) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ("[Content_Types].xml", "word/document.xml"):
                archive.writestr(zipfile.ZipInfo(name, (year, 1, 2, 3, 4, 6)), name * 50)
        return buffer.getvalue()

    assert packed(2024) != packed(2026)
    assert same_bytes(packed(2024)) == same_bytes(packed(2026))
    with zipfile.ZipFile(io.BytesIO(same_bytes(packed(2026)))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "word/document.xml"]
        assert archive.read("word/document.xml") == b"word/document.xml" * 50
