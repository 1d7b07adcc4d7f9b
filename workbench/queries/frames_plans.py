"""Frame parts from plans and from what an office typed in: who holds what, Library items, activities, head counts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES, AskedBy, CardKind, EvidenceKind, Pillar
from workbench.models.leading import is_leading
from workbench.models.moments import to_day
from workbench.models.plan_parts import read_evidence, read_roles
from workbench.models.search_text import folded
from workbench.queries.evidence import thread_named
from workbench.queries.frames_people import member_roles
from workbench.queries.preferences import preference
from workbench.queries.scope import Scope, scope_parameter, sql, within

PLAN_DAYS: Final = 90
LIBRARY_KINDS: Final = ("document", "page", "tool_kit")
"""Outputs that are items of a Library; a decision or an event is none."""
STAFF: Final = "staff"
"""Preference with the head counts an office typed in: JSON list of {community, people, on, source}."""


class Holding(NamedTuple):
    """Somebody who holds a role, task or event in a plan that runs on the days [first_day, until_day)."""

    person: PersonId
    first_day: int
    until_day: int
    leads: bool


class Activity(NamedTuple):
    """An activity of a plan that runs on the days [first_day, until_day); the pillar is None where none was chosen."""

    first_day: int
    until_day: int
    pillar: Pillar | None


class HeadCount(NamedTuple):
    """How many people there are who could take part, from which day on, and who says so.

    It `holds_before` that day too only where the leader says so.
    """

    people: int
    on: date
    source: str
    holds_before: bool = False


class Coordination(NamedTuple):
    """How many of the communities have somebody in a leading role; `is_told` where the role of anybody is known.

    `asked_for` of them are there because members asked; of `unsaid` nobody has said who asked.
    """

    with_one: int
    communities: int
    is_told: bool = True
    asked_for: int = 0
    unsaid: int = 0


NO_COORDINATION: Final = Coordination(0, 0)

_PLANS = "SELECT p.id, p.starts_on, p.owner, p.roles FROM plan p WHERE NOT p.is_archived AND"


def holdings(reader: Reader, scope: Scope) -> tuple[Holding, ...]:
    """Who holds what in the plans of these communities; names are matched with the members of the scope.

    Owners and holders of roles lead, owners of cards help. Names that no member bears are nobody here.
    """
    held: list[tuple[str, int, bool]] = []
    params = {"scope": scope_parameter(scope)}
    for plan_id, starts_on, owner, roles in reader.rows(sql(_PLANS, within("p.community_id", scope)), params):
        first = to_day(date.fromisoformat(starts_on))
        held += [(name, first, True) for name in (owner, *(line.holder for line in read_roles(roles)))]
        held += [(name, first, False) for (name,) in reader.rows(_CARD_OWNERS, (plan_id,))]
    people = _members_named(reader, scope, {name for name, _, _ in held})
    return tuple(
        Holding(person, first, first + PLAN_DAYS, leads)
        for name, first, leads in held
        for person in people.get(_key(name), ())
    )


_CARD_OWNERS = "SELECT DISTINCT owner FROM card WHERE plan_id = ? AND NOT is_archived AND owner <> ''"


def _members_named(reader: Reader, scope: Scope, names: Iterable[str]) -> Mapping[str, list[PersonId]]:
    keys = sorted({key for name in names if (key := _key(name))})
    if not keys:
        return {}
    statement = sql(
        "SELECT DISTINCT p.name_key, p.id FROM member m CROSS JOIN person p ON p.id = m.person_id WHERE",
        within("m.community_id", scope),
        "AND NOT p.is_bot AND p.name_key IN (SELECT value FROM json_each(:names))",
    )
    found: dict[str, list[PersonId]] = {}
    for key, person in reader.rows(statement, {"scope": scope_parameter(scope), "names": json.dumps(keys)}):
        found.setdefault(key, []).append(person)
    return found


def _key(name: str) -> str:
    return folded(name.strip()).casefold()


def library_threads(reader: Reader, scope: Scope) -> frozenset[EventId]:
    """The threads that a Library activity of these communities' plans, or an output, names as what it was made of."""
    statement = sql(
        "SELECT c.evidence FROM card c JOIN plan p ON p.id = c.plan_id",
        "WHERE c.pillar = :pillar AND NOT c.is_archived AND NOT p.is_archived AND c.evidence <> '[]' AND",
        within("p.community_id", scope),
    )
    rows = reader.rows(statement, {"scope": scope_parameter(scope), "pillar": Pillar.LIBRARY})
    named = {each.value for (text,) in rows for each in read_evidence(text) if each.kind is EvidenceKind.THREAD}
    for (threads,) in reader.rows(_OUTPUTS, (json.dumps(LIBRARY_KINDS),)):
        named.update(json.loads(threads))
    return frozenset(found for name in sorted(named) if (found := thread_named(reader, name)) is not None)


