"""PlanActions: the acts on plans and cards in the registry of the window, enabled where they mean something."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from workbench.ui.actions import ActionRegistry
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_views import PlanViews

Deeds = dict[str, Callable[[], object]]

_OF_CARD: Final = (
    "card.open", "card.move", "card.left", "card.right", "card.up", "card.down", "card.archive", "card.copy",
    "card.cut", "card.duplicate",
)  # fmt: skip


def card_deeds(views: PlanViews, acts: CardActs) -> Deeds:
    """What the acts on cards do, by action id."""
    return {
        "card.open": acts.open,
        "card.move": views.show_move_menu,
        "card.left": partial(views.move_chosen, across=-1),
        "card.right": partial(views.move_chosen, across=1),
        "card.up": partial(views.move_chosen, along=-1),
        "card.down": partial(views.move_chosen, along=1),
        "card.archive": acts.archive_by_key,
        "card.copy": acts.copy,
        "card.cut": acts.cut,
        "card.paste": acts.paste,
        "card.duplicate": acts.duplicate_by_key,
    }


class PlanActions:
    """Binds deeds by action id; without a card that is marked, what acts on a card is switched off."""

    def __init__(self, registry: ActionRegistry, deeds: Mapping[str, Callable[[], object]]) -> None:
        self._registry = registry
        for action_id, deed in deeds.items():
            registry.bind(action_id, deed)
        self.enable(has_card=False, has_board=False, has_file=False)

    def enable(self, *, has_card: bool, has_board: bool, has_file: bool) -> None:
        """Says what there is to act on: a marked card, a plan on the board, a file saved in this session."""
        for action_id in _OF_CARD:
            self._registry.action(action_id).setEnabled(has_card)
        self._registry.action("export.plan").setEnabled(has_board)
        self._registry.action("plan.list").setEnabled(has_board)
        for action_id in ("card.paste", "plan.archived"):
            self._registry.action(action_id).setEnabled(has_board)
        self._registry.action("export.reveal").setEnabled(has_file)
