"""Opening for writing: what a dead process was sending becomes unknown, what a live one sends is left, copies are paused."""

import shutil
from pathlib import Path

import pytest

from tests.builders import KEY, a_clock, a_key_file, a_workspace
from tests.sync.outbox_desk import Desk, Fault, a_desk
from workbench.models.backup import backup
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import explained, outbox_rows
from workbench.operations.upkeep import restore_profile
from workbench.paths import backup_folder, database_file
from workbench.sync.outbox_opening import sending_lock, take_over
from workbench.sync.outbox_steps import Reason
from workbench.vault.copy_mark import MARK_NAME, read_mark
from workbench.workspace import Workspace


def a_desk_in(workspace: Workspace) -> Desk:
    return a_desk(workspace.profile, database=workspace.database, clock=workspace.clock)


def states(workspace: Workspace) -> list[tuple[str, str | None]]:
    with workspace.database.read() as reader:
        return reader.rows("SELECT state, reason_code FROM outboxitem ORDER BY queued_at, id")


def begun(workspace: Workspace) -> Desk:
    """A desk whose first item is being sent and whose second one waits."""
    desk = a_desk_in(workspace)
    item = desk.reply("one")
    desk.reply("two", thread=1)
    assert workspace.outbox.begin(item) is not None
    return desk


def test_what_a_dead_process_was_sending_becomes_unknown(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        begun(workspace)
    with a_workspace(tmp_path) as workspace:
        assert states(workspace) == [(OutboxState.UNKNOWN, Reason.STOPPED), (OutboxState.QUEUED, None)]


def test_what_a_live_process_is_sending_is_left_alone(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        desk = begun(workspace)
    with sending_lock(tmp_path / "profile", desk.account_id), a_workspace(tmp_path) as workspace:
        assert states(workspace)[0] == (OutboxState.SENDING, None)
    with a_workspace(tmp_path) as workspace:
        assert states(workspace)[0] == (OutboxState.UNKNOWN, Reason.STOPPED)


def test_sending_for_one_account_says_nothing_of_another(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        desk = begun(workspace)
    with sending_lock(tmp_path / "profile", desk.account_id + 1), a_workspace(tmp_path) as workspace:
        assert states(workspace)[0][0] == OutboxState.UNKNOWN


def test_worker_beside_the_window_takes_nothing_over(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        begun(workspace)
        with Workspace.open_beside(workspace.profile, KEY, clock=a_clock()) as beside:
            assert states(beside)[0][0] == OutboxState.SENDING


def test_reader_takes_nothing_over(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        begun(workspace)
    with Workspace.open(tmp_path / "profile", key=a_key_file(tmp_path), writable=False) as reading:
        assert states(reading)[0][0] == OutboxState.SENDING


def test_item_whose_account_went_while_it_was_sent_says_so(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        desk = begun(workspace)
        workspace.accounts.forget(desk.account_id)
        (row, *_) = outbox_rows(workspace)
        assert explained(row).endswith("Copy the text, or drop it. It may have arrived before that.")
    with a_workspace(tmp_path) as workspace:
        assert states(workspace)[0] == (OutboxState.PAUSED, Reason.ACCOUNT_GONE)


@pytest.mark.parametrize("way", ["copied folder", "restored backup", "lost mark"])
def test_copy_or_restored_profile_is_paused_for_review(tmp_path: Path, way: str):
    with a_workspace(tmp_path) as workspace:
        desk = begun(workspace)
        lost = desk.reply("three", thread=2)
        desk.send(desk.poster(Fault.NONE, Fault.NONE, Fault.LOST_BEFORE))
        settled = [state for state, _ in states(workspace)]
        assert lost
        copy = backup(workspace.database, backup_folder(workspace.profile), workspace.clock).path
        before = read_mark(workspace.profile)
    profile = tmp_path / "profile"
    if way == "copied folder":
        (tmp_path / "other").mkdir()
        shutil.copytree(profile, tmp_path / "other" / "profile")
        shutil.copy2(tmp_path / "key", tmp_path / "other" / "key")
        tmp_path = tmp_path / "other"
        profile = tmp_path / "profile"
    elif way == "restored backup":
        restore_profile(profile, copy, key=a_key_file(tmp_path), clock=a_clock())
    else:
        (profile / MARK_NAME).unlink()
    with a_workspace(tmp_path) as workspace:
        now = states(workspace)
        for old, (state, reason) in zip(settled, now, strict=True):
            if old in {OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.SENDING}:
                assert (state, reason) == (OutboxState.PAUSED, Reason.COPIED)
            else:
                assert state == old
        assert OutboxState.PAUSED in {state for state, _ in now}
        mark = read_mark(profile)
    if way != "lost mark":
        assert mark.copy != before.copy
    with a_workspace(tmp_path) as workspace:
        assert states(workspace) == now
        assert read_mark(profile) == mark, "an ordinary opening changes nothing"


def test_moved_profile_is_no_copy(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        a_desk_in(workspace).reply("one")
        mark = read_mark(workspace.profile)
    (tmp_path / "new").mkdir()
    (tmp_path / "profile").rename(tmp_path / "new" / "profile")
    (tmp_path / "key").rename(tmp_path / "new" / "key")
    with a_workspace(tmp_path / "new") as workspace:
        assert states(workspace) == [(OutboxState.QUEUED, None)]
        assert read_mark(workspace.profile) == mark


def test_full_disk_does_not_keep_a_profile_shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with a_workspace(tmp_path) as workspace:
        a_desk_in(workspace).reply("one")
        (workspace.profile / MARK_NAME).unlink()
        (workspace.profile / f".{MARK_NAME}.new").mkdir()
        take_over(workspace.profile, workspace.database, workspace.clock)
        assert states(workspace) == [(OutboxState.PAUSED, Reason.COPIED)]
        assert read_mark(workspace.profile) is None


def test_plans_are_signed_by_the_copy(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        assert workspace.plans._author == read_mark(workspace.profile).copy
        assert database_file(workspace.profile).exists()
