"""A card made from a conversation, a person or a promise: two clicks, with a way to it and a way back."""

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_plan, listen
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.kinds import CardKind
from workbench.plans.views import CardView
from workbench.queries.preferences import MY_NAME
from workbench.ui.context import Context
from workbench.ui.pages.card_maker import LAST_PLAN, CardMaker, CardPopover
from workbench.ui.pages.card_seed import CardPlace, CardSeed
from workbench.workspace import Workspace


@pytest.fixture(autouse=True)
def last_plan(qapp):
    QSettings().remove(LAST_PLAN)
    yield
    QSettings().remove(LAST_PLAN)


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    workspace.notes.set_preference(MY_NAME, json.dumps("Amina Example"))
    return a_plan(workspace, cards=())


def begun(qtbot, context: Context, ground: QWidget, seed: CardSeed) -> CardPopover:
    maker = context.maker
    maker.begin(seed, ground)
    qtbot.waitUntil(lambda: maker.popover is not None)
    assert maker.popover is not None
    return maker.popover


def cards(workspace: Workspace, plan_id: PlanId) -> list[CardView]:
    return [card for card in workspace.plans.open(plan_id).view().cards if not card.is_archived]


def test_a_conversation_becomes_a_card_at_once(qtbot, context: Context, ground, filled: Workspace, plan_id):
    said = listen(context)
    with filled.database.read() as reader:
        thread = reader.scalar("SELECT id FROM event WHERE remote_id = 'root1'")
    popover = begun(qtbot, context, ground, CardSeed("Which pump?", thread=thread))
    assert popover.accessibleName() == "New card"
    qtbot.keyClick(popover.make, Qt.Key.Key_Return)
    settle(qtbot, context.jobs)
    (card,) = cards(filled, plan_id)
    assert (card.title, card.owner, card.kind) == ("Which pump?", "Amina Example", CardKind.ACTIVITY)
    assert [each.value for each in card.evidence] == ["thread:table/root1"]
    assert said == [("Activity added to “Safe water”.", "made.undo made.open")]


def test_a_person_owns_an_activity_and_is_promised_a_commitment(qtbot, context: Context, ground, workspace, plan_id):
    popover = begun(qtbot, context, ground, CardSeed(person="Bo Sample"))
    assert popover.owner.text() == "Bo Sample"
    assert popover.promised_to.isHidden() or not popover.fields["promised_to"].isVisible()
    popover.kind.setCurrentIndex(1)
    assert (popover.owner.text(), popover.promised_to.text()) == ("Amina Example", "Bo Sample")
    assert popover.accessibleName() == "New commitment"
    qtbot.keyClicks(popover.title, "Send the list")
    popover.due.line.setText("2024-07-01")
    popover.due.line.left.emit()
    qtbot.keyClick(popover.title, Qt.Key.Key_Return)
    settle(qtbot, context.jobs)
    (card,) = cards(workspace, plan_id)
    assert (card.kind, card.promised_to, card.owner) == (CardKind.COMMITMENT, "Bo Sample", "Amina Example")
    assert card.due_on is not None
    assert card.due_on.isoformat() == "2024-07-01"


def test_an_activity_is_promised_to_nobody(qtbot, context: Context, ground, workspace, plan_id):
    popover = begun(qtbot, context, ground, CardSeed("Call", kind=CardKind.COMMITMENT, person="Bo Sample"))
    popover.kind.setCurrentIndex(0)
    popover.make.click()
    settle(qtbot, context.jobs)
    assert cards(workspace, plan_id)[0].promised_to == ""


def test_what_is_missing_is_said_in_words(qtbot, context: Context, ground, workspace, plan_id):
    popover = begun(qtbot, context, ground, CardSeed())
    popover.make.click()
    assert "needs a title" in popover.fields["title"].problem
    popover.title.setText("Call")
    popover.due.line.setText("soon")
    popover.due.line.left.emit()
    popover.make.click()
    assert "such as 14 May" in popover.fields["due"].problem
    assert cards(workspace, plan_id) == []


def test_the_card_is_opened_in_its_plan(qtbot, context: Context, ground, workspace, plan_id):
    wanted: list[tuple[str, object]] = []
    context.page_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    begun(qtbot, context, ground, CardSeed("Call")).make.click()
    settle(qtbot, context.jobs)
    context.actions.trigger("made.open")
    assert wanted == [("plans", CardPlace(plan_id, cards(workspace, plan_id)[0].id))]


def test_the_card_is_taken_back_once(qtbot, context: Context, ground, workspace, plan_id):
    begun(qtbot, context, ground, CardSeed("Call")).make.click()
    settle(qtbot, context.jobs)
    assert context.actions.trigger("made.undo")
    settle(qtbot, context.jobs)
    assert workspace.plans.open(plan_id).view().cards == ()
    assert not context.actions.trigger("made.undo")


