"""Members: the directory that filters as you type, and the card of one person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workbench.ids import CommunityId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import maybe_from_micros
from workbench.queries.member_filter import Asked, MemberFilter
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.weeks import recent_weeks

CARD_WEEKS = 52


class MemberSort(StrEnum):
    """Columns a directory can be ordered by. People are never ranked: what somebody did is no order."""

    NAME = "name"
    OFFICE = "office"
    ORGANISATION = "organisation"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person in the communities of a scope; `messages`, `first_at`, `last_at` count there only.

    `topics` are the hashtags they use most of late. What was typed here about somebody stands before what sources tell.
    """

    person_id: PersonId
    name: str
    office: str | None
    communities: int
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    tags: tuple[str, ...]
    is_listed: bool
    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonCommunity:
    """One community of a person."""

    id: CommunityId
    name: str
    messages: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonHere:
    """What a person did in the communities of a scope, where they write in others as well."""

    communities: frozenset[CommunityId]
    messages: int
    replies_given: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything the inspector shows of one person; note and tags are the coordinator's own and never exported.

    `weeks` holds messages per week (Monday to Sunday) of the last 52 weeks, oldest first, the last one still running.
    """

    person_id: PersonId
    name: str
    office: str | None
    is_bot: bool
    communities: tuple[PersonCommunity, ...]
    messages: int
    replies_given: int
    first_at: datetime | None
    last_at: datetime | None
    weeks: tuple[int, ...]
    note: str
    tags: tuple[str, ...]
    is_listed: bool
    """Whether a source names this person as a member; if not, they are known only from what they wrote."""
    here: PersonHere | None = None
    """The same numbers of the scope alone; None where that is all of the person's communities."""


_NAMED = {
    MemberSort.NAME: ("p.find_key",),
    MemberSort.OFFICE: ("coalesce(f.office, p.office) IS NULL", "coalesce(f.office, p.office)"),
    MemberSort.ORGANISATION: (
        "coalesce(f.organisation, p.organisation) IS NULL",
        "coalesce(f.organisation, p.organisation)",
    ),
}
_COUNTED = {
    MemberSort.FIRST: "min(m.first_message_at)",
    MemberSort.LAST: "max(m.last_message_at)",
}
_TYPED = "LEFT JOIN personfact f ON f.person_id = p.id"

# Hashtags of late: the newest fifty things somebody did stand for what they write about.
_DETAILS = """
SELECT p.id, p.name, coalesce(f.office, p.office), count(*), sum(m.messages), min(m.first_message_at),
  max(m.last_message_at), max(m.is_listed),
  (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM persontag g WHERE g.person_id = p.id ORDER BY tag)),
  coalesce(f.region, p.region), coalesce(f.organisation, p.organisation),
  coalesce(f.role, (SELECT group_concat(role, ', ') FROM (
    SELECT DISTINCT r.role FROM member r WHERE r.person_id = p.id AND r.role IS NOT NULL ORDER BY 1))),
  coalesce(f.languages, p.languages), coalesce(f.time_zone, p.time_zone),
  (SELECT group_concat(tag, char(31)) FROM (
    SELECT t.tag FROM (SELECT e.id FROM event e INDEXED BY event_person WHERE e.person_id = p.id
                       ORDER BY e.at DESC LIMIT 50) lately
    CROSS JOIN event_tag t ON t.event_id = lately.id GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT 5))
FROM person p JOIN member m ON m.person_id = p.id LEFT JOIN personfact f ON f.person_id = p.id
WHERE p.id IN (SELECT value FROM json_each(:people)) AND m.left_at IS NULL AND
"""


def list_members(
    reader: Reader,
    scope: Scope,
    *,
    text: str = "",
    where: MemberFilter = MemberFilter.ALL,
    sort: MemberSort = MemberSort.NAME,
    descending: bool = False,
    limit: int,
    offset: int = 0,
) -> list[MemberRow]:
    """A page of the people who are in a community of `scope` now; programs only where asked for.

    Name, office, region, organisation, language, a tag or a hashtag has to hold every word of `text`; case and accents
    do not matter.
    """
    asked = Asked(scope, text, where)
    return _detailed(reader, scope, _page(reader, asked, sort=sort, descending=descending, limit=limit, offset=offset))


