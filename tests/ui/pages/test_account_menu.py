"""The menu of an account: where each entry leads, what a sign-out leaves, and when nothing may be pressed."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.operations.signin import SIGNED_OUT
from workbench.queries.sync_status import AccountRow, list_accounts
from workbench.sync.secrets import SecretStore
from workbench.ui.pages.account_menu import AccountMenu


@pytest.fixture
def social(context) -> AccountRow:
    workspace = context.workspace
    account = workspace.accounts.add(AccountKind.HCL_CONNECTIONS, "Social", "https://social.example.org", {"user": "a"})
    SecretStore(workspace.database, workspace.clock).put(account, "password", "planted")
    return the_row(context)


def the_row(context) -> AccountRow:
    with context.workspace.database.read() as reader:
        return list_accounts(reader)[0]


def actions(
    context, ground: QWidget, row: AccountRow, *, is_busy: bool = False, can_sign_out: bool = True, removed=lambda: None
) -> dict[str, QAction]:
    deeds = AccountMenu(context, context.sources, removed=removed)
    deeds.setParent(ground)
    menu = deeds.open_at(ground, row, is_busy=is_busy, can_sign_out=can_sign_out)
    menu.close()
    return {action.text(): action for action in menu.actions() if action.text()}


@pytest.mark.parametrize(("title", "place"), [("Rename…", "name"), ("Change details…", "details")])
def test_details_are_changed_on_the_sync_page(qtbot, context, ground, social, *, title: str, place: str):
    found = actions(context, ground, social)
    with qtbot.waitSignal(context.page_wanted) as wanted:
        found[title].trigger()
    assert wanted.args == ["sync", f"account:{place}:{social.id}"]


def test_sign_out_forgets_what_signs_and_says_that_nothing_goes_on(qtbot, context, ground, social):
    found = actions(context, ground, social)
    with qtbot.waitSignal(context.told) as told:
        found["Sign out"].trigger()
    settle(qtbot, context.jobs)
    assert told.args[0] == "Signed out of Social; what was fetched stays."
    workspace = context.workspace
    assert SecretStore(workspace.database, workspace.clock).get(social.id, "password") is None
    assert (the_row(context).error_code, the_row(context).error_reason) == ("sign_in", SIGNED_OUT)


def test_where_nobody_is_signed_in_the_menu_offers_just_that(qtbot, context, ground, social):
    found = actions(context, ground, social, can_sign_out=False)
    assert "Sign out" not in found
    with qtbot.waitSignal(context.page_wanted) as wanted:
        found["Sign in…"].trigger()
    assert wanted.args == ["sync", f"account:sign-in:{social.id}"]


def test_account_that_is_at_work_is_left_alone(context, ground, social):
    gone: list[bool] = []
    found = actions(context, ground, social, removed=lambda: gone.append(True))
    assert not found["Check completeness"].isEnabled()  # it follows nothing
    found["Remove…"].trigger()
    assert gone == [True]
    assert not any(action.isEnabled() for action in actions(context, ground, social, is_busy=True).values())
