"""plan conflicts and plan choose: what two people changed at once, listed and settled by script."""

import json
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.cli.runs import DONE, USAGE, Desk, a_desk
from workbench.plans.document import PlanDocument
from workbench.plans.views import FieldEdit, RecordKind
from workbench.queries.plans import find_plan


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A plan whose card has two owners, whose problem two people named, and whose day 0 moved under a lock."""
    found = a_desk(tmp_path, capsys).make()
    found.rows("plan", "new", "Safe water", "--purpose", "Answer", "--owner", "Amina Example", "--start", "2024-06-03",
               "--measure", "reply_rate=0.6", "--template", "empty")  # fmt: skip
    found.rows("plan", "card", "add", "Safe water", "Call")
    workspace = a_workspace(tmp_path)
    with workspace.database.read() as reader:
        plan = find_plan(reader, "Safe water")
    assert plan is not None
    editor = workspace.plans.open(plan.id)
    other = PlanDocument.from_bytes(editor.to_bytes())
    (card,) = editor.view().cards
    editor.set_card(card.id, owner="Amina Example")
    editor.set_plan(problem="Nobody answers")
    editor.lock_checkpoint(30, measures=())
    other.write(
        [
            FieldEdit(RecordKind.CARD, card.id, "owner", "Bo Example"),
            FieldEdit(RecordKind.PLAN, "", "problem", "Nobody asks"),
            FieldEdit(RecordKind.PLAN, "", "starts_on", NOW.date()),
        ],
        at=NOW,
        author="Bo Example",
    )
    editor.merge(other.to_bytes())
    workspace.close()
    return found


def test_what_waits_is_listed_and_chosen_one_by_one_or_many_at_once(desk: Desk, tmp_path: Path) -> None:
    waiting = {each["field"]: each for each in desk.rows("plan", "conflicts", "Safe water")}
    assert waiting.keys() == {"Day 0", "Problem", "Owner"}
    assert waiting["Problem"]["id"] == "plan/problem"
    assert "Day 0 stays" in waiting["Day 0"]["stays"]
    assert "1: " in desk.run("plan", "conflicts", "Safe water").out
    owners = [each["value"] for each in waiting["Owner"]["values"]]
    done = desk.rows("plan", "choose", "Safe water", waiting["Owner"]["id"], owners.index("Bo Example") + 1)
    assert (done["cards"][0]["owner"], done["cards"][0]["has_conflict"]) == ("Bo Example", False)
    said = tmp_path / "choices.json"
    said.write_text(json.dumps([{"id": "plan/problem", "keep": 1}, {"id": "plan/starts_on", "keep": 1}]))
    assert desk.rows("plan", "choose", "Safe water", "--json-in", said)["starts_on"] == "2024-06-03"
    assert desk.rows("plan", "conflicts", "Safe water") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan/starts_on", "2"], "Day 0 stays"),
        (["plan/problem", "3"], "no such value"),
        (["plan/problem", "0"], "no such value"),
        (["plan/name", "1"], "Nothing waits"),
        (["plan/problem"], "by its number"),
        ([], "Say what to keep"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_changes_nothing(desk: Desk, words: list[str], said: str) -> None:
    ran = desk.run("plan", "choose", "Safe water", *words)
    assert ran.code == USAGE
    assert said in ran.err
    assert len(desk.rows("plan", "conflicts", "Safe water")) == 3


@pytest.mark.parametrize("told", [[{"id": "plan/problem"}], [{"id": "plan/problem", "keep": 1, "x": 1}], [1]])
def test_json_of_another_shape_is_refused_whole(desk: Desk, tmp_path: Path, told: object) -> None:
    said = tmp_path / "choices.json"
    said.write_text(json.dumps([{"id": "plan/problem", "keep": 1}, *told]))  # type: ignore[misc]  # any list will do
    assert desk.run("plan", "choose", "Safe water", "--json-in", said).code == USAGE
    assert len(desk.rows("plan", "conflicts", "Safe water")) == 3


def test_a_plan_in_which_nothing_waits_says_so(desk: Desk) -> None:
    for id_ in [each["id"] for each in desk.rows("plan", "conflicts", "Safe water")]:
        assert desk.run("plan", "choose", "Safe water", id_, 1).code == DONE
    assert "Nothing waits for a choice." in desk.run("plan", "conflicts", "Safe water").out
