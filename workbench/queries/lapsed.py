"""Lapsed regulars: people who took part often and fell silent, each asked after at most once in ninety days."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.ids import CommunityId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import day_start, from_day, to_day, to_micros
from workbench.queries.coverage import known_until
from workbench.queries.preferences import me
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.today import lasting_key
from workbench.queries.weeks import WEEK_DAYS, monday_of

REGULAR_ACTS: Final = 50
REGULAR_DAYS: Final = 90
"""A regular did so much in so many days: posts, replies, reactions and mentions."""
SILENT_DAYS: Final = 30
PAUSE_DAYS: Final = 90
"""So long nobody is asked after again."""


@dataclass(frozen=True, slots=True)
class LapsedRegular:
    """A person who fell silent; `community` is where they did most. `is_paused` after a nudge in the last 90 days.

    `key` names the person by what the platform calls them, so that a decision about them outlives a removed account.
    """

    key: str
    person_id: PersonId
    name: str
    community_id: CommunityId
    community: str
    last_at: datetime
    silent_days: int
    is_paused: bool


# Who acts fifty times within ninety days acted four times or more in one of the weeks these days touch: such people are
# a bit each, and few of them were silent in the weeks after. Only their days are looked at.
_OFTEN = """
SELECT json_group_array(block), json_group_array(often) FROM networkpeople
WHERE week >= :first AND week < :until AND often <> 0
"""
_ACTED = """
SELECT json_group_array(block), json_group_array(acted) FROM networkpeople WHERE week >= :first AND week < :until
"""
_PEOPLE_A_BLOCK: Final = 56
_PEOPLE = """
SELECT p.id, p.name, l.last, EXISTS (SELECT 1 FROM nudge n WHERE n.person_id = p.id AND n.at > :paused)
FROM (
  SELECT j.value AS person, max(d.day) AS last FROM json_each(:people) j
  CROSS JOIN member m ON m.person_id = j.value
  CROSS JOIN personday d INDEXED BY person_day_person
    ON d.person_id = m.person_id AND d.community_id = m.community_id AND d.day >= :first AND d.day < :end
  GROUP BY j.value
  HAVING max(d.day) < :silent AND sum(d.posts + d.replies + d.reactions + d.mentions) >= :acts
) l CROSS JOIN person p ON p.id = l.person
WHERE NOT p.is_bot AND p.id IS NOT :me AND EXISTS (
  SELECT 1 FROM member m
  WHERE m.person_id = p.id AND m.left_at IS NULL AND EXISTS (
    SELECT 1 FROM personday d INDEXED BY person_day_person
    WHERE d.person_id = m.person_id AND d.community_id = m.community_id AND d.day >= :first AND d.day < :silent
      AND d.posts + d.replies + d.reactions + d.mentions > 0) AND
"""
_WHERE = """
SELECT c.id, c.name, c.remote_id, s.kind, ifnull(s.base_url, s.name),
  (SELECT min(h.remote_id) FROM handle h WHERE h.person_id = :person AND h.account_id = c.account_id)
FROM personday d JOIN community c ON c.id = d.community_id JOIN account s ON s.id = c.account_id
WHERE d.person_id = :person AND d.day >= :first
GROUP BY c.id ORDER BY sum(d.posts + d.replies + d.reactions + d.mentions) DESC, c.id LIMIT 1
"""


def lapsed_regulars(reader: Reader, scope: Scope, *, as_of: datetime) -> list[LapsedRegular]:
    """Who did nothing anywhere in the last 30 whole days, and at least 50 things in the 90 days before; by name.

    Silence is counted up to the last day that is known, so that nobody falls silent because nothing was fetched.
    """
    known = known_until(reader, scope)
    if known is None:
        return []
    end = min(to_day(known) + 1, to_day(as_of.date()))
    silent = end - SILENT_DAYS
    first = silent - REGULAR_DAYS
    params: dict[str, object] = {
        "scope": scope_parameter(scope),
        "me": me(reader),
        "first": first,
        "end": end,
        "silent": silent,
        "acts": REGULAR_ACTS,
        "paused": to_micros(as_of - timedelta(days=PAUSE_DAYS)),
    }
    params["people"] = json.dumps(_candidates(reader, first=first, silent=silent, end=end))
    found = reader.rows(sql(_PEOPLE, within("m.community_id", scope), ")"), params)
    people = [_person(reader, row, first=first, end=end) for row in found]
    return sorted(people, key=lambda one: (one.name.casefold(), one.person_id))


def _candidates(reader: Reader, *, first: int, silent: int, end: int) -> list[int]:
    """Everybody who did much in some week of the days [first, silent), and nothing in the whole weeks up to `end`."""
    often = _people_by_block(reader, _OFTEN, monday_of(first), silent)
    acted = _people_by_block(reader, _ACTED, monday_of(silent + WEEK_DAYS - 1), end - WEEK_DAYS + 1)
    people: list[int] = []
    for block, bits in often.items():
        left = bits & ~acted.get(block, 0)
        while left:
            people.append(block * _PEOPLE_A_BLOCK + (left & -left).bit_length() - 1)
            left &= left - 1
    return people


def _people_by_block(reader: Reader, statement: str, first: int, until: int) -> dict[int, int]:
    """{block: a bit for each person} of the weeks whose Mondays lie in [first, until)."""
    blocks, bits = map(json.loads, reader.rows(statement, {"first": first, "until": until})[0])
    people: dict[int, int] = {}
    for block, some in zip(blocks, bits, strict=True):
        people[block] = people.get(block, 0) | some
    return people


def _person(reader: Reader, row: tuple[int, str, int, int], *, first: int, end: int) -> LapsedRegular:
    person_id, name, last, is_paused = row
    place = reader.one(_WHERE, {"person": person_id, "first": first})
    if place is None:
        raise LookupError(person_id)
    community_id, community, *names = place
    place_name, kind, base, handle = names
    return LapsedRegular(
        key=f"nudge:{lasting_key(kind, base, handle, place_name)}",
        person_id=PersonId(person_id),
        name=name,
        community_id=CommunityId(community_id),
        community=community,
        last_at=day_start(from_day(last)),
        silent_days=end - 1 - last,
        is_paused=bool(is_paused),
    )
