"""The verb plan: starting, listing, showing, changing, archiving, handing on."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import a_workspace
from tests.cli.runs import DONE, USAGE, Desk
from workbench.cli.plan_rows import CARDS
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord

SHOWN = [
    "id", "name", "purpose", "owner", "community", "is_mirrored", "starts_on", "day", "is_archived", "objectives", "cards",
    "checkpoints",
]  # fmt: skip
WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


def test_plan_is_started_shown_and_listed(desk: Desk):
    made = desk.rows("plan", "new", "Safe water", *WORDS, "--measure", "reply_rate=0.8", "--start", "2024-06-03")
    assert list(made) == SHOWN
    (objective,) = made["objectives"]
    assert objective == {
        "id": objective["id"], "title": "Reply rate", "measure": "reply_rate", "unit": "", "baseline": None,
        "baseline_coverage": 0.0, "now": None, "now_coverage": 0.0, "target": 0.8, "due_on": None,
    }  # fmt: skip
    assert tuple(made["cards"][0]) == CARDS
    assert len(made["cards"]) > 5
    assert [each["day"] for each in made["checkpoints"]] == [30, 60, 90]
    assert made["day"] == "day 12 of 90"
    assert desk.rows("plan", "show", "safe") == made
    (row,) = desk.rows("plan", "list")
    assert list(row) == ["name", "owner", "community", "starts_on", "todo", "doing", "done", "is_mirrored"]
    assert (row["name"], row["starts_on"], row["todo"]) == ("Safe water", "2024-06-03", len(made["cards"]))


def test_plan_begins_today_and_may_begin_empty(desk: Desk):
    made = desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    assert (made["starts_on"], made["cards"]) == ("2024-06-15", [])
    assert made["objectives"][0]["target"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--owner", "o", "--measure", "messages"], "needs a purpose"),
        (["--purpose", "  ", "--owner", "o", "--measure", "messages"], "needs a purpose"),
        (["--purpose", "p", "--measure", "messages"], "needs an owner"),
        (["--purpose", "p", "--owner", "o"], "at least one measure"),
        (["--purpose", "p", "--owner", "o", "--measure", "fame"], "There is no measure “fame”"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages=much"], "“much” is not a number"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages=nan"], "takes a number"),
        (["--purpose", "p", "--owner", "o", "--measure", "by_hand=30"], "needs a title"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--set", "fame=1"], "no field named fame"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--set", "weekly_hours=x"], "takes a number"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--template", "x"], "no template “x”"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--after", "x"], "no plan called “x”"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--community", "X"], "no community called “X”"),
        (["--purpose", "p", "--owner", "o", "--measure", "messages", "--start", "1950-01-01"], "can start from"),
    ],
)
def test_plan_that_lacks_something_is_refused_with_the_reason(desk: Desk, words: list[str], said: str):
    ran = desk.run("plan", "new", "P", *words)
    assert ran.code == USAGE
    assert said in ran.err
    assert desk.rows("plan", "list") == []


def test_second_plan_of_the_same_name_is_refused(desk: Desk):
    assert desk.run("plan", "new", "P", *WORDS, "--measure", "messages").code == DONE
    ran = desk.run("plan", "new", "p", *WORDS, "--measure", "messages")
    assert ran.code == USAGE
    assert "Another plan has this name" in ran.err


def test_names_in_every_script_go_in_and_come_out(desk: Desk):
    made = desk.rows(
        "plan", "new", "مياه آمنة 安全饮水", "--purpose", "جواب", "--owner", "示例", "--measure", "messages"
    )
    assert (made["name"], made["purpose"], made["owner"]) == ("مياه آمنة 安全饮水", "جواب", "示例")
    assert "安全饮水" in desk.run("plan", "list").out


def test_baseline_of_few_known_days_is_warned_of(desk: Desk):
    ran = desk.run("plan", "new", "P", *WORDS, "--measure", "messages")
    assert ran.code == DONE
    assert "Nothing of the 90 days before day 0 is known here; the baseline says so." in ran.err
    with a_workspace(desk.folder) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        last = workspace.clock.now().date()
        known = DayRange(last - timedelta(days=28), last)
        workspace.mirror.apply(water, "events", Batch((), covered=(known,)))
    ran = desk.run("--json", "plan", "new", "Q", *WORDS, "--measure", "messages", "--community", "Water")
    assert "Only 31 % of the 90 days before day 0 is known here; the baseline says so." in ran.err
    assert ran.json["objectives"][0]["baseline_coverage"] == pytest.approx(28 / 90)


def a_described(desk: Desk, described: Any) -> str:
    """A file with this JSON."""
    path = desk.folder / "described.json"
    path.write_text(json.dumps(described), encoding="utf-8")
    return str(path)


DESCRIBED = {
    "plan": {
        "name": "Safe water",
        "purpose": "Every question is answered",
        "owner": "Amina Example",
        "starts_on": "2024-06-03",
        "sponsor": "Dina Placeholder",
        "roles": [{"role": "Facilitator", "holder": "Luis Ejemplo"}],
        "weekly_hours": 4,
    },
    "objectives": [
        {"id": "replies", "title": "Answers", "measure": "reply_rate", "target": 0.8, "tags": {"risk": ["holidays"]}},
        {
            "title": "Attendance",
            "measure": "by_hand",
            "hand_unit": "people",
            "readings": [{"on": "2024-06-03", "value": 12}],
        },
    ],
    "cards": [
        {"title": "Call three experts", "due_day": 5, "objective_id": "replies", "checklist": ["One", "Two"]},
        {
            "title": "Hold office hours",
            "due_day": 7,
            "recurrence": {"every_days": 7, "until_day": 28},
            "evidence": [{"kind": "link", "title": "Notes", "value": "https://example.org/notes"}],
        },
    ],
}


def test_whole_plan_is_described_in_json(desk: Desk):
    made = desk.rows("plan", "new", "--json-in", a_described(desk, DESCRIBED))
    assert (made["name"], made["day"]) == ("Safe water", "day 12 of 90")
    replies, attendance = made["objectives"]
    assert (replies["target"], attendance["unit"], attendance["baseline"]) == (0.8, "people", 12.0)
    call, *hours = made["cards"]
    assert (call["objective_id"], call["due_on"], call["checks"]) == (replies["id"], "2024-06-10", 2)
    assert [card["due_on"] for card in hours] == ["2024-06-10", "2024-06-17", "2024-06-24", "2024-07-01"]


def test_options_win_over_the_json(desk: Desk):
    words = ("--owner", "Bilal Example", "--set", "sponsor=Nobody", "--template", "empty")
    made = desk.rows("plan", "new", "Other water", *words, "--json-in", a_described(desk, DESCRIBED))
    assert (made["name"], made["owner"], len(made["cards"])) == ("Other water", "Bilal Example", 5)


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ([], "the plan is not an object"),
        ({"fame": 1}, "no part named fame"),
        (DESCRIBED | {"plan": {"name": "x", "fame": 1}}, "no field named fame"),
        (DESCRIBED | {"plan": {"name": "x", "starts_on": "soon"}}, "plan.starts_on is not a day"),
        (DESCRIBED | {"objectives": []}, "at least one measure"),
        (DESCRIBED | {"objectives": [{"title": "x"}]}, "objectives[0]"),
        (
            DESCRIBED | {"objectives": [{"title": "x", "measure": "messages", "tags": {"mood": []}}]},
            "no tag named mood",
        ),
        (DESCRIBED | {"cards": [{"title": "x"}, {"column": "later"}]}, "cards[1]"),
        (DESCRIBED | {"cards": [{"title": "x", "recurrence": {"every_days": 0}}]}, "comes back every"),
        (DESCRIBED | {"cards": [{"title": "x", "checklist": "y"}]}, "cards[0].checklist is not a list"),
    ],
)
def test_json_that_is_no_plan_is_refused_with_the_place(bare_desk: Desk, described: Any, said: str):
    ran = bare_desk.run("plan", "new", "--json-in", a_described(bare_desk, described))
    assert ran.code == USAGE
    assert said in ran.err
    assert not bare_desk.profile.exists()


def test_file_that_is_not_json_or_not_there_is_said(desk: Desk):
    (desk.folder / "noise").write_bytes(b"{")
    assert "is not JSON" in desk.run("plan", "new", "--json-in", desk.folder / "noise").err
    assert desk.run("plan", "new", "--json-in", desk.folder / "nothing").code != DONE


def test_plan_itself_is_changed_field_by_field(desk: Desk):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    made = desk.rows("plan", "set", "P", "--set", "name=Q", "--set", "starts_on=2024-06-03", "--role", "Host=Amina")
    assert (made["name"], made["starts_on"]) == ("Q", "2024-06-03")
    (touched,) = [row for row in made["touched"] if row["what"] == "plan"]
    assert touched == {
        "what": "plan",
        "title": "Q",
        "change": "changed",
        "fields": ["name", "starts_on", "roles"],
        "id": "",
    }
    assert "Nothing changed" in desk.run("plan", "set", "Q", "--set", "name=Q").out
    assert desk.run("plan", "set", "Q").code == USAGE
    assert desk.run("plan", "set", "Q", "--set", "owner=").code == USAGE


def test_plan_is_archived_and_taken_up_again(desk: Desk):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages")
    assert desk.rows("plan", "archive", "P")["is_archived"]
    assert desk.rows("plan", "list") == []
    assert len(desk.rows("plan", "list", "--archived")) == 1
    assert not desk.rows("plan", "archive", "P", "--restore")["is_archived"]


def test_next_plan_begins_with_what_the_last_one_hands_on(desk: Desk):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    for title in ("Call", "Write"):
        desk.rows("plan", "card", "add", "P", title)
    desk.rows("plan", "card", "move", "P", "Call", "done")
    desk.rows("plan", "set", "P", "--set", "lessons=Ask sooner")
    handed_on = desk.rows("plan", "carry-over", "P")
    assert list(handed_on) == ["follows", "name", "lessons", "worked", "did_not_work", "cards"]
    assert [card["title"] for card in handed_on["cards"]] == ["Read what “P” taught", "Write"]
    assert "Ask sooner" in desk.run("plan", "carry-over", "P").out
    made = desk.rows("plan", "new", "Q", *WORDS, "--measure", "messages", "--after", "P")
    assert [card["title"] for card in made["cards"]] == ["Read what “P” taught", "Write"]
