"""Choosing communities: asked of the platform, filtered, ticked and kept; older ones where it does not answer."""

import pytest
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.pages.account_parts import a_forum
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import platform
from workbench.ui.pages.account_communities import CommunitiesView
from workbench.ui.pages.account_data import Given, keep_new


@pytest.fixture
def forum():
    with a_forum() as running:
        yield running


@pytest.fixture
def account(workspace, forum):
    return keep_new(workspace, platform(AccountKind.DISCOURSE), Given("Forum", {"address": forum.address}, {}))


@pytest.fixture
def view(qtbot, context, ground) -> CommunitiesView:
    made = CommunitiesView(context)
    QVBoxLayout(ground).addWidget(made)
    return made


def test_a_choice_is_made_of_what_the_platform_shows_and_kept(qtbot, context, account, view):
    view.show_account(account)
    settle(qtbot, context.jobs)
    assert (view.go.text(), view.go.isEnabled(), view.sum.text()) == (
        "Continue", False, "Tick the communities to follow."
    )  # fmt: skip
    assert "Nothing is fetched yet" in view._said.text()
    view.filter.setText("(group)")
    assert view.table.rows_model.rowCount() < view.table.rows_model.total
    view.filter.setText("")
    view.table.tick(0)
    view.table.tick(2)
    assert view.sum.text().startswith("2 communities with")
    with qtbot.waitSignal(view.chosen) as chosen:
        view.go.click()
    assert sum(row.is_followed for row in chosen.args[0].states) == 2


def test_a_filter_that_hides_all_says_so(qtbot, context, account, view):
    view.show_account(account)
    settle(qtbot, context.jobs)
    view.filter.setText("zebra")
    assert view._nothing.isVisible()


def test_without_a_line_nothing_can_be_shown_the_first_time_and_the_last_list_later(
    qtbot, context, forum, account, view
):
    view.show_account(account)
    settle(qtbot, context.jobs)
    forum.go_astray()
    view.look()
    settle(qtbot, context.jobs)
    assert view._note.isVisible()
    assert (
        view._note_words.text() == "Another page answered in place of the platform. This is the list of the last time."
    )
    assert view.table.rows_model.total > 0


def test_the_first_time_without_a_line_says_what_to_do(qtbot, context, forum, account, view):
    forum.go_astray()
    view.show_account(account)
    settle(qtbot, context.jobs)
    assert view.failed.title.text() == "Another page answered in place of the platform."
    assert [button.text() for button in view.failed.buttons] == ["Try again", "Sign in again", "Later"]
    with qtbot.waitSignal(view.left):
        view.failed.buttons[-1].click()


def test_a_platform_that_wants_a_sign_in_leads_there(qtbot, context, forum, account, view):
    forum.switches["login_required"] = True
    view.show_account(account)
    settle(qtbot, context.jobs)
    assert [button.text() for button in view.failed.buttons] == ["Sign in again", "Later"]
    with qtbot.waitSignal(view.sign_in_wanted):
        view.failed.buttons[0].click()


def test_stopping_leaves_at_once(qtbot, context, account, view):
    view.show_account(account)
    with qtbot.waitSignal(view.left):
        view._stop.click()
    view.stop()
    settle(qtbot, context.jobs)
