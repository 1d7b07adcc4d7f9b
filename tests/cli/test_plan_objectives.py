"""The verb plan objective: goals, their measures, and readings kept by hand."""

import json

import pytest

from tests.cli.runs import USAGE, Desk

WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a plan P and one goal."""
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty", "--start", "2024-06-03")
    return desk


def test_goal_is_added_with_its_baseline(planned: Desk):
    words = ("--measure", "reply_rate=0.8", "--kind", "improving", "--behaviour", "asking", "--behaviour", "answering")
    made = planned.rows("plan", "objective", "add", "P", "Answers", *words)
    added = made["objectives"][1]
    assert (added["title"], added["measure"], added["target"]) == ("Answers", "reply_rate", 0.8)
    assert added["baseline_coverage"] == 0.0
    assert made["touched"] == [
        {"what": "objective", "title": "Answers", "change": "new", "fields": [], "id": added["id"]}
    ]
    exported = planned.rows("plan", "export", "P")["objectives"][1]
    assert (exported["kind"], exported["tags"]["behaviour"]) == ("improving", ["asking", "answering"])
    assert exported["baseline"] is not None


def test_goal_without_a_title_is_called_as_its_measure(planned: Desk):
    made = planned.rows("plan", "objective", "add", "P", "--measure", "reply_rate")
    assert made["objectives"][1]["title"] == "Reply rate"


def test_goals_come_from_json(planned: Desk):
    path = planned.folder / "goals.json"
    goals = [{"title": "Attendance", "measure": "by_hand", "hand_unit": "people", "due_day": 60}]
    path.write_text(json.dumps(goals), encoding="utf-8")
    made = planned.rows("plan", "objective", "add", "P", "--json-in", path)
    assert (made["objectives"][1]["unit"], made["objectives"][1]["due_on"]) == ("people", "2024-08-02")


def test_readings_of_a_measure_kept_by_hand_show_at_once(planned: Desk):
    planned.rows("plan", "objective", "add", "P", "Attendance", "--measure", "by_hand=40", "--unit", "people")
    planned.rows("plan", "objective", "reading", "P", "Attendance", "12", "--on", "2024-06-03")
    made = planned.rows("plan", "objective", "reading", "P", "Attendance", "30.5", "--note", "Rain")
    attendance = made["objectives"][1]
    assert (attendance["baseline"], attendance["now"], attendance["target"]) == (12.0, 30.5, 40.0)
    assert made["touched"][0]["fields"] == ["readings"]
    made = planned.rows("plan", "objective", "reading", "P", "Attendance", "none")
    assert made["objectives"][1]["now"] == 12.0


def test_measure_of_the_mirror_is_never_typed(planned: Desk):
    ran = planned.run("plan", "objective", "reading", "P", "Messages", "3")
    assert (ran.code, "never typed" in ran.err) == (USAGE, True)


def test_fields_are_set_and_other_tags_stay(planned: Desk):
    planned.rows("plan", "objective", "set", "P", "Messages", "--risk", "holidays", "--target", "90")
    made = planned.rows("plan", "objective", "set", "P", "Messages", "--benefit", "speed", "--target", "none")
    assert made["objectives"][0]["target"] is None
    tags = planned.rows("plan", "export", "P")["objectives"][0]["tags"]
    assert (tags["risk"], tags["benefit"]) == (["holidays"], ["speed"])
    made = planned.rows("plan", "objective", "set", "P", "Messages", "--measure", "reply_rate", "--due", "day30")
    (goal,) = made["objectives"]
    assert (goal["measure"], goal["due_on"], goal["baseline_coverage"]) == ("reply_rate", "2024-07-03", 0.0)


def test_goal_is_changed_and_read_from_json(planned: Desk):
    planned.rows("plan", "objective", "add", "P", "Attendance", "--measure", "by_hand")
    path = planned.folder / "goal.json"
    path.write_text('{"target": 50, "readings": [{"on": "2024-06-10", "value": 9}]}', encoding="utf-8")
    made = planned.rows("plan", "objective", "set", "P", "Attendance", "--json-in", path)
    assert (made["objectives"][1]["target"], made["objectives"][1]["now"]) == (50.0, 9.0)


def test_goal_is_put_aside_but_never_the_last_one(planned: Desk):
    planned.rows("plan", "objective", "add", "P", "Answers", "--measure", "reply_rate")
    assert len(planned.rows("plan", "objective", "archive", "P", "Answers")["objectives"]) == 1
    assert planned.run("plan", "objective", "archive", "P", "Messages").code == USAGE
    assert len(planned.rows("plan", "objective", "archive", "P", "Answers", "--restore")["objectives"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "P"), "needs a title"),
        (("add", "P", "Fame"), "needs a measure"),
        (("add", "P", "Fame", "--measure", "fame"), "no measure “fame”"),
        (("set", "P", "Messages"), "Say what to set"),
        (("set", "P", "Fame", "--target", "1"), "no objective called “Fame”"),
        (("set", "P", "Messages", "--target", "nan"), "takes a number"),
        (("set", "P", "Messages", "--measure", "fame"), "no measure “fame”"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(planned: Desk, words: tuple[str, ...], said: str):
    ran = planned.run("plan", "objective", *words)
    assert ran.code == USAGE
    assert said in ran.err
