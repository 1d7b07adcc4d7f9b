"""CardSeed: what a card begins with that is made from somewhere else: a conversation, a person, a promise."""

from dataclasses import dataclass
from typing import NamedTuple

from workbench.ids import CardId, EventId, PlanId
from workbench.models.database import Database
from workbench.models.kinds import CardKind, EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.queries.evidence import thread_community, thread_name
from workbench.queries.plans import list_plans
from workbench.queries.preferences import my_name


class CardPlace(NamedTuple):
    """Names a card for the Plans page: it opens the plan, and the card at its side."""

    plan_id: PlanId
    card_id: CardId


@dataclass(frozen=True, slots=True)
class CardSeed:
    """`person` is who it is about: the owner of an activity, the one a commitment is made to."""

    title: str = ""
    kind: CardKind = CardKind.ACTIVITY
    person: str = ""
    thread: EventId | None = None


@dataclass(frozen=True, slots=True)
class CardGround:
    """Where a card can go, who makes it, and what it brings along."""

    plans: tuple[tuple[PlanId, str], ...]
    my_name: str
    evidence: tuple[Evidence, ...] = ()
    near: tuple[PlanId, ...] = ()
    """The plans for the community the conversation is from."""


def read_ground(database: Database, seed: CardSeed) -> CardGround:
    """The plans in use by name, the name of who sits here ("" where nobody said), and the thread as evidence."""
    with database.read() as reader:
        rows = [plan for plan in list_plans(reader) if not plan.is_archived]
        plans = tuple((plan.id, plan.name) for plan in rows)
        name = None if seed.thread is None else thread_name(reader, seed.thread)
        evidence = () if name is None else (Evidence("", EvidenceKind.THREAD, seed.title, name),)
        where = None if seed.thread is None else thread_community(reader, seed.thread)
        near = tuple(plan.id for plan in rows if where is not None and plan.community_id == where)
        return CardGround(plans, my_name(reader), evidence, near)
