"""Upkeep as operations: checks that also hold sums against messages, backups and the way back."""

from pathlib import Path

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.cli.archives import an_archive
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, CancelledError, ProfileBusyError, WrongKeyError
from workbench.models.check import CheckResult
from workbench.operations.sources import community_names, import_mailing_list
from workbench.operations.upkeep import backup_profile, check_profile, list_profile_backups, restore_profile
from workbench.progress import Progress
from workbench.vault import KeyFile
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    (tmp_path / "mail.mbox").write_bytes(an_archive(9))
    with a_workspace(tmp_path) as workspace:
        import_mailing_list(workspace, paths=[tmp_path / "mail.mbox"], community="Water")
        yield workspace


def spoil(workspace: Workspace, sql: str) -> None:
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(sql)


def test_sound_profile_has_every_check_and_no_problem(workspace: Workspace):
    result = check_profile(workspace)
    assert result.is_sound
    assert result.checks[-1] == "roll-ups"
    assert check_profile(workspace, quick=True) == CheckResult(("structure",), ())


def test_sums_that_do_not_agree_are_named_and_repaired(workspace: Workspace):
    spoil(workspace, "UPDATE activityday SET posts = posts + 1")
    (problem,) = check_profile(workspace).problems
    assert problem.startswith("roll-ups: ")
    assert "workbench check --repair" in problem
    assert check_profile(workspace, repair=True).is_sound
    assert check_profile(workspace).is_sound


def test_backup_tells_its_progress_and_can_be_stopped(workspace: Workspace):
    told: list[Progress] = []
    copy = backup_profile(workspace, report=told.append)
    assert (copy.made_at, copy.size) == (NOW, copy.path.stat().st_size)
    assert told[-1].fraction == 1.0
    assert told[-1].unit == "pages"
    cancel = CancelToken()
    cancel.cancel()
    workspace.clock = a_clock(NOW.replace(hour=13))
    with pytest.raises(CancelledError):
        backup_profile(workspace, cancel=cancel)
    assert list_profile_backups(workspace.profile) == [copy]


def test_restore_puts_the_backup_in_place_and_keeps_what_was_there(workspace: Workspace, tmp_path: Path):
    copy = backup_profile(workspace)
    account = next(iter(workspace.accounts.list()))
    workspace.accounts.forget(account.id)
    key = KeyFile(tmp_path / "key")
    with pytest.raises(ProfileBusyError):
        restore_profile(workspace.profile, copy.path, key=key, clock=workspace.clock)
    workspace.close()
    aside = restore_profile(workspace.profile, copy.path, key=key, clock=workspace.clock)
    assert aside is not None
    assert aside.exists()
    with a_workspace(tmp_path) as again:
        assert list(community_names(again).values()) == ["Water"]


def test_restore_refuses_before_it_touches_anything(workspace: Workspace, tmp_path: Path):
    copy = backup_profile(workspace)
    workspace.close()
    before = (workspace.profile / "workbench.db").read_bytes()
    other = tmp_path / "other"
    other.touch(mode=0o600)
    other.write_text("11" * 32, encoding="ascii")
    with pytest.raises(WrongKeyError):
        restore_profile(workspace.profile, copy.path, key=KeyFile(other), clock=a_clock())
    with pytest.raises(BadInputError, match="no such backup"):
        restore_profile(workspace.profile, tmp_path / "none.db", key=KeyFile(tmp_path / "key"), clock=a_clock())
    assert (workspace.profile / "workbench.db").read_bytes() == before
