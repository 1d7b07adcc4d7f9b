"""Trying an account's details as they are typed: nothing is kept, and a platform without a probe says nothing."""

from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.loopback import served
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, FakeSite, history
from workbench.errors import LineError
from workbench.models.kinds import AccountKind
from workbench.operations.probing import probe_account
from workbench.operations.sources import add_hyperkitty
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        yield workspace


def test_details_are_tried_as_typed_and_not_kept(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)}, now=NOW)) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (entry,) = workspace.accounts.list()
        kept = probe_account(workspace, entry.id)
        assert [(one.part, one.error) for one in kept] == [
            ("The archive", None), ("Your mail server", None), ("The members", None),
        ]  # fmt: skip
        typed = {
            "list": FISHERS, "smtp_host": "127.0.0.1", "smtp_port": "1", "smtp_security": "none",
            "smtp_from": "amina@example.org",
        }  # fmt: skip
        tried = probe_account(workspace, entry.id, settings=typed, secrets={"smtp_password": "x"})
    assert isinstance(tried[1].error, LineError)
    assert workspace.accounts.get(entry.id).settings == entry.settings


def test_platform_whose_sign_in_is_check_enough_says_nothing(workspace: Workspace):
    forum = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    assert probe_account(workspace, forum) == ()
