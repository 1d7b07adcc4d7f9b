"""Notes beside charts: written in order, undone, made again, and an error told."""

from datetime import date

from workbench.errors import BadInputError
from workbench.operations.annotations import annotate
from workbench.queries.annotations import annotations
from workbench.ui.pages.growth_edits import GrowthEdits


def test_an_edit_is_undone_and_made_again_and_a_failure_leaves_nothing(qtbot, context, workspace, ground):
    edits, told = GrowthEdits(context, ground), []
    context.told.connect(lambda words, _action: told.append(words))

    def kept() -> list[str]:
        with workspace.database.read() as reader:
            return [row.words for row in annotations(reader, (), date(2024, 1, 1), date(2024, 12, 31))]

    with qtbot.waitSignal(edits.failed) as failed:
        edits.make(lambda: annotate(workspace, day=date(2024, 5, 1), words=""), "Note kept")
    assert isinstance(failed.args[0], BadInputError)
    assert not edits.can_undo
    with qtbot.waitSignal(edits.changed):
        edits.make(lambda: annotate(workspace, day=date(2024, 5, 1), words="Webinar"), "Note kept")
    assert kept() == ["Webinar"]
    with qtbot.waitSignal(edits.changed):
        edits.undo()
    assert (kept(), edits.can_undo, edits.can_redo) == ([], False, True)
    with qtbot.waitSignal(edits.changed):
        edits.redo()
    assert (kept(), edits.can_undo, edits.can_redo) == (["Webinar"], True, False)
    assert told == ["Note kept", "Taken back: note kept", "Made again: note kept"]
