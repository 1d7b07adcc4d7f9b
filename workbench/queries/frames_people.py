"""Frame parts about people: what each did, who came and how they began, who fell silent, who leads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ids import CommunityId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS
from workbench.queries.people import days_of_people
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

BEGINNING_US: Final = 90 * DAY_MICROSECONDS
"""For so long after somebody came their first steps are looked at."""
GREETING_US: Final = 3 * DAY_MICROSECONDS

LEADING: Final = frozenset(
    {
        "admin", "administrator", "chair", "co-chair", "co-lead", "co-leader", "community coordinator",
        "community lead", "community leader", "community manager", "coordinator", "facilitator", "host", "lead",
        "leader", "manager", "moderator", "owner",
    }
)  # fmt: skip
"""Roles in a community that lead it, in the words that platforms and tables use for them; a job title is none."""


class ActSum(NamedTuple):
    """What each person did from `start_us` on until the next sum begins, as columns of one length; nobody twice."""

    start_us: int
    people: Sequence[PersonId]
    posts: Sequence[int]
    replies: Sequence[int]
    reactions: Sequence[int]
    mentions: Sequence[int]


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
        "SELECT json_group_array(person), json_group_array(posts), json_group_array(replies),",
        "json_group_array(reactions), json_group_array(mentions) FROM (",
        "SELECT d.person_id AS person, sum(d.posts) AS posts, sum(d.replies) AS replies,",
        "sum(d.reactions) AS reactions, sum(d.mentions) AS mentions FROM",
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


def last_contributions(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> dict[PersonId, int]:
    """Whose last message up to `seen` lies in [first, until), and when it was; all in microseconds."""
    statement = sql(
        _LASTS, within("m.community_id", scope), ") GROUP BY person HAVING max(last) >= :first AND max(last) < :until"
    )
    if not scope:
        statement = _NETWORK_LASTS
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    return dict(reader.rows(statement, params))


# One look at an index for each person; only who wrote after the moment asked for has to be looked up.
_NETWORK_LASTS = """
WITH wrote AS MATERIALIZED (
  SELECT n.person_id AS person, (SELECT max(m.last_message_at) FROM member m INDEXED BY member_person
    WHERE m.person_id = n.person_id) AS newest
  FROM networkperson n INDEXED BY network_person_first WHERE n.first_message_at < :until
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
    came = sql(_CAME, within("m.community_id", scope) if scope else _MAY_HAVE_COME, _CAME_IN_SPAN)
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
# Of the whole network, who may have come in the span: whoever joined somewhere, or wrote first, in it.
_MAY_HAVE_COME = """
m.person_id IN (
  SELECT j.person_id FROM member j INDEXED BY member_joined WHERE j.joined_at >= :first AND j.joined_at < :until
  UNION SELECT n.person_id FROM networkperson n WHERE n.first_message_at >= :first AND n.first_message_at < :until)
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
    days = sql(
        "SELECT min(d.day) AS day FROM personday d WHERE", within("d.community_id", scope), "GROUP BY d.person_id"
    )
    if not scope:
        days = "SELECT first_day AS day FROM networkact"
    statement = sql("SELECT day, count(*) FROM (", days, ") GROUP BY day ORDER BY day")
    return tuple(reader.rows(statement, {"scope": scope_parameter(scope)}))


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
    statement = sql(
        "SELECT p.id, ifnull(f.organisation, p.organisation) FROM person p",
        "LEFT JOIN personfact f ON f.person_id = p.id",
        "WHERE ifnull(f.organisation, p.organisation) <> '' AND NOT p.is_bot",
        sql("AND p.id IN (SELECT m.person_id FROM member m WHERE", within("m.community_id", scope), ")")
        if scope
        else "",
    )
    return dict(reader.rows(statement, {"scope": scope_parameter(scope)}))


def organisation_starts(reader: Reader, scope: Scope) -> dict[str, int]:
    """When somebody of each organisation first wrote in the scope, in microseconds since 1970."""
    statement = sql(
        "SELECT ifnull(f.organisation, p.organisation) AS place, min(m.first_message_at) FROM person p",
        "LEFT JOIN personfact f ON f.person_id = p.id JOIN member m ON m.person_id = p.id WHERE",
        within("m.community_id", scope),
        "AND place <> '' AND NOT p.is_bot AND m.first_message_at IS NOT NULL GROUP BY place",
    )
    return dict(reader.rows(statement, {"scope": scope_parameter(scope)}))


def is_leading(role: str) -> bool:
    """Whether a role leads a community."""
    return role.strip().casefold() in LEADING


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
