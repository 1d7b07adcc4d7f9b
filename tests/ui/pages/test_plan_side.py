"""The card at the side: opened and closed, in step with what is marked and read, and gone with its card."""

import pytest

from tests.ui.plan_samples import TODAY, a_plan
from workbench.ids import CardId, PlanId
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.pages.plan_side import PlanSide
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return a_plan(workspace)


@pytest.fixture
def side(qtbot, context: Context, plan_id: PlanId) -> PlanSide:
    desk, cards = PlanDesk(context), PlanCards()
    desk.use(plan_id)
    made = PlanSide(context, cards, CardActs(context, desk, cards), today=lambda: TODAY)
    read(made, plan_id)
    assert made._made is None
    qtbot.addWidget(made.card)
    made.card.show()
    return made


def read(side: PlanSide, plan_id: PlanId) -> None:
    data = read_plans(side._context.workspace.database, plan_id=plan_id, today=TODAY).board
    assert data is not None
    side._cards.show(data.items, data.rows, today=TODAY, days=PlanDays(data.plan.starts_on, data.closed))
    side.show_data(data)


def settle(qtbot, side: PlanSide) -> None:
    qtbot.waitUntil(lambda: not side._acts._desk.is_busy and not side._context.jobs.running())


def test_what_shows_a_card_is_made_before_anybody_asks_for_it(qtbot, context: Context, plan_id: PlanId):
    desk, cards = PlanDesk(context), PlanCards()
    made = PlanSide(context, cards, CardActs(context, desk, cards), today=lambda: TODAY)
    read(made, plan_id)
    qtbot.waitUntil(lambda: made._made is not None)
    qtbot.addWidget(made.card)
    assert not made.is_open


def test_card_is_opened_and_closed(qtbot, side: PlanSide):
    card = side._cards.shown[0]
    with qtbot.waitSignal(side.changed):
        side.open(card)
    assert side.is_open
    assert side.card.card_id == card
    with qtbot.waitSignal(side.closed):
        side.close()
    assert not side.is_open
    with qtbot.assertNotEmitted(side.closed):
        side.close()
    settle(qtbot, side)


def test_unknown_card_is_not_opened(qtbot, side: PlanSide):
    with qtbot.assertNotEmitted(side.changed):
        side.open("nobody")
    assert not side.is_open


def test_open_card_follows_what_is_chosen(qtbot, side: PlanSide):
    first, second, third = side._cards.shown
    side._cards.choose([first])
    assert side.card.card_id is None
    side.open(first)
    side._cards.choose([second])
    assert side.card.card_ids == (second,)
    side._cards.choose([second, third])
    assert side.card.card_ids == (second, third)
    settle(qtbot, side)


def test_card_that_is_gone_is_closed(qtbot, side: PlanSide, workspace: Workspace, plan_id: PlanId):
    card = side._cards.shown[0]
    side.open(card)
    settle(qtbot, side)
    workspace.plans.open(plan_id).archive_card(card)
    with qtbot.waitSignal(side.changed):
        read(side, plan_id)
    assert not side.is_open


def test_open_card_stays_when_the_mark_goes_to_another_by_itself(qtbot, side: PlanSide):
    first, second, _ = side._cards.shown
    side._cards.choose([first])
    side.open(first)

    def go_on() -> None:
        side._cards.choose([second])

    side._cards.changed.connect(go_on)
    side._cards.alter({first: {"title": "Later"}})
    side._cards.changed.disconnect(go_on)
    assert (side._cards.chosen, side.card.card_ids) == ((second,), (first,))
    side.card.archive_wanted.emit()
    assert first not in side._cards.rows
    assert second in side._cards.rows
    settle(qtbot, side)


def test_wanted_card_opens_with_the_next_reading(qtbot, side: PlanSide, plan_id: PlanId):
    card = CardId(side._cards.shown[1])
    side.want(card)
    read(side, plan_id)
    assert (side.card.card_id, side._cards.chosen) == (card, (card,))
    settle(qtbot, side)


def test_a_card_that_is_wanted_opens_once_it_is_read(side: PlanSide, plan_id: PlanId):
    card = side._cards.shown[1]
    side.want(card)
    assert not side.is_open
    read(side, plan_id)
    assert (side.is_open, side.card.card_id, side._cards.current) == (True, card, card)