_OUTPUTS = "SELECT threads FROM output WHERE kind IN (SELECT value FROM json_each(?))"


def activities(reader: Reader, scope: Scope) -> tuple[Activity, ...]:
    """The activities of these communities' plans, one for each card that is not archived."""
    statement = sql(
        "SELECT p.starts_on, c.pillar FROM card c JOIN plan p ON p.id = c.plan_id",
        "WHERE c.kind = :kind AND NOT c.is_archived AND NOT p.is_archived AND",
        within("p.community_id", scope),
    )
    rows = reader.rows(statement, {"scope": scope_parameter(scope), "kind": CardKind.ACTIVITY})
    return tuple(
        Activity(first, first + PLAN_DAYS, None if pillar is None else Pillar(pillar))
        for starts_on, pillar in rows
        for first in (to_day(date.fromisoformat(starts_on)),)
    )


def coordination(reader: Reader, scope: Scope) -> Coordination:
    """How many followed communities of the scope have a member in a leading role; what the coordinator typed wins."""
    params = {"scope": scope_parameter(scope)}
    # A web site is a community without people, so nobody can lead it.
    communities = sql(
        "SELECT c.id FROM community c JOIN account a ON a.id = c.account_id WHERE c.is_followed",
        "AND a.kind NOT IN (SELECT value FROM json_each(:sites)) AND",
        within("c.id", scope),
    )
    sites = json.dumps(sorted(WEB_SITES))
    followed = {row[0] for row in reader.rows(communities, params | {"sites": sites})}
    roles = member_roles(reader, scope)
    led = {community for community, _, role in roles if community in followed and is_leading(role)}
    # A name written on a community's card leads it as well.
    typed = sql(
        "SELECT k.community_id FROM community_card k JOIN community c ON c.id = k.community_id AND c.is_followed",
        "WHERE k.coordinator <> '' AND",
        within("k.community_id", scope),
    )
    led |= followed & {row[0] for row in reader.rows(typed, params)}
    asked = dict(reader.rows(sql(_ASKED, within("k.community_id", scope)), params))
    return Coordination(
        len(led),
        len(followed),
        is_told=bool(roles or led),
        asked_for=sum(asked.get(community) == AskedBy.MEMBERS for community in followed),
        unsaid=len(followed - asked.keys()),
    )


_ASKED = "SELECT k.community_id, k.asked_by FROM community_card k WHERE k.asked_by IS NOT NULL AND"


def head_counts(reader: Reader, scope: Scope) -> tuple[HeadCount, ...]:
    """Every head count of the scope by day: of one community, or of all together; none of several."""
    text = preference(reader, STAFF)
    if text is None or len(scope) > 1:
        return ()
    place, name = counted_place(reader, scope[0]) if scope else (None, "")
    if scope and place is None:
        return ()
    counts = (
        HeadCount(
            int(each["people"]),
            date.fromisoformat(each["on"]),
            str(each["source"]),
            bool(each.get("holds_before")),
        )
        for each in json.loads(text)
        if is_counted_of(each, place, name)
    )
    return tuple(sorted(counts, key=lambda each: each.on))


def counted_place(reader: Reader, community_id: CommunityId) -> tuple[list[str] | None, str]:
    """What a head count of a community is kept under, [kind, site, id there], and the name; None where it is gone."""
    row = reader.one(_PLACE, (community_id,))
    return (None, "") if row is None else ([*row[:3]], row[3])


_PLACE: Final = """
SELECT a.kind, ifnull(a.base_url, ''), c.remote_id, c.name
FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""


def is_counted_of(kept: Mapping[str, object], place: list[str] | None, name: str) -> bool:
    """Whether a kept head count is of this community, of all where `place` is None; older ones know only its name."""
    told = kept.get("place")
    return kept["community"] == name if told is None or place is None else told == place


def head_count_on(counts: Sequence[HeadCount], day: date) -> HeadCount | None:
    """The head count that holds on a day: the latest up to it, else the first after it that holds before as well."""
    earlier = [each for each in counts if each.on <= day]
    return earlier[-1] if earlier else next((each for each in counts if each.holds_before), None)


def head_count(reader: Reader, scope: Scope, *, on: date) -> HeadCount | None:
    """The head count of the scope that holds on that day; None without."""
    return head_count_on(head_counts(reader, scope), on)
