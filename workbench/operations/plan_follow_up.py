"""Plan follow-up: what a plan hands to the one after it."""

from dataclasses import dataclass

from workbench.ids import PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.drafts import CardDraft, draft_of
from workbench.plans.views import CardView, PlanView
from workbench.workspace import Workspace

_LESSONS_DAY = 1


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What the next plan is offered: `cards` begin with one that holds the lessons, where there are any.

    `follows`, `sponsor`, `roles` and the rest of the charter are for `start_plan`; a person may change each of them.
    """

    follows: PlanId
    name: str
    lessons: str
    worked: str
    did_not_work: str
    cards: tuple[CardDraft, ...]


def carry_over(workspace: Workspace, plan_id: PlanId) -> CarriedOver:
    """The lessons of a plan and its cards that are not done, for the next one; refuses an unknown plan (BadInputError).

    Cards begin again in To do and lose their days, which were those of the plan before; a commitment keeps its day, for
    it was promised. Of a series that is not over, the series comes once, and comes back no more until somebody says so.
    """
    view = workspace.plans.open(plan_id).view()
    unfinished = [*(card for card in view.cards if _is_open(card)), *_open_series(view)]
    return CarriedOver(
        follows=view.id,
        name=view.name,
        lessons=view.lessons,
        worked=view.worked,
        did_not_work=view.did_not_work,
        cards=(*_lessons_card(view), *(_again(card) for card in unfinished)),
    )


def _is_open(card: CardView) -> bool:
    return card.series_id is None and not card.is_archived and card.column is not CardColumn.DONE


def _open_series(view: PlanView) -> list[CardView]:
    waiting = {card.series_id for card in view.cards if not card.is_archived and card.column is not CardColumn.DONE}
    return [series for series in view.series if series.series_id in waiting]


def _again(card: CardView) -> CardDraft:
    draft = draft_of(card, with_days=False)
    return CardDraft(
        title=draft.title,
        pillar=draft.pillar,
        owner=draft.owner,
        due_on=card.due_on if card.promised_to else None,
        hours=draft.hours,
        notes=draft.notes,
        kind=draft.kind,
        focus=draft.focus,
        channel=draft.channel,
        promised_to=draft.promised_to,
        checklist=tuple(item.text for item in card.checklist if not item.is_done),
    )


def _lessons_card(view: PlanView) -> list[CardDraft]:
    said = [
        f"{heading}: {text.strip()}"
        for heading, text in (
            ("Lessons", view.lessons),
            ("What worked", view.worked),
            ("What did not", view.did_not_work),
        )
        if text.strip()
    ]
    if not said:
        return []
    title = f"Read what “{view.name}” taught"
    return [CardDraft(title, pillar=Pillar.LIBRARY, due_day=_LESSONS_DAY, hours=0.5, notes="\n\n".join(said))]
