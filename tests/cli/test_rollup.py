"""The verb `rollup`: what it prints and how it ends."""

import pytest

from tests.builders import a_workspace
from tests.cli.runs import DONE, FAILED, PARTLY, USAGE, Desk, a_desk
from tests.two_places import SERVED, postgres_server, server_address
from workbench.operations.partners import add_partner, own_identity

__all__ = ["postgres_server", "server_address"]


@pytest.fixture
def two(tmp_path, capsys):
    """An office and its headquarters, partners of each other, with a folder between them."""
    (tmp_path / "ken").mkdir()
    (tmp_path / "hq").mkdir()
    office, headquarters = (a_workspace(tmp_path / name) for name in ("ken", "hq"))
    add_partner(office, own_identity(headquarters, name="Headquarters Example"))
    add_partner(headquarters, own_identity(office, name="Nairobi"))
    office.close()
    headquarters.close()
    (tmp_path / "stick").mkdir()
    return a_desk(tmp_path / "ken", capsys), a_desk(tmp_path / "hq", capsys), tmp_path / "stick"


def told(office: Desk, stick, *, plan: str = "Safe water") -> None:
    """A file of the office, with one plan in it."""
    assert office.run("rollup", "office", "--code", "KEN", "--name", "Kenya").code == DONE
    new = office.run(
        "plan", "new", plan, "--purpose", "Answer faster", "--owner", "Amina Example", "--measure", "reply_rate=0.8"
    )
    assert new.code == DONE, new.err
    written = office.run("--json", "rollup", "export", stick, "--to", "Headquarters Example")
    assert (written.code, written.json["sequence"]) == (DONE, 1)
    assert written.json["size"] < 11_000


def test_a_file_goes_from_an_office_to_the_table(two, tmp_path):
    office, headquarters, stick = two
    told(office, stick)
    (tmp_path / "offices.csv").write_text("code,name,country\nken,Kenya,Kenya\nuga,Uganda,Uganda\n", encoding="utf-8")
    listed = headquarters.run("--json", "rollup", "offices", "import", tmp_path / "offices.csv")
    assert [(row["office_id"], row["heard_at"], row["plans"]) for row in listed.json] == [
        ("ken", None, None),
        ("uga", None, None),
    ]
    taken = headquarters.run("--json", "rollup", "import", stick)
    assert taken.json == {"taken": 1, "unchanged": 0, "offices": 1, "set_aside": [], "missing": []}
    again = headquarters.run("rollup", "import", stick)
    assert (again.code, "unchanged  1" in again.out) == (DONE, True)
    report = headquarters.run("rollup", "report")
    assert report.out.startswith("1 of 2 offices, newest today, oldest today. As of 2024-06-15 12:00.")
    assert "Safe water" in report.out
    assert "Nothing came from: Uganda." in report.err
    as_json = headquarters.run("--json", "rollup", "report").json
    assert (as_json["expected"], as_json["heard"], as_json["measures"][0]["measure"]) == (2, 1, "reply_rate")
    one = headquarters.run("--json", "rollup", "report", "--office", "KEN", "--plan", "Safe water")
    assert (one.json["office"], one.json["objectives"][0]["target"], len(one.json["checkpoints"])) == ("Kenya", 0.8, 3)
    shown = headquarters.run("rollup", "report", "--office", "ken", "--plan", as_json["plans"][0]["plan_id"])
    assert "reply_rate" in shown.out
    for ending in ("xlsx", "csv"):
        written = headquarters.run("--json", "rollup", "report", "--out", tmp_path / f"rollup.{ending}")
        assert written.json["size"] == (tmp_path / f"rollup.{ending}").stat().st_size


def test_all_that_would_leave_can_be_looked_at_first(two, tmp_path):
    office, _headquarters, stick = two
    told(office, stick)
    seen = office.run("rollup", "export", "--preview", "--weeks", "1")
    lines = office.run("--json", "rollup", "export", "--preview", "--weeks", "1").json["lines"]
    assert [line["is"] for line in lines] == ["office", "plan"]
    assert "name: Kenya" in seen.out
    assert "{" not in seen.out
    assert "Amina" not in seen.out
    assert len(list(stick.iterdir())) == 1


