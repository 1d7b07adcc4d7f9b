"""A plan with a sheet to look at, and the parts its tests need: data as read, acts as they are saved."""

from datetime import timedelta

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.plan_parts import HAND_KEPT, Reading, RoleLine
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.views import PlanView
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_sheet_data import SheetData, read_sheet
from workbench.workspace import Workspace

DAYS = 37


def a_sheet_plan(workspace: Workspace, *, name: str = "Safe water", days: int = DAYS, **fields: object) -> PlanId:
    """A plan on day 37 with a measure of the mirror and one kept by hand."""
    start = TODAY - timedelta(days=days)
    by_hand = ObjectiveDraft(
        "People at the webinar", HAND_KEPT, 40.0, hand_unit="people", readings=(Reading(start, 12.0, "the first"),)
    )
    charter: dict[str, object] = {
        "problem": "Answers are given many times",
        "sponsor": "Musa Example",
        "roles": (RoleLine("Critical friend", "Ilya Example"),),
        "risks": "The keeper leaves",
    }
    return start_plan(
        workspace,
        name=name,
        purpose="Every water question is answered",
        owner="Amina Example",
        community=WATER,
        starts_on=start,
        measures=[MeasureChoice("reply_rate", 0.8)],
        objectives=[by_hand],
        with_starter_cards=False,
        cards=[CardDraft("Ask five schools for photos", hours=1), CardDraft("Invite two partners")],
        **(charter | fields),
    )


def sheet_of(workspace: Workspace, plan_id: PlanId) -> SheetData:
    """The plan as the sheet reads it."""
    data = read_sheet(workspace.database, plan_id=plan_id)
    assert data is not None
    return data


def acts_for(context: Context, plan_id: PlanId) -> CardActs:
    """Acts on a plan, saved as the page saves them."""
    context.desk.use(plan_id)
    return CardActs(context, context.desk, PlanCards())


def stored_view(qtbot, context: Context, plan_id: PlanId) -> PlanView:
    """The plan once everything asked for is saved."""
    settle(qtbot, context.jobs)
    return context.workspace.plans.open(plan_id).view()
