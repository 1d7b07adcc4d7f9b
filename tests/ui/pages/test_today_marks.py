"""Marks of Today: a decision and its way back, and a nudge that is taken back."""

from datetime import UTC, datetime

from workbench.operations.today_marks import MarkState
from workbench.ui.pages.today_marks import TodayMarks

MORNING = datetime(2024, 6, 17, 6, tzinfo=UTC)


def test_a_decision_is_kept_taken_back_and_made_again(qtbot, context, workspace, ground):
    marks, told = TodayMarks(context, ground), []
    context.told.connect(lambda words, action: told.append((words, action)))

    def kept() -> int:
        with workspace.database.read() as reader:
            return reader.scalar("SELECT count(*) FROM todaymark")

    for act, count in (
        (lambda: marks.decide(("card:1", "card:2"), MarkState.SNOOZED, "Tomorrow again.", until=MORNING), 2),
        (marks.undo, 0),
        (marks.redo, 2),
    ):
        with qtbot.waitSignal(marks.changed):
            act()
        assert kept() == count
    assert told == [("Tomorrow again.", "edit.undo"), ("It is on the list again.", "edit.redo")]
