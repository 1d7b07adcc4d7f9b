"""`import table FILE`: columns guessed and named, open dates, trial, JSON, exit codes; the older options beside it."""

from pathlib import Path

import pytest

from tests.cli.runs import DONE, PARTLY, USAGE, Desk
from tests.sync.importers.table_files import FRENCH, csv_bytes, xlsx_bytes


def a_file(desk: Desk, rows: list[list[str]] = FRENCH, name: str = "members.csv") -> Path:
    path = desk.folder / name
    path.write_bytes(csv_bytes(rows, separator=";", encoding="cp1252"))
    return path


def test_trial_writes_nothing_and_says_everything(bare_desk: Desk):
    words = ("import", "table", a_file(bare_desk), "--community", "Eau", "--dry-run")
    assert bare_desk.run(*words).code == USAGE
    ran = bare_desk.run(*words, "--day-first", "--json")
    assert ran.code == DONE
    assert ran.json == {
        "kind": "members",
        "columns": {
            "Nom": "name",
            "Prénom": "given",
            "Courriel": "address",
            "Date d'inscription": "joined",
            "Pays": "office",
        },
        "day_order": "day",
        "sheet": None,
        "rows": 3,
        "people": 3,
        "left_out": 1,
        "rejected": 0,
        "first": None,
        "last": None,
        "held_back": [],
    }
    assert "3 rows can be read, of 3 people." in bare_desk.run(*words, "--day-first").out
    assert not bare_desk.profile.exists()


def test_import_makes_the_profile_and_remembers_the_answer(bare_desk: Desk):
    words = ("import", "table", a_file(bare_desk), "--community", "Eau")
    refused = bare_desk.run(*words)
    assert (refused.code, "--day-first or --month-first" in refused.err) == (USAGE, True)
    assert "“05/01/2024” (line " in refused.err
    assert not bare_desk.profile.exists()
    (first,) = bare_desk.rows(*words, "--month-first")
    assert (first["state"], first["added"]) == ("done", 3)
    (second,) = bare_desk.rows(*words)
    assert (second["state"], second["added"]) == ("done", 0)
    assert bare_desk.run(*words, "--dry-run", "--json").json["day_order"] == "month"
    assert {row["name"] for row in bare_desk.rows("members")} == {
        "Amélie Exemple",
        "François Modèle",
        "Zoé Échantillon",
    }


def test_columns_can_be_named_and_rows_that_fail_are_listed(desk: Desk):
    rows = [
        ["Who", "When", "What", "Where"],
        ["Amina Example", "2024-01-05", "Hello", "Lima"],
        ["Bo Sample", "soon", "Hi", ""],
    ]
    path = a_file(desk, rows)
    named = (
        "--kind",
        "posts",
        "--map",
        "who=name",
        "--map",
        "WHEN=date",
        "--map",
        "What=text",
        "--map",
        "Where=nothing",
    )
    ran = desk.run("import", "table", path, "--community", "Water", *named, "--dry-run")
    assert ran.code == PARTLY
    assert "line 3: the date cannot be read" in ran.out
    assert desk.run("import", "table", path, "--community", "Water", *named).code == PARTLY
    (message,) = desk.rows("messages")
    assert message["author"] == "Amina Example"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--map", "Nobody=name"], "no column “Nobody”; the table has Nom, Prénom"),
        (["--map", "Nom=text"], "column of members cannot be “text”; known are name"),
        (["--sheet", "Two"], "one FILE"),
        (["--events", "x.csv"], "one FILE"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(desk: Desk, words: list[str], reason: str):
    file = [] if words[0] == "--sheet" else [a_file(desk)]
    ran = desk.run("import", "table", *file, "--community", "Eau", "--day-first", "--dry-run", *words)
    assert (ran.code, reason in ran.err) == (USAGE, True)


def test_sheet_is_chosen_by_name(desk: Desk):
    path = desk.folder / "book.xlsx"
    path.write_bytes(
        xlsx_bytes({"Members": [["Name", "Role"], ["Amina", "Lead"]], "Old": [["Name", "Role"], ["Bo", "x"]]})
    )
    found = desk.run("import", "table", path, "--community", "W", "--sheet", "Old", "--dry-run", "--json").json
    assert (found["sheet"], found["rows"]) == ("Old", 1)
    ran = desk.run("import", "table", path, "--community", "W", "--sheet", "New", "--dry-run")
    assert (ran.code, "no sheet called New" in ran.err) == (USAGE, True)


def test_import_is_taken_out_again_by_forgetting_its_account(desk: Desk):
    path = a_file(desk)
    assert desk.run("import", "table", path, "--community", "Eau", "--day-first").code == DONE
    assert desk.run("account", "forget", "Eau", "--yes").code == DONE
    assert desk.rows("communities") == []
    assert desk.rows("members") == []
