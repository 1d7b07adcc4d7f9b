"""One pass over exports into the mirror: slices in any order, killed and gone on, beside a live account, damaged."""

import itertools
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sync.importers.engage import (
    BOATS,
    KILLED,
    WATER,
    a_group,
    a_pass,
    a_row,
    an_account,
    an_edit,
    an_export,
    read_in,
)
from tests.sync.mirrored import Mirrored, snapshot
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, SourceError
from workbench.models.kinds import AccountKind, RunState
from workbench.sync.connector import Batch
from workbench.sync.importers import engage_archive, engage_export
from workbench.sync.importers.engage_export import message_record
from workbench.sync.importers.engage_rows import Message
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.sync.rollup_check import differences


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(engage_export, "STEP_MESSAGES", 4)
    monkeypatch.setattr(engage_export, "_MESSAGES_A_COMMUNITY", 1)


@pytest.fixture
def slices(tmp_path):
    """Three months of one network: replies over months, edits and deletions of older messages, one day told twice."""
    january = [a_row(n, by=("1", "2")[n % 2], day=n, answers=n - 3 if n > 3 else None) for n in range(1, 13)]
    january += [a_row(20, day=14, group_id=BOATS, group_name="Boats"), a_row(21, day=15, group_id="")]
    changed = [
        a_row(2, by="1", day=2, body="Changed later"),
        a_row(7, by="2", day=7, answers=4, deleted_at="2026-02-03"),
    ]
    february = [a_row(n, by="2", month=2, day=n - 30, answers=(n - 25 if n < 38 else None)) for n in range(31, 45)]
    # What March took away was never seen before by those who read March first.
    march = [
        a_row(38, by="2", month=2, day=8, deleted_at="2026-03-01"),
        a_row(60, by="3", month=2, day=27, answers=20, group_id=BOATS),
    ]
    groups = [a_group(WATER, "Water and Sanitation", updated="2026-02-02T00:00:00Z")]
    return (
        an_export(tmp_path / "january.zip", january, edits=[an_edit(2, "Changed soon", day=3)]),
        an_export(tmp_path / "february.zip", [*changed, january[11], *february], groups=groups,
                  edits=[an_edit(2, "Changed later", month=2, day=4), an_edit(31, "Twice", month=2)]),
        an_export(tmp_path / "march.zip", march, groups=()),
    )  # fmt: skip


ROOT = Path(__file__).resolve().parents[2]
SENT = datetime(2026, 1, 5, 9, 1, 0, 24_057, tzinfo=UTC)


def told(mirrored: Mirrored):
    """All that was mirrored, with the communities; when a message was found to be gone is our clock's word."""
    shown = snapshot(mirrored)
    shown["communities"] = mirrored.rows("SELECT remote_id, name, description FROM community ORDER BY 1")
    return shown


def test_slices_in_any_order_and_again_give_the_same_mirror(tmp_path, slices, small_steps):
    expected = None
    for number, order in enumerate(itertools.permutations(slices)):
        mirrored = an_account(tmp_path / str(number))
        for path in (*order, order[0]):
            read_in(mirrored, path)
        found = told(mirrored)
        with mirrored.database.read() as reader:
            assert differences(reader) == []
        mirrored.database.close()
        expected = expected or found
        assert found == expected
    assert expected is not None
    events = {row[0]: row for row in expected["events"]}
    assert events["2"][13] == "Changed later"
    assert events["7"][13] is None
    assert events["38"][11] is not None
    assert (WATER, "Water and Sanitation", "") in expected["communities"]


def test_slices_together_equal_slices_one_by_one(tmp_path, slices):
    together, single = an_account(tmp_path / "a"), an_account(tmp_path / "b")
    read_in(together, *slices)
    for path in slices:
        read_in(single, path)
    assert told(together) == told(single)
    together.database.close()
    single.database.close()


