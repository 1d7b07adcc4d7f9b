"""CardSeed: what a card begins with that is made from somewhere else: a conversation, a person, a promise."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workbench.ids import CardId, CommunityId, EventId, PersonId, PlanId
from workbench.models.database import Database, Reader
from workbench.models.kinds import CardKind, EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.queries.evidence import thread_community, thread_name
from workbench.queries.members import person_card
from workbench.queries.plans import list_plans
from workbench.queries.preferences import my_name


class CardPlace(NamedTuple):
    """Names a card for the Plans page: it opens the plan, and the card at its side."""

    plan_id: PlanId
    card_id: CardId


@dataclass(frozen=True, slots=True)
class CardSeed:
    """`person` (`person_id`) is who it is about: the owner of an activity, the one a commitment is made to.

    `evidence` comes on top of the thread.
    """

    title: str = ""
    kind: CardKind = CardKind.ACTIVITY
    person: str = ""
    thread: EventId | None = None
    person_id: PersonId | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CardGround:
    """Where a card can go, who makes it, and what it brings along."""

    plans: tuple[tuple[PlanId, str], ...]
    my_name: str
    evidence: tuple[Evidence, ...] = ()
    near: tuple[PlanId, ...] = ()
    """The plans for the community the conversation is from, or for those the person writes in, the liveliest first."""


def read_ground(database: Database, seed: CardSeed, *, now: datetime) -> CardGround:
    """The plans in use by name, the name of who sits here ("" where nobody said), and the thread as evidence."""
    with database.read() as reader:
        rows = [plan for plan in list_plans(reader) if not plan.is_archived]
        plans = tuple((plan.id, plan.name) for plan in rows)
        name = None if seed.thread is None else thread_name(reader, seed.thread)
        evidence = () if name is None else (Evidence("", EvidenceKind.THREAD, seed.title, name),)
        where = _communities(reader, seed, now=now)
        near = tuple(plan.id for community in where for plan in rows if plan.community_id == community)
        return CardGround(plans, my_name(reader), (*evidence, *seed.evidence), near)


def _communities(reader: Reader, seed: CardSeed, *, now: datetime) -> list[CommunityId]:
    """Where what the card is about happens."""
    if seed.thread is not None:
        community = thread_community(reader, seed.thread)
        return [] if community is None else [community]
    person = None if seed.person_id is None else person_card(reader, seed.person_id, as_of=now)
    found = [] if person is None else sorted(person.communities, key=lambda each: -each.messages)
    return [CommunityId(each.id) for each in found]
