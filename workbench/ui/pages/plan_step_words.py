"""Words for a step back in a plan: what differs between the plan before it and after it."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from workbench.ui import numbers

if TYPE_CHECKING:
    # Reading a plan needs no document; what its views are made from loads with the first edit.
    from workbench.plans.views import CardView, CheckpointView, ObjectiveView, PlanView

_Key = TypeVar("_Key", bound=Hashable)


def step_words(before: "PlanView", after: "PlanView") -> str:
    """Names what a step changed: cards, an objective, a checkpoint or the charter; "" where it changed nothing."""
    if before == after:
        return ""
    if _charter(before) != _charter(after):
        # Cards and checkpoints whose days are counted from day 0 move with it.
        return "a change in the charter"
    cards = _titles(before.cards, after.cards)
    if cards:
        where = f"the card “{cards[0]}”" if len(cards) == 1 else f"{numbers.count(len(cards))} cards"
        return f"a change in {where}"
    goals = _titles(before.objectives, after.objectives)
    if goals:
        return f"a change in the objective “{goals[0]}”"
    days = _differing(_by_day(before.checkpoints), _by_day(after.checkpoints))
    if days:
        return f"a change in the checkpoint of day {numbers.count(min(days))}"
    # Only what waits for a choice is left.
    return "a choice between two values"


def _titles(before: "Iterable[CardView | ObjectiveView]", after: "Iterable[CardView | ObjectiveView]") -> list[str]:
    """The title of each that differs, as it is now; of one that is gone as it was."""
    was, now = ({each.id: each for each in views} for views in (before, after))
    titles = {each.id: each.title for each in chain(was.values(), now.values())}
    differing = _differing(was, now)
    return [title for each, title in titles.items() if each in differing]


def _by_day(checkpoints: "Iterable[CheckpointView]") -> "dict[int, CheckpointView]":
    return {each.day: each for each in checkpoints}


def _charter(plan: "PlanView") -> "PlanView":
    return replace(plan, cards=(), objectives=(), checkpoints=(), series=(), conflicts=())


def _differing(before: Mapping[_Key, object], after: Mapping[_Key, object]) -> set[_Key]:
    return {each for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
