"""Members: the directory that filters as you type, and the card of one person."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workbench.ids import CommunityId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import maybe_from_micros
from workbench.models.search_text import folded
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.weeks import recent_weeks

CARD_WEEKS = 52


class MemberSort(StrEnum):
    """Columns a directory can be ordered by. The default is the name: people are never ranked."""

    NAME = "name"
    OFFICE = "office"
    MESSAGES = "messages"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person in the communities of a scope; `messages`, `first_at`, `last_at` count there only."""

    person_id: PersonId
    name: str
    office: str | None
    communities: int
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    tags: tuple[str, ...]
    is_listed: bool


@dataclass(frozen=True, slots=True)
class PersonCommunity:
    """One community of a person."""

    id: CommunityId
    name: str
    messages: int
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


_WORD_MATCHES = """
AND (instr(p.name_key, :w{0}) OR instr(lower(ifnull(p.office, '')), :w{0})
  OR p.id IN (SELECT person_id FROM persontag WHERE instr(lower(tag), :w{0})))
"""
_WORDS = 8
"""More words than a name has; the rest of what was typed is not looked at."""

_NAMED = {MemberSort.NAME: "p.name_key", MemberSort.OFFICE: "p.office IS NULL, p.office"}
_COUNTED = {
    MemberSort.MESSAGES: "sum(m.messages)",
    MemberSort.FIRST: "min(m.first_message_at)",
    MemberSort.LAST: "max(m.last_message_at)",
}

_DETAILS = """
SELECT p.id, p.name, p.office, count(*), sum(m.messages), min(m.first_message_at), max(m.last_message_at),
  max(m.is_listed),
  (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM persontag g WHERE g.person_id = p.id ORDER BY tag))
FROM person p JOIN member m ON m.person_id = p.id
WHERE p.id IN (SELECT value FROM json_each(:people)) AND m.left_at IS NULL AND
"""


def list_members(
    reader: Reader,
    scope: Scope,
    *,
    text: str = "",
    sort: MemberSort = MemberSort.NAME,
    descending: bool = False,
    limit: int,
    offset: int = 0,
) -> list[MemberRow]:
    """A page of the people who are in a community of `scope` now; bots are left out.

    Name, office or a tag has to hold every word of `text`; case, and accents in names, do not matter.
    """
    page = _page(reader, scope, text=text, sort=sort, descending=descending, limit=limit, offset=offset)
    statement = sql(_DETAILS, within("m.community_id", scope), "GROUP BY p.id")
    params = {"people": json.dumps(page), "scope": scope_parameter(scope)}
    rows = {row[0]: _member(row) for row in reader.rows(statement, params)}
    return [rows[person] for person in page]


def count_members(reader: Reader, scope: Scope, *, text: str = "") -> int:
    """How many people `list_members` would list."""
    words, condition = _matching(text)
    statement = sql("SELECT count(*) FROM person p WHERE", _present(scope), condition)
    count: int = reader.scalar(statement, {"scope": scope_parameter(scope), **words})
    return count


def _page(
    reader: Reader, scope: Scope, *, text: str, sort: MemberSort, descending: bool, limit: int, offset: int
) -> list[PersonId]:
    """The people of one page in order; their numbers are added afterwards, for these few only."""
    words, condition = _matching(text)
    direction = "DESC" if descending else "ASC"
    params = {"scope": scope_parameter(scope), "limit": limit, "offset": offset, **words}
    if sort in _NAMED:
        # Each column once: an index does not answer an order that names its column twice.
        columns = dict.fromkeys([*_NAMED[sort].split(", "), "p.name_key", "p.id"])
        order = ", ".join(f"{column} {direction}" for column in columns)
        statement = sql("SELECT p.id FROM person p WHERE", _present(scope), condition, "ORDER BY", order)
    else:
        order = f"{_COUNTED[sort]} {direction} NULLS LAST, p.name_key, p.id"
        statement = sql(
            "SELECT p.id FROM member m JOIN person p ON p.id = m.person_id",
            "WHERE p.is_bot = 0 AND m.left_at IS NULL AND",
            within("m.community_id", scope),
            condition,
            "GROUP BY p.id ORDER BY",
            order,
        )
    return [row[0] for row in reader.rows(sql(statement, "LIMIT :limit OFFSET :offset"), params)]


def _present(scope: Scope) -> str:
    return sql(
        "p.is_bot = 0 AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.left_at IS NULL AND",
        within("m.community_id", scope),
        ")",
    )


def _matching(text: str) -> tuple[dict[str, str], str]:
    """Parameters and condition for the words typed."""
    words = folded(text).casefold().split()[:_WORDS]
    parameters = {f"w{number}": word for number, word in enumerate(words)}
    return parameters, sql(*(_WORD_MATCHES.format(number) for number in range(len(words))))


def _member(row: tuple[Any, ...]) -> MemberRow:
    id_, name, office, communities, messages, first_at, last_at, is_listed, tags = row
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
    )


_PERSON = """
SELECT p.name, p.office, p.is_bot, ifnull((SELECT n.text FROM personnote n WHERE n.person_id = p.id), '')
FROM person p WHERE p.id = ?
"""
_PERSON_COMMUNITIES = """
SELECT m.community_id, c.name, m.messages, m.first_message_at, m.last_message_at, m.is_listed
FROM member m JOIN community c ON c.id = m.community_id WHERE m.person_id = ?
"""
_PERSON_REPLIES = "SELECT ifnull(sum(replies), 0) FROM personday WHERE person_id = ?"
_PERSON_WEEKS = """
SELECT (day - :first) / 7, sum(posts + replies) FROM personday
WHERE person_id = :person AND community_id IN (SELECT community_id FROM member WHERE person_id = :person)
  AND day >= :first AND day < :until GROUP BY 1
"""
_PERSON_TAGS = "SELECT tag FROM persontag WHERE person_id = ? ORDER BY tag"


def person_card(reader: Reader, person_id: PersonId, *, as_of: datetime) -> PersonCard | None:
    """What the inspector shows of a person, over all their communities; None where there is no such person."""
    person = reader.one(_PERSON, (person_id,))
    if person is None:
        return None
    name, office, is_bot, note = person
    communities = reader.rows(_PERSON_COMMUNITIES, (person_id,))
    firsts = [row[3] for row in communities if row[3] is not None]
    lasts = [row[4] for row in communities if row[4] is not None]
    cards = [PersonCommunity(row[0], row[1], row[2], maybe_from_micros(row[4])) for row in communities]
    return PersonCard(
        person_id=person_id,
        name=name,
        office=office,
        is_bot=bool(is_bot),
        communities=tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.id))),
        messages=sum(row[2] for row in communities),
        replies_given=reader.scalar(_PERSON_REPLIES, (person_id,)),
        first_at=maybe_from_micros(min(firsts, default=None)),
        last_at=maybe_from_micros(max(lasts, default=None)),
        weeks=_weeks(reader, person_id, as_of),
        note=note,
        tags=tuple(tag for (tag,) in reader.rows(_PERSON_TAGS, (person_id,))),
        is_listed=any(row[5] for row in communities),
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
