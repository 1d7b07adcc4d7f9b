"""The verb plan card: adding, changing, moving and archiving cards."""

import json

import pytest

from tests.cli.runs import DONE, USAGE, Desk
from workbench.cli.plan_rows import CARDS

WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a plan P without cards, which begins on Monday 3 June."""
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages", "--template", "empty", "--start", "2024-06-03")
    return desk


def test_cards_are_added_and_moved_by_title_or_id(planned: Desk):
    details = ("--owner", "Luis Ejemplo", "--due", "2024-07-01", "--hours", "1.5", "--pillar", "u_and_i")
    made = planned.rows("plan", "card", "add", "P", "Ask three experts", *details)
    (card,) = made["cards"]
    assert card == dict.fromkeys(CARDS) | {
        "id": card["id"], "column": "todo", "title": "Ask three experts", "kind": "activity", "pillar": "u_and_i",
        "owner": "Luis Ejemplo", "promised_to": "", "due_on": "2024-07-01", "hours": 1.5, "checked": 0, "checks": 0,
        "came_of": "", "has_conflict": False,
    }  # fmt: skip
    assert made["touched"] == [
        {"what": "card", "title": "Ask three experts", "change": "new", "fields": [], "id": card["id"]}
    ]
    (doing,) = planned.rows("plan", "card", "move", "P", "Ask three experts", "doing")["cards"]
    assert doing["column"] == "doing"
    (done,) = planned.rows("plan", "card", "move", "P", card["id"], "done")["cards"]
    assert (done["column"], done["done_on"]) == ("done", "2024-06-15")


def test_people_read_what_was_touched(planned: Desk):
    ran = planned.run("plan", "card", "add", "P", "Call")
    assert ran.code == DONE
    assert ran.out.splitlines()[2].startswith("card  Call   new")
    assert "column, done_on" in planned.run("plan", "card", "move", "P", "Call", "done").out


def test_card_goes_to_the_place_that_is_named(planned: Desk):
    for title in ("One", "Two", "Three"):
        planned.rows("plan", "card", "add", "P", title)
    made = planned.rows("plan", "card", "move", "P", "Three", "todo", "--place", "2")
    assert [card["title"] for card in made["cards"]] == ["One", "Three", "Two"]


def test_card_whose_title_two_cards_have_is_asked_for_by_id(planned: Desk):
    for _ in range(2):
        planned.rows("plan", "card", "add", "P", "Call")
    ran = planned.run("plan", "card", "move", "P", "Call", "done")
    assert ran.code == USAGE
    assert "more than one card" in ran.err


@pytest.mark.parametrize("hours", ["-1", "nan", "inf"])
def test_hours_that_are_none_are_refused(planned: Desk, hours: str):
    assert planned.run("plan", "card", "add", "P", "Call", f"--hours={hours}").code == USAGE
    assert planned.rows("plan", "show", "P")["cards"] == []


def test_several_cards_come_from_json(planned: Desk):
    cards = [{"title": "Call", "due_day": 1}, {"title": "Write", "kind": "commitment", "promised_to": "Bilal Example"}]
    path = planned.folder / "cards.json"
    path.write_text(json.dumps(cards), encoding="utf-8")
    made = planned.rows("plan", "card", "add", "P", "--owner", "Amina Example", "--json-in", path)
    assert [(card["title"], card["owner"]) for card in made["cards"]] == [
        ("Call", "Amina Example"),
        ("Write", "Amina Example"),
    ]
    assert made["cards"][1]["promised_to"] == "Bilal Example"


def test_cards_of_an_export_are_taken_as_they_are(planned: Desk):
    planned.rows("plan", "card", "add", "P", "Call", "--due", "day5", "--check", "One", "--evidence", "number=7")
    exported = planned.rows("plan", "export", "P")["cards"]
    path = planned.folder / "cards.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    planned.rows("plan", "new", "Q", *WORDS, "--measure", "messages", "--template", "empty", "--start", "2024-06-10")
    (card,) = planned.rows("plan", "card", "add", "Q", "--json-in", path)["cards"]
    assert (card["title"], card["due_on"], card["checks"]) == ("Call", "2024-06-17", 1)


def test_fields_are_set_and_taken_away(planned: Desk):
    planned.rows("plan", "card", "add", "P", "Call", "--due", "day5", "--hours", "2", "--channel", "call")
    words = ("--due", "none", "--hours", "none", "--channel", "none", "--objective", "Messages", "--title", "Ring")
    made = planned.rows("plan", "card", "set", "P", "Call", *words)
    (card,) = made["cards"]
    assert (card["title"], card["due_on"], card["hours"], card["channel"]) == ("Ring", None, None, None)
    assert card["objective_id"] == made["objectives"][0]["id"]
    fields = {"title", "due_on", "due_day", "hours", "channel", "objective_id"}
    assert set(made["touched"][0]["fields"]) == fields


def test_lines_are_ticked_off_by_their_words(planned: Desk):
    planned.rows("plan", "card", "add", "P", "Call", "--check", "One", "--check", "Two")
    (card,) = planned.rows("plan", "card", "set", "P", "Call", "--tick", "One", "--check", "Three")["cards"]
    assert (card["checked"], card["checks"]) == (1, 3)
    (card,) = planned.rows("plan", "card", "set", "P", "Call", "--untick", "One")["cards"]
    assert card["checked"] == 0
    ran = planned.run("plan", "card", "set", "P", "Call", "--tick", "Four", "--owner", "Bilal Example")
    assert (ran.code, "no line that says “Four”" in ran.err) == (USAGE, True)
    assert planned.rows("plan", "show", "P")["cards"][0]["owner"] == ""


def test_evidence_is_kept_by_its_kind(planned: Desk):
    planned.rows("plan", "card", "add", "P", "Call")
    planned.rows("plan", "card", "set", "P", "Call", "--evidence", "link=https://example.org/notes")
    (card,) = planned.rows("plan", "export", "P")["cards"]
    (shown,) = card["evidence"]
    assert (shown["kind"], shown["value"]) == ("link", "https://example.org/notes")
    assert planned.run("plan", "card", "set", "P", "Call", "--evidence", "rumour=x").code == USAGE


def test_one_time_or_all_times_of_a_series_change(planned: Desk):
    made = planned.rows("plan", "card", "add", "P", "Call", "--due", "day7", "--every", "7", "--until", "21")
    assert [card["due_on"] for card in made["cards"]] == ["2024-06-10", "2024-06-17", "2024-06-24"]
    second = made["cards"][1]["id"]
    made = planned.rows("plan", "card", "set", "P", second, "--owner", "Luis Ejemplo")
    assert [card["owner"] for card in made["cards"]] == ["", "Luis Ejemplo", ""]
    made = planned.rows("plan", "card", "set", "P", "Call", "--all-times", "--owner", "Amina Example")
    assert {card["owner"] for card in made["cards"]} == {"Amina Example"}
    assert len(made["touched"]) == 3
    made = planned.rows("plan", "card", "set", "P", "Call", "--all-times", "--every", "none")
    assert len([card for card in made["cards"] if card["owner"]]) < 3


def test_cards_are_archived_together_and_put_back(planned: Desk):
    for title in ("One", "Two", "Three"):
        planned.rows("plan", "card", "add", "P", title)
    made = planned.rows("plan", "card", "archive", "P", "One", "Three")
    assert [card["title"] for card in made["cards"]] == ["Two"]
    assert [row["fields"] for row in made["touched"]] == [["is_archived"], ["is_archived"]]
    assert len(planned.rows("plan", "card", "archive", "P", "One", "--restore")["cards"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "P"), "A card needs a title."),
        (("add", "P", "Call", "--until", "30"), "both --every and --until"),
        (("add", "P", "Call", "--every", "400"), "comes back every 1 to"),
        (("add", "P", "Call", "--objective", "Fame"), "no objective called “Fame”"),
        (("add", "P", "Call", "--check", " "), "needs words"),
        (("set", "P", "Nothing", "--owner", "x"), "no card called “Nothing”"),
        (("set", "P", "Nothing"), "Say what to set"),
        (("archive", "P", "Nothing"), "no card called “Nothing”"),
        (("add", "Q", "Call"), "no plan called “Q”"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(planned: Desk, words: tuple[str, ...], said: str):
    ran = planned.run("plan", "card", *words)
    assert ran.code == USAGE
    assert said in ran.err


def test_json_of_several_cards_changes_none(planned: Desk):
    planned.rows("plan", "card", "add", "P", "Call")
    path = planned.folder / "cards.json"
    path.write_text('[{"owner": "x"}, {"owner": "y"}]', encoding="utf-8")
    assert planned.run("plan", "card", "set", "P", "Call", "--json-in", path).code == USAGE