def first_members(
    reader: Reader,
    scope: Scope,
    *,
    text: str = "",
    where: MemberFilter = MemberFilter.ALL,
    sort: MemberSort = MemberSort.NAME,
    descending: bool = False,
    limit: int,
) -> tuple[list[MemberRow], int]:
    """The first page of `list_members`, and how many it would list in all: everybody is looked at once for both."""
    asked = Asked(scope, text, where)
    page = _page(reader, asked, sort=sort, descending=descending, limit=limit, offset=0)
    if len(page) < limit:
        fitting = len(page)
    elif sort is MemberSort.NAME and asked.is_walked:
        fitting = len(page) + asked.count(reader, beyond=page[-1], descending=descending)
    else:
        fitting = asked.count(reader)
    return _detailed(reader, scope, page), fitting


def _detailed(reader: Reader, scope: Scope, page: Sequence[PersonId]) -> list[MemberRow]:
    statement = sql(_DETAILS, within("m.community_id", scope), "GROUP BY p.id")
    params = {"people": json.dumps(page), "scope": scope_parameter(scope)}
    rows = {row[0]: _member(row) for row in reader.rows(statement, params)}
    return [rows[person] for person in page]


def place_of_member(
    reader: Reader,
    scope: Scope,
    person_id: PersonId,
    *,
    text: str = "",
    where: MemberFilter = MemberFilter.ALL,
    sort: MemberSort = MemberSort.NAME,
    descending: bool = False,
) -> int | None:
    """Where `list_members` lists somebody, from 0; None where it does not."""
    everybody = _page(reader, Asked(scope, text, where), sort=sort, descending=descending, limit=-1, offset=0)
    return everybody.index(person_id) if person_id in everybody else None


def count_members(reader: Reader, scope: Scope, *, text: str = "", where: MemberFilter = MemberFilter.ALL) -> int:
    """How many people `list_members` would list."""
    return Asked(scope, text, where).count(reader)


def _page(
    reader: Reader, asked: Asked, *, sort: MemberSort, descending: bool, limit: int, offset: int
) -> list[PersonId]:
    """The people of one page in order; their numbers are added afterwards, for these few only."""
    direction = "DESC" if descending else "ASC"
    params = {**asked.parameters, "limit": limit, "offset": offset}
    if sort in _NAMED:
        # Each column once: an index does not answer an order that names its column twice.
        columns = dict.fromkeys([*_NAMED[sort], "p.find_key", "p.id"])
        order = ", ".join(f"{column} {direction}" for column in columns)
        is_walked = sort is MemberSort.NAME
        whence = "person p INDEXED BY person_find" if is_walked else sql("person p NOT INDEXED", _TYPED)
        whom = asked.condition if is_walked else asked.gathered
        statement = sql("SELECT p.id FROM", whence, "WHERE", whom, "ORDER BY", order)
    else:
        order = f"{_COUNTED[sort]} {direction} NULLS LAST, p.find_key, p.id"
        statement = sql(
            "SELECT p.id FROM member m JOIN person p ON p.id = m.person_id",
            sql("WHERE", asked.counts, "AND m.left_at IS NULL AND"),
            within("m.community_id", asked.scope),
            asked.matching,
            "GROUP BY p.id ORDER BY",
            order,
        )
    return [row[0] for row in reader.rows(sql(statement, "LIMIT :limit OFFSET :offset"), params)]


def _member(row: tuple[Any, ...]) -> MemberRow:
    id_, name, office, communities, messages, first_at, last_at, is_listed, tags, *told, topics = row
    return MemberRow(
        person_id=id_,
        name=name,
        office=office,
        communities=communities,
        messages=messages,
        first_at=maybe_from_micros(first_at),
        last_at=maybe_from_micros(last_at),
        tags=tuple(tags.split("\x1f")) if tags else (),
        is_listed=bool(is_listed),
        region=told[0],
        organisation=told[1],
        role=told[2],
        languages=told[3],
        time_zone=told[4],
        topics=tuple(topics.split("\x1f")) if topics else (),
    )


