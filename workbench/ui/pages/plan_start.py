"""Starting a plan from what the form holds: the job that freezes its baseline and writes it."""

from workbench.ids import PlanId
from workbench.ui.pages.plan_form import PlanWish
from workbench.workspace import Workspace


def start(workspace: Workspace, wish: PlanWish) -> PlanId:
    """The new plan's id; refuses as `operations.plans.start_plan` does."""
    # The ORM and the plan document load with the first plan that is written, away from the window.
    from workbench.operations.plans import MeasureChoice, start_plan  # noqa: PLC0415 - see above

    return start_plan(
        workspace,
        name=wish.name,
        purpose=wish.purpose,
        owner=wish.owner,
        community=wish.community,
        measures=[MeasureChoice(chosen.key, chosen.target) for chosen in wish.measures],
        starts_on=wish.starts_on,
        with_starter_cards=wish.with_starter_cards,
    )
