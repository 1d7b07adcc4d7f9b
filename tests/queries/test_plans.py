"""Plans: rows of the projection, in board order, and finding one by name."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from tests.plans.samples import START, a_plan, a_store
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn, CardKind, Channel, EvidenceKind, Focus, Pillar
from workbench.models.plan_parts import (
    HAND_KEPT,
    CheckpointMeasure,
    Evidence,
    ObjectiveTags,
    Recurrence,
    RoleLine,
)
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import (
    find_plan,
    list_plans,
    plan_cards,
    plan_checkpoints,
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


def test_every_field_of_a_plan_its_objectives_cards_and_checkpoints_is_in_its_row(network):
    store = a_store(network.database)
    evidence = Evidence("e", EvidenceKind.LINK, "Page", "https://example.org")
    draft = CardDraft(
        "Answer", kind=CardKind.COMMITMENT, focus=Focus.PEOPLE, channel=Channel.CALL, starts_day=1, due_day=2,
        promised_to="Bruno Example", checklist=("Look",), evidence=(evidence,), recurrence=Recurrence(7, 9),
    )  # fmt: skip
    editor = store.open(a_plan(store, name="Wells", cards=[draft]))
    editor.set_plan(
        problem="p", value_for_organisation="o", value_for_members="m", sponsor="s", roles=[RoleLine("r", "h")], risks="x",
        alignment="a", weekly_hours=4, holidays="CH", follows="f", worked="w", did_not_work="d", lessons="l",
    )  # fmt: skip
    objective = editor.view().objectives[0]
    tags = ObjectiveTags(behaviour=("asking",), risk=("silence",))
    editor.set_objective(
        objective.id, measure=HAND_KEPT, kind="enabling", problem="p", tags=tags, alignment="a", horizon="long",
        due_day=60, hand_unit="people",
    )  # fmt: skip
    editor.add_reading(objective.id, on=START, value=3, note="n")
    time = next(card for card in editor.view().cards if card.occurrence == 1)
    editor.set_card(time.id, objective_id=objective.id)
    measure = CheckpointMeasure(objective.id, "t", 0.5, 1, 2, 0.9, editor.view().created_at)
    editor.lock_checkpoint(30, measures=[measure], what_worked="w", decisions="d", next_steps="n")
    view = editor.view()
    with network.read() as reader:
        row = plan_row(reader, view.id)
        (goal,) = plan_objectives(reader, view.id)
        cards = plan_cards(reader, view.id)
        points = plan_checkpoints(reader, view.id)
    for told, shown in (
        (row, view),
        (goal, view.objectives[0]),
        *zip(cards, view.cards, strict=True),
        *zip(points, view.checkpoints, strict=True),
    ):
        both = {each.name for each in fields(told)} & {each.name for each in fields(shown)}
        assert len(both) > 7
        assert {name: getattr(told, name) for name in both} == {name: getattr(shown, name) for name in both}
    assert [card.own for card in cards] == [frozenset(), {"objective_id"}]


def test_a_plan_is_found_by_its_name_or_the_only_beginning(plan):
    network, plan_id = plan
    a_plan(a_store(network.database), name="Safe water for schools")
    with network.read() as reader:
        assert find_plan(reader, "SAFE WATER").id == plan_id
        assert find_plan(reader, "safe water f").name == "Safe water for schools"
        assert find_plan(reader, "safe") is None
        assert find_plan(reader, " ") is None


def test_an_unknown_plan_has_nothing(network):
    nowhere = PlanId("nowhere")
    with network.read() as reader:
        assert plan_row(reader, nowhere) is None
        assert (
            plan_cards(reader, nowhere) == plan_objectives(reader, nowhere) == plan_checkpoints(reader, nowhere) == []
        )
