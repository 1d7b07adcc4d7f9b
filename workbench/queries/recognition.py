"""Lists of people the coordinator looks after: advocates to be, sponsors, those long silent; by name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.leading import is_leading
from workbench.models.moments import day_start, from_micros, to_day, to_micros
from workbench.queries.coverage import known_until
from workbench.queries.people_details import DETAIL_DAYS, PromiseRow, promises_of
from workbench.queries.people_own import as_date
from workbench.queries.scope import Scope, scope_parameter, sql, within

HELPED_OFTEN: Final = 3
"""So many questions answered in ninety days make somebody a candidate for an advocate."""
LONG_SILENT: Final = timedelta(days=182)
WROTE_WITHIN: Final = timedelta(days=365)
MOST_SILENT: Final = 1000
"""So many of the long silent, and of thanks, are read; the screen says so where there are more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be asked to be an advocate, with what speaks for it; the order is that of names."""

    person_id: PersonId
    name: str
    answers: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A sponsor: when they were last spoken to, what was promised, and what they visibly did in ninety days."""

    person_id: PersonId
    name: str
    last_contact: date | None
    promises: tuple[PromiseRow, ...]
    acts: int


@dataclass(frozen=True, slots=True)
class LongSilent:
    """Somebody who wrote within the last year that is known, but not in the last half of it."""

    person_id: PersonId
    name: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ThanksGiven:
    """Thanks in the log, with who got them."""

    person_id: PersonId
    name: str
    day: date
    given_by: str
    reason: str
    thread_id: int | None


_HELPERS = """
SELECT t.first_replier_id, count(*) FROM thread t
WHERE t.started_at >= :start AND t.is_question AND t.first_reply_at IS NOT NULL AND
"""
_IN_ROLES = """
SELECT m.person_id, group_concat(DISTINCT m.role) FROM member m
WHERE m.role IS NOT NULL AND m.left_at IS NULL AND
"""
_NAMES = """
SELECT p.id, p.name FROM person p WHERE p.id IN (SELECT value FROM json_each(?)) AND NOT p.is_bot
  AND NOT EXISTS (SELECT 1 FROM advocate a WHERE a.person_id = p.id) ORDER BY p.name_key, p.id
"""


def advocate_candidates(reader: Reader, scope: Scope, *, as_of: datetime) -> list[Candidate]:
    """Who answered three questions or more in ninety days, or leads a community, and is not on the way yet; by name."""
    start = to_micros(as_of - timedelta(days=DETAIL_DAYS))
    params = {"scope": scope_parameter(scope), "start": start, "least": HELPED_OFTEN}
    helpers = sql(
        _HELPERS, within("t.community_id", scope),
        "GROUP BY t.first_replier_id HAVING t.first_replier_id IS NOT NULL AND count(*) >= :least",
    )  # fmt: skip
    answers: dict[int, int] = dict(reader.rows(helpers, params))
    in_roles = sql(_IN_ROLES, within("m.community_id", scope), "GROUP BY m.person_id")
    roles: dict[int, str] = {one: text for one, text in reader.rows(in_roles, params) if is_leading(text)}
    people = "[" + ",".join(str(one) for one in sorted({*answers, *roles})) + "]"
    return [
        Candidate(person, name, answers.get(person, 0), tuple(sorted(filter(None, roles.get(person, "").split(",")))))
        for person, name in reader.rows(_NAMES, (people,))
    ]


_SPONSORS = """
SELECT p.id, p.name, (SELECT max(c.day) FROM contact c WHERE c.person_id = p.id),
  (SELECT ifnull(sum(d.posts + d.replies + d.reactions + d.mentions), 0) FROM personday d
   WHERE d.person_id = p.id AND d.day >= :first)
FROM personfact f CROSS JOIN person p ON p.id = f.person_id
WHERE f.is_sponsor AND NOT p.is_bot AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE x.person_id = p.id)
ORDER BY p.name_key, p.id
"""


def sponsors(reader: Reader, *, as_of: datetime) -> list[Sponsor]:
    """Everybody marked as a sponsor, by name."""
    first = to_day((as_of - timedelta(days=DETAIL_DAYS)).date())
    return [
        Sponsor(person, name, None if day is None else as_date(day), promises_of(reader, name), acts)
        for person, name, day, acts in reader.rows(_SPONSORS, {"first": first})
    ]


_SILENT = """
SELECT p.id, p.name, max(m.last_message_at) FROM (
  SELECT DISTINCT person_id FROM member m INDEXED BY member_present
  WHERE m.community_id IN (SELECT id FROM community) AND m.left_at IS NULL
    AND m.last_message_at >= :from AND m.last_message_at < :until AND
"""
_STILL = """
) quiet CROSS JOIN person p ON p.id = quiet.person_id CROSS JOIN member m ON m.person_id = p.id
WHERE NOT p.is_bot GROUP BY p.id HAVING max(m.last_message_at) < :until ORDER BY p.name_key, p.id LIMIT :most
"""


def long_silent(reader: Reader, scope: Scope, *, as_of: datetime) -> list[LongSilent]:
    """Who wrote in the last year but in no community in the last half of it, by name; the first thousand of them.

    Both are counted back from the last day that is known, so that nobody is silent because nothing was fetched.
    """
    known = known_until(reader, scope)
    if known is None:
        return []
    end = min(as_of, day_start(known + timedelta(days=1)))
    params = {
        "scope": scope_parameter(scope),
        "from": to_micros(end - WROTE_WITHIN),
        "until": to_micros(end - LONG_SILENT),
        "most": MOST_SILENT,
    }
    rows = reader.rows(sql(_SILENT, within("m.community_id", scope), _STILL), params)
    return [LongSilent(person, name, from_micros(at)) for person, name, at in rows]


_LOG = """
SELECT p.id, p.name, k.day, k.given_by, k.reason, k.thread_id FROM thanks k CROSS JOIN person p ON p.id = k.person_id
ORDER BY k.day DESC, k.id DESC LIMIT ?
"""


def recognition_log(reader: Reader, *, limit: int = MOST_SILENT) -> list[ThanksGiven]:
    """Thanks given, the latest first."""
    return [ThanksGiven(row[0], row[1], as_date(row[2]), *row[3:]) for row in reader.rows(_LOG, (limit,))]
