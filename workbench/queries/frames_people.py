"""Frame parts about people: what each did, who came and how they began, who fell silent, who leads."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ids import CommunityId, PersonId
from workbench.models.database import Reader
from workbench.models.leading import is_leading
from workbench.models.moments import DAY_MICROSECONDS
from workbench.queries.people import days_of_people, everyone, often_active, people_by_day
from workbench.queries.places import Place, places
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

BEGINNING_US: Final = 90 * DAY_MICROSECONDS
"""For so long after somebody came their first steps are looked at."""
GREETING_US: Final = 3 * DAY_MICROSECONDS
REGULAR_ACTS: Final = 50
REGULAR_DAYS: Final = 90
"""A regular did so much in so many days: posts, replies, reactions and mentions."""


class ActSum(NamedTuple):
    """What each person did from `start_us` on until the next sum begins, as columns of one length; nobody twice.

    `given` are posts, replies and reactions together.
    """

    start_us: int
    people: Sequence[PersonId]
    posts: Sequence[int]
    given: Sequence[int]


class RegularSum(NamedTuple):
    """Who did 50 things or more in the 90 days from `start_us` on."""

    start_us: int
    people: Sequence[PersonId]


class Newcomer(NamedTuple):
    """Somebody who came to the scope, and when they first did what within 90 days; microseconds since 1970, or None.

    `is_dated`: a source says when they joined. Without that, they came with the first message anybody has of them.
    `greeted_us` is when somebody else first answered, mentioned or reacted to them, within three days.
    """

    person: PersonId
    came_us: int
    is_dated: bool
    reacted_us: int | None
    replied_us: int | None
    started_us: int | None
    greeted_us: int | None


def act_sums(reader: Reader, scope: Scope, cut_days: Sequence[int]) -> tuple[ActSum, ...]:
    """Everybody's sums between each two neighbours of `cut_days` (days since 1970), oldest first."""
    statement = sql(
        "SELECT json_group_array(person), json_group_array(posts), json_group_array(given) FROM (",
        "SELECT d.person_id AS person, sum(d.posts) AS posts, sum(d.posts + d.replies + d.reactions) AS given FROM",
        days_of_people(scope),
        "AND d.day >= :first AND d.day < :until GROUP BY d.person_id)",
    )
    params = {"scope": scope_parameter(scope)}
    return tuple(
        ActSum(
            first * DAY_MICROSECONDS,
            *map(json.loads, reader.rows(statement, params | {"first": first, "until": until})[0]),
        )
        for first, until in pairwise(cut_days)
    )


def regulars(reader: Reader, scope: Scope, cut_days: Sequence[int]) -> tuple[RegularSum, ...]:
    """The regulars of every 90 days that lie between two of `cut_days` (days since 1970), oldest first."""
    statement = sql(
        "SELECT json_group_array(person) FROM (SELECT d.person_id AS person FROM",
        days_of_people(scope),
        "AND d.day >= :first AND d.day < :until",
        "" if scope else "AND d.person_id IN (SELECT value FROM json_each(:often))",
        "GROUP BY d.person_id HAVING sum(d.posts + d.replies + d.reactions + d.mentions) >= :acts)",
    )
    sums: list[RegularSum] = []
    for first, until in ((day, day + REGULAR_DAYS) for day in cut_days if day + REGULAR_DAYS in cut_days):
        params = {"scope": scope_parameter(scope), "first": first, "until": until, "acts": REGULAR_ACTS}
        if not scope:
            # Fifty things in the fourteen weeks that ninety days may touch: four or more in one of these at least.
            params["often"] = json.dumps(list(often_active(reader, first, until)))
        sums.append(RegularSum(first * DAY_MICROSECONDS, json.loads(reader.scalar(statement, params))))
    return tuple(sums)


