"""The check of an account's details: one line for each service, old as soon as something else is typed."""

import pytest
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.operations.sources import add_hyperkitty
from workbench.ui.pages.account_data import Given
from workbench.ui.pages.account_journey import AccountJourney


@pytest.fixture
def journey(context, ground) -> AccountJourney:
    made = AccountJourney(context, context.sources)
    QVBoxLayout(ground).addWidget(made)
    made.show()
    return made


def test_services_of_a_list_are_tried_from_its_details(qtbot, context, journey: AccountJourney):
    workspace = context.workspace
    add_hyperkitty(workspace, url="http://127.0.0.1:1/list/wash@example.org/", name="Wash")
    (entry,) = workspace.accounts.list()
    journey.opened(f"details:{entry.id}")
    settle(qtbot, context.jobs)
    assert journey.check.isVisible()
    journey.check.go.click()
    qtbot.waitUntil(lambda: len(journey.check.words) == 3, timeout=30_000)
    archive, mail, members = journey.check.words
    assert archive.startswith("The archive: ")
    assert "answers, with" not in archive
    assert mail == "Your mail server: None is given, so the list is only read."
    assert members.startswith("The members: Nobody is asked for them")
    journey.details.form.fields["smtp_host"].set_text("127.0.0.1")
    assert journey.check.words == []
    assert journey.check.go.isEnabled()


def test_platform_whose_sign_in_shows_it_has_no_check(qtbot, context, journey: AccountJourney):
    forum = context.workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    journey.opened(f"details:{forum}")
    settle(qtbot, context.jobs)
    assert journey.check.isHidden()


def test_details_that_cannot_be_tried_say_why(qtbot, context, journey: AccountJourney):
    journey.check.run(77, Given("x", {}, {}))
    settle(qtbot, context.jobs)
    (said,) = journey.check.words
    assert said.startswith("These details: ")
