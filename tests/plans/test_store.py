"""PlanStore: makes plans, refuses what cannot succeed, forgets people."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, a_database
from tests.plans.samples import START, a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.plans.templates import shipped_template
from workbench.plans.views import Baseline, RoleLine
from workbench.queries.plan_files import stored_plans

WHOLE: dict[str, Any] = {
    "name": "Safe water",
    "purpose": "Answer faster",
    "owner": "Amina Example",
    "starts_on": START,
    "objectives": [ObjectiveDraft("Faster answers", "reply_rate", 0.8)],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def store(database: Database) -> PlanStore:
    return a_store(database)


def a_community(database: Database, name: str) -> int:
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "INSERT INTO account (id, kind, name, settings, is_paused, created_at) VALUES (1, 'table', ?, '{}', 0, 0)",
            (name,),
        )
        connection.exec_driver_sql(
            "INSERT INTO community (id, account_id, remote_id, name, description, is_followed, created_at)"
            " VALUES (7, 1, 'r', ?, '', 1, 0)",
            (name,),
        )
    return 7


def test_a_plan_from_the_starter_template_is_whole(database: Database, store: PlanStore) -> None:
    plan_id = store.create(**WHOLE, cards=shipped_template("starter").cards)
    view = store.open(plan_id).view()
    assert (view.name, view.purpose, view.owner, view.starts_on) == (
        "Safe water",
        "Answer faster",
        "Amina Example",
        START,
    )
    assert view.created_at == NOW
    records = [card for card in view.cards if card.occurrence == 0]
    assert [card.title for card in records] == [card.title for card in shipped_template("starter").cards]
    assert len(view.cards) > len(records)
    assert all(card.due_on is not None and card.due_on.weekday() < 5 for card in view.cards)
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)


def test_a_plan_begins_with_its_whole_charter_and_cards_serve_its_objectives(
    database: Database, store: PlanStore
) -> None:
    plan_id = store.create(
        **(WHOLE | {"objectives": [ObjectiveDraft("Faster answers", "reply_rate", 0.8, key="answers")]}),
        cards=[CardDraft("one", objective_id="answers"), CardDraft("two", objective_id="not there")],
        problem="Nobody answers", sponsor="Bilal Example", weekly_hours=4, holidays="ch-GE", follows="plan-0",
        roles=[RoleLine("Champion", "Chipo Example")],
    )  # fmt: skip
    view = store.open(plan_id).view()
    assert (view.problem, view.sponsor, view.weekly_hours, view.holidays, view.follows) == (
        "Nobody answers", "Bilal Example", 4.0, "CH-GE", "plan-0",
    )  # fmt: skip
    assert view.roles == (RoleLine("Champion", "Chipo Example"),)
    assert [card.objective_id for card in view.cards] == [view.objectives[0].id, None]
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"purpose": " "}, "purpose"),
        ({"owner": ""}, "owner"),
        ({"name": ""}, "name"),
        ({"objectives": []}, "measure"),
        ({"objectives": [ObjectiveDraft("t", "")]}, "measure"),
        ({"cards": [CardDraft("")]}, "title"),
        ({"starts_on": date(1066, 10, 14)}, "start"),
        ({"holidays": "Atlantis"}, "No holidays are known"),
        ({"weekly_hours": -1}, "negative"),
        ({"colour": "red"}, "no field named colour"),
    ],
)
def test_a_plan_without_what_it_needs_is_refused_with_the_reason(
    database: Database, store: PlanStore, missing: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadInputError, match=reason):
        store.create(**(WHOLE | missing))
    with database.read() as reader:
        assert stored_plans(reader) == []


def test_names_are_unique_whatever_their_capitals(store: PlanStore) -> None:
    store.create(**WHOLE)
    with pytest.raises(BadInputError, match="Another plan has this name"):
        store.create(**(WHOLE | {"name": " SAFE water "}))
    store.create(**(WHOLE | {"name": "Safe water 2"}))


def test_a_baseline_handed_in_is_frozen_from_the_start(database: Database, store: PlanStore) -> None:
    baseline = Baseline(0.4, 4, 10, 0.95, datetime(2024, 6, 3, tzinfo=UTC))
    plan_id = store.create(**(WHOLE | {"objectives": [ObjectiveDraft("t", "reply_rate", 0.8, baseline)]}))
    editor = store.open(plan_id)
    (objective,) = editor.view().objectives
    assert objective.baseline == baseline
    with pytest.raises(BadInputError, match="frozen"):
        editor.set_baseline(objective.id, value=1, numerator=1, denominator=1, coverage=1, at=NOW)
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)


def test_the_community_is_known_by_its_name_and_the_id_stays_in_this_profile(
    database: Database, store: PlanStore
) -> None:
    community_id = a_community(database, "Water engineers")
    editor = store.open(store.create(**WHOLE, community_id=community_id, community_name="Water engineers"))
    assert (editor.view().community_id, editor.view().community_place) == (community_id, ("table", "", "r"))
    editor.set_plan(purpose="Ask better")
    assert editor.view().community_id == community_id
    editor.set_plan(community_name="Elsewhere")
    assert (editor.view().community_id, editor.view().community_place) == (None, ())
    editor.undo()
    assert (editor.view().community_id, editor.view().community_place) == (community_id, ("table", "", "r"))
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)


def test_a_forgotten_person_is_in_no_plan_any_more(database: Database, store: PlanStore) -> None:
    plan_id = a_plan(store, cards=[CardDraft("one", owner="Zebedee Example"), CardDraft("two", owner="Amina Example")])
    theirs = a_store(database, author="Zebedee Example").open(plan_id)
    theirs.set_card(theirs.view().cards[1].id, title="typed by them")
    assert store.forget_person("Zebedee Example") is Changes.PLANS
    with database.read() as reader:
        assert all(b"Zebedee" not in stored.document for stored in stored_plans(reader))
    assert [(card.title, card.owner) for card in store.open(plan_id).view().cards] == [
        ("one", ""),
        ("typed by them", "Amina Example"),
    ]
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)
    assert store.forget_person("Zebedee Example") is Changes.NOTHING


def test_an_editor_may_be_used_from_another_thread(store: PlanStore) -> None:
    plan_id = a_plan(store, cards=[CardDraft("one")])
    with ThreadPoolExecutor(1) as lane:
        editor = lane.submit(store.open, plan_id).result()
        lane.submit(editor.add_card, CardDraft("two")).result()
    editor.add_card(CardDraft("three"))
    assert editor.undo() is Changes.PLANS
    assert [card.title for card in editor.view().cards] == ["one", "two"]
