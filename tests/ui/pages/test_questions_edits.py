"""Edits that fail say so and leave nothing to undo; others are taken back and made again."""

from tests.builders import NOW
from tests.ui.pages.asked import fill
from workbench.errors import BadInputError
from workbench.operations.questions import route_question
from workbench.queries.questions import find_question
from workbench.ui.pages.questions_edits import QuestionEdits


def test_a_deed_that_fails_is_told_and_cannot_be_undone(qtbot, context, workspace, ground):
    thread = fill(workspace)["old"]
    edits = QuestionEdits(context, ground)
    with qtbot.waitSignal(edits.failed) as told:
        edits.make(lambda: route_question(workspace, thread_id=thread, owner=""), "Routed.")
    assert isinstance(told.args[0], BadInputError)
    assert not edits.can_undo
    with qtbot.waitSignal(edits.changed):
        edits.make(lambda: route_question(workspace, thread_id=thread, owner="Person 1 Example"), "Routed.")
    assert edits.can_undo
    with qtbot.waitSignal(edits.changed):
        edits.undo()
    assert not edits.can_undo
    with qtbot.waitSignal(edits.changed):
        edits.redo()
    with workspace.database.read() as reader:
        assert find_question(reader, thread, as_of=NOW).owner == "Person 1 Example"
    assert edits.can_undo
