"""Marks are shown at once, written in order, and not heard of twice."""

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.queries.threads import find_thread, list_threads
from workbench.ui.context import Context
from workbench.ui.pages.conversation_marks import ThreadMarks
from workbench.ui.qt_models.thread_list import ThreadListModel
from workbench.workspace import Workspace


def first_thread(workspace: Workspace):
    with workspace.database.read() as reader:
        return list_threads(reader, (), as_of=NOW, limit=1)[0]


def test_many_marks_in_a_row_end_as_the_last_one(qtbot, filled: Workspace, context: Context):
    quiet = Quiet(qtbot, context.jobs)
    thread = first_thread(filled)
    model = ThreadListModel()
    model.set_rows(1, [thread], page=0, now=NOW)
    marks = ThreadMarks(context, model)
    telling: list[bool] = []
    context.bus.changed.connect(lambda _changes: telling.append(marks.is_telling))
    for number in range(9):
        marks.star(thread.id, is_starred=number % 2 == 0)
        assert model.row_at(0).is_starred is (number % 2 == 0)
    marks.read(thread.id, is_read=True)
    qtbot.waitUntil(lambda: not quiet.is_busy())
    with filled.database.read() as reader:
        stored = find_thread(reader, thread.id)
    assert stored == model.row_at(0)
    assert stored.is_starred
    assert not stored.is_unread
    assert telling == [True] * 10
    assert not marks.is_telling


def test_unknown_thread_is_told_as_a_failure(qtbot, filled: Workspace, context: Context):
    marks = ThreadMarks(context, ThreadListModel())
    with qtbot.waitSignal(marks.failed):
        marks.star(10**9, is_starred=True)