def last_contributions(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> dict[PersonId, int]:
    """Whose last message up to `seen` lies in [first, until), and when it was; all in microseconds."""
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    if not scope:
        wrote = json.dumps(list(_wrote_no_more(reader, first=first, until=until, seen=seen)))
        return dict(reader.rows(_NETWORK_LASTS, params | {"wrote": wrote}))
    statement = sql(
        _LASTS, within("m.community_id", scope), ") GROUP BY person HAVING max(last) >= :first AND max(last) < :until"
    )
    return dict(reader.rows(statement, params))


def _wrote_no_more(reader: Reader, *, first: int, until: int, seen: int) -> Set[PersonId]:
    """Who wrote anywhere on the days of [first, until), but on none of the whole days from then on to `seen`."""
    day, end = first // DAY_MICROSECONDS, -(-until // DAY_MICROSECONDS)
    rows = people_by_day(reader, (), [day, end, max(end, seen // DAY_MICROSECONDS)], wrote=True)
    return everyone([row for row in rows if row.day < end]) - everyone([row for row in rows if row.day >= end])


# One look at an index for each person; only who wrote after the moment asked for has to be looked up.
_NETWORK_LASTS = """
WITH wrote AS MATERIALIZED (
  SELECT j.value AS person, (SELECT max(m.last_message_at) FROM member m INDEXED BY member_person
    WHERE m.person_id = j.value) AS newest
  FROM json_each(:wrote) j
), lately AS MATERIALIZED (
  SELECT person, CASE WHEN newest <= :seen THEN newest ELSE
    (SELECT max(e.at) FROM event e INDEXED BY event_person WHERE e.person_id = person AND e.at <= :seen
      AND e.kind IN (3, 4) AND e.removed_at IS NULL) END AS last
  FROM wrote WHERE newest >= :first
)
SELECT person, last FROM lately WHERE last >= :first AND last < :until
"""
# The roll-up knows the last message of all; only who wrote after the moment asked for has to be looked up.
_LASTS = """
SELECT person, max(last) FROM (
  SELECT m.person_id AS person, CASE WHEN m.last_message_at <= :seen THEN m.last_message_at ELSE
    (SELECT max(e.at) FROM event e INDEXED BY event_person WHERE e.person_id = m.person_id AND e.at <= :seen
       AND e.community_id = m.community_id AND e.kind IN (3, 4) AND e.removed_at IS NULL) END AS last
  FROM member m WHERE m.last_message_at >= :first AND
"""


def newcomers(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[Newcomer, ...]:
    """Who came to the scope in [first, until), and what they had done and met by `seen`; all in microseconds.

    Somebody of whom one community here has no date came to the scope nobody knows when, and is left out, unless only
    their own messages tell of them.
    """
    params: dict[str, object] = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    where = within("m.community_id", scope) if scope else _MAY_HAVE_COME
    came = sql(_CAME, where, _CAME_HERE if len(scope) == 1 else "", _CAME_IN_SPAN)
    rows = reader.rows(came, params)
    if not rows:
        return ()
    params["came"] = json.dumps([[person, moment] for person, moment, _ in rows])
    in_scope = within("e.community_id", scope)
    rows_of_steps = reader.rows(sql(_STEPS, in_scope, "GROUP BY n.person"), params)
    steps = {person: (reacted, replied, started) for person, reacted, replied, started in rows_of_steps}
    acts = reader.rows(sql(_GREETED, seeking("e.community_id", scope), _GREETED_BY), params)
    greeted = _greeted(acts, {person: moment for person, moment, _ in rows})
    found: list[Newcomer] = []
    for person, moment, dated in rows:
        reacted, replied, started = steps.get(person, (None, None, None))
        found.append(Newcomer(person, moment, bool(dated), reacted, replied, started, greeted.get(person)))
    return tuple(found)


# Nobody comes after their first message: who joins again, or only after that, had come before.
_CAME = """
SELECT m.person_id, min(ifnull(min(m.joined_at), min(m.first_message_at)),
    ifnull(min(m.first_message_at), min(m.joined_at))) AS came,
  count(m.joined_at) > 0
FROM member m WHERE m.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""
# Of the whole network, who may have come in the span: whoever wrote first in it, or joined without having written.
_MAY_HAVE_COME = """
m.person_id IN (
  SELECT j.person_id FROM member j INDEXED BY member_joined WHERE j.joined_at >= :first AND j.joined_at < :until
    AND NOT EXISTS (SELECT 1 FROM networkperson w WHERE w.person_id = j.person_id AND w.first_message_at < :first)
  UNION SELECT n.person_id FROM networkperson n WHERE n.first_message_at >= :first AND n.first_message_at < :until)
"""
# Of one community there is one row of each.
_CAME_HERE = """
AND (m.joined_at >= :first AND m.joined_at < :until OR m.first_message_at >= :first AND m.first_message_at < :until)
"""
_CAME_IN_SPAN = """
GROUP BY m.person_id
HAVING (count(m.joined_at) = count(*) OR (count(m.joined_at) = 0 AND NOT max(m.is_listed)))
  AND came >= :first AND came < :until
ORDER BY came, m.person_id
"""
_ARRIVALS = """
(SELECT json_extract(value, '$[0]') AS person, json_extract(value, '$[1]') AS came FROM json_each(:came)) n
"""
_STEPS = f"""
SELECT n.person, min(e.at) FILTER (WHERE e.kind = 5), min(e.at) FILTER (WHERE e.kind = 4),
  min(e.at) FILTER (WHERE e.kind = 3)
FROM {_ARRIVALS} CROSS JOIN event e INDEXED BY event_person
  ON e.person_id = n.person AND e.at >= n.came AND e.at < n.came + {BEGINNING_US} AND e.at <= :seen
WHERE e.kind BETWEEN 3 AND 5 AND e.removed_at IS NULL AND
"""  # noqa: S608 - our own constants
# Whether it came in time is told afterwards: joined with the arrivals, each act would be held against each of them.
_GREETED = "SELECT e.target_person_id, e.at FROM event e INDEXED BY event_when WHERE"
_GREETED_BY = f"""
AND e.at >= :first AND e.at < :until + {GREETING_US} AND e.at <= :seen
AND e.target_person_id IN (SELECT value ->> 0 FROM json_each(:came))
AND e.kind BETWEEN 4 AND 6 AND e.person_id <> e.target_person_id AND e.removed_at IS NULL
AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)
"""  # noqa: S608 - our own constants


def _greeted(acts: Iterable[tuple[PersonId, int]], came: Mapping[PersonId, int]) -> dict[PersonId, int]:
    """{newcomer: when the first of the acts aimed at them came within three days}."""
    found: dict[PersonId, int] = {}
    for person, at in acts:
        if 0 <= at - came[person] < GREETING_US and at < found.get(person, at + 1):
            found[person] = at
    return found


def first_acts(reader: Reader, scope: Scope) -> tuple[tuple[int, int], ...]:
    """(day since 1970, how many did something in the scope for the first time on it)."""
    if not scope:
        # To sort them takes SQLite five times as long as to count them takes us.
        found = Counter[int](json.loads(reader.scalar("SELECT json_group_array(first_day) FROM networkact")))
        return tuple(sorted(found.items()))
    statement = sql(
        "SELECT d.day, json_group_array(d.person_id) FROM personday d WHERE",
        within("d.community_id", scope),
        "GROUP BY d.day ORDER BY d.day",
    )
    known = set[PersonId]()
    firsts: list[tuple[int, int]] = []
    for day, people in reader.iterate(statement, {"scope": scope_parameter(scope)}):
        before = len(known)
        known.update(json.loads(people))
        if len(known) > before:
            firsts.append((day, len(known) - before))
    return tuple(firsts)


def leaders(reader: Reader, scope: Scope) -> frozenset[PersonId]:
    """Who holds a leading role in a community of the scope; what the coordinator typed wins over its source."""
    return frozenset(person for _, person, role in member_roles(reader, scope) if is_leading(role))


def member_roles(reader: Reader, scope: Scope) -> list[tuple[CommunityId, PersonId, str]]:
    """(community, member who is in it now, their role) where one is known; what the coordinator typed wins."""
    statement = sql(
        _TOLD_ROLES, within("m.community_id", scope), "UNION ALL", _TYPED_ROLES, within("m.community_id", scope)
    )
    return reader.once(("roles", scope), lambda: reader.rows(statement, {"scope": scope_parameter(scope)}))


# Two short ways instead of one over all members: few have a role.
_TOLD_ROLES = """
SELECT m.community_id, m.person_id, m.role FROM member m INDEXED BY member_role
WHERE m.role IS NOT NULL AND m.left_at IS NULL AND m.person_id NOT IN (SELECT id FROM person WHERE is_bot)
  AND m.person_id NOT IN (SELECT f.person_id FROM personfact f WHERE f.role IS NOT NULL) AND
"""
_TYPED_ROLES = """
SELECT m.community_id, m.person_id, f.role FROM personfact f CROSS JOIN member m ON m.person_id = f.person_id
WHERE f.role IS NOT NULL AND m.left_at IS NULL AND m.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""


def organisations(reader: Reader, scope: Scope) -> dict[PersonId, str]:
    """The organisation of everybody in the scope of whom one is known; what the coordinator typed wins."""
    known = places(reader, scope, Place.ORGANISATION)
    return dict(reader.rows(known, {"scope": scope_parameter(scope)}))


def organisation_starts(reader: Reader, scope: Scope) -> dict[str, int]:
    """When somebody of each organisation first wrote in the scope, in microseconds since 1970."""
    statement = sql(
        "SELECT o.place, min(m.first_message_at) FROM (",
        places(reader, scope, Place.ORGANISATION),
        ") o CROSS JOIN member m ON m.person_id = o.id WHERE",
        within("m.community_id", scope),
        "AND m.first_message_at IS NOT NULL GROUP BY o.place",
    )
    return dict(reader.rows(statement, {"scope": scope_parameter(scope)}))


def viewers(reader: Reader, scope: Scope, borders: Iterable[int]) -> tuple[tuple[int, Sequence[PersonId]], ...]:
    """(moment, who saw something from then on until the next one), for each two neighbours of `borders`."""
    statement = sql(
        "SELECT json_group_array(DISTINCT e.person_id) FROM event e INDEXED BY event_seldom WHERE",
        seeking("e.community_id", scope),
        "AND e.at >= :first AND e.at < :until AND e.kind >= 9 AND e.kind = 10 AND e.removed_at IS NULL",
        "AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)",
    )
    params = {"scope": scope_parameter(scope)}
    return tuple(
        (first, json.loads(reader.scalar(statement, params | {"first": first, "until": until})))
        for first, until in pairwise(borders)
    )
