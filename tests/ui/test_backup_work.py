"""Backups and checks from the window: one a day, only when there is something to keep, and failures in words."""

import shutil

import pytest

from tests.builders import NOW
from tests.ui.settled import settle
from workbench.operations.upkeep import list_profile_backups
from workbench.paths import backup_folder
from workbench.ui.backup_work import is_due, made_today
from workbench.ui.context import Context


def test_an_empty_profile_needs_no_backup(context: Context):
    assert not is_due(context.workspace)


def test_the_backup_of_the_day_is_made_once(qtbot, filled, context: Context):
    assert is_due(context.workspace)
    with qtbot.waitSignal(context.backups.backed_up):
        context.backups.back_up_if_due()
    assert made_today(context.workspace.profile, NOW)
    context.backups.back_up_if_due()
    settle(qtbot, context.jobs)
    assert len(list_profile_backups(context.workspace.profile)) == 1


def test_back_up_now_is_an_action_and_says_when_it_is_done(qtbot, filled, context: Context):
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    with qtbot.waitSignal(context.backups.backed_up):
        assert context.backups is not None
        assert context.actions.trigger("backup.now")
        assert context.backups.is_backing_up
    assert told == ["Backup made, opened and compared"]
    assert not context.backups.is_backing_up


def test_a_backup_that_cannot_be_made_is_told(qtbot, filled, context: Context):
    folder = backup_folder(context.workspace.profile)
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way", "utf-8")
    with qtbot.waitSignal(context.backups.backup_failed) as failed:
        context.backups.back_up()
    assert "could not be" in failed.args[0] or "write" in failed.args[0]
    assert not context.backups.is_backing_up


@pytest.mark.parametrize("is_quick", [True, False])
def test_a_sound_profile_is_found_sound(qtbot, filled, context: Context, is_quick: bool):
    with qtbot.waitSignal(context.backups.checked) as checked:
        context.backups.check(is_quick=is_quick)
        assert context.backups.is_checking
    assert checked.args[0].is_sound
    assert not context.backups.is_checking
