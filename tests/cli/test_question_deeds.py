"""What is done to questions on the command line, and that the board of the window has it the same way."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import USAGE, Desk
from workbench.models.kinds import AccountKind
from workbench.operations.questions import question_board
from workbench.queries.questions import QuestionState
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
KEYS = ["id", "community", "subject", "state", "owner", "is_by_hand", "is_urgent"]


@pytest.fixture(name="asked")
def a_desk_with_a_question(desk: Desk) -> Desk:
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        told = (("amina", 30, "Which pump?"), ("bruno", 20, "A note."), ("brian", 10, "Another note."))
        messages = tuple(
            MessageRecord(
                name, "water", PersonRecord(name, f"{name.title()} Example"), NOW - timedelta(hours=hours), "Pumps", text
            )
            for name, hours, text in told
        )  # fmt: skip
        workspace.mirror.apply(water, "messages", Batch(messages))
    desk.clock = a_clock(NOW)
    return desk


DEEDS = (
    (("route", 1, "--to", "bru"), "routed", {"owner": "Bruno Example"}),
    (("route", 1, "--to", "Zed Elsewhere"), "routed", {"owner": "Zed Elsewhere"}),
    (("answered", 1), "answered", {}),
    (("answered", 1, "--by-hand"), "answered", {"is_by_hand": True}),
    (("abandoned", 1), "abandoned", {}),
    (("urgent", 1), "open", {"is_urgent": True}),
)


def test_a_deed_is_on_the_board_of_the_window_until_it_is_taken_back(asked: Desk):
    for words, state, told in DEEDS:
        row = asked.rows("questions", *words)
        usual = dict(zip(KEYS, (1, "Water", "Pumps", state, "", False, False), strict=True))
        assert (list(row), row) == (KEYS, usual | told)
        with a_workspace(asked.folder, clock=a_clock(NOW)) as workspace, workspace.database.read() as reader:
            (shown,) = question_board(reader, (), as_of=NOW).columns[QuestionState(state)]
        assert {key: getattr(shown, key) for key in KEYS} == row
        back = ("urgent", 1, "--not") if words[0] == "urgent" else ("reopen", 1)
        assert asked.rows("questions", *back) == usual | {"state": "open"}


def test_what_is_no_question_can_be_routed_and_several_of_a_name_or_no_thread_are_refused(asked: Desk):
    assert asked.rows("questions", "route", 2, "--to", "Amina Example")["state"] == "routed"
    assert asked.rows("questions", "reopen", 2)["state"] is None
    ran = asked.run("questions", "route", 1, "--to", "Br")
    assert (ran.code, "name one of them by id: 3, 2" in ran.err) == (USAGE, True)
    assert asked.run("questions", "abandoned", 99).code == USAGE


def test_the_limit_and_what_is_listened_for_are_set_and_taken_back(asked: Desk):
    assert asked.rows("questions", "--state", "late") == []
    assert [asked.rows("questions", "limit", *given) for given in ((), (24,), ())] == [
        {"hours": hours} for hours in (48, 24, 24)
    ]
    assert len(asked.rows("questions", "--state", "late")) == 1
    assert asked.run("questions", "limit", 36).code == USAGE
    (row,) = asked.rows("questions", "listen", "pump handle", "--to", "amina", "--community", "water")
    assert row == {"name": "pump handle", "words": "pump handle", "owner": "Amina Example", "new": 0, "looked_at": None}
    assert asked.run("questions", "listen", "Pump Handle", "--community", "water").code == USAGE
    assert [row["owner"] for row in asked.rows("questions", "listen", "pump handle", "--to", "none")] == [""]
    assert asked.rows("questions", "listen", "pump handle", "--stop") == []
    assert [asked.run("questions", "listen", *words).code for words in (("gone", "--stop"), ("--stop",))] == [USAGE] * 2