_PERSON = """
SELECT p.name, coalesce(f.office, p.office), p.is_bot,
  ifnull((SELECT n.text FROM personnote n WHERE n.person_id = p.id), '')
FROM person p LEFT JOIN personfact f ON f.person_id = p.id WHERE p.id = ?
"""
_PERSON_COMMUNITIES = """
SELECT m.community_id, c.name, m.messages, m.first_message_at, m.last_message_at, m.is_listed
FROM member m JOIN community c ON c.id = m.community_id WHERE m.person_id = ?
"""
_PERSON_REPLIES = "SELECT community_id, sum(replies) FROM personday WHERE person_id = ? GROUP BY 1"
_PERSON_WEEKS = """
SELECT (day - :first) / 7, sum(posts + replies) FROM personday
WHERE person_id = :person AND community_id IN (SELECT community_id FROM member WHERE person_id = :person)
  AND day >= :first AND day < :until GROUP BY 1
"""
_PERSON_TAGS = "SELECT tag FROM persontag WHERE person_id = ? ORDER BY tag"


def person_card(reader: Reader, person_id: PersonId, *, as_of: datetime, scope: Scope = ()) -> PersonCard | None:
    """What the inspector shows of a person, over all their communities; None where there is no such person.

    Communities of `scope` stand first, and `here` counts in them alone.
    """
    person = reader.one(_PERSON, (person_id,))
    if person is None:
        return None
    name, office, is_bot, note = person
    communities = reader.rows(_PERSON_COMMUNITIES, (person_id,))
    replies = dict(reader.rows(_PERSON_REPLIES, (person_id,)))
    here = [row for row in communities if row[0] in scope]
    messages, replies_given, first_at, last_at = _summed(communities, replies)
    cards = [PersonCommunity(row[0], row[1], row[2], maybe_from_micros(row[4])) for row in communities]
    return PersonCard(
        person_id=person_id,
        name=name,
        office=office,
        is_bot=bool(is_bot),
        communities=tuple(sorted(cards, key=lambda card: (card.id not in scope, card.name.casefold(), card.id))),
        messages=messages,
        replies_given=replies_given,
        first_at=first_at,
        last_at=last_at,
        weeks=_weeks(reader, person_id, as_of),
        note=note,
        tags=tuple(tag for (tag,) in reader.rows(_PERSON_TAGS, (person_id,))),
        is_listed=any(row[5] for row in communities),
        here=PersonHere(frozenset(row[0] for row in here), *_summed(here, replies))
        if scope and len(here) < len(communities)
        else None,
    )


def _summed(
    communities: Sequence[tuple[Any, ...]], replies: Mapping[CommunityId, int]
) -> tuple[int, int, datetime | None, datetime | None]:
    """(messages, replies given, first message, last message) of some communities of a person."""
    return (
        sum(row[2] for row in communities),
        sum(replies.get(row[0], 0) for row in communities),
        maybe_from_micros(min((row[3] for row in communities if row[3] is not None), default=None)),
        maybe_from_micros(max((row[4] for row in communities if row[4] is not None), default=None)),
    )


def known_tags(reader: Reader) -> tuple[str, ...]:
    """Every tag in use, by name."""
    return tuple(tag for (tag,) in reader.rows("SELECT DISTINCT tag FROM persontag ORDER BY tag"))


def _weeks(reader: Reader, person_id: PersonId, as_of: datetime) -> tuple[int, ...]:
    first, until = recent_weeks(as_of, CARD_WEEKS)
    weeks = [0] * CARD_WEEKS
    span = {"person": person_id, "first": first, "until": until}
    for week, messages in reader.rows(_PERSON_WEEKS, span):
        weeks[week] = messages
    return tuple(weeks)