def test_reading_an_export_again_adds_nothing_whatever_it_is_called(tmp_path, slices):
    mirrored = an_account(tmp_path)
    first = read_in(mirrored, *slices)
    before = told(mirrored)
    (again,) = read_in(mirrored, *slices)
    assert sum(result.totals.added for result in first) == 29
    assert (again.state, again.totals.added, again.totals.changed) == (RunState.DONE, 0, 0)
    # The same rows in another archive are looked at, and none of them is news.
    copy = tmp_path / "copy.zip"
    with zipfile.ZipFile(slices[1]) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    results = read_in(mirrored, copy)
    assert [(result.totals.added, result.totals.changed) for result in results] == [(0, 0)]
    assert results[0].totals.unchanged == 17
    assert told(mirrored) == before
    mirrored.database.close()


def killed(folder: Path, paths: Sequence[Path], *, count: int) -> int:
    """How an import in a process of its own ended."""
    words = [str(folder), str(count), *map(str, paths)]
    code = "import sys; from tests.sync.importers.engage import run_until_killed; run_until_killed(*sys.argv[1:])"
    return subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=False).returncode


def test_killed_at_any_point_the_next_import_goes_on(tmp_path, slices):
    undisturbed = an_account(tmp_path / "undisturbed")
    read_in(undisturbed, *slices)
    expected = told(undisturbed)
    undisturbed.database.close()
    folder = tmp_path / "killed"
    for count in (3, 6, 9):
        assert killed(folder, slices, count=count) == KILLED
    mirrored = an_account(folder)
    before = mirrored.scalar("SELECT count(*) FROM event")
    results = read_in(mirrored, *slices)
    assert 0 < before < 29
    assert sum(result.totals.added for result in results) == 29 - before
    assert told(mirrored) == expected
    mirrored.database.close()


def test_a_stop_keeps_what_was_stored_and_the_next_import_goes_on(tmp_path, slices, small_steps):
    undisturbed = an_account(tmp_path / "undisturbed")
    read_in(undisturbed, *slices)
    mirrored, cancel = an_account(tmp_path / "stopped"), CancelToken()
    results = read_in(mirrored, *slices, cancel=cancel, report=lambda progress: cancel.cancel())
    assert {result.state for result in results} == {RunState.CANCELLED}
    assert isinstance(results[0].error, CancelledError)
    assert mirrored.scalar("SELECT count(*) FROM syncrun WHERE state = 'running'") == 0
    read_in(mirrored, *slices)
    assert told(mirrored) == told(undisturbed)
    mirrored.database.close()
    undisturbed.database.close()


def test_edits_in_portions_give_the_same_mirror(tmp_path, slices, small_steps, monkeypatch):
    whole, portions = an_account(tmp_path / "whole"), an_account(tmp_path / "portions")
    read_in(whole, *slices)
    monkeypatch.setattr(engage_archive, "EDITS_HELD", 1)
    read_in(portions, *slices)
    assert told(portions)["events"] == told(whole)["events"]
    whole.database.close()
    portions.database.close()


