"""Plans: rows of the projection, in board order, and finding one by name."""

from datetime import date, timedelta

import pytest

from tests.plans.samples import START, a_plan, a_store
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import (
    find_plan,
    list_plans,
    plan_cards,
    plan_checkpoints,
    plan_document,
    plan_objectives,
    plan_row,
)

CARDS = (
    CardDraft("Ask", pillar=Pillar.DIALOGUE, owner="Bruno Example", due_on=date(2024, 7, 1), hours=2.5, notes="soon"),
    CardDraft("Write"),
    CardDraft("Call"),
)


@pytest.fixture
def plan(network):
    store = a_store(network.database)
    plan_id = a_plan(store, name="Safe water", cards=CARDS)
    editor = store.open(plan_id)
    with network.read() as reader:
        ids = {card.title: card.id for card in plan_cards(reader, plan_id)}
    editor.move_card(ids["Write"], to=CardColumn.DONE, index=0)
    editor.archive_card(ids["Call"])
    return network, plan_id


def test_a_plan_counts_the_cards_of_each_column_without_archived_ones(plan):
    network, plan_id = plan
    with network.read() as reader:
        (row,) = list_plans(reader)
        assert plan_row(reader, plan_id) == row
    assert (row.id, row.name, row.starts_on, row.is_archived) == (plan_id, "Safe water", START, False)
    assert (row.todo, row.doing, row.done) == (1, 0, 1)
    assert row.purpose
    assert row.owner


def test_cards_come_in_board_order_with_all_their_fields(plan):
    network, plan_id = plan
    with network.read() as reader:
        cards = plan_cards(reader, plan_id)
    assert [(card.title, card.column, card.is_archived) for card in cards] == [
        ("Ask", CardColumn.TODO, False),
        ("Call", CardColumn.TODO, True),
        ("Write", CardColumn.DONE, False),
    ]
    ask, _, write = cards
    assert (ask.pillar, ask.owner, ask.due_on, ask.hours) == (Pillar.DIALOGUE, "Bruno Example", date(2024, 7, 1), 2.5)
    assert (ask.notes, ask.done_on, ask.has_conflict, write.pillar) == ("soon", None, False, None)
    assert write.done_on is not None


def test_objectives_and_checkpoints_of_a_plan(plan):
    network, plan_id = plan
    with network.read() as reader:
        objectives = plan_objectives(reader, plan_id)
        checkpoints = plan_checkpoints(reader, plan_id)
    assert objectives
    assert all(objective.plan_id == plan_id and objective.measure for objective in objectives)
    assert [point.day for point in checkpoints] == [30, 60, 90]
    assert checkpoints[0].falls_on == START + timedelta(days=30)


def test_a_plan_is_found_by_its_name_or_the_only_beginning(plan):
    network, plan_id = plan
    a_plan(a_store(network.database), name="Safe water for schools")
    with network.read() as reader:
        assert find_plan(reader, "SAFE WATER").id == plan_id
        assert find_plan(reader, "safe water f").name == "Safe water for schools"
        assert find_plan(reader, "safe") is None
        assert find_plan(reader, " ") is None


def test_the_document_is_there_as_stored(plan):
    network, plan_id = plan
    with network.read() as reader:
        assert plan_document(reader, plan_id)


def test_an_unknown_plan_has_nothing(network):
    nowhere = PlanId("nowhere")
    with network.read() as reader:
        assert plan_row(reader, nowhere) is None
        assert plan_document(reader, nowhere) is None
        assert (
            plan_cards(reader, nowhere) == plan_objectives(reader, nowhere) == plan_checkpoints(reader, nowhere) == []
        )
