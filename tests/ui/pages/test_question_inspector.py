"""The question at the side: which buttons it offers, and whom a name stands for."""

import pytest

from tests.builders import NOW
from tests.ui.pages.asked import fill
from tests.ui.plan_samples import a_plan
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.plans.drafts import CardDraft
from workbench.queries.evidence import thread_name
from workbench.queries.owner_names import OwnerName
from workbench.ui.pages.question_inspector import QuestionDeed, QuestionInspector
from workbench.ui.pages.questions_data import read_question

ALWAYS = {
    QuestionDeed.OPEN, QuestionDeed.REPLY, QuestionDeed.CARD, QuestionDeed.URGENT, QuestionDeed.WATCH,
    QuestionDeed.OUTPUT, QuestionDeed.IDEA,
}  # fmt: skip
WAITING = {QuestionDeed.ANSWERED, QuestionDeed.GIVE_UP}


@pytest.fixture
def side(ground, theme, workspace):
    made = QuestionInspector(theme)
    made.setParent(ground)
    made.show()
    made.ids = fill(workspace)

    def show(name, *, is_writable=True):
        question = read_question(workspace.database, made.ids[name], NOW)
        made.show_question(question, is_late=False, is_writable=is_writable)
        return {deed for deed, button in made.buttons.items() if button.isVisible()}

    made.show_named = show
    return made


def test_what_can_be_done_follows_the_state(side):
    assert side.show_named("old") == ALWAYS | WAITING
    asks = {QuestionDeed.ASK_THERE, QuestionDeed.COPY, QuestionDeed.REOPEN}
    assert side.show_named("routed") == ALWAYS | WAITING | asks
    assert side.owner.text() == "Person 4 Example"
    assert "Person 4 Example" in side._routed.text()
    assert side.show_named("up") == ALWAYS | {QuestionDeed.REOPEN}
    assert side.show_named("answered") == ALWAYS | {QuestionDeed.THANK}
    assert side.line.path.is_answered
    assert side.show_named("file") == ALWAYS
    assert side.show_named("old", is_writable=False) == {QuestionDeed.OPEN}
    assert not side.owner.isVisible()


def test_two_of_one_name_are_told_apart(qtbot, side):
    side.show_named("old")
    side.offer(
        [OwnerName("Dana Example", 7, "Dakar"), OwnerName("Dana Example", 8, "Hanoi"), OwnerName("Emil Example")]
    )
    for typed, told in (
        ("Dana Example · Hanoi", ["Dana Example", 8]),
        ("Emil Example", ["Emil Example", None]),
        ("Somebody outside", ["Somebody outside", None]),
    ):
        side.owner.setText(typed)
        with qtbot.waitSignal(side.routed) as routed:
            side.route.click()
        assert routed.args == told


def test_a_card_made_from_it_stands_at_the_question(qtbot, side, workspace):
    with workspace.database.read() as reader:
        named = thread_name(reader, side.ids["old"])
    evidence = (Evidence("", EvidenceKind.THREAD, "Pump", named),)
    plan_id = a_plan(workspace, cards=(CardDraft("List the pumps", evidence=evidence),))
    side.show_named("old")
    with qtbot.waitSignal(side.card_wanted) as wanted:
        side._cards.itemAt(0).widget().click()
    assert (wanted.args[0].plan_id, wanted.args[0].title) == (plan_id, "List the pumps")
    side.show_named("up")
    assert not side._cards.count()


def test_related_threads_can_be_opened_and_the_line_copied(qtbot, side, qapp):
    side.show_named("answered")
    side.picture.click()
    assert not qapp.clipboard().pixmap().isNull()
    button, told = (side._related.itemAt(place).widget() for place in (0, 1))
    assert told.text().endswith("1 message · \u2068Water\u2069")
    with qtbot.waitSignal(side.thread_wanted):
        button.click()
