"""Gestures on a plan: in their order, saved, undone, and told when they fail."""

import pytest

from tests.ui.plan_samples import a_plan, listen, stored
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return a_plan(workspace)


@pytest.fixture
def desk(context: Context, plan_id: PlanId) -> PlanDesk:
    made = PlanDesk(context)
    made.use(plan_id)
    return made


def rest(qtbot, desk: PlanDesk) -> None:
    qtbot.waitUntil(lambda: not desk.is_busy)


def test_gestures_are_saved_in_their_order_and_announced(qtbot, context: Context, workspace, desk, plan_id):
    heard: list[Changes] = []
    context.bus.changed.connect(heard.append)
    for number in range(5):
        desk.do(lambda editor, number=number: editor.add_card(CardDraft(f"Card {number}")))
    assert desk.is_busy
    rest(qtbot, desk)
    assert stored(workspace, plan_id)[CardColumn.TODO][-5:] == [f"Card {number}" for number in range(5)]
    assert heard == [Changes.PLANS] * 5


def test_undo_and_redo_belong_to_the_plan_in_use(qtbot, workspace, desk, plan_id):
    assert not desk.can_undo
    desk.do(lambda editor: editor.add_card(CardDraft("One more")))
    rest(qtbot, desk)
    assert (desk.can_undo, desk.can_redo) == (True, False)
    desk.undo()
    rest(qtbot, desk)
    assert "One more" not in stored(workspace, plan_id)[CardColumn.TODO]
    assert (desk.can_undo, desk.can_redo) == (False, True)
    desk.redo()
    rest(qtbot, desk)
    assert "One more" in stored(workspace, plan_id)[CardColumn.TODO]
    desk.use(None)
    assert not desk.can_undo


def test_refused_gesture_is_told_and_the_next_one_goes_on(qtbot, workspace, desk, plan_id):
    with qtbot.waitSignal(desk.failed) as failed:
        desk.do(lambda editor: editor.add_card(CardDraft(" ")))
    assert isinstance(failed.args[0], BadInputError)
    desk.do(lambda editor: editor.add_card(CardDraft("Fine")))
    rest(qtbot, desk)
    assert stored(workspace, plan_id)[CardColumn.TODO][-1] == "Fine"


def test_serial_tells_readings_from_before_a_gesture_apart(qtbot, desk):
    before = desk.serial
    desk.do(lambda editor: editor.add_card(CardDraft("One more")))
    during = desk.serial
    rest(qtbot, desk)
    assert before < during < desk.serial


def test_without_a_plan_nothing_is_done(desk):
    desk.use(None)
    desk.undo()
    assert not desk.is_busy


def test_stopped_gesture_leaves_the_desk_free(qtbot, context: Context, workspace, desk, plan_id):
    desk.do(lambda editor: editor.add_card(CardDraft("First")))
    desk.do(lambda editor: editor.add_card(CardDraft("Second")))
    context.jobs.cancel_all()
    rest(qtbot, desk)
    assert set(stored(workspace, plan_id)[CardColumn.TODO]) <= {
        "Ask five schools for photos", "Invite two partners", "First", "Second",
    }  # fmt: skip


def test_a_question_is_answered_after_the_gestures_before_it(qtbot, desk: PlanDesk, plan_id: PlanId):
    heard: list[int] = []
    desk.do(lambda editor: editor.add_card(CardDraft("One more")))
    desk.ask(desk, "count", lambda editor: len(editor.view().cards), done=heard.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [4]


def test_a_question_that_fails_is_told_to_who_asked(qtbot, desk: PlanDesk):
    failed: list[Exception] = []
    desk.use(PlanId("gone"))
    desk.ask(desk, "count", lambda editor: len(editor.view().cards), done=pytest.fail, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], BadInputError)


def test_without_a_plan_nothing_is_asked(desk: PlanDesk, context: Context):
    desk.use(None)
    desk.ask(desk, "count", lambda editor: len(editor.view().cards), done=pytest.fail, failed=pytest.fail)
    assert context.jobs.running() == []


def test_another_page_carries_a_gesture_into_the_same_history(
    qtbot, desk: PlanDesk, workspace: Workspace, plan_id: PlanId
):
    done: list[bool] = []
    failed: list[Exception] = []
    desk.use(None)
    desk.carry(
        plan_id,
        lambda editor: editor.add_card(CardDraft("From afar")),
        done=lambda: done.append(True),
        failed=failed.append,
    )
    rest(qtbot, desk)
    assert (done, failed, desk.plan_id) == ([True], [], None)
    assert desk.history(plan_id) == (True, False)
    assert "From afar" in stored(workspace, plan_id)[CardColumn.TODO]

    def refuse(_editor: object) -> Changes:
        raise BadInputError(reason="No.")

    desk.carry(plan_id, refuse, done=lambda: done.append(True), failed=failed.append)
    rest(qtbot, desk)
    assert (len(done), len(failed)) == (1, 1)


def test_a_step_back_says_what_it_was_and_every_step_tells_that_it_begins(
    qtbot, context: Context, desk: PlanDesk, plan_id: PlanId
):
    said, begun = listen(context), []
    context.step_begun.connect(lambda: begun.append(True))
    desk.do(lambda editor: editor.add_card(CardDraft("One more")))
    desk.carry(plan_id, lambda editor: editor.set_plan(sponsor="Noor Example"), done=lambda: None, failed=pytest.fail)
    for step in (desk.undo, desk.undo, desk.undo, desk.redo):
        step()
    rest(qtbot, desk)
    assert said == [
        ("Undone: a change in the charter", ""),
        ("Undone: a change in the card “One more”", ""),
        ("Redone: a change in the card “One more”", ""),
    ]
    assert len(begun) == 6
    desk.use(None)
    assert len(begun) == 7
