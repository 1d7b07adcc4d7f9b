"""What an account asks for on its card: to be signed in to, or to be told what to follow; and its two buttons."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout

import tests
from tests.ui.settled import settle
from workbench.errors import SignInError
from workbench.models.kinds import AccountKind
from workbench.operations.signin import SIGNED_OUT
from workbench.queries.sync_status import AccountRow, list_accounts
from workbench.sync.secrets import SecretStore
from workbench.ui.pages.account_menu import sign_out
from workbench.ui.pages.account_panel import AccountPanel


def the_row(workspace, kind: AccountKind) -> AccountRow:
    with workspace.database.read() as reader:
        return next(row for row in list_accounts(reader) if row.kind is kind)


@pytest.fixture
def forum(workspace) -> AccountRow:
    workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    return the_row(workspace, AccountKind.DISCOURSE)


@pytest.fixture
def panel(qtbot, context, ground) -> AccountPanel:
    made = AccountPanel(context)
    QVBoxLayout(ground).addWidget(made)
    return made


def test_nobody_signed_in_yet_is_said_calmly(qtbot, context, forum, panel):
    panel.show_row(forum)
    settle(qtbot, context.jobs)
    assert panel.banner.isVisible()
    assert panel._said.text().startswith("Nobody has signed in yet.")
    with qtbot.waitSignal(context.page_wanted) as wanted:
        panel.sign_in.click()
    assert wanted.args == ["sync", f"account:sign-in:{forum.id}"]


def test_a_sign_in_that_is_over_says_what_stays(panel, forum):
    panel.show_row(replace(forum, error_code=SignInError.code))
    assert (panel.sign_in.text(), panel.sign_in.accessibleName()) == ("Sign in again", "Sign in again: Forum")
    assert "Everything fetched before can be read." in panel._said.text()


def test_an_account_without_communities_says_so_and_one_that_works_says_nothing(
    qtbot, context, workspace, forum, panel
):
    SecretStore(workspace.database, workspace.clock).put(forum.id, "signin.way", "nothing")
    panel.show_row(forum)
    settle(qtbot, context.jobs)
    panel.show_row(replace(forum, followed=1))
    settle(qtbot, context.jobs)
    panel.show_row(replace(forum, followed=1, last_success_at=workspace.clock.now()))
    settle(qtbot, context.jobs)
    assert not panel.banner.isVisible()


def test_a_forum_that_was_read_shows_the_way_back_in_after_a_sign_out(qtbot, context, workspace, forum, panel):
    secrets = SecretStore(workspace.database, workspace.clock)
    secrets.put(forum.id, "signin.way", "user-api-key")
    read = replace(forum, followed=1, last_success_at=workspace.clock.now())
    panel.show_row(read)
    settle(qtbot, context.jobs)
    assert (panel.banner.isVisible(), panel.can_sign_out) == (False, True)
    sign_out(workspace, forum.id)
    after = replace(the_row(workspace, AccountKind.DISCOURSE), followed=1, last_success_at=workspace.clock.now())
    for row in (after, replace(after, error_code="line", error_reason="no answer")):  # and a try without a line
        panel.show_row(row)
        settle(qtbot, context.jobs)
        assert (panel.banner.isVisible(), panel.sign_in.isVisible(), panel.can_sign_out) == (True, True, False)
    with qtbot.waitSignal(context.page_wanted) as wanted:
        panel.sign_in.click()
    assert wanted.args == ["sync", f"account:sign-in:{forum.id}"]


@pytest.mark.parametrize("place", ["communities", "limits"])
def test_the_buttons_lead_to_their_places(qtbot, context, forum, panel, place):
    panel.show_row(forum)
    with qtbot.waitSignal(context.page_wanted) as wanted:
        getattr(panel, place).click()
    assert wanted.args == ["sync", f"account:{place}:{forum.id}"]
    settle(qtbot, context.jobs)


def test_a_list_has_limits_only_and_files_have_nothing(workspace, panel):
    workspace.accounts.add(AccountKind.HYPERKITTY, "List", "https://lists.example.org/archives/")
    workspace.accounts.add(AccountKind.TABLE, "Tables")
    panel.show_row(the_row(workspace, AccountKind.HYPERKITTY))
    assert (panel.limits.isVisible(), panel.communities.isVisible(), panel.banner.isVisible()) == (True, False, False)
    panel.show_row(the_row(workspace, AccountKind.TABLE))
    assert not panel.isVisible()


def test_looking_whether_anybody_signed_in_loads_no_wire(tmp_path: Path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.builders import a_workspace\n"
        "from workbench.models.kinds import AccountKind\nfrom workbench.operations.signin import way_used\n"
        "workspace = a_workspace(Path(sys.argv[1]))\n"
        "print(way_used(workspace, workspace.accounts.add(AccountKind.VIVA_ENGAGE, 'Engage')))\nworkspace.close()\n"
        "print([name for name in ('httpx2', 'msal', 'authlib', 'stamina') if name in sys.modules])"
    )
    root = Path(tests.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["None", "[]"]


def test_whoever_signed_out_is_not_told_that_the_platform_did(panel, forum):
    panel.show_row(replace(forum, error_code=SignInError.code, error_reason=SIGNED_OUT))
    assert panel._said.text() == "You signed out. Everything fetched before can be read."
