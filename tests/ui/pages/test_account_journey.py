"""The journey of an account from its platform to its first sync, and its later visits."""

import pytest
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.pages.account_parts import a_forum
from tests.ui.settled import settle
from workbench.errors import SignInError
from workbench.models.kinds import AccountKind
from workbench.ui.pages.account_journey import AccountJourney
from workbench.ui.source_work import WorkKind


@pytest.fixture
def forum():
    with a_forum() as running:
        yield running


@pytest.fixture
def journey(qtbot, context, ground) -> AccountJourney:
    context.sources.start()
    made = AccountJourney(context, context.sources)
    QVBoxLayout(ground).addWidget(made)
    made.show()
    return made


def choose(qtbot, journey: AccountJourney, title: str) -> None:
    journey.opened("")
    settle(qtbot, journey._context.jobs)
    next(row for row in journey.platforms.rows if row.platform.title == title).button.click()


def fill_in(qtbot, journey: AccountJourney, address: str, *, way: int = 0) -> None:
    choose(qtbot, journey, "Discourse")
    journey.details.form.fields["address"].set_text(address)
    journey.details.ways[way].setChecked(True)
    journey.details.go.click()
    settle(qtbot, journey._context.jobs)


def to_communities(qtbot, journey: AccountJourney, address: str) -> None:
    fill_in(qtbot, journey, address, way=1)
    qtbot.waitUntil(journey.communities.table.isVisible, timeout=20_000)


def the_account(context):
    (account,) = context.workspace.accounts.list()
    return account


def test_from_the_platform_to_the_first_sync(qtbot, context, forum, journey):
    fill_in(qtbot, journey, forum.address)
    assert journey._step.text() == "Step 3 of 5: Sign in"
    assert forum.asked == []
    journey.signing.go.click()
    qtbot.waitUntil(journey.signing.code.isVisible)
    forum.say_yes()
    qtbot.waitUntil(journey.communities.table.isVisible, timeout=20_000)
    assert journey._step.text() == "Step 4 of 5: Communities"
    for place in range(3):
        journey.communities.table.tick(place)
    journey.communities.go.click()
    qtbot.waitUntil(journey.limits.go.isVisible)
    assert journey._step.text() == "Step 5 of 5: First sync"
    with qtbot.waitSignal(journey.left):
        journey.limits.go.click()
    work = context.sources.newest(WorkKind.SYNC)
    assert work.subject == the_account(context).name
    assert the_account(context).limits.is_text_only
    work.stop()
    settle(qtbot, context.jobs)


def test_without_a_line_everything_up_to_signing_in_is_kept(qtbot, context, journey):
    fill_in(qtbot, journey, "forum.example.org")
    with qtbot.waitSignal(journey.left):
        journey.signing.put_off.click()
    account = the_account(context)
    assert (account.name, account.base_url) == ("forum.example.org", "https://forum.example.org")


def test_details_can_be_mended_from_the_sign_in_without_a_second_account(qtbot, context, forum, journey):
    fill_in(qtbot, journey, "http://127.0.0.1:9")
    journey.signing.go.click()
    qtbot.waitUntil(journey.signing.failed.isVisible, timeout=20_000)
    journey.signing.failed.buttons[1].click()
    assert journey.details.form.fields["address"].text == "http://127.0.0.1:9"
    journey.details.form.fields["address"].set_text(forum.address)
    journey.details.go.click()
    settle(qtbot, context.jobs)
    assert the_account(context).base_url == forum.address
    assert journey.signing.go.isVisible()


def test_a_name_taken_meanwhile_is_told_in_the_form(qtbot, context, journey):
    choose(qtbot, journey, "Discourse")
    context.workspace.accounts.add(AccountKind.TABLE, "forum.example.org")
    journey.details.form.fields["address"].set_text("forum.example.org")
    journey.details.go.click()
    settle(qtbot, context.jobs)
    assert journey.details._problem.text == "There is an account of this name already."
    assert journey.details.go.isEnabled()


def test_a_mailing_list_is_added_by_its_address_alone(qtbot, journey):
    with qtbot.waitSignal(journey.archive_wanted):
        choose(qtbot, journey, "Mailing list")


def test_escape_goes_back_to_the_platforms_and_then_out(qtbot, journey):
    choose(qtbot, journey, "Discourse")
    assert journey.go_back()
    assert journey.platforms.isVisible()
    assert not journey.go_back()


def test_later_communities_and_limits_are_tended_without_a_first_sync(qtbot, context, forum, journey):
    to_communities(qtbot, journey, forum.address)
    account = the_account(context)
    seen = journey.communities.table.rows_model.row_at(0)
    run = context.workspace.mirror.start_run(seen.community_id)
    assert run
    journey.opened(f"limits:{account.id}")
    settle(qtbot, context.jobs)
    assert (journey._heading.text(), journey._step.text()) == (f"Limits of {account.name}", "")
    with qtbot.waitSignal(journey.left):
        journey.limits.go.click()
    journey.opened(f"communities:{account.id}")
    settle(qtbot, context.jobs)
    assert journey.communities.table.isVisible()


def test_signing_in_again_goes_on_with_a_sync_of_what_is_followed(qtbot, context, forum, journey):
    to_communities(qtbot, journey, forum.address)
    journey.communities.table.tick(0)
    journey.communities.go.click()
    settle(qtbot, context.jobs)
    account = the_account(context)
    context.workspace.accounts.tried(account.id, error=SignInError("over"))
    with qtbot.waitSignal(journey.left):
        journey.opened(f"sign-in:{account.id}")  # nothing has to be typed, so that one click is enough
    assert journey._heading.text() == f"Sign in to {account.name}"
    work = context.sources.newest(WorkKind.SYNC)
    assert work.subject == account.name
    work.stop()
    settle(qtbot, context.jobs)


def test_an_account_that_is_gone_is_told(qtbot, context, journey):
    journey.opened("limits:77")
    settle(qtbot, context.jobs)
    assert journey.failed.title.text() == "There is no such account."
    with qtbot.waitSignal(journey.left):
        journey.leave.click()


def test_name_and_details_are_changed_without_signing_in_again(qtbot, context, journey):
    accounts = context.workspace.accounts
    account = accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org", {"likes_per_run": "3"})
    accounts.add(AccountKind.DISCOURSE, "Other", "https://other.example.org")
    journey.opened(f"name:{account}")
    settle(qtbot, context.jobs)
    assert (journey._heading.text(), journey._step.text()) == ("Details of Forum", "")
    assert journey.details.name.isVisible()
    assert journey.details.name.selectedText() == "Forum"
    journey.details.name.setText("Other")
    journey.details.go.click()
    settle(qtbot, context.jobs)
    assert "this name already" in journey.details._problem.text
    journey.details.name.setText("Water forum")
    with qtbot.waitSignal(journey.left):
        journey.details.go.click()
    settle(qtbot, context.jobs)
    assert accounts.get(account).name == "Water forum"
    assert accounts.get(account).settings["likes_per_run"] == "3"
    journey.opened(f"sign-in:{account}")
    settle(qtbot, context.jobs)
    assert not journey.details.name.isVisible()
