"""People on the command line: the documented keys, joining and telling apart, and lists that say for whom they are."""

import pytest

from tests.builders import a_workspace
from tests.cli.runs import DONE, USAGE, Desk
from tests.sync.mirrored import a_message, a_person
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord

LISTED = [
    "id", "name", "office", "region", "organisation", "role", "languages", "time_zone", "topics", "communities",
    "last_at",
]  # fmt: skip


@pytest.fixture(name="peopled")
def a_desk_with_people(desk: Desk) -> Desk:
    with a_workspace(desk.folder) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        people = (
            a_person("a1", name="Amina Example", office="Lima", languages="Spanish", organisation="Example trust"),
            a_person("a2", name="A. Example", office="Lima"),
            a_person("b", name="Bruno Muster"),
            a_person("c", name="Bruno Muster"),
        )
        told = [
            a_message(f"m{number}", by=one, hours=number, text="On wells #wells") for number, one in enumerate(people)
        ]
        workspace.mirror.apply(water, "messages", Batch(tuple(told)))
    return desk


def test_people_are_listed_by_name_and_found_by_language_topic_or_organisation(peopled: Desk):
    rows = peopled.run("people", "list", "--json").json
    assert [row["name"] for row in rows] == ["A. Example", "Amina Example", "Bruno Muster", "Bruno Muster"]
    assert list(rows[1]) == LISTED
    assert rows[1]["topics"] == ["wells"]
    assert [row["name"] for row in peopled.run("people", "list", "--text", "spanish", "--json").json] == [
        "Amina Example"
    ]
    assert len(peopled.run("people", "list", "--text", "#wells", "--json").json) == 4
    external = ("people", "list", "--who", "external", "--json")
    assert [row["name"] for row in peopled.run(*external).json] == ["Amina Example"]
    assert "most are of Example trust" in peopled.run(*external).err
    assert peopled.run("people", "own", "--json").json == {
        "own_organisations": None, "most_people_have": "Example trust",
    }  # fmt: skip
    assert peopled.run("people", "own", "example  TRUST", "--json").json["own_organisations"] == ["example TRUST"]
    assert peopled.run(*external).json == []
    assert peopled.run("people", "own", "--none", "--json").json["own_organisations"] == []
    found = peopled.run(*external)
    assert ([row["name"] for row in found.json], "Nobody said" in found.err) == (["Amina Example"], False)


def test_two_are_joined_shown_as_one_and_told_apart_again(peopled: Desk):
    (same, _twins) = sorted(peopled.run("people", "same", "--json").json, key=lambda row: row["name"])
    assert (same["name"], same["other"]) == ("Amina Example", "A. Example")
    done = peopled.run("people", "merge", "amina example", same["other_id"], "--json")
    assert done.code == DONE
    assert (done.json["into"]["name"], done.json["merged"]["messages"]) == ("Amina Example", 1)
    shown = peopled.run("people", "show", "Amina Example", "--json").json
    assert (shown["messages"], shown["joined"]) == (2, [f"{same['other_id']}: A. Example"])
    assert peopled.run("people", "unmerge", "A. Example", "--json").json["name"] == "A. Example"
    assert peopled.run("people", "show", "Amina Example", "--json").json["messages"] == 1


def test_an_automatic_sender_is_counted_nowhere_until_that_is_taken_back(peopled: Desk):
    told = peopled.run("people", "robot", "A. Example", "--json").json
    assert list(told) == ["id", "name", "is_program", "typed", "told_by_source"]
    assert (told["name"], told["is_program"], told["typed"], told["told_by_source"]) == (
        "A. Example",
        True,
        True,
        False,
    )
    assert len(peopled.run("people", "list", "--json").json) == 3
    assert [row["name"] for row in peopled.run("people", "list", "--who", "programs", "--json").json] == ["A. Example"]
    assert peopled.run("people", "merge", "Amina Example", str(told["id"])).code == USAGE
    for word, typed in (("--not", False), ("--as-told", None)):
        assert peopled.run("people", "robot", "a. example", word, "--json").json["typed"] is typed
        assert len(peopled.run("people", "list", "--json").json) == 4
    assert peopled.run("people", "robot", "9999").code == USAGE


def test_a_name_that_several_have_or_nobody_is_refused(peopled: Desk):
    for name in ("Bruno Muster", "Nobody Here"):
        ran = peopled.run("people", "show", name)
        assert ran.code == USAGE
        assert name in ran.err


def test_who_knows_comes_with_threads(peopled: Desk):
    rows = peopled.run("people", "knows", "wells", "--json").json
    assert list(rows[0]) == ["id", "name", "office", "threads", "thanked", "proofs"]
    assert rows[0]["proofs"][0].endswith("Pumps")


def test_a_list_with_names_needs_a_recipient_and_a_purpose(peopled: Desk):
    out = peopled.folder / "people.csv"
    assert peopled.run("people", "export", "--out", out).code == USAGE
    assert not out.exists()
    ran = peopled.run(
        "people", "export", "--out", out, "--names-for", "The office", "--names-because", "A workshop", "--json"
    )
    assert ran.json == {"written": str(out), "people": 4}
    assert "A workshop" in out.read_text("utf-8-sig")
