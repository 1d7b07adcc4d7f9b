"""Plan JSON: out and in again to an equal plan, as its schema says."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.builders import a_database
from tests.plans.any_plan import any_document
from tests.plans.samples import START, a_document, a_store
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.database import Database
from workbench.paths import resource
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.plan_json import from_json, from_json_text, to_json
from workbench.plans.views import CheckpointMeasure, PlanView, Recurrence

SCHEMA = json.loads(resource("schemas/plan.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


def read_back(view: PlanView) -> PlanView:
    """The plan in the JSON of a view, in a new document."""
    parts = from_json_text(json.dumps(to_json(view)))
    document = PlanDocument.new(PlanId("another"))
    for edits in (parts.edits, parts.of_times):
        document.write(edits, at=view.created_at, author="Bilal Example")
    return document.view()


def without_ids(data: Any, ids: dict[str, str]) -> Any:
    """The JSON with every id by the order in which it is met; the plan's own and open conflicts left out."""
    if isinstance(data, list):
        return [without_ids(each, ids) for each in data]
    if not isinstance(data, dict):
        return data
    found = {}
    for name, value in data.items():
        if name in {"id", "objective_id"} and isinstance(value, str):
            found[name] = ids.setdefault(value, f"id {len(ids)}")
        elif name != "conflicts":
            found[name] = without_ids(value, ids)
    return found


def compared(view: PlanView) -> Any:
    data = to_json(view)
    data["plan"]["id"] = "the plan"
    for card in data["cards"]:
        # Lines of different cards may share an id; they are nothing to each other.
        for parts in (
            each.get(name, []) for each in (card, *card.get("times", [])) for name in ("checklist", "evidence")
        ):
            for part in parts:
                part["id"] = f"{part['id']} of {card['id']}"
    # Parts with one position are told apart by their ids, which are new in the plan read back.
    return without_ids(_sorted(data), {})


def _sorted(data: Any) -> Any:
    if isinstance(data, list):
        return [_sorted(each) for each in data]
    if isinstance(data, dict):
        return {
            name: sorted(_sorted(value), key=_without_id)
            if name in {"checklist", "evidence", "cards"}
            else _sorted(value)
            for name, value in data.items()
        }
    return data


def _without_id(part: dict[str, Any]) -> str:
    return json.dumps(without_ids({name: value for name, value in part.items() if name != "id"}, {}), sort_keys=True)


# A seed says all there is to say of a case: shrinking it would only look for another one.
@settings(max_examples=30, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=60))
def test_any_plan_comes_back_equal_and_fits_the_schema(seed: int, edits: int) -> None:
    view = any_document(Random(seed), edits=edits).view()
    jsonschema.validate(json.loads(json.dumps(to_json(view))), SCHEMA)
    assert compared(read_back(view)) == compared(view)


def test_a_whole_plan_with_a_series_a_locked_checkpoint_and_a_baseline_comes_back_equal(database: Database) -> None:
    store = a_store(database)
    editor = store.open(
        store.create(
            name="Safe water", purpose="Answer faster", owner="Amina Example", starts_on=START, holidays="CH-GE",
            sponsor="Bilal Example", objectives=[ObjectiveDraft("Faster answers", "reply_rate", 0.8, key="answers")],
            cards=[
                CardDraft("Answer", due_day=2, recurrence=Recurrence(7, 30), objective_id="answers", checklist=("Look", "Write")),
                CardDraft("Call", due_on=START),
            ],
        )
    )  # fmt: skip
    times = [card for card in editor.view().cards if card.series_id]
    editor.set_card(times[2].id, title="Answer in person")
    editor.set_check(times[1].id, times[1].checklist[0].id, is_done=True)
    editor.move_card(times[0].id, to=times[0].column, index=3)
    objective = editor.view().objectives[0]
    editor.set_baseline(objective.id, value=0.4, numerator=4, denominator=10, coverage=0.9, at=editor.view().created_at)
    aims = (0.8, 0.4, "reply_rate", START + timedelta(days=60), "")
    measure = CheckpointMeasure(objective.id, objective.title, 0.5, 5, 10, 0.9, editor.view().created_at, *aims)
    editor.lock_checkpoint(30, measures=[measure], decisions="Go on")
    editor.set_plan(holidays="KE")
    view = editor.view()
    copy = store.open(store.add(from_json(json.loads(json.dumps(to_json(view)))), name="Safe water, again")).view()
    assert [card.title for card in copy.cards] == [card.title for card in view.cards]
    assert [(card.due_on, card.own and len(card.own), card.checklist) for card in copy.cards if not card.checklist] == [
        (card.due_on, card.own and len(card.own), card.checklist) for card in view.cards if not card.checklist
    ]
    assert {card.id for card in copy.cards}.isdisjoint({card.id for card in view.cards})
    changed = to_json(copy)
    changed["plan"]["name"] = "Safe water"
    assert without_ids(changed | {"plan": changed["plan"] | {"id": ""}}, {}) == without_ids(
        to_json(view) | {"plan": to_json(view)["plan"] | {"id": ""}}, {}
    )
    with pytest.raises(BadInputError, match="Another plan has this name"):
        store.add(from_json(to_json(view)))


