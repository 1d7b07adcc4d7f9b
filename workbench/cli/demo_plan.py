"""The demo's plan: five weeks in, with something of everything a plan can hold; its people are invented."""

from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from workbench.clock import FixedClock, local_day
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn, CardKind, Channel, EvidenceKind, Focus, Horizon, ObjectiveKind, Pillar
from workbench.operations.plans import freeze_checkpoint, start_plan
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.horizon import day_number
from workbench.plans.templates import STARTER
from workbench.plans.views import HAND_KEPT, CardView, Evidence, ObjectiveTags, Recurrence, RoleLine
from workbench.workspace import Workspace

PLAN = "Cold chain questions"
COMMUNITY = "Cold Chain Circle (sample)"
DAYS_IN = 37
_LEADER, _SECOND, _SPONSOR = "Dina Placeholder", "Luis Ejemplo", "Amina Example"
_UNDER_WAY: Final = 3
_AFTERNOON: Final = time(15, tzinfo=UTC)
_CHECKED: Final = 2
_CHARTER: Final[dict[str, Any]] = {
    "problem": "Health posts ask about refrigerators and vaccine carriers, and wait for days.",
    "value_for_organisation": "Less vaccine is lost, and what one country learned serves the next.",
    "value_for_members": "An answer from somebody who has done it, within two days.",
    "sponsor": _SPONSOR,
    "roles": (RoleLine("Lead", _LEADER), RoleLine("Second lead", _SECOND), RoleLine("Sponsor", _SPONSOR)),
    "risks": "The two people who answer most are on field missions in spring.\nThe line is down in the rainy season.",
    "alignment": "Immunization: every child reached",
    "weekly_hours": 5.0,
    "holidays": "KE",
}


def start_demo_plan(workspace: Workspace) -> PlanId:
    """A plan in its sixth week: what was due is done, a few cards are under way, day 30 is closed."""
    today = local_day(workspace.clock.now())
    plan_id = start_plan(
        workspace,
        name=PLAN,
        purpose="A question about the cold chain gets an answer within two days, from whoever knows.",
        owner=_LEADER,
        objectives=_objectives(),
        cards=_cards(),
        community=COMMUNITY,
        starts_on=today - timedelta(days=DAYS_IN),
        template=STARTER,
        **_CHARTER,
    )
    editor = workspace.plans.open(plan_id)
    _read_by_hand(editor)
    _work(workspace, plan_id)
    editor = workspace.plans.open(plan_id)
    editor.lock_checkpoint(
        30,
        measures=freeze_checkpoint(workspace, plan_id, 30),
        what_worked="Asking three people by name: each of them answered within a day.",
        decisions="Two people watch for questions, week about.",
        next_steps="Hold the first open hour, and write down what was asked.",
    )
    return plan_id


def _objectives() -> list[ObjectiveDraft]:
    tags = ObjectiveTags(behaviour=("answering",), family=("problem solving",), benefit=("less vaccine lost",))
    return [
        ObjectiveDraft(
            "Questions and posts are answered", "reply_rate", 0.7, key="answers", kind=ObjectiveKind.IMPROVING,
            problem="Four of ten questions stay without a reply.", tags=tags, horizon=Horizon.SHORT, due_day=90,
            alignment="Immunization: every child reached",
        ),
        ObjectiveDraft("More people write", "contributors", 150, kind=ObjectiveKind.ENABLING, horizon=Horizon.SHORT),
        ObjectiveDraft("Answers come sooner", "first_reply_hours", 3, kind=ObjectiveKind.IMPROVING),
        ObjectiveDraft(
            "People come to the open hour", HAND_KEPT, 40, key="hour", kind=ObjectiveKind.ENABLING, hand_unit="people",
            horizon=Horizon.LONG,
        ),
    ]  # fmt: skip


def _cards() -> list[CardDraft]:
    return [
        CardDraft(
            "Hold the open hour", pillar=Pillar.DIALOGUE, owner=_SECOND, due_day=14, hours=1, focus=Focus.PEOPLE,
            channel=Channel.EVENT, objective_id="hour", checklist=("Ask for questions", "Find a host", "Send notes"),
            recurrence=Recurrence(14, 84),
        ),
        CardDraft(
            "List of spare parts for solar refrigerators", pillar=Pillar.LIBRARY, owner=_LEADER, starts_day=40,
            due_day=46, hours=4, focus=Focus.PRACTICE, channel=Channel.PAGE, objective_id="answers",
            checklist=("Collect from the threads", "Have it checked", "Put it on the page"),
            notes="The question that is asked most.",
        ),
        CardDraft(
            "Name a stand-in for the rainy season", kind=CardKind.COMMITMENT, owner=_SPONSOR, promised_to=_LEADER,
            due_day=52, objective_id="answers",
        ),
        CardDraft(
            "Interview three health posts", pillar=Pillar.UI, owner=_LEADER, due_day=21, hours=3, focus=Focus.PURPOSE,
            channel=Channel.CALL, objective_id="answers",
            evidence=(Evidence("", EvidenceKind.NUMBER, "Health posts asked", "3"),),
        ),
    ]  # fmt: skip


def _read_by_hand(editor: PlanEditor) -> None:
    view = editor.view()
    hour = next(each for each in view.objectives if each.measure == HAND_KEPT)
    for day, people in ((0, 9), (14, 14), (28, 22)):
        editor.add_reading(hour.id, on=view.starts_on + timedelta(days=day), value=people)


def _work(workspace: Workspace, plan_id: PlanId) -> None:
    """What was due was done on its day, but for the last few; of one, two lines of its checklist are ticked off."""
    editor = workspace.plans.open(plan_id)
    view = editor.view()

    def due(card: CardView) -> int:
        return DAYS_IN + 1 if card.due_on is None else day_number(view.starts_on, card.due_on)

    cards = sorted((card for card in view.cards if due(card) <= DAYS_IN), key=due)
    editor.set_cards([card.id for card in view.cards if not card.owner], owner=_LEADER)
    for day, together in groupby(cards[:-_UNDER_WAY], key=due):
        then = datetime.combine(view.starts_on + timedelta(days=day), _AFTERNOON)
        store = workspace.plans.under(FixedClock(min(then, workspace.clock.now())))
        store.open(plan_id).move_cards([card.id for card in together], to=CardColumn.DONE, index=0)
    editor = workspace.plans.open(plan_id)
    editor.move_cards([card.id for card in cards[-_UNDER_WAY:]], to=CardColumn.DOING, index=0)
    listed = next(card for card in view.cards if card.due_day is not None and due(card) > DAYS_IN and card.checklist)
    for item in listed.checklist[:_CHECKED]:
        editor.set_check(listed.id, item.id, is_done=True)
