"""Accounts as operations: what goes with one, other names and settings, and what is missing to sign in."""

from pathlib import Path

import pytest

from tests.builders import a_workspace
from tests.cli.archives import a_folder_of_mail
from tests.sync.played import a_community
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.accounts import lacks_to_sign_in, option_of, rename_account, set_account, what_goes
from workbench.operations.sources import add_account, import_mailing_list
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


@pytest.fixture
def forum(workspace: Workspace) -> str:
    add_account(workspace, kind=AccountKind.DISCOURSE, name="Forum", settings={"address": "https://forum.example.org"})
    return "Forum"


def test_what_goes_is_counted(workspace: Workspace, forum: str, tmp_path: Path):
    import_mailing_list(workspace, paths=[a_folder_of_mail(tmp_path / "mail")], community="Water")
    found = what_goes(workspace, name="water")
    assert (found.name, found.communities, found.messages, found.unsent) == ("Water", 1, 12, 0)
    workspace.mirror.list_communities(workspace.accounts.list()[0].id, [a_community("soil")])
    assert what_goes(workspace, name=forum).messages == 0
    with pytest.raises(BadInputError, match="no account called"):
        what_goes(workspace, name="X")


def test_account_gets_another_name_that_nobody_has(workspace: Workspace, forum: str, tmp_path: Path):
    add_account(workspace, kind=AccountKind.DISCOURSE, name="Other", settings={"address": "https://other.example.org"})
    assert Changes.ACCOUNTS in rename_account(workspace, name="forum", new_name="  Water   forum ")
    assert [entry.name for entry in workspace.accounts.list()] == ["Other", "Water forum"]
    assert rename_account(workspace, name="Water forum", new_name="Water forum") is Changes.NOTHING
    for wrong, why in (("Other", "this name already"), (" ", "needs a name")):
        with pytest.raises(BadInputError, match=why):
            rename_account(workspace, name="Water forum", new_name=wrong)
    import_mailing_list(workspace, paths=[a_folder_of_mail(tmp_path / "mail")], community="Water")
    with pytest.raises(BadInputError, match="comes from files"):
        rename_account(workspace, name="Water", new_name="Rain")


def test_settings_that_are_not_named_stay(workspace: Workspace, forum: str):
    set_account(workspace, name=forum, settings={"likes_per_run": "7"})
    set_account(workspace, name=forum, settings={"calls_per_minute": "9", "address": "127.0.0.1:8000"})
    (entry,) = workspace.accounts.list()
    assert entry.settings == {"likes_per_run": "7", "calls_per_minute": "9"}
    assert entry.base_url == "http://127.0.0.1:8000"
    set_account(workspace, name=forum, settings={"likes_per_run": ""})
    assert workspace.accounts.list()[0].settings == {"calls_per_minute": "9"}
    with pytest.raises(BadInputError, match="no setting"):
        set_account(workspace, name=forum, settings={"colour": "red"})


def test_what_every_way_to_sign_in_lacks_is_named(workspace: Workspace):
    (setting,) = lacks_to_sign_in(AccountKind.VIVA_ENGAGE, given=())
    assert (setting.title, option_of(setting)) == ("Application ID", "--set client_id=VALUE")
    assert lacks_to_sign_in(AccountKind.VIVA_ENGAGE, given={"client_id"}) == ()
    assert lacks_to_sign_in(AccountKind.DISCOURSE, given=()) == ()
    assert lacks_to_sign_in(AccountKind.HYPERKITTY, given=()) == ()
