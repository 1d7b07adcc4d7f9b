"""A column of the board: late or not, and what is said to those who do not see it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW
from workbench.queries.questions import QuestionRow, QuestionState
from workbench.ui.qt_models.question_list import QuestionListModel, age_words


def a_row(**fields):
    given = {
        "id": 1, "community_id": 1, "community": "Water", "subject": "Pumps", "author": "Amina Example", "author_id": 1,
        "asked_at": NOW - timedelta(hours=50), "state": QuestionState.OPEN, "hours": 50.0, "owner": "", "owner_id": None,
        "routed_at": None, "answerer": "", "answered_at": None, "is_accepted": False, "is_urgent": False,
        "is_question": True,
    }  # fmt: skip
    return QuestionRow(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "words", "is_late"),
    [
        ({}, "2.1 days old", True),
        ({"hours": 47.0}, "47 h old", False),
        ({"hours": 27.58 * 24}, "27 days old", True),
        ({"state": QuestionState.ROUTED}, "2.1 days old", True),
        ({"state": QuestionState.ABANDONED}, "2.1 days old", False),
        ({"state": QuestionState.ANSWERED, "hours": 3.0}, "reply after 3 h", False),
        ({"state": QuestionState.ANSWERED, "hours": 3.0, "is_accepted": True}, "answered after 3 h", False),
        ({"state": QuestionState.ANSWERED, "hours": None}, "answered elsewhere", False),
    ],
)
def test_age_is_told_by_state_and_only_what_waits_is_late(fields, words, is_late):
    model, row = QuestionListModel(), a_row(**fields)
    model.set_rows([row], limit_hours=48)
    assert age_words(row).replace("\N{NO-BREAK SPACE}", " ") == words
    assert model.is_late(row) is is_late


def test_a_row_is_told_whole():
    model = QuestionListModel()
    model.set_rows([a_row(owner="Dana Example", is_urgent=True, subject="")], limit_hours=48)
    index = model.index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole).replace("\N{NO-BREAK SPACE}", " ")
    assert said == ("No subject, Amina Example, Water, 2.1 days old, late, with Dana Example, urgent")
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "".join(one for one in tip if one.isprintable() or one.isspace()).replace("\N{NO-BREAK SPACE}", " ") == (
        "Amina Example · Water\n2.1 days old · Dana Example"
    )
    assert (model.place_of(1), model.place_of(2), model.row_at(5)) == (0, -1, None)
