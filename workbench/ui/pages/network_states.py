"""Network states: what the page says where there is nothing to draw, and the step it offers."""

from collections.abc import Callable

from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in

_ICON = "tree-structure"


def first_use_words(actions: ActionRegistry) -> StateWords:
    """Before anything was brought in."""
    return StateWords(
        "See who turns to whom",
        (
            "Once a community is here, its replies, mentions and reactions are drawn as ties between people:"
            " who connects, who bridges offices, and where help may be needed.",
        ),
        _ICON,
        ways_in(actions),
    )


def no_ties_words(
    known: float, *, all_time: Callable[[], object], all_communities: Callable[[], object] | None
) -> StateWords:
    """When scope and period leave no tie; nothing is claimed unless enough of the days is `known` (a share)."""
    offers = [Offer("Show all time", all_time, "calendar-blank")]
    if all_communities is not None:
        offers.append(Offer("Show all communities", all_communities, "users-three"))
    sentences = ["Nobody who is known here answered, mentioned or liked anybody else."]
    if known < MINIMUM_COVERAGE:
        share = numbers.share_known(known)
        sentences.append(f"{share[0].upper()}{share[1:]} of these days is known, so there may have been ties.")
    return StateWords("No ties in these days", tuple(sentences), _ICON, tuple(offers))


def stopped_words(draw: Callable[[], object]) -> StateWords:
    """When somebody stopped the drawing."""
    return StateWords(
        "The drawing was stopped",
        ("Nothing was lost. It can be drawn again, or for fewer communities or days.",),
        _ICON,
        (Offer("Draw it", draw, "arrow-clockwise"),),
    )