def minimal() -> dict[str, Any]:
    return {
        "format": 1,
        "plan": {"name": "Wells", "purpose": "Pumps run", "owner": "Amina Example", "starts_on": "2024-06-03"},
        "objectives": [{"id": "o", "title": "Answers", "measure": "reply_rate"}],
        "cards": [{"title": "Call"}, {"title": "Write", "due_day": 5, "objective_id": "o"}],
    }


def test_what_a_person_types_by_hand_can_be_short(database: Database) -> None:
    jsonschema.validate(minimal(), SCHEMA)
    store = a_store(database)
    view = store.open(store.add(from_json(minimal()))).view()
    assert [(card.title, card.due_day, card.objective_id) for card in view.cards] == [
        ("Call", None, None),
        ("Write", 5, view.objectives[0].id),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 2}, "newer version"),
        ({"format": None}, "not a plan"),
        ({"objectives": []}, "at least one measure"),
        ({"plan": {"name": "x"}}, "plan has no purpose"),
        ({"plan": minimal()["plan"] | {"colour": "red"}}, "no field named colour"),
        ({"plan": minimal()["plan"] | {"starts_on": "soon"}}, r"plan\.starts_on is not a day"),
        ({"cards": [{"title": "a"}, {"title": "b", "hours": -1}]}, r"cards\[1\]: Hours cannot be negative"),
        ({"cards": [{"title": " "}]}, r"cards\[0\]: A card needs a title"),
        ({"cards": [{"title": "a", "objective_id": "p"}]}, "objective that is not in the file"),
        ({"cards": [{"title": "a", "due_day": "5"}]}, "whole number"),
        ({"cards": [{"title": "a", "recurrence": {"every_days": 0, "until_day": 9}}]}, "every 1 to 365 days"),
        ({"cards": [{"title": "a", "times": [{}]}]}, r"cards\[0\]\.times\[0\] has no number"),
        ({"cards": [{"title": "a", "position": "é"}]}, "cannot stand there"),
        ({"cards": [{"title": "a", "checklist": [{"text": ""}]}]}, "needs words"),
        ({"cards": {"title": "a"}}, "is not a list"),
        ({"cards": ["a"]}, "not an object"),
        ({"checkpoints": [{"day": 31}]}, "day 30, 60 or 90"),
        ({"checkpoints": [{"day": 30, "locked_at": "2024-07-03T09:00:00"}]}, "offset"),
        ({"extra": 1}, "no field named extra"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_in_the_file(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInputError, match=reason):
        from_json(minimal() | change)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "3", '"plan"', b"\xff"])
def test_texts_that_hold_no_plan_are_refused(text: str | bytes) -> None:
    with pytest.raises(BadInputError):
        from_json_text(text)


def test_the_schema_names_and_explains_every_field_that_is_written() -> None:
    written = to_json(any_document(Random(1), edits=120).view())
    for part, shape in (
        ("plan", "plan"),
        ("objectives", "objective"),
        ("cards", "card"),
        ("checkpoints", "checkpoint"),
    ):
        said = set(SCHEMA["$defs"][shape]["properties"])
        rows = written[part] if isinstance(written[part], list) else [written[part]]
        assert rows
        assert {name for row in rows for name in row} == said
    for name, shape in SCHEMA["$defs"].items():
        for field, value in shape.get("properties", {}).items():
            assert value.get("description"), f"{name}.{field} is not explained"


def test_an_open_conflict_is_told_in_the_file() -> None:
    mine = a_document("one")
    hers = PlanDocument.from_bytes(mine.to_bytes())
    for document, owner in ((mine, "Amina Example"), (hers, "Bilal Example")):
        edit = type(next(iter(from_json(minimal()).edits)))
        kind = from_json(minimal()).edits[-1].kind
        document.write([edit(kind, "card-0", "owner", owner)], at=mine.view().created_at, author=owner)
    mine.merge(hers.to_bytes())
    (told,) = to_json(mine.view())["conflicts"]
    assert {each["value"] for each in told["values"]} == {"Amina Example", "Bilal Example"}
