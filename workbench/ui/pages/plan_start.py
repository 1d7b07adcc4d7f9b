"""PlanStarter: the way to a new plan: the form, what it needs from the profile, and the job that starts the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from workbench.errors import BadInputError
from workbench.ids import CommunityId, PlanId
from workbench.models.changes import Changes
from workbench.queries.plans import PlanRow, plan_objectives
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_data import read_communities, read_offers, read_outlook
from workbench.ui.pages.plan_form import PlanForm, PlanWish
from workbench.ui.words import error_words
from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Begun:
    """A plan that was started, and how many of its measures have a baseline."""

    plan_id: PlanId
    known: int
    measures: int

    def baseline_words(self) -> str:
        """What became of the baseline; "frozen" only where there is something to freeze."""
        if not self.known:
            return "its baseline is not known"
        if self.known < self.measures:
            return f"its baseline is frozen for {numbers.count(self.known)} of {numbers.count(self.measures)} measures"
        return "its baseline is frozen"


class PlanStarter(QObject):
    """`ready` when the form can be shown, `started(id)` when the plan is stored, `left` for a change of mind."""

    ready = Signal()
    started = Signal(str)
    left = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plans: Sequence[PlanRow] = ()
        self.form = PlanForm(context.theme, today=lambda: context.workspace.clock.now().date())
        self.form.wished.connect(self._start)
        self.form.cancelled.connect(self.left)
        self.form.community_chosen.connect(self._offer)
        self.form.outlook_wanted.connect(self._look_out)

    def begin(self, plans: Sequence[PlanRow]) -> None:
        """Empties the form for a new plan beside those there are; `ready` follows."""
        self._plans = plans
        job = partial(read_communities, self._context.workspace.database)
        self._context.jobs.run(self, "communities", job, self._on_communities, self.failed.emit)

    def _on_communities(self, communities: dict[CommunityId, str]) -> None:
        scope = self._context.scope
        self.ready.emit()
        self.form.begin(
            communities=communities,
            plans=[plan.name for plan in self._plans],
            community=scope[0] if len(scope) == 1 else None,
            owner=self._plans[0].owner if self._plans else "",
        )
        self.form.name.setFocus()

    def _offer(self, community_id: CommunityId | None) -> None:
        workspace = self._context.workspace
        job = partial(read_offers, workspace.database, community_id=community_id, now=workspace.clock.now())
        self._context.jobs.run(self, "offers", job, self.form.show_offers, self._on_refused)

    def _look_out(self, community_id: CommunityId | None, starts_on: date) -> None:
        database, now = self._context.workspace.database, self._context.workspace.clock.now()
        job = partial(read_outlook, database, community_id=community_id, starts_on=starts_on, now=now)
        self._context.jobs.run(self, "outlook", job, self.form.show_outlook, self._on_refused)

    def _start(self, wish: PlanWish) -> None:
        self.form.show_busy(is_busy=True)
        job, title = partial(start, self._context.workspace, wish), "Starting the plan"
        self._context.jobs.run(
            self, "start", job, self._on_started, self._on_refused, stopped=self._on_stopped, lane="plan", title=title
        )

    def _on_started(self, begun: Begun) -> None:
        self.form.show_busy(is_busy=False)
        self.started.emit(begun.plan_id)
        self._context.bus.publish(Changes.PLANS)
        self._context.tell(f"The plan has started; {begun.baseline_words()}.")

    def _on_refused(self, error: Exception) -> None:
        self.form.show_busy(is_busy=False)
        reason = error.details.get("reason") if isinstance(error, BadInputError) else None
        self.form.show_failure(str(reason) if reason else " ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self.form.show_busy(is_busy=False)


def start(workspace: Workspace, wish: PlanWish) -> Begun:
    """The new plan; refuses as `operations.plans.start_plan` does."""
    # The ORM and the plan document load with the first plan that is written, away from the window.
    from workbench.operations.plans import MeasureChoice, start_plan  # noqa: PLC0415 - see above

    plan_id = start_plan(
        workspace,
        name=wish.name,
        purpose=wish.purpose,
        owner=wish.owner,
        community=wish.community,
        measures=[MeasureChoice(chosen.key, chosen.target) for chosen in wish.measures],
        starts_on=wish.starts_on,
        with_starter_cards=wish.with_starter_cards,
    )
    with workspace.database.read() as reader:
        objectives = plan_objectives(reader, plan_id)
    return Begun(plan_id, sum(each.baseline_value is not None for each in objectives), len(objectives))
