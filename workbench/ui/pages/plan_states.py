"""Plan states: what the Plans page says where there is no plan to show, and the steps it offers."""

from collections.abc import Callable

from workbench.ui import numbers
from workbench.ui.pages.plan_data import PlansData
from workbench.ui.widgets.state_panel import Offer, StateWords


def first_plan(*, new: Callable[[], object], receive: Callable[[], object]) -> StateWords:
    """Before there is any plan."""
    return StateWords(
        "Start your first plan",
        (
            "A plan is 90 days of small steps towards one purpose, with a number that shows whether they worked.",
            "It takes about five hours a week. A starter set of cards is ready; change what does not fit.",
        ),
        "target",
        (Offer("New plan", new, "plus"), Offer("Receive a plan…", receive, "download-simple")),
    )


def none_here(data: PlansData, *, new: Callable[[], object], show_all: Callable[[], object]) -> StateWords:
    """Where the communities chosen above have no plan, while others have."""
    count = len(data.plans)
    there = f"{numbers.plural(count, 'plan is', 'plans are')} for other communities, or for all of them."
    return StateWords(
        f"No plan for {data.where}",
        ("Only the communities chosen at the top are looked at.", there),
        "target",
        (Offer("New plan", new, "plus"), Offer("Show the plans of all communities", show_all, "users-three")),
    )
