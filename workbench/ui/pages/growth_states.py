"""Growth states: what the page says where there is nothing to count, and the step it offers."""

from workbench.ui.actions import ActionRegistry
from workbench.ui.context import Context
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in


def first_use(actions: ActionRegistry) -> StateWords:
    """Before anything was brought in."""
    return StateWords(
        "How a community grows",
        (
            "Once a community is here, this page shows who joined and began to take part, month by month, "
            "and the weeks that stand out.",
        ),
        "trend-up",
        ways_in(actions),
    )


def about_site(context: Context) -> StateWords:
    """A web site has pages, not people."""
    offer = Offer("Show its page views", lambda: context.open_page("dashboard"), "chart-line")
    return StateWords(
        "A web site has no members", ("It is read, and its readers are not known.",), "trend-up", (offer,)
    )
