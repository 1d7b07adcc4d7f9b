"""Documents are written whole or not at all."""

from pathlib import Path

import pytest

from workbench.errors import ExportError
from workbench.export.files import refuse_unwritable, write_whole


def test_a_document_replaces_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "summary.pdf"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("place", ["missing/summary.pdf", "folder"])
def test_an_unwritable_place_is_named_before_any_work(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError) as refused:
        refuse_unwritable(tmp_path / place)
    assert refused.value.details["path"] == str(tmp_path / place)


def test_a_failed_write_keeps_the_old_document(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(ExportError):
        write_whole(target, b"new")
    assert list(tmp_path.iterdir()) == [target]
