"""Archives that look like an export, those that do not, and edits in portions."""

from pathlib import Path

import pytest

from tests.sync.importers.engage import BOATS, MESSAGE, WATER, a_group, a_row, a_table, a_zip, an_edit, an_export
from workbench.errors import SourceError
from workbench.sync.importers import engage_archive
from workbench.sync.importers.engage_archive import Archive
from workbench.sync.importers.engage_rows import Edit
from workbench.sync.source_files import Source
from workbench.sync.zip_gate import DEFAULT_LIMITS


def opened(path: Path) -> Archive:
    return Archive.at(Source(path, path.name, path.stat().st_size, is_asked_for=True), DEFAULT_LIMITS)


def fault_of(path: Path) -> object:
    with pytest.raises(SourceError) as caught:
        opened(path)
    return caught.value.details["fault"]


def test_tables_are_found_in_folders_and_any_case_and_the_rest_is_counted(tmp_path):
    messages = a_table([a_row(1)])
    files = {"export/MESSAGES.csv": messages, "export/files/1.pdf": b"%PDF", "export/Topics.csv": b"id\n1\n"}
    archive = opened(a_zip(tmp_path / "jan.zip", files))
    assert archive.passed_over == 2
    assert archive.message_bytes == len(messages)
    assert (archive.groups(), archive.users(), list(archive.edits())) == ({}, {}, [{}])


def test_names_of_files_are_read_and_no_more_than_fit(tmp_path, monkeypatch):
    table = a_table([{"file_id": "7", "name": "plan.pdf"}, {"file_id": "8", "name": "map.png"}])
    path = a_zip(tmp_path / "jan.zip", {"Messages.csv": a_table([a_row(1)]), "Files.csv": table})
    assert opened(path).files() == {7: "plan.pdf", 8: "map.png"}
    monkeypatch.setattr(engage_archive, "MOST_FILES", 1)
    assert opened(path).files() == {7: "plan.pdf"}


def test_of_two_states_of_a_community_the_later_one_counts(tmp_path):
    groups = [
        a_group(WATER, "Water", updated="2026-01-03T00:00:00Z"),
        a_group(WATER, "Wells", updated="2026-01-02T00:00:00Z"),
        a_group(BOATS, "Boats", deleted="true"),
        a_group("x", "No id"),
    ]
    found = opened(an_export(tmp_path / "jan.zip", [a_row(1)], groups=groups)).groups()
    assert {group.id: (group.name, group.is_deleted) for group in found.values()} == {
        WATER: ("Water", False),
        BOATS: ("Boats", True),
    }


def test_the_last_version_of_each_message_counts_whatever_the_order(tmp_path):
    edits = [an_edit(1, "Second", day=8), an_edit(1, "First", day=7), an_edit(2, "Other")]
    (found,) = opened(an_export(tmp_path / "jan.zip", [a_row(1)], edits=edits)).edits()
    assert {id_: edit.text for id_, edit in found.items()} == {1: "Second", 2: "Other"}


def test_many_edits_come_in_portions(tmp_path, monkeypatch):
    monkeypatch.setattr(engage_archive, "EDITS_HELD", 2)
    edits = [an_edit(number, f"Text {number}") for number in range(1, 6)]
    portions = list(opened(an_export(tmp_path / "jan.zip", [a_row(1)], edits=edits)).edits())
    assert [sorted(portion) for portion in portions] == [[1, 2], [3, 4], [5]]
    assert isinstance(portions[2][5], Edit)


def test_what_would_not_fit_into_memory_is_bounded(tmp_path, monkeypatch):
    users = [{"id": str(number), "name": "", "email": "", "location": "", "state": ""} for number in range(5)]
    groups = [a_group(str(number), "Water") for number in range(5)]
    archive = opened(an_export(tmp_path / "jan.zip", [a_row(1)], users=users, groups=groups))
    monkeypatch.setattr(engage_archive, "MOST_USERS", 3)
    assert len(archive.users()) == 3
    monkeypatch.setattr(engage_archive, "MOST_GROUPS", 3)
    with pytest.raises(SourceError, match="more than 3 communities"):
        archive.groups()


def test_what_is_no_export_is_refused(tmp_path):
    whole = a_table([a_row(1)])
    assert fault_of(a_zip(tmp_path / "a.zip", {"Users.csv": b"id\n"})) == "not_export"
    assert fault_of(a_zip(tmp_path / "b.zip", {"january.zip": b"PK", "february.ZIP": b"PK"})) == "nested"
    assert fault_of(a_zip(tmp_path / "c.zip", {"a/Messages.csv": whole, "b/Messages.csv": whole})) == "not_export"
    assert fault_of(a_zip(tmp_path / "d.zip", {"Messages.csv": (tmp_path / "a.zip").read_bytes()})) == "nested"
    text = tmp_path / "e.zip"
    text.write_text("From amina at example.org")
    assert fault_of(text) == "not_zip"


@pytest.mark.parametrize("column", ["id", "group_id", "sender_id", "body", "created_at"])
def test_messages_without_a_column_that_makes_them_one_are_refused(column: str, tmp_path):
    columns = [name for name in MESSAGE if name != column]
    with pytest.raises(SourceError, match=f"no column named {column}"):
        opened(an_export(tmp_path / "jan.zip", [a_row(1)], columns=columns))
