"""Roles: who connects, spans offices, brokers, or knows what few do: named sets, a reason each, never ranked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final, NamedTuple

from workbench.ids import PersonId
from workbench.metrics.ties import Network
from workbench.queries.ties import TopicAnswers

CONNECTOR_SHARE: Final = 0.05
BROKER_SHARE: Final = 0.05
SPANNER_SHARE: Final = 0.10
SPANNER_TIES: Final = 5
SPECIALIST_SHARE: Final = 1 / 3
SPECIALIST_ANSWERS: Final = 2
_TELLS_EQUALS_APART: Final = 1e-9
"""Less than any difference of two shares: where all ties of many lead elsewhere, their number decides."""
FEW_ANSWER: Final = 3
"""A topic in which so many people, or fewer, answered."""


class Role(StrEnum):
    """The four roles of Cross and Prusak (2002)."""

    CONNECTOR = "connector"
    SPANNER = "spanner"
    BROKER = "broker"
    SPECIALIST = "specialist"


class RoleWords(NamedTuple):
    """What a role is called, what it means, and how it is worked out."""

    title: str
    meaning: str
    rule: str


ROLES: Final[Mapping[Role, RoleWords]] = {
    Role.CONNECTOR: RoleWords(
        "Central connectors",
        "Whom most turn to. Help them not to drown in it.",
        "the twentieth with the most weight of ties; a reply weighs 3, a mention 2, a reaction 1",
    ),
    Role.SPANNER: RoleWords(
        "Boundary spanners",
        "Tied to other offices. They hear early what is needed elsewhere.",
        "of those with ties to five people or more, the tenth with the largest share of them outside the own office;"
        " of equal shares those with more such ties",
    ),
    Role.BROKER: RoleWords(
        "Information brokers",
        "Hold groups together that would drift apart. Brokering costs effort.",
        "the twentieth through whom most shortest paths between others lead",
    ),
    Role.SPECIALIST: RoleWords(
        "Peripheral specialists",
        "Few ties and rare expertise. Ask them, and let them be.",
        "the third with the least weight of ties, with two thanked or accepted answers or more in a topic in which"
        " three people or fewer answered",
    ),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a role, and why; the reason is a sentence without a name."""

    person_id: PersonId
    reason: str


Holders = Mapping[Role, tuple[Holder, ...]]


def roles_of(
    network: Network,
    between: Sequence[float],
    *,
    offices: Mapping[PersonId, str],
    topics: Iterable[TopicAnswers],
) -> Holders:
    """Who holds which role, by id: whoever shows them puts them in the order of names.

    `between` is the betweenness of `network.people`. Where many stand equal at the border of a set, all of them are in
    it as long as it does not become more than twice as large as meant; otherwise none of these.
    """
    weights = {person: sum(weight for _, weight in near.values()) for person, near in network.links.items()}
    return {
        Role.CONNECTOR: _connectors(network, weights),
        Role.SPANNER: _spanners(network, offices),
        Role.BROKER: _brokers(network, dict(zip(network.people, between, strict=True))),
        Role.SPECIALIST: _specialists(weights, topics),
    }


def top(values: Mapping[PersonId, float], share: float) -> frozenset[PersonId]:
    """Those with the highest values above 0, about `share` of all who have a value; equals are treated alike."""
    meant = ceil(len(values) * share)
    ordered = sorted(values.values(), reverse=True)
    if not ordered:
        return frozenset()
    border = ordered[meant - 1]
    inside = {person for person, value in values.items() if value >= border and value > 0}
    if len(inside) > 2 * meant:
        inside = {person for person in inside if values[person] > border}
    return frozenset(inside)


def _connectors(network: Network, weights: Mapping[PersonId, float]) -> tuple[Holder, ...]:
    return _holders(
        top(weights, CONNECTOR_SHARE), lambda person: f"Has ties with {people(len(network.links[person]))}."
    )


def _brokers(network: Network, between: Mapping[PersonId, float]) -> tuple[Holder, ...]:
    def reason(person: PersonId) -> str:
        ties = people(len(network.links[person]))
        return f"On many of the shortest ways between others; has ties with {ties}."

    return _holders(top(between, BROKER_SHARE), reason)


def _spanners(network: Network, offices: Mapping[PersonId, str]) -> tuple[Holder, ...]:
    """Shares are by number of people: somebody's one busy friend abroad makes them no spanner."""
    outside: dict[PersonId, int] = {}
    shares: dict[PersonId, float] = {}
    for person, near in network.links.items():
        known = [offices[other] for other in near if other in offices]
        if person in offices and len(near) >= SPANNER_TIES and known:
            outside[person] = sum(office != offices[person] for office in known)
            shares[person] = outside[person] / len(known) + outside[person] * _TELLS_EQUALS_APART
    return _holders(
        top(shares, SPANNER_SHARE),
        lambda person: f"{outside[person]} of {len(network.links[person])} people they have ties with sit elsewhere.",
    )


def _specialists(weights: Mapping[PersonId, float], topics: Iterable[TopicAnswers]) -> tuple[Holder, ...]:
    meant = int(len(weights) * SPECIALIST_SHARE)
    border = sorted(weights.values())[meant - 1] if meant else 0
    by_tag: dict[str, list[TopicAnswers]] = {}
    for row in topics:
        by_tag.setdefault(row.tag, []).append(row)
    reasons: dict[PersonId, str] = {}
    for tag, rows in by_tag.items():
        for row in rows:
            is_rare = len(rows) <= FEW_ANSWER and row.thanked >= SPECIALIST_ANSWERS
            if is_rare and weights.get(row.person_id, border + 1) <= border:
                others = people(len(rows) - 1) if len(rows) > 1 else "nobody"
                said = f"Was thanked for {row.thanked} answers on #{tag}, where {others} else answered."
                reasons.setdefault(row.person_id, said)
    return _holders(reasons, lambda person: reasons[person])


def _holders(found: Iterable[PersonId], reason: Callable[[PersonId], str]) -> tuple[Holder, ...]:
    return tuple(Holder(person, reason(person)) for person in sorted(found))


def people(count: int) -> str:
    """A number of people in words."""
    return "1 person" if count == 1 else f"{count} people"