def test_taking_back_spares_what_was_done_since(qtbot, context: Context, ground, workspace, plan_id):
    begun(qtbot, context, ground, CardSeed("Call")).make.click()
    settle(qtbot, context.jobs)
    context.desk.use(plan_id)
    context.desk.do(lambda editor: editor.set_plan(purpose="Another purpose"))
    context.actions.trigger("made.undo")
    settle(qtbot, context.jobs)
    view = workspace.plans.open(plan_id).view()
    assert view.purpose == "Another purpose"
    assert [card.is_archived for card in view.cards] == [True]


def test_the_plan_used_last_is_offered_first(qtbot, context: Context, ground, workspace, plan_id):
    zebra = a_plan(workspace, name="Zebra", cards=())
    popover = begun(qtbot, context, ground, CardSeed("Call"))
    assert popover.plan.currentText() == "Safe water"
    popover.plan.setCurrentIndex(1)
    popover.make.click()
    settle(qtbot, context.jobs)
    assert [card.title for card in cards(workspace, zebra)] == ["Call"]
    assert begun(qtbot, context, ground, CardSeed("Write")).plan.currentText() == "Zebra"


def test_without_a_plan_it_says_what_is_missing(qtbot, context: Context, ground):
    said = listen(context)
    maker = CardMaker(context)
    maker.begin(CardSeed("Call"), ground)
    settle(qtbot, context.jobs)
    assert said == [("Cards stand in a plan, and there is none yet.", "plan.new")]
    assert maker.popover is None


def test_names_come_from_the_directory(qtbot, context: Context, ground, filled: Workspace, plan_id):
    popover = begun(qtbot, context, ground, CardSeed(person="Bo Sample"))
    popover.promised_to.asked.emit("person 3")
    settle(qtbot, context.jobs)
    assert popover.promised_to.offered == ("Amina Example", "Bo Sample", "Person 3 Example")
    popover.close()


def test_the_plan_of_the_conversations_community_comes_first_then_the_one_used_last(
    qtbot, context: Context, ground, filled: Workspace, plan_id: PlanId
):
    near, other = a_plan(filled, name="Zeal", cards=(), community=WATER), a_plan(filled, name="Ask", cards=())
    QSettings().setValue(LAST_PLAN, other)
    with filled.database.read() as reader:
        thread = reader.scalar("SELECT id FROM event WHERE remote_id = 'root1'")
    popover = begun(qtbot, context, ground, CardSeed("Which pump?", thread=thread))
    assert popover.plan.value() == near
    assert (popover.title.hasFocus(), popover.title.selectedText()) == (True, "Which pump?")
    popover.close()
    qtbot.waitUntil(lambda: context.maker.popover is None)
    assert begun(qtbot, context, ground, CardSeed("Call")).plan.value() == other
    context.maker.popover.close()
    qtbot.waitUntil(lambda: context.maker.popover is None)
    context.desk.use(plan_id)
    assert begun(qtbot, context, ground, CardSeed("Call")).plan.value() == plan_id


def test_enter_in_the_day_makes_the_card_and_a_title_answers_for_the_missing_one(
    qtbot, context: Context, ground, workspace, plan_id
):
    popover = begun(qtbot, context, ground, CardSeed())
    popover.make.click()
    assert popover.fields["title"].problem
    qtbot.keyClicks(popover.title, "Call")
    assert popover.fields["title"].problem == ""
    popover.due.line.setText("soon")
    qtbot.keyClick(popover.due.line, Qt.Key.Key_Return)
    assert popover.fields["due"].problem
    popover.due.line.setText("+7")
    qtbot.keyClick(popover.due.line, Qt.Key.Key_Return)
    settle(qtbot, context.jobs)
    assert [(card.title, card.due_on) for card in cards(workspace, plan_id)] == [("Call", TODAY + timedelta(days=7))]


def test_a_form_closed_by_a_click_elsewhere_comes_again_and_a_dropped_one_does_not(
    qtbot, context: Context, ground, workspace, plan_id
):
    said = listen(context)

    def closed(popover: CardPopover) -> None:
        qtbot.waitUntil(lambda: context.maker.popover is None)

    popover = begun(qtbot, context, ground, CardSeed("Ask", person="Bo Sample"))
    popover.close()
    closed(popover)
    assert said == []
    popover = begun(qtbot, context, ground, CardSeed("Ask", person="Bo Sample"))
    popover.title.setText("Ask again")
    popover.due.line.setText("+7")
    popover.close()
    closed(popover)
    popover = begun(qtbot, context, ground, CardSeed("Other"))
    popover.close()
    closed(popover)
    popover = begun(qtbot, context, ground, CardSeed("Ask", person="Bo Sample"))
    popover.close()
    closed(popover)
    assert [words for words, _ in said] == ["No card was made. What you typed is kept for when you make it."] * 2
    popover = begun(qtbot, context, ground, CardSeed("Ask", person="Bo Sample"))
    assert (popover.title.text(), popover.due.day()) == ("Ask again", TODAY + timedelta(days=7))
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    closed(popover)
    popover = begun(qtbot, context, ground, CardSeed("Ask", person="Bo Sample"))
    assert popover.title.text() == "Ask"
    popover.close()
    assert len(said) == 2