def test_what_was_left_out_is_named_and_the_code_says_partly(two):
    office, headquarters, stick = two
    told(office, stick)
    (file,) = stick.iterdir()
    (stick / "cut.cwoffice").write_bytes(file.read_bytes()[:-30])
    taken = headquarters.run("rollup", "import", stick)
    assert taken.code == PARTLY
    assert "cut.cwoffice: " in taken.err
    assert headquarters.run("--json", "rollup", "import", stick).json["set_aside"][0]["code"] == "envelope_cut"


def test_the_list_is_kept_by_hand_too(desk):
    assert desk.run("rollup", "offices", "list").out.startswith("No office yet")
    assert (
        desk.run("--json", "rollup", "offices", "add", "KEN", "Kenya", "--country", "Kenya").json[0]["office_id"]
        == "ken"
    )
    assert desk.run("rollup", "offices", "remove", "uga").code == USAGE
    assert desk.run("--json", "rollup", "offices", "remove", "ken").json == []


def test_without_a_name_the_command_for_it_is_named(desk, tmp_path):
    desk.run("rollup", "office", "--code", "ken", "--name", "Kenya", "--country", "Kenya")
    assert desk.run("--json", "rollup", "office", "--name", "Nairobi").json["country"] == "Kenya"
    ran = desk.run("rollup", "export", tmp_path, "--to", "Headquarters")
    assert (ran.code, "plan partner me --name" in ran.err) == (USAGE, True)


@pytest.mark.parametrize(
    "words",
    [
        ("rollup",),
        ("rollup", "offices"),
        ("rollup", "office"),
        ("rollup", "office", "--code", "ken"),
        ("rollup", "export"),
        ("rollup", "export", "--weeks", "0", "."),
        ("rollup", "export", "."),
        ("rollup", "report", "--plan", "Safe water"),
        ("rollup", "report", "--office", "ken", "--plan", "Safe water"),
        ("rollup", "report", "--out", "rollup.pdf"),
        ("rollup", "report", "--store", "mysql://somewhere"),
        ("rollup", "offices", "import", "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(desk, words):
    ran = desk.run(*words)
    assert (ran.code, bool(ran.err)) == (USAGE, True)


def test_a_folder_that_is_away_fails(desk, tmp_path):
    ran = desk.run("rollup", "import", tmp_path / "nowhere")
    assert (ran.code, "nowhere. There is no such folder." in ran.err) == (FAILED, True)


@pytest.mark.skipif(not SERVED, reason="PostgreSQL is neither installed nor required")
def test_a_server_holds_the_tables_and_the_profile_stays_as_it_was(two, server_address, monkeypatch):
    office, headquarters, stick = two
    told(office, stick)
    # A window has the profile open meanwhile.
    window = a_workspace(headquarters.folder)
    assert headquarters.run("rollup", "offices", "add", "ken", "Kenya", "--store", server_address).code == DONE
    assert headquarters.run("--json", "rollup", "import", stick, "--store", server_address).json["taken"] == 1
    monkeypatch.setenv("WORKBENCH_STORE", server_address)
    assert headquarters.run("--json", "rollup", "report").json["heard"] == 1
    monkeypatch.delenv("WORKBENCH_STORE")
    assert headquarters.run("--json", "rollup", "report").json["offices"] == []
    log = "".join(path.read_text(encoding="utf-8") for path in headquarters.profile.rglob("*.log*"))
    assert "rollup.imported" in log
    assert "postgresql" not in log
    window.close()


def test_a_server_that_is_away_says_so_without_its_address(desk):
    ran = desk.run("--json", "rollup", "report", "--store", "postgresql://someone:secret-word@127.0.0.1:9/away")
    assert (ran.code, ran.json["error"]) == (FAILED, "server_away")
    assert "secret-word" not in ran.out + ran.err
