"""The offer of a first sync, and the limits of an account later on."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QVBoxLayout

from tests.builders import NOW
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.sync.account_meter import AccountMeter
from workbench.sync.accounts import AccountLimits
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.account_data import follow, keep_limits, tended
from workbench.ui.pages.account_limits import LimitsForm

MB = 1_000_000


@pytest.fixture
def account(workspace):
    account_id = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    workspace.mirror.list_communities(
        account_id, [CommunityRecord("1", "Water", messages=40_000, members=900), CommunityRecord("2", "Cold")]
    )
    seen = tended(workspace, account_id)
    water = next(row.community_id for row in seen.states if row.name == "Water")
    return follow(workspace, account_id, {water})


@pytest.fixture
def form(qtbot, context, ground) -> LimitsForm:
    made = LimitsForm(context)
    QVBoxLayout(ground).addWidget(made)
    return made


def test_ninety_days_of_text_are_offered_with_what_each_choice_costs(account, form):
    form.show_first(account)
    assert [row.text() for row in form.rows] == [
        "Last 90 days, text only", "Last year, text only", "Everything, text only"
    ]  # fmt: skip
    assert form.rows[0].isChecked()
    costs = [row.accessibleDescription() for row in form.rows]
    assert all(cost.startswith("About") and "the platform takes 18 requests a minute" in cost for cost in costs)
    assert len(set(costs)) == 3
    form.text_only.setChecked(False)
    assert form.rows[0].text() == "Last 90 days"
    assert form.rows[0].accessibleDescription() != costs[0]


def test_the_first_sync_starts_with_what_was_chosen(qtbot, context, account, form):
    form.show_first(account)
    form.cap.setCurrentIndex(form.cap.findData(5))
    assert "With this daily limit it takes" in form._days.text()
    with qtbot.waitSignal(form.started):
        form.go.click()
    kept = context.workspace.accounts.get(account.row.id).limits
    assert kept == AccountLimits(NOW.date() - timedelta(days=90), True, 5 * MB, 360)


def test_putting_it_off_keeps_the_choice(qtbot, context, account, form):
    form.show_first(account)
    form.rows[2].setChecked(True)
    with qtbot.waitSignal(form.left):
        form._later.click()
    assert context.workspace.accounts.get(account.row.id).limits == AccountLimits(None, True, None, 360)


@pytest.mark.parametrize(("typed", "bytes_a_day"), [("2.5", 2_500_000), ("0", None), ("many", None), ("", None)])
def test_another_amount_is_a_number_above_zero(qtbot, account, form, typed, bytes_a_day):
    context = form._context
    form.show_first(account)
    form.cap.setCurrentIndex(form.cap.count() - 1)
    assert form.amount.isVisible()
    form.amount.setText(typed)
    form.go.click()
    settle(qtbot, context.jobs)
    assert context.workspace.accounts.get(account.row.id).limits.daily_cap == bytes_a_day
    assert (form._amount_field.problem == "") is (bytes_a_day is not None)


def test_later_the_limits_are_those_the_account_has(qtbot, context, account, form):
    workspace, since = context.workspace, NOW.date() - timedelta(days=200)
    keep_limits(workspace, account.row.id, AccountLimits(since, False, 7 * MB, 45))
    form.show_limits(tended(workspace, account.row.id))
    assert form.rows[0].text() == "As it is: since 28 November 2023"
    assert form.limits() == AccountLimits(since, False, 7 * MB, 45)
    form.every.setCurrentIndex(0)
    form.rows[-1].setChecked(True)
    with qtbot.waitSignal(form.kept):
        form.go.click()
    assert workspace.accounts.get(account.row.id).limits == AccountLimits(None, False, 7 * MB, None)


def test_leaving_later_changes_nothing(qtbot, context, account, form):
    form.show_limits(account)
    form.text_only.setChecked(True)
    with qtbot.waitSignal(form.left):
        form._later.click()
    assert not context.workspace.accounts.get(account.row.id).limits.is_text_only


def test_numbers_alone_have_no_text_to_leave_out(qtbot, context, form):
    account_id = context.workspace.accounts.add(AccountKind.GOOGLE_ANALYTICS, "Site")
    form.show_first(tended(context.workspace, account_id))
    assert not form.text_only.isVisible()
    assert form.rows[0].text() == "Last 90 days"


def test_files_come_by_themselves_up_to_a_size_unless_only_text_is_wanted(context, account, form):
    workspace = context.workspace
    form.show_first(account)
    assert (form.files.currentText(), form.files.isEnabled()) == ("Only by hand", False)
    form.text_only.setChecked(False)
    form.files.setCurrentIndex(form.files.findData(100_000))
    assert form.files.isEnabled()
    assert form.limits().file_limit == 100_000
    keep_limits(workspace, account.row.id, AccountLimits(file_limit=250_000))
    form.show_limits(tended(workspace, account.row.id))
    assert form.files.currentText() == "Up to 250 kB each"
    assert form.limits() == AccountLimits(file_limit=250_000)


def test_limits_do_not_promise_what_a_used_up_day_does_not_give(context, workspace, account, form):
    meter = AccountMeter(workspace.database, workspace.clock, account_id=account.row.id)
    meter.note(9, 5_200_000, 0)
    meter.keep()
    kept = AccountLimits(NOW.date() - timedelta(days=90), daily_cap=5 * MB)
    keep_limits(workspace, account.row.id, kept)
    form.show_limits(tended(workspace, account.row.id))
    assert form.rows[0].accessibleDescription().startswith("Today's data is used up (5.2 MB of 5 MB), so nothing is")
    form.cap.setCurrentIndex(form.cap.findData(20))
    assert form.rows[0].accessibleDescription() == "Goes on where it stopped: what is new, then the history."