def test_a_damaged_archive_gives_what_could_be_read_and_says_so(tmp_path, small_steps):
    rows = [a_row(n % 60 + 1000 * (n // 60), day=n // 60 + 1, body=f"{n} " * 300) for n in range(1, 600)]
    whole = an_export(tmp_path / "a.zip", rows)
    data = bytearray(whole.read_bytes())
    data[len(data) // 2] ^= 0x55
    broken, other = tmp_path / "b.zip", an_export(tmp_path / "c.zip", [a_row(9_999, group_id=BOATS)])
    broken.write_bytes(data)
    mirrored = an_account(tmp_path / "p")
    results = read_in(mirrored, broken, other)
    assert {result.state for result in results} == {RunState.PARTLY}
    assert isinstance(results[0].error, SourceError)
    assert results[0].error.details == {"path": "b.zip", "fault": "damaged"}
    kept = mirrored.scalar("SELECT count(*) FROM event")
    assert 1 < kept < 599
    assert mirrored.scalar("SELECT count(*) FROM event WHERE remote_id = '9999'") == 1
    read_in(mirrored, whole)
    assert mirrored.scalar("SELECT count(*) FROM event") == 600
    mirrored.database.close()


def test_a_copy_read_whole_clears_what_was_held_back_of_the_broken_one(tmp_path):
    mirrored = an_account(tmp_path / "p")
    path = an_export(tmp_path / "a.zip", [a_row(1), a_row(2, created_at="never"), a_row(3, id="?", group_id="x")])
    results = read_in(mirrored, path)
    assert {result.state for result in results} == {RunState.PARTLY}
    assert mirrored.scalar("SELECT count(*) FROM quarantine") == 2
    read_in(mirrored, an_export(path, [a_row(1), a_row(2), a_row(3)]))
    assert mirrored.scalar("SELECT count(*) FROM quarantine") == 0
    mirrored.database.close()


def test_an_export_with_nothing_for_us_leaves_everybodys_community_with_the_cursor(tmp_path):
    mirrored = an_account(tmp_path / "p")
    path = an_export(tmp_path / "a.zip", [a_row(1, message_type="system")], groups=[])
    reading = a_pass(mirrored, path)
    (result,) = reading.run(report=lambda progress: None, cancel=CancelToken())
    assert (result.state, result.totals.added, reading.left_out) == (RunState.DONE, 0, (0, 1))
    assert mirrored.rows("SELECT name FROM community") == [("All Company",)]
    mirrored.database.close()


def test_a_community_known_only_by_its_messages_is_made_and_named_later(tmp_path):
    mirrored = an_account(tmp_path / "p")
    read_in(mirrored, an_export(tmp_path / "a.zip", [a_row(1, group_id="77", group_name="")], groups=[]))
    assert mirrored.rows("SELECT name FROM community") == [("Community 77",)]
    read_in(mirrored, an_export(tmp_path / "b.zip", [a_row(2)], groups=[a_group("77", "Wells")]))
    assert mirrored.rows("SELECT name FROM community ORDER BY id") == [("Wells",), ("Water points",)]
    mirrored.database.close()


def test_history_joins_what_a_live_account_synced(tmp_path):
    mirrored = an_account(tmp_path / "p", kind=AccountKind.VIVA_ENGAGE)
    live = mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord(WATER, "Water (live)"))
    amina = PersonRecord("1", "Amina Example")
    path = an_export(
        tmp_path / "a.zip",
        [a_row(1), a_row(2, answers=1), a_row(3, answers=1, deleted_at="2026-02-01"), a_row(4, group_id=BOATS)],
        edits=[an_edit(1, "The export's words"), an_edit(2, "Edited")],
    )
    message = Message("1", WATER, "", amina, SENT, "The live words", (), 0, is_deleted=False)
    own = [message_record(message), MessageRecord("3", WATER, amina, message.at, "", "Still here", references=("1",))]
    mirrored.mirror.apply(live, "messages", Batch(tuple(own)))
    read_in(mirrored, path, is_live=True)
    texts = dict(mirrored.rows("SELECT e.remote_id, b.text FROM event e LEFT JOIN body b ON b.event_id = e.id"))
    assert texts == {"1": "The live words", "2": "Edited", "3": None, "4": "Words of 4"}
    assert mirrored.parents()["2"] == "1"
    assert mirrored.rows("SELECT remote_id, name FROM community ORDER BY id") == [
        (WATER, "Water (live)"),
        (BOATS, "Boats"),
    ]
    assert mirrored.scalar("SELECT count(*) FROM handle") == 1
    assert mirrored.rows("SELECT is_followed FROM community ORDER BY id") == [(1,), (0,)]
    before = told(mirrored)
    read_in(mirrored, an_export(tmp_path / "b.zip", [a_row(1), a_row(2, answers=1)]), is_live=True)
    assert told(mirrored) == before
    mirrored.database.close()
