"""Deeds of the registry: each belongs to a button, and none can be done while no question is shown."""

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from workbench.ui.pages.question_inspector import QuestionDeed
from workbench.ui.pages.questions_deeds import ACTIONS, ROUTE


def test_what_the_side_offers_can_be_done_by_key_and_menu(qtbot, window, context, workspace):
    quiet = Quiet(qtbot, context.jobs)
    ids = fill(workspace)

    def enabled():
        return {deed for deed, action in ACTIONS.items() if context.actions.action(action).isEnabled()}

    window.open_page("questions")
    page = window.page()
    quiet.wait(page)
    assert (set(ACTIONS), enabled()) == (set(QuestionDeed), set())
    page.opened(ids["answered"])
    quiet.wait(page)
    assert enabled() == {
        QuestionDeed.OPEN, QuestionDeed.REPLY, QuestionDeed.CARD, QuestionDeed.URGENT, QuestionDeed.THANK,
        QuestionDeed.WATCH, QuestionDeed.OUTPUT, QuestionDeed.IDEA,
    }  # fmt: skip
    assert not context.actions.action(ROUTE).isEnabled()
    page.opened(ids["old"])
    quiet.wait(page)
    assert context.actions.trigger(ROUTE)
    assert page.side.owner.hasFocus()
    assert context.actions.trigger("question.reply")
    assert (window.here(), enabled()) == ("conversations", set())
    window.go_back()
    assert QuestionDeed.ANSWERED in enabled()
    page.deeds.act(QuestionDeed.CARD)
    quiet.wait(page)
    assert page.go_back()
    assert enabled() == set()
