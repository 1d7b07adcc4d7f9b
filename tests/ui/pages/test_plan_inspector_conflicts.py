"""Two values of a field, each with who and when; one click keeps one."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from workbench.models.kinds import Channel
from workbench.plans.views import Candidate, Conflict, RecordKind
from workbench.ui.pages.plan_inspector_conflicts import ConflictBox
from workbench.ui.theme import Theme


def a_box(qtbot, theme: Theme, field: str, *values: object) -> ConflictBox:
    candidates = tuple(Candidate(value, NOW - timedelta(hours=n), f"author{n}") for n, value in enumerate(values))
    conflict = Conflict(RecordKind.CARD, "a", field, candidates)
    names = {"author0": "you", "author1": "Bo Sample"}
    box = ConflictBox(theme, conflict, now=NOW, authors=names, titles={"goal": "More answers"})
    qtbot.addWidget(box)
    return box


def test_both_values_stand_with_who_and_when(qtbot, theme: Theme):
    box = a_box(qtbot, theme, "owner", "Amina Example", "")
    assert [row.text() for row in box.rows] == ["Amina Example", "Nothing"]
    assert [row.accessibleDescription().partition(",")[0] for row in box.rows] == ["You", "Bo Sample"]
    assert box.accessibleName() == "Owner: two versions, choose which one stays"


def test_one_click_keeps_one_and_only_once(qtbot, theme: Theme):
    box, heard = a_box(qtbot, theme, "title", "One", "Two"), []
    box.settled.connect(lambda conflict, index: heard.append((conflict, index)))
    box.rows[1].click()
    box.rows[0].click()
    assert heard == [(box.conflict, 1)]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("due", date(2024, 6, 3), "3 Jun 2024"), ("due", 22, "Day 22 of the plan"), ("channel", Channel.PAGE, "Intranet page"),
     ("objective_id", "goal", "More answers"), ("is_archived", True, "yes")],
)  # fmt: skip
def test_values_are_said_in_words(qtbot, theme: Theme, field: str, value: object, words: str):
    assert a_box(qtbot, theme, field, value, None).rows[0].text() == words


def test_more_than_two_are_called_several(qtbot, theme: Theme):
    box = a_box(qtbot, theme, "title", "One", "Two", "Three")
    assert "several versions" in box.accessibleName()
    assert box.rows[2].accessibleDescription().startswith("Somebody")
