"""The verb plan template: what plans begin with, kept, shared and used."""

import json

import pytest

from tests.cli.runs import DONE, USAGE, Desk
from workbench.cli.plan_templates import TEMPLATES

WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a plan P of one card."""
    desk.rows("plan", "new", "P", *WORDS, "--measure", "messages=90", "--template", "empty", "--start", "2024-06-03")
    desk.rows("plan", "card", "add", "P", "Call", "--due", "2024-06-10", "--owner", "Luis Ejemplo")
    return desk


def test_shipped_templates_are_listed_and_shown(desk: Desk):
    rows = desk.rows("plan", "template", "list")
    assert tuple(rows[0]) == TEMPLATES
    assert [row["key"] for row in rows] == ["starter", "welcome", "clean_up", "relaunch", "event_series", "surge"]
    shown = desk.rows("plan", "template", "show", "welcome")
    assert (shown["key"], len(shown["cards"])) == ("welcome", rows[1]["cards"])
    assert "Newcomers speak" in desk.run("plan", "template", "show", "welcome").out


def test_template_of_a_plan_names_nobody_and_starts_another(planned: Desk):
    saved = planned.rows("plan", "template", "save", "P", "Our way", "--description", "Small steps")
    assert (saved["key"], saved["cards"], saved["objectives"], saved["is_own"]) == ("our_way", 1, 1, True)
    made = planned.rows("plan", "template", "use", "our_way", "Q", *WORDS, "--start", "2024-07-01")
    (card,) = made["cards"]
    assert (card["title"], card["due_on"], card["owner"]) == ("Call", "2024-07-08", "")
    assert [(each["measure"], each["target"]) for each in made["objectives"]] == [("messages", 90.0)]
    again = planned.rows("plan", "new", "R", *WORDS, "--start", "2024-07-01", "--template", "our_way")
    assert [each["title"] for each in again["cards"]] == ["Call"]


def test_template_goes_out_as_a_file_and_comes_in(planned: Desk):
    planned.rows("plan", "template", "save", "P", "Our way")
    out = planned.folder / "ours.json"
    told = planned.rows("plan", "template", "export", "our_way", "--out", out)
    assert told == {"path": str(out), "size": out.stat().st_size}
    assert planned.run("plan", "template", "export", "our_way").out == out.read_text(encoding="utf-8")
    assert planned.rows("plan", "template", "forget", "our_way") == {"forgotten": "our_way", "title": "Our way"}
    assert planned.run("plan", "template", "show", "our_way").code == USAGE
    assert planned.rows("plan", "template", "import", out)["key"] == "our_way"
    assert planned.rows("plan", "template", "show", "our_way") == json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_file_that_another_shell_wrote_is_read(planned: Desk, encoding: str):
    planned.rows("plan", "template", "save", "P", "Our way")
    out = planned.folder / "ours.json"
    out.write_text(planned.run("plan", "template", "export", "our_way").out, encoding=encoding)
    assert planned.rows("plan", "template", "import", out)["cards"] == 1
    out.write_text(planned.run("plan", "export", "P").out, encoding=encoding)
    assert planned.rows("plan", "import", out, "--name", "Q")["name"] == "Q"


def test_shipped_template_starts_a_plan_where_there_is_no_profile(bare_desk: Desk):
    assert bare_desk.run("plan", "template", "use", "welcome", "P", "--owner", "o").code == USAGE
    assert not bare_desk.profile.exists()
    ran = bare_desk.run("plan", "template", "use", "welcome", "P", *WORDS)
    assert ran.code == DONE
    assert "Ask champions to greet" in ran.out


def test_what_is_no_template_is_refused(planned: Desk):
    noise = planned.folder / "noise"
    for data in (b"{}", b"\xff\xfe\x00", b'{"format": 9, "cards": []}'):
        noise.write_bytes(data)
        assert planned.run("plan", "template", "import", noise).code == USAGE
    assert planned.run("plan", "template", "forget", "welcome").code == USAGE
    assert planned.run("plan", "template", "import", planned.folder / "none").code != DONE
