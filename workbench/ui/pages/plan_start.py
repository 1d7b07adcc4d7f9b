"""PlanStarter: the way to a new plan: the form, what it needs from the profile, the draft, and the job."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QObject, Signal

from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.ids import CommunityId, PlanId
from workbench.models.changes import Changes
from workbench.models.kinds import CommunityType
from workbench.models.plan_parts import HAND_KEPT, RoleLine
from workbench.queries.communities import community_names, community_type
from workbench.queries.plans import PlanRow, plan_objectives, plan_row
from workbench.queries.preferences import preference
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_data import read_outlook
from workbench.ui.pages.plan_form import PlanForm
from workbench.ui.pages.plan_measures import Chosen
from workbench.ui.pages.plan_sheet_data import SheetData
from workbench.ui.pages.plan_wish import Offers, PlanWish
from workbench.ui.words import error_words
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft
    from workbench.plans.templates import Template

DRAFT: Final = "plan.draft"
"""The preference in which a plan that was not started yet is kept."""
_MOST_ALIKE: Final = 3


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Opens the form with something in it, instead of the draft: fields of the plan and what `PlanForm.begin` takes."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Begun:
    """A plan that was started, and how many of its measures have a baseline."""

    plan_id: PlanId
    known: int
    measures: int
    changes: Changes = Changes.PLANS

    def baseline_words(self) -> str:
        """What became of the baseline; "frozen" only where there is something to freeze."""
        if not self.known:
            return "its baseline is not known"
        if self.known < self.measures:
            return f"its baseline is frozen for {numbers.count(self.known)} of {numbers.count(self.measures)} measures"
        return "its baseline is frozen"


@dataclass(frozen=True, slots=True)
class _Ground:
    communities: dict[CommunityId, str]
    types: dict[CommunityId, CommunityType]
    draft: dict[str, Any] | None


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
        self._wish: NewPlan | None = None
        self.form = PlanForm(context, today=lambda: local_day(context.workspace.clock.now()))
        self.form.wished.connect(self._start)
        self.form.cancelled.connect(self._leave)
        self.form.left_behind.connect(self._keep_draft)
        self.form.discarded.connect(self._start_afresh)
        self.form.outlook_wanted.connect(self._look_out)
        self.form.alike_wanted.connect(self._look_around)

    def begin(self, plans: Sequence[PlanRow], wish: NewPlan | None = None) -> None:
        """Shows the form for a new plan beside those there are, with the draft left last time; `ready` follows."""
        self._plans, self._wish = plans, wish
        # On the lane of plans: a draft that is just being kept is read after it is there.
        job = partial(_read_ground, self._context.workspace)
        self._context.jobs.run(self, "communities", job, self._on_ground, self.failed.emit, lane="plan")

    def _on_ground(self, ground: _Ground) -> None:
        self.ready.emit()
        draft = ground.draft if self._wish is None else None
        owners = dict.fromkeys(name for plan in self._plans for name in (plan.owner, plan.sponsor) if name)
        offers = Offers(ground.communities, ground.types, [plan.name for plan in self._plans], tuple(owners))
        scope = self._context.scope
        proposed: dict[str, Any] = {
            "community": ground.communities.get(scope[0], "") if len(scope) == 1 else "",
            "owner": self._plans[0].owner if self._plans else "",
        }
        values = self._wish.values if self._wish is not None else draft or proposed
        self.form.begin(offers, values, is_draft=draft is not None)
        self.form.name.setFocus()

    def _leave(self) -> None:
        if self.form.has_draft:
            self._context.tell("Draft kept. New plan opens it again; it can be discarded there.")
        self.left.emit()

    def _start_afresh(self) -> None:
        self._write_draft(None)
        self.begin(self._plans)

    def _keep_draft(self, values: Mapping[str, Any]) -> None:
        self._write_draft(draft_text(values))

    def _write_draft(self, text: str | None) -> None:
        if not shiboken6.isValid(self._context.jobs):
            return  # the window is being taken apart; what was typed is kept every few seconds
        job = partial(_keep, self._context.workspace, text)
        self._context.jobs.run(self, "draft", job, lambda _done: None, self._on_refused, lane="plan")

    def _look_out(self, community_id: CommunityId | None, starts_on: date) -> None:
        database, now = self._context.workspace.database, self._context.workspace.clock.now()
        job = partial(read_outlook, database, community_id=community_id, starts_on=starts_on, now=now)
        self._context.jobs.run(self, "outlook", job, self.form.show_outlook, self._on_refused)

    def _look_around(self, words: str) -> None:
        job = partial(alike, self._context.workspace, words)
        self._context.jobs.run(self, "alike", job, self.form.show_alike, self._on_refused)

    def _start(self, wish: PlanWish) -> None:
        self.form.show_busy(is_busy=True)
        job, title = partial(start, self._context.workspace, wish), "Starting the plan"
        self._context.jobs.run(
            self, "start", job, self._on_started, self._on_refused, stopped=self._on_stopped, lane="plan", title=title
        )

    def _on_started(self, begun: Begun) -> None:
        self.form.show_busy(is_busy=False)
        self.form.show_started()
        self.started.emit(begun.plan_id)
        self._context.bus.publish(begun.changes)
        self._context.tell(f"The plan has started; {begun.baseline_words()}.")

    def _on_refused(self, error: Exception) -> None:
        self.form.show_busy(is_busy=False)
        reason = error.details.get("reason") if isinstance(error, BadInputError) else None
        self.form.show_failure(str(reason) if reason else " ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self.form.show_busy(is_busy=False)


def of_plan(
    data: SheetData, *, template: "Template | None" = None, cards: "Sequence[CardDraft]" = (), follows: str = ""
) -> NewPlan:
    """A plan like this one: its charter and measures. What it `follows` makes it the next one, with the cards kept.

    With a template it has the cards of that one; the next plan begins with those alone that were carried over.
    """
    plan = data.plan
    charter = (
        "problem", "value_for_organisation", "value_for_members", "sponsor", "roles", "weekly_hours", "holidays",
        "owner", "purpose",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(plan, name) for name in charter}
    if follows:
        # The purpose of the next plan is its own; so are its numbers' targets.
        values["purpose"] = ""
    values |= {
        "name": "" if follows else f"{plan.name} (copy)",
        "community": plan.community_name,
        "template": "" if template is None else template,
        "cards": tuple(cards),
        "follows": follows,
        "before": plan.name if follows else "",
    }
    if template is None or not template.objectives:
        values["measures"] = tuple(
            Chosen(each.measure, each.target, each.title if each.measure == HAND_KEPT else "", each.hand_unit)
            for each in data.live
        )
    return NewPlan(values)


def start(workspace: Workspace, wish: PlanWish) -> Begun:
    """The new plan; refuses as `operations.plans.start_plan` does."""
    # The ORM and the plan document load with the first plan that is written, away from the window.
    from workbench.operations.plans import MeasureChoice, start_plan  # noqa: PLC0415 - see above
    from workbench.plans.drafts import ObjectiveDraft  # noqa: PLC0415 - as above

    by_hand = [
        ObjectiveDraft(each.title, HAND_KEPT, each.target, hand_unit=each.unit)
        for each in wish.measures
        if each.key == HAND_KEPT
    ]
    plan_id = start_plan(
        workspace,
        name=wish.name,
        purpose=wish.purpose,
        owner=wish.owner,
        community=wish.community,
        measures=[MeasureChoice(each.key, each.target) for each in wish.measures if each.key != HAND_KEPT],
        objectives=[*wish.objectives, *by_hand],
        starts_on=wish.starts_on,
        template=wish.template,
        with_starter_cards=False,
        cards=wish.cards,
        **wish.charter,
    )
    workspace.notes.set_preference(DRAFT, None)
    with workspace.database.read() as reader:
        plan = plan_row(reader, plan_id)
        objectives = [each for each in plan_objectives(reader, plan_id) if each.measure != HAND_KEPT]
    changes = Changes.PLANS
    if wish.kind is not None and plan is not None and plan.community_id is not None:
        # Only now: a plan that was refused, or never started, changes no community.
        changes |= workspace.mirror.set_community_type(plan.community_id, wish.kind)
    return Begun(plan_id, sum(each.baseline_value is not None for each in objectives), len(objectives), changes)


def alike(workspace: Workspace, words: str) -> list[tuple[str, str]]:
    """Communities much like what is being planned: their names, and why."""
    from workbench.operations.plans import similar_communities  # noqa: PLC0415 - loads the search for likeness

    found = similar_communities(workspace, words, limit=_MOST_ALIKE)
    return [(each.name, each.description or "by its name") for each in found]


def draft_text(values: Mapping[str, Any]) -> str:
    """What was typed, as JSON."""
    from workbench.plans.clip import drafts_as_own  # noqa: PLC0415 - drafts load with the first that is kept

    plain = dict(values)
    plain["cards"] = drafts_as_own(values.get("cards", ())).decode()
    plain["starts_on"] = values["starts_on"].isoformat()
    plain["roles"] = [[line.role, line.holder] for line in values["roles"]]
    plain["measures"] = [[each.key, each.target, each.title, each.unit] for each in values["measures"]]
    return json.dumps(plain, ensure_ascii=False)


def read_draft(text: str) -> dict[str, Any] | None:
    """What `draft_text` wrote; None for anything else, such as the draft of a newer version."""
    from workbench.plans.clip import from_own  # noqa: PLC0415 - as above

    try:
        values = json.loads(text)
        values["starts_on"] = date.fromisoformat(values["starts_on"])
        # A draft of an earlier version says no type.
        values["kind"] = CommunityType(values["kind"]) if values.get("kind") else None
        values["roles"] = tuple(RoleLine(*line) for line in values["roles"])
        values["measures"] = tuple(Chosen(*each) for each in values["measures"])
        # A draft of an earlier version has no cards in it.
        values["cards"] = tuple(from_own(values.get("cards", "[]").encode()))
    except (ValueError, TypeError, KeyError, AttributeError, BadInputError):
        return None
    return dict(values)


def _read_ground(workspace: Workspace) -> _Ground:
    with workspace.database.read() as reader:
        communities = community_names(reader)
        types = {key: kind for key in communities if (kind := community_type(reader, key)) is not None}
        text = preference(reader, DRAFT)
    return _Ground(communities, types, None if text is None else read_draft(text))


def _keep(workspace: Workspace, text: str | None) -> None:
    workspace.notes.set_preference(DRAFT, text)
