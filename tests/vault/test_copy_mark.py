"""A copy of a profile is known by its file and its machine; the profile itself, moved, is not taken for one."""

import shutil
from pathlib import Path

import pytest

from tests.disks import an_unwritable
from workbench.errors import ReadOnlyError, StoreError
from workbench.vault import copy_mark
from workbench.vault.copy_mark import MARK_NAME, CopyMark, machine, new_copy, place_of, read_mark, write_mark


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "workbench.db"
    path.write_bytes(b"rows")
    return path


def test_same_file_is_the_same_place_also_after_a_move(tmp_path: Path, database: Path):
    place = place_of(database)
    assert place_of(database) == place
    moved = database.rename(tmp_path / "elsewhere.db")
    assert place_of(moved) == place


def test_copied_file_is_another_place(tmp_path: Path, database: Path):
    copied = Path(shutil.copy2(database, tmp_path / "copy.db"))
    assert place_of(copied) != place_of(database)


def test_another_machine_is_another_place(database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    name = tmp_path / "machine-id"
    name.write_text("one\n")
    monkeypatch.setattr(copy_mark, "_MACHINE_FILES", (tmp_path / "absent", name))
    place = place_of(database)
    assert machine() == "one"
    name.write_text("two\n")
    assert place_of(database) != place


def test_machine_without_a_name_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(copy_mark, "_MACHINE_FILES", (tmp_path / "absent",))
    assert machine() == ""


def test_place_says_nothing_of_the_machine(database: Path):
    assert not machine() or machine() not in place_of(database)
    assert len(place_of(database)) == 32


def test_file_that_is_gone_has_no_place(tmp_path: Path):
    with pytest.raises(StoreError):
        place_of(tmp_path / "absent.db")


def test_mark_survives_the_file_and_is_for_its_owner_only(tmp_path: Path):
    assert read_mark(tmp_path) is None
    mark = CopyMark(new_copy(), "place")
    write_mark(tmp_path, mark)
    assert read_mark(tmp_path) == mark
    assert (tmp_path / MARK_NAME).stat().st_mode & 0o077 == 0
    assert new_copy() != new_copy()


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"copy": "x"}'])
def test_mark_that_cannot_be_read_is_none(tmp_path: Path, text: str):
    (tmp_path / MARK_NAME).write_text(text)
    assert read_mark(tmp_path) is None


def test_mark_in_an_unwritable_folder_is_refused(tmp_path: Path):
    with an_unwritable(tmp_path) as place, pytest.raises(ReadOnlyError):
        write_mark(place, CopyMark("copy", "place"))
