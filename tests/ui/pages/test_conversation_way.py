"""Above a conversation: how it was answered and what is near it, while that is wanted."""

import pytest

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet


@pytest.fixture
def page(qtbot, context, workspace, window):
    quiet = Quiet(qtbot, context.jobs)
    ids = fill(workspace)
    window.open_page("conversations", int(ids["answered"]))
    made = window.page()
    made.ids, made.quiet = ids, quiet
    quiet.wait(made)
    return made


def test_the_way_is_shown_when_wanted_and_leads_on(page, context):
    way = page._opened.way
    assert way.isHidden()
    context.actions.trigger("thread.way")
    page.quiet.wait(page)
    assert [step.name for step in way.line.path.steps] == ["Person 3 Example", "Person 4 Example"]
    wanted = []
    context.page_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    way._links.itemAt(0).widget().click()
    page.quiet.wait(page)
    assert wanted[0][1] in page.ids.values()
    context.open_page("conversations", int(page.ids["old"]))
    page.quiet.wait(page)
    assert way.line.isHidden()
    way._tags.itemAt(0).widget().click()
    page.quiet.wait(page)
    way.board.click()
    assert [key for key, _ in wanted] == ["conversations", "conversations", "conversations", "questions"]
    assert wanted[2][1] == "#pumps"
    context.open_page("conversations")
    context.actions.trigger("thread.way")
    assert way.isHidden()
