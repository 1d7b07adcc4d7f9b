"""Questions on the command line: the documented keys, and the numbers of the board in the window."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import DONE, USAGE, Desk
from workbench.models.kinds import AccountKind
from workbench.operations.questions import question_board, route_question
from workbench.queries.questions import QuestionState
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
KEYS = [
    "id",
    "state",
    "community",
    "subject",
    "author",
    "asked_at",
    "hours",
    "owner",
    "answerer",
    "answered_at",
    "is_accepted",
    "is_by_hand",
    "is_urgent",
    "from",
    "to",
    "known_until",
    "as_of",
]


def a_message(name: str, *, by: str, hours: float, text: str, to: str | None = None) -> MessageRecord:
    author = PersonRecord(by, f"{by.title()} Example")
    at = NOW - timedelta(hours=hours)
    return MessageRecord(name, "water", author, at, "Pumps", text, references=() if to is None else (to,))


@pytest.fixture(name="asked")
def a_desk_with_questions(desk: Desk) -> Desk:
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        messages = [
            a_message("q1", by="amina", hours=100, text="Which pump? #pumps"),
            a_message("q2", by="bruno", hours=10, text="Which tank? #pumps"),
            a_message("q3", by="chidi", hours=90, text="Which pipe? #pumps"),
            a_message("a3", by="dana", hours=88, text="This pipe. #pumps", to="q3"),
            a_message("n1", by="emil", hours=5, text="A note on pipes. #Pumps #rare"),
        ]
        workspace.mirror.apply(water, "messages", Batch(tuple(messages)))
        with workspace.database.read() as reader:
            first = reader.scalar("SELECT id FROM event WHERE remote_id = 'q1'")
        route_question(workspace, thread_id=first, owner="Dana Example")
    desk.clock = a_clock(NOW)
    return desk


def test_questions_have_the_documented_keys_and_the_oldest_first(asked: Desk):
    rows = asked.rows("questions")
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [(row["author"], row["state"], row["hours"], row["owner"]) for row in rows] == [
        ("Amina Example", "routed", 100.0, "Dana Example"),
        ("Bruno Example", "open", 10.0, ""),
    ]
    assert [row["author"] for row in asked.rows("questions", "--state", "late")] == ["Amina Example"]
    assert asked.rows("questions", "--state", "late", "--from", "2024-06-15") == []
    (answered,) = asked.rows("questions", "--state", "answered", "--community", "water")
    assert (answered["answerer"], answered["hours"]) == ("Dana Example", 2.0)
    days = {"from": "2024-06-15", "to": None}
    assert asked.rows("questions", "--from", "2024-06-15") == [row | days for row in rows[1:]]
    days = {"from": None, "to": "2024-06-15"}
    assert asked.rows("questions", "--to", "2024-06-15", "--limit", "1") == [row | days for row in rows[:1]]
    assert asked.run("questions", "--state", "abandoned").out.strip() == "No question there."
    assert asked.run("questions", "--state", "lost").code == USAGE


def test_the_numbers_are_those_of_the_board(asked: Desk):
    with a_workspace(asked.folder, clock=a_clock(NOW)) as workspace, workspace.database.read() as reader:
        board = question_board(reader, (), as_of=NOW)
    for state in QuestionState:
        rows = asked.rows("questions", "--state", state.value)
        assert [row["id"] for row in rows] == [row.id for row in board.columns[state]]
        assert len(rows) == board.counts[state]
    assert len(asked.rows("questions", "--state", "late")) == board.late == 1


def test_hashtags_of_few_people_are_not_printed(asked: Desk):
    (row,) = asked.rows("hashtags")
    assert list(row) == ["tag", "uses", "people", "offices", "communities", "last_at"]
    assert (row["tag"], row["uses"], row["people"]) == ("pumps", 5, 5)
    assert asked.run("hashtags").err == "1 of 2 hashtags: those that fewer than five people used are left out.\n"


def test_a_search_is_narrowed_by_its_options(asked: Desk):
    def authors(*words: str) -> list[str]:
        return sorted(row["author"].split()[0] for row in asked.rows("search", *words))

    assert authors("pipe") == ["Chidi", "Dana", "Emil"]
    assert authors("pipe", "--by", "dana") == ["Dana"]
    assert authors("pipe", "--kind", "question", "--answered") == ["Chidi"]
    assert authors("pipe", "--from", "2024-06-15") == ["Emil"]
    assert authors("#rare") == authors("pipe", "--unanswered") == ["Emil"]
    nobody = asked.run("search", "pipe", "--by", "Nobody Known")
    assert (nobody.code, "Nobody here is called" in nobody.err) == (USAGE, True)
    assert asked.run("search", "pipe", "--by", "amina").code == DONE
