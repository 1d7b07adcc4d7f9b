"""The verb `outbox`: list, add, retry, drop, for people and for programs."""

import io
import sys
from pathlib import Path

import pytest

from tests.builders import a_workspace
from tests.cli.runs import DONE, USAGE, Desk
from tests.platforms.world import a_world
from tests.sync.outbox_desk import Fault, WorldPoster
from tests.sync.outbox_desk import a_desk as an_outbox
from workbench.cli.outbox import OUTBOX
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import send_due


@pytest.fixture
def message(desk: Desk, tmp_path: Path) -> int:
    """A message of a platform that can be answered; its id."""
    with a_workspace(tmp_path) as workspace:
        return an_outbox(tmp_path, database=workspace.database, clock=workspace.clock).threads[0]


def test_answer_is_added_listed_and_dropped(desk: Desk, message: int):
    ran = desk.run("--json", "outbox", "add", "--reply-to", message, "We use a rope pump.")
    assert ran.code == DONE
    added = ran.json
    assert set(added) == set(OUTBOX)
    assert (added["state"], added["kind"], added["text"]) == ("queued", "reply", "We use a rope pump.")
    assert added["explanation"] == "It goes out with the next sync."
    assert desk.rows("outbox", "list") == [added]
    assert "Nobody is signed in to " in ran.err
    table = desk.run("outbox", "list").out
    assert "We use a rope pump." in table
    assert desk.run("--json", "outbox", "drop", added["id"]).json["id"] == added["id"]
    assert desk.rows("outbox", "list") == []
    assert "Nothing waits" in desk.run("outbox", "list").out


def test_topic_like_and_draft(desk: Desk, message: int):
    desk.rows("outbox", "add", "--topic-in", "Water points", "--subject", "News", "All is well.")
    desk.rows("outbox", "add", "--like", message)
    desk.rows("outbox", "add", "--reply-to", message, "--draft", "Not yet")
    rows = desk.rows("outbox", "list")
    assert [(row["kind"], row["state"]) for row in rows] == [
        ("topic", "queued"), ("like", "queued"), ("reply", "draft"),
    ]  # fmt: skip
    assert [row["text"] for row in desk.rows("outbox", "list", "--state", "draft")] == ["Not yet"]
    draft = rows[-1]["id"]
    assert desk.rows("outbox", "retry", draft)["state"] == "queued"


def test_text_is_read_from_the_standard_input(desk: Desk, message: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Zwei\nZeilen: ü\n".encode())))
    assert desk.rows("outbox", "add", "--reply-to", message, "-")["text"] == "Zwei\nZeilen: ü"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe")))
    assert desk.run("outbox", "add", "--reply-to", message, "-").code == USAGE
    monkeypatch.setattr(sys, "stdin", None)
    assert desk.run("outbox", "add", "--reply-to", message, "-").code == USAGE


def test_refused_item_is_told_and_tried_again(desk: Desk, message: int, tmp_path: Path):
    item = desk.rows("outbox", "add", "--reply-to", message, "Hi")["id"]
    with a_workspace(tmp_path) as workspace:
        poster = WorldPoster(a_world(messages=0), workspace.clock, faults=[Fault.REFUSED])
        send_due(workspace, account_id=1, connector=poster)
    (row,) = desk.rows("outbox", "list", "--state", "refused")
    assert row["explanation"] == "The platform did not accept it: “Too short”."
    assert row["needs_decision"] is True
    ran = desk.run("outbox", "retry", item[:30])
    assert ran.code == DONE
    assert "next sync" in ran.out
    assert desk.rows("outbox", "list")[0]["state"] == OutboxState.QUEUED


def test_what_may_have_arrived_is_dropped_only_by_somebody_who_says_so(desk: Desk, message: int, tmp_path: Path):
    item = desk.rows("outbox", "add", "--reply-to", message, "Hi")["id"]
    with a_workspace(tmp_path) as workspace:
        poster = WorldPoster(a_world(messages=0), workspace.clock, faults=[Fault.LOST_BEFORE])
        send_due(workspace, account_id=1, connector=poster)
    assert desk.rows("outbox", "list")[0]["state"] == OutboxState.UNKNOWN
    ran = desk.run("outbox", "drop", item)
    assert (ran.code, "may stand on the platform already" in ran.err) == (USAGE, True)
    assert desk.rows("outbox", "drop", item, "--yes")["id"] == item
    assert desk.rows("outbox", "list") == []


@pytest.mark.parametrize(
    "words",
    [
        ["add", "--reply-to", "999999", "words"],
        ["add", "--topic-in", "Elsewhere", "--subject", "x", "words"],
        ["add", "--topic-in", "Water points", "words"],
        ["retry", "absent"],
        ["drop", "absent"],
    ],
)
def test_what_cannot_be_done_is_told_in_words(desk: Desk, message: int, words: list[str]):
    ran = desk.run("outbox", *words)
    assert ran.code == USAGE
    assert ran.err.strip()
    assert desk.rows("outbox", "list") == []


def test_nothing_is_added_without_words(desk: Desk, message: int):
    assert desk.run("outbox", "add", "--reply-to", message).code == USAGE
