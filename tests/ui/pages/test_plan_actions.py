"""Actions on plans and cards: declared once, bound, and off where they mean nothing."""

import pytest

from workbench.ui.actions import ActionRegistry, Group
from workbench.ui.context import Context
from workbench.ui.pages.plan_actions import PlanActions, card_deeds
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.pages.plan_views import PlanViews

OF_CARD = ("card.open", "card.move", "card.left", "card.right", "card.up", "card.down", "card.archive")


@pytest.mark.parametrize("action_id", [*OF_CARD, "plan.new"])
def test_every_act_is_in_the_registry(actions: ActionRegistry, action_id):
    assert actions.spec(action_id).group is Group.PLAN


def test_every_act_on_a_card_is_declared_and_has_a_deed(context: Context):
    cards = PlanCards()
    acts = CardActs(context, PlanDesk(context), cards)
    views = PlanViews(context, cards, acts)
    deeds = card_deeds(views, acts)
    declared = {spec.id for spec in context.actions if spec.id.startswith("card.")}
    assert set(deeds) == declared
    views.deleteLater()


def test_acts_are_off_where_there_is_nothing_to_act_on(actions: ActionRegistry):
    done: list[str] = []
    ids = (*OF_CARD, "plan.new", "export.plan", "export.reveal")
    found = PlanActions(actions, {action_id: lambda action_id=action_id: done.append(action_id) for action_id in ids})
    assert not any(actions.trigger(action_id) for action_id in (*OF_CARD, "export.plan", "export.reveal"))
    assert actions.trigger("plan.new")
    found.enable(has_card=True, has_board=True, has_file=False)
    assert actions.trigger("card.left")
    assert actions.trigger("export.plan")
    assert not actions.trigger("export.reveal")
    found.enable(has_card=False, has_board=True, has_file=True)
    assert not actions.trigger("card.left")
    assert actions.trigger("export.reveal")
    assert done == ["plan.new", "card.left", "export.plan", "export.reveal"]
