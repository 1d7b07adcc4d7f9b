"""The verbs plan export and plan import: a plan leaves and comes back equal; documents are those of `report plan`."""

import io
import json
from random import Random

import jsonschema
import pytest
from pypdf import PdfReader

from tests.builders import a_workspace
from tests.cli.runs import DONE, USAGE, Desk, a_child
from tests.plans.any_plan import any_document
from tests.plans.test_plan_json import compared
from workbench.cli.plan_words import FORMATS
from workbench.export.summary import WITHOUT_PAGES
from workbench.operations.plans import plan_named
from workbench.paths import resource
from workbench.plans.plan_json import to_json
from workbench.plans.views import PlanView

SCHEMA = json.loads(resource("schemas/plan.schema.json").read_text(encoding="utf-8"))
WORDS = ("--purpose", "Every question is answered", "--owner", "Amina Example")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a plan P that has something of everything the command line can write."""
    desk.rows(
        "plan", "new", "P", *WORDS, "--measure", "messages=90", "--start", "2024-06-03", "--set", "holidays=CH-GE"
    )
    card = ("--due", "day7", "--every", "7", "--until", "30", "--check", "One", "--evidence", "number=7")
    desk.rows("plan", "card", "add", "P", "Call", *card, "--objective", "Messages")
    cards = desk.rows("plan", "show", "P")["cards"]
    second = next(each for each in cards if each["title"] == "Call" and each["id"].endswith("#1"))
    desk.rows("plan", "card", "set", "P", second["id"], "--tick", "One", "--owner", "Luis Ejemplo")
    desk.rows("plan", "objective", "add", "P", "Attendance", "--measure", "by_hand=40", "--family", "reach")
    desk.rows("plan", "objective", "reading", "P", "Attendance", "12")
    desk.rows("plan", "checkpoint", "lock", "P", "30", "--decisions", "Go on")
    return desk


def view_of(desk: Desk, name: str) -> PlanView:
    """The plan as it is kept."""
    with a_workspace(desk.folder) as workspace:
        return workspace.plans.open(plan_named(workspace, name)).view()


def test_plan_goes_out_and_comes_in_equal(planned: Desk):
    exported = planned.run("plan", "export", "P")
    jsonschema.validate(exported.json, SCHEMA)
    path = planned.folder / "p.json"
    told = planned.rows("plan", "export", "P", "--out", path)
    assert told == {"path": str(path), "format": "json", "size": path.stat().st_size}
    assert path.read_text(encoding="utf-8") == exported.out
    made = planned.rows("plan", "import", path, "--name", "Copy")
    assert made["name"] == "Copy"
    copy, plan = (compared(view_of(planned, name)) for name in ("Copy", "P"))
    assert copy | {"plan": copy["plan"] | {"name": "P"}} == plan


@pytest.mark.parametrize("seed", [7, 2024])
def test_any_plan_comes_back_equal_through_the_command_line(desk: Desk, seed: int):
    view = any_document(Random(seed), edits=60).view()
    path = desk.folder / "any.json"
    path.write_text(json.dumps(to_json(view)), encoding="utf-8")
    made = desk.rows("plan", "import", path)
    assert made["name"] == view.name
    assert compared(view_of(desk, view.name)) == compared(view)
    exported = desk.run("plan", "export", view.name)
    path.write_text(exported.out, encoding="utf-8")
    assert desk.rows("plan", "import", path, "--name", "Again")["name"] == "Again"
    again = compared(view_of(desk, "Again"))
    assert again | {"plan": again["plan"] | {"name": view.name}} == compared(view)


def test_plan_of_a_community_that_is_not_here_has_no_numbers(planned: Desk):
    plan = planned.run("plan", "export", "P").json
    plan["plan"] |= {
        "name": "Q",
        "community_name": "Water",
        "community_place": ["discourse", "https://example.org", "5"],
    }
    path = planned.folder / "q.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert "“Water” is not mirrored here" in planned.run("plan", "import", path).err
    shown = planned.rows("plan", "show", "Q")
    assert (shown["community"], shown["is_mirrored"]) == ("Water", False)
    assert [each["now"] for each in shown["objectives"] if each["measure"] == "messages"] == [None]
    assert planned.run("plan", "export", "Q").json["plan"]["community_place"] == plan["plan"]["community_place"]
    assert [each["is_mirrored"] for each in planned.rows("plan", "list")] == [True, False]
    assert "Water (not mirrored here)" in planned.run("plan", "list").out


def test_plan_comes_in_from_the_standard_input(planned: Desk):
    exported = planned.run("plan", "export", "P").out
    ran = planned.child("plan", "import", "-", "--name", "Piped", stdin=None, input=exported)
    assert ran.code == DONE, ran.err
    assert len(planned.rows("plan", "list")) == 2


def test_name_that_is_taken_and_noise_are_refused(planned: Desk):
    path = planned.folder / "p.json"
    planned.rows("plan", "export", "P", "--out", path)
    assert "Another plan has this name" in planned.run("plan", "import", path).err
    path.write_text("{", encoding="utf-8")
    assert "not JSON" in planned.run("plan", "import", path).err
    assert len(planned.rows("plan", "list")) == 1


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_the_document_of_the_report(planned: Desk, key: str):
    out = planned.folder / f"plan.{key}"
    wish = ("--format", key, "--out", out, *(() if key in WITHOUT_PAGES else ("--one-page",)), "--paper", "letter")
    told = planned.document("plan", "export", "P", *wish)
    assert told == {"path": str(out), "format": key, "size": out.stat().st_size}
    data = out.read_bytes()
    planned.document("report", "plan", "P", *wish)
    assert key == "pdf" or out.read_bytes() == data
    assert len(data) < 300_000
    if key == "pdf":
        (page,) = PdfReader(io.BytesIO(data)).pages
        assert page.mediabox.height == pytest.approx(792, abs=1)


def test_document_needs_a_place(planned: Desk):
    ran = planned.run("plan", "export", "P", "--format", "docx")
    assert (ran.code, "--out plan.pdf" in ran.err) == (USAGE, True)
    assert planned.run("plan", "export", "P", "--out", planned.folder / "none" / "p.json").code != DONE


def test_names_go_out_only_with_purpose_and_recipient(planned: Desk):
    out = planned.folder / "plan.md"
    words = ("plan", "export", "P", "--format", "md", "--out", out)
    assert planned.run(*words, "--names-for", "Regional office").code == USAGE
    planned.rows(*words)
    assert "Luis Ejemplo" not in out.read_text(encoding="utf-8")
    planned.rows(*words, "--names-for", "Regional office", "--names-because", "hand-over")
    assert "Luis Ejemplo" in out.read_text(encoding="utf-8")


def test_reading_works_beside_a_window_that_writes(planned: Desk):
    with a_workspace(planned.folder):
        ran = a_child([*planned.where, "plan", "export", "P"])
        assert ran.code == DONE, ran.err
        assert ran.json["plan"]["name"] == "P"
