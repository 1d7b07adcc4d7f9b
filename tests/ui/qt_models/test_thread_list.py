"""ThreadListModel and HitListModel: what rows say, also to a screen reader."""

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from tests.builders import NOW
from workbench.queries.search import SearchRow
from workbench.queries.threads import ThreadRow
from workbench.ui.qt_models.row_pages import PAGE
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.qt_models.thread_list import LISTED, HitListModel, ThreadListModel

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def a_thread(number: int, **fields) -> ThreadRow:
    values = {
        "id": number, "community_id": 1, "community": "Water", "subject": f"Thread {number}", "author": "Amina Example",
        "author_id": 7, "started_at": NOW, "last_at": NOW - timedelta(hours=number), "messages": 2, "people": 2,
        "is_question": False, "is_answered": False, "is_starred": False, "is_unread": True,
    }  # fmt: skip
    return ThreadRow(**{**values, **fields})


def test_rows_come_page_by_page(qtbot: QtBot, qapp):
    model = ThreadListModel()
    model.set_rows(PAGE + 5, [a_thread(number) for number in range(PAGE)], page=0, now=NOW)
    assert model.rowCount() == PAGE + 5
    with qtbot.waitSignal(model.page_wanted) as wanted:
        assert model.index(PAGE).data(ROW) is None
    assert wanted.args == [1]
    with qtbot.waitSignal(model.dataChanged):
        model.give(1, [a_thread(number) for number in range(PAGE, PAGE + 5)])
    assert model.index(PAGE).data() == f"Thread {PAGE}"
    assert model.place_of(PAGE + 4) == PAGE + 4
    assert model.place_of(999) == -1
    model.set_rows(3_000_000, [a_thread(1)], page=0, now=NOW)
    assert model.rowCount() == LISTED


def test_row_is_spoken_with_all_its_marks(qapp):
    model = ThreadListModel()
    model.set_rows(1, [a_thread(2, is_question=True, is_starred=True, subject="Pump \u202egpj")], page=0, now=NOW)
    said = model.index(0).data(SPOKEN)
    assert said == (
        "Pump ⇄gpj, Amina Example, Water, unread, starred, question without a reply, 2 messages, 2\N{NO-BREAK SPACE}h ago"
    )


def test_marks_show_at_once(qtbot: QtBot, qapp):
    model = ThreadListModel()
    model.set_rows(1, [a_thread(2)], page=0, now=NOW)
    with qtbot.waitSignal(model.dataChanged):
        fresh = model.mark(2, is_starred=True, is_unread=False)
    assert fresh == model.row_at(0)
    assert fresh.is_starred
    assert not fresh.is_unread
    assert model.mark(77, is_starred=True) is None


def test_found_messages_are_spoken_with_their_text(qapp):
    model = HitListModel()
    hit = SearchRow(1, 1, 1, "Water", "Pumps", "Amina Example", 7, NOW, "the red pump", ((8, 12),), ())
    model.set_rows([hit])
    assert model.index(0).data(ROW) is hit
    assert model.index(0).data(SPOKEN) == "Pumps, Amina Example, 15 Jun 2024, the red pump"
    assert model.row_at(3) is None


def test_more_found_messages_are_asked_for_once_and_put_below(qtbot: QtBot, qapp):
    rows = [SearchRow(id_, 1, 1, "Water", "Pumps", "Amina Example", 7, NOW, "", (), ()) for id_ in range(5)]
    model, asked = HitListModel(), []
    model.more_wanted.connect(lambda: asked.append("more"))
    model.set_rows(rows[:2], has_more=True)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == ["more"]
    # A longer answer may weigh differently; what is shown stays where it is.
    model.add_rows([rows[3], rows[1], rows[0], rows[4]], has_more=False)
    assert [model.row_at(place).id for place in range(model.rowCount())] == [0, 1, 3, 4]
    assert not model.canFetchMore(QModelIndex())
