"""The verb plan checkpoint: writing into day 30, 60 and 90, and closing one."""

import pytest

from tests.cli.runs import DONE, USAGE, Desk
from workbench.cli.plan_rows import CHECKPOINTS

WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a plan P in its second week, with a measure kept by hand."""
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty", "--start", "2024-06-03")
    desk.rows("plan", "objective", "add", "P", "Attendance", "--measure", "by_hand=40")
    desk.rows("plan", "objective", "reading", "P", "Attendance", "12")
    return desk


def test_words_are_written_down_and_shown(planned: Desk):
    made = planned.rows("plan", "checkpoint", "set", "P", "30", "--worked", "Calls", "--next", "More calls")
    assert made["touched"] == [
        {
            "what": "checkpoint",
            "title": "Day 30",
            "change": "changed",
            "fields": ["what_worked", "next_steps"],
            "id": "30",
        }
    ]
    (row,) = planned.rows("plan", "checkpoint", "show", "P", "30")
    assert tuple(row) == CHECKPOINTS
    assert (row["what_worked"], row["next_steps"], row["measures"], row["locked_at"]) == (
        "Calls",
        "More calls",
        [],
        None,
    )
    assert [row["day"] for row in planned.rows("plan", "checkpoint", "show", "P")] == [30, 60, 90]


def test_closed_checkpoint_keeps_its_numbers_and_takes_no_more(planned: Desk):
    made = planned.rows("plan", "checkpoint", "lock", "P", "30", "--decisions", "Go on")
    first = made["checkpoints"][0]
    assert [(each["title"], each["value"]) for each in first["measures"]] == [("Messages", None), ("Attendance", 12.0)]
    assert (first["decisions"], first["locked_at"], first["locked_by"]) == ("Go on", "2024-06-15T12:00:00Z", "you")
    for words in (("set", "P", "30", "--decisions", "Stop"), ("lock", "P", "30")):
        ran = planned.run("plan", "checkpoint", *words)
        assert (ran.code, "locked with its numbers" in ran.err) == (USAGE, True)


def test_people_read_the_numbers_of_a_closed_one(planned: Desk):
    planned.rows("plan", "checkpoint", "lock", "P", "30", "--decisions", "Go on")
    ran = planned.run("plan", "checkpoint", "show", "P")
    assert ran.code == DONE
    assert "  Attendance: 12" in ran.out
    assert "  Messages: not known" in ran.out
    assert "Go on" in planned.run("plan", "show", "P").out


def test_words_come_from_json(planned: Desk):
    path = planned.folder / "day.json"
    path.write_text('{"day": 60, "decisions": "Go on"}', encoding="utf-8")
    made = planned.rows("plan", "checkpoint", "set", "P", "60", "--json-in", path)
    assert made["checkpoints"][1]["decisions"] == "Go on"
    path.write_text('{"mood": "good"}', encoding="utf-8")
    assert "no field named mood" in planned.run("plan", "checkpoint", "set", "P", "60", "--json-in", path).err


def test_nothing_to_write_is_said(planned: Desk):
    ran = planned.run("plan", "checkpoint", "set", "P", "60")
    assert (ran.code, "Say what to write down" in ran.err) == (USAGE, True)
    assert planned.run("plan", "checkpoint", "set", "P", "45", "--next", "x").code == USAGE
