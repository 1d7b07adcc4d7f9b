"""What the side says of a question: since when somebody has it, help that came, what is near it."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.asked import fill
from tests.ui.pages.test_questions_tables import a_surge
from workbench.queries.questions import find_question
from workbench.queries.threads import find_thread
from workbench.ui.pages.question_words import related_words, routed_words, surge_words
from workbench.workspace import Workspace

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reached_hours": 5.0}, "1 person from 1 office in 24 hours; 5 people from 3 offices were there after 5 h."),
        ({"is_over": True}, "1 person from 1 office in 24 hours; the aim is 5 people from 3 offices."),
        ({}, "1 person from 1 office in 24 hours so far; the aim is 5 people from 3 offices."),
        (
            {"is_over": True, "marked_at": NOW + timedelta(days=91, hours=5)},
            "Marked 91 days after it began, so it is not counted as a call. 1 person from 1 office in 24 hours.",
        ),
    ],
)
def test_help_that_came_is_told_without_blaming_anybody(qapp, fields, said):
    assert surge_words(a_surge(**fields)).replace(SPACE, " ") == said


def test_a_routed_question_says_whose_it_is_since_when_and_whether_they_were_asked(qapp, workspace: Workspace):
    ids = fill(workspace)
    with workspace.database.read() as reader:
        rows = {name: find_question(reader, ids[name], as_of=NOW) for name in ("routed", "old", "answered", "up")}
        near = find_thread(reader, ids["answered"])
    later = NOW + timedelta(days=3)
    said = routed_words(rows["routed"], None, now=later)
    assert "Person 4 Example" in said
    assert f"3{SPACE}days ago" in said
    assert "Nothing was written to them in the thread from here since." in said
    assert "You last wrote in the thread on" in routed_words(rows["routed"], NOW, now=later)
    assert {routed_words(rows[name], None, now=later) for name in ("old", "answered", "up")} == {""}
    assert (
        " · ".join(related_words(near).split(" · ")[1:]).replace(SPACE, " ")
        == "answered · 2 messages · \u2068Water\u2069"
    )
