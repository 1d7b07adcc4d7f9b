"""MemberTableModel: columns by value, order asked of the database, columns giving way for room."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import NOW
from workbench.queries.members import MemberRow
from workbench.ui.qt_models.member_table import CHOSEN_AT_FIRST, COLUMNS, MemberTableModel, fitting
from workbench.ui.qt_models.row_pages import PAGE


def a_member(number: int, **fields) -> MemberRow:
    values = {
        "person_id": number, "name": f"Person {number} Example", "office": None, "communities": 2, "messages": 1234,
        "first_at": NOW - timedelta(days=300), "last_at": NOW - timedelta(days=3), "tags": ("mentor", "water"),
        "is_listed": True,
    }  # fmt: skip
    return MemberRow(**{**values, **fields})


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "").replace("\N{NO-BREAK SPACE}", " ")


def test_every_column_says_its_value(qapp):
    model = MemberTableModel()
    told = {"region": "Andes", "organisation": "Example trust", "role": "Mentor", "topics": ("pumps", "wells"),
            "languages": "Spanish", "time_zone": "+05:45"}  # fmt: skip
    other = a_member(2, first_at=None, last_at=None, tags=(), office="Office\u202e")
    model.set_rows(2, [a_member(1, **told), other], now=NOW)
    said = [[plain(model.index(row, place).data()) for place in range(len(COLUMNS))] for row in range(2)]
    assert said[0] == ["Person 1 Example", "–", "2", "1,234", "20 Aug 2023", "3 days ago", "mentor, water",
                       "Andes", "Example trust", "Mentor", "#pumps #wells", "Spanish", "17:45"]  # fmt: skip
    assert said[1] == ["Person 2 Example", "Office⇄", "2", "1,234", "–", "–", "", "–", "–", "–", "", "–", "–"]


def test_heads_ask_for_an_order_only_where_it_says_something(qtbot: QtBot, qapp):
    model = MemberTableModel()
    with qtbot.waitSignal(model.order_wanted) as wanted:
        model.sort(5, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["last", True]
    with qtbot.assertNotEmitted(model.order_wanted):
        model.sort(6)
        model.sort(3)  # by how much people wrote nobody is ordered


def test_rows_out_of_sight_are_fetched_when_looked_at(qtbot: QtBot, qapp):
    model = MemberTableModel()
    model.set_rows(PAGE + 1, [a_member(number) for number in range(PAGE)], now=NOW)
    with qtbot.waitSignal(model.page_wanted):
        assert model.index(PAGE, 0).data() is None
    model.give(1, [a_member(PAGE)])
    assert model.index(PAGE, 0).data() == f"Person {PAGE} Example"
    assert model.place_of(PAGE) == PAGE


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (2000, set(CHOSEN_AT_FIRST)),
        (600, {"name", "messages", "last", "tags"}),
        (300, {"name"}),
        (100, {"name"}),
    ],
)
def test_columns_give_way_where_room_is_short_and_the_name_never(room: int, shown: set[str]):
    assert fitting(CHOSEN_AT_FIRST, room, round) == shown


def test_the_column_one_asked_for_gives_way_last():
    chosen = (*CHOSEN_AT_FIRST, "organisation")
    assert fitting(chosen, 600, round) == {"name", "messages", "last", "tags"}
    assert fitting(chosen, 400, round, asked="organisation") == {"name", "organisation"}


def test_name_is_shown_even_where_it_was_not_chosen():
    assert fitting(("tags",), 2000, round) == {"name", "tags"}
