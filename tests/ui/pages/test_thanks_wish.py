"""Who answered a question can be thanked from it: Members opens on the lines for thanks, with the thread chosen."""

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from workbench.ui.pages.question_inspector import QuestionDeed
from workbench.ui.pages.thanks_wish import ThanksWish


def test_thanks_are_given_from_the_answered_question(qtbot, window, context, workspace):
    quiet = Quiet(qtbot, context.jobs)
    ids = fill(workspace)
    window.open_page("questions", ids["answered"])
    page = window.page()
    quiet.wait(page)
    shown = page.look.side.shown
    assert page.look.side.buttons[QuestionDeed.THANK].text() == "Thank \u2068Person 4 Example\u2069"
    page.look.deeds.act(QuestionDeed.THANK)
    members = window.page()
    quiet.wait(members)
    thanks = members._side.person.sections.thanks
    qtbot.waitUntil(thanks.body.isVisible)
    qtbot.waitUntil(lambda: window.focusWidget() is thanks.reason)
    assert ThanksWish(shown.answerer.person_id, shown.id, "About answered").thread_id == thanks.where.currentData()
    assert members._side.person.name == "Person 4 Example"
