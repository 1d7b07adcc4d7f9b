"""The verb plan: starting, listing, showing, cards."""

import pytest

from tests.cli.runs import DONE, USAGE, Desk

WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


def test_plan_is_started_shown_and_listed(desk: Desk):
    made = desk.rows("plan", "new", "Safe water", *WORDS, "--measure", "reply_rate=0.8", "--start", "2024-06-03")
    assert list(made) == ["id", "name", "purpose", "owner", "community", "starts_on", "objectives", "cards"]
    assert made["objectives"] == [{"title": "Reply rate", "measure": "reply_rate", "baseline": None, "target": 0.8}]
    assert list(made["cards"][0]) == ["id", "column", "title", "pillar", "owner", "due_on", "hours", "done_on"]
    assert len(made["cards"]) > 5
    assert desk.rows("plan", "show", "safe") == made
    (row,) = desk.rows("plan", "list")
    assert list(row) == ["name", "owner", "community", "starts_on", "todo", "doing", "done"]
    assert (row["name"], row["starts_on"], row["todo"]) == ("Safe water", "2024-06-03", len(made["cards"]))


def test_plan_begins_today_and_may_begin_empty(desk: Desk):
    made = desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    assert (made["starts_on"], made["cards"]) == ("2024-06-15", [])
    assert made["objectives"][0]["target"] is None


def test_cards_are_added_and_moved_by_title_or_id(desk: Desk):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    details = ("--owner", "Luis Ejemplo", "--due", "2024-07-01", "--hours", "1.5", "--pillar", "u_and_i")
    (card,) = desk.rows("plan", "card", "add", "P", "Ask three experts", *details)["cards"]
    assert card == {
        "id": card["id"], "column": "todo", "title": "Ask three experts", "pillar": "u_and_i", "owner": "Luis Ejemplo",
        "due_on": "2024-07-01", "hours": 1.5, "done_on": None,
    }  # fmt: skip
    (doing,) = desk.rows("plan", "card", "move", "P", "Ask three experts", "doing")["cards"]
    assert doing["column"] == "doing"
    (done,) = desk.rows("plan", "card", "move", "P", card["id"], "done")["cards"]
    assert (done["column"], done["done_on"]) == ("done", "2024-06-15")


def test_card_whose_title_two_cards_have_is_asked_for_by_id(desk: Desk):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    for _ in range(2):
        desk.rows("plan", "card", "add", "P", "Call")
    ran = desk.run("plan", "card", "move", "P", "Call", "done")
    assert ran.code == USAGE
    assert "more than one card" in ran.err


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


@pytest.mark.parametrize("hours", ["-1", "nan", "inf"])
def test_hours_that_are_none_are_refused(desk: Desk, hours: str):
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty")
    assert desk.run("plan", "card", "add", "P", "Call", f"--hours={hours}").code == USAGE
    assert desk.rows("plan", "show", "P")["cards"] == []


def test_names_in_every_script_go_in_and_come_out(desk: Desk):
    made = desk.rows(
        "plan", "new", "مياه آمنة 安全饮水", "--purpose", "جواب", "--owner", "示例", "--measure", "messages"
    )
    assert (made["name"], made["purpose"], made["owner"]) == ("مياه آمنة 安全饮水", "جواب", "示例")
    assert "安全饮水" in desk.run("plan", "list").out
