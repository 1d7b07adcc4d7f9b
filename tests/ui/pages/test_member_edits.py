"""Edits of notes and tags: written in order, taken back, made again, forgotten only by a new one."""

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.models.changes import Changes
from workbench.queries.members import list_members, person_card
from workbench.ui.context import Context
from workbench.ui.pages.member_edits import MemberEdits
from workbench.ui.pages.person_edit import Edit
from workbench.workspace import Workspace


def test_undo_and_redo_walk_through_all_edits(qtbot, filled: Workspace, context: Context):
    quiet = Quiet(qtbot, context.jobs)
    with filled.database.read() as reader:
        person = list_members(reader, (), limit=1)[0].person_id
    told: list[Changes] = []
    context.bus.changed.connect(told.append)
    edits = MemberEdits(context, context)

    def note() -> str:
        qtbot.waitUntil(lambda: not quiet.is_busy())
        with filled.database.read() as reader:
            return person_card(reader, person, as_of=NOW).note

    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        edits.make(Edit(person, "Person", before, after))
    assert note() == "three"
    assert told == [Changes.NOTES] * 3
    edits.undo()
    assert note() == "two"
    edits.undo()
    assert note() == "one"
    edits.redo()
    assert note() == "two"
    assert edits.can_undo
    assert edits.can_redo
    edits.make(Edit(person, "Person", "two", "four"))
    assert note() == "four"
    assert not edits.can_redo
    edits.redo()
    assert note() == "four"


def test_edit_that_failed_cannot_be_taken_back(qtbot, filled: Workspace, context: Context):
    edits = MemberEdits(context, context)
    with qtbot.waitSignal(edits.failed):
        edits.make(Edit(10**9, "Nobody", "", "x"))
    assert not edits.can_undo
