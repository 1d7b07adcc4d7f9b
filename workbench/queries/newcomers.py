"""Newcomers: who came to a community lately and has not been greeted there."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, maybe_from_micros, to_micros
from workbench.queries.preferences import me, preference
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.today import lasting_key

NEWCOMER_DAYS: Final = 14
"""Somebody is new for so many days (the queue of the welcome campaign looks back as far)."""
JOINED_TAGS: Final = "newcomers.joined_tags"
"""Key of the hashtags by which people say that they joined: a JSON list, as `tag_key` makes them."""
USUAL_TAGS: Final = ("joined",)
SURE_AFTER_DAYS: Final = 28
"""A first message counts as somebody's first only in a community whose mirror began at least so long before it."""


@dataclass(frozen=True, slots=True)
class NewcomerRow:
    """Somebody who came to a community lately and to whom nobody has turned there.

    `since` is when they joined, or else when they said so with the hashtag `tag`, or first wrote. `thread_id` is the
    thread of their first message, where they wrote one; `key` names person and community for good. `known_since`: since
    when they have been in some other community, None where they are new there, too.
    """

    key: str
    person_id: PersonId
    name: str
    community_id: CommunityId
    community: str
    since: datetime
    thread_id: EventId | None
    known_since: datetime | None = None
    tag: str = ""


# The account of a newcomer: their name on its platform is what their key is made of.
_HANDLE = "(SELECT min(h.remote_id) FROM handle h WHERE h.person_id = m.person_id AND h.account_id = c.account_id)"

# One row for each, with when they first used one of the tags: "#joined".
_CAME_LATELY = """
FROM (
  SELECT community_id, person_id, min(tagged_at) AS tagged_at, tag FROM (
    SELECT community_id, person_id, NULL AS tagged_at, NULL AS tag FROM member INDEXED BY member_joined
    WHERE joined_at >= :since AND joined_at <= :now
    UNION ALL SELECT community_id, person_id, NULL, NULL FROM member INDEXED BY member_first
    WHERE first_message_at >= :since AND first_message_at <= :now AND joined_at IS NULL AND left_at IS NULL
    UNION ALL SELECT e.community_id, e.person_id, t.at, t.tag
    FROM json_each(:tags) j CROSS JOIN event_tag t INDEXED BY event_tag_tag ON t.tag = j.value
      AND t.at >= :since AND t.at <= :now
    CROSS JOIN event e ON e.id = t.event_id WHERE e.removed_at IS NULL
  ) GROUP BY 1, 2
) came CROSS JOIN member m ON m.community_id = came.community_id AND m.person_id = came.person_id
CROSS JOIN community c ON c.id = m.community_id CROSS JOIN account a ON a.id = c.account_id
"""
# Turned to are those whom a person answered, mentioned or reacted to since they came: what the measure counts, too,
# within three days.
_NEWCOMERS = sql(
    """
SELECT m.person_id, p.name, m.community_id, c.name,
  CASE WHEN m.joined_at >= :since THEN m.joined_at ELSE ifnull(came.tagged_at, m.first_message_at) END,
  c.remote_id, a.kind, ifnull(a.base_url, a.name),""",
    _HANDLE,
    """,
  CASE WHEN m.last_message_at >= :since THEN
    (SELECT e.root_id FROM event e WHERE e.person_id = m.person_id AND e.community_id = m.community_id
       AND e.kind IN (3, 4) AND e.removed_at IS NULL AND e.at >= :since ORDER BY e.at, e.id LIMIT 1) END,
  (SELECT min(at) FROM (
    SELECT first_message_at AS at FROM networkperson WHERE person_id = m.person_id AND first_message_at < :since
    UNION ALL SELECT min(joined_at) FROM member INDEXED BY member_dated
    WHERE person_id = m.person_id AND joined_at < :since AND community_id <> m.community_id)),
  CASE WHEN m.joined_at >= :since THEN NULL ELSE came.tag END
""",
    _CAME_LATELY,
    """
CROSS JOIN person p ON p.id = m.person_id
WHERE m.left_at IS NULL AND NOT p.is_bot AND m.person_id IS NOT :me AND (
    (m.joined_at >= :since AND m.joined_at <= :now AND ifnull(m.first_message_at, m.joined_at) >= :since)
    OR (m.joined_at IS NULL AND m.first_message_at >= :since AND m.first_message_at <= :now
      AND (SELECT min(k.first_day) FROM coverage k WHERE k.community_id = m.community_id)
        <= m.first_message_at / :day - :sure)
    OR (came.tagged_at IS NOT NULL AND m.first_message_at >= :since))
  AND NOT EXISTS (SELECT 1 FROM event other INDEXED BY event_when
    WHERE other.community_id = m.community_id AND other.at >= :since AND other.target_person_id = m.person_id
      AND other.at >= min(ifnull(m.joined_at, m.first_message_at), ifnull(m.first_message_at, m.joined_at))
      AND other.kind BETWEEN 4 AND 6 AND other.person_id <> m.person_id AND other.removed_at IS NULL
      AND other.person_id NOT IN (SELECT id FROM person WHERE is_bot))
  AND c.is_followed AND c.removed_at IS NULL AND
""",
)


def newcomers(reader: Reader, scope: Scope, *, as_of: datetime) -> list[NewcomerRow]:
    """Who came in the last fourteen days and was not yet turned to, by name; those known elsewhere come last.

    By the day of joining where a platform tells it, or by a hashtag that means it (`joined_tags`), else by the first
    message, which counts only where the mirror began well before it: what looks like the first may else be the first
    that was fetched. Who wrote here before these days is not new, whenever they joined and whatever tag they use: old
    hands write "#joined" when they welcome others.
    """
    found = reader.rows(
        sql(_NEWCOMERS, within("c.id", scope)),
        {
            "scope": scope_parameter(scope),
            "since": to_micros(as_of - timedelta(days=NEWCOMER_DAYS)),
            "now": to_micros(as_of),
            "tags": json.dumps(joined_tags(reader)),
            "me": me(reader),
            "day": 86_400_000_000,
            "sure": SURE_AFTER_DAYS,
        },
    )
    people = [_newcomer(row) for row in found]
    return sorted(people, key=_new_to_all_first)


_GREETED = """
SELECT "key" FROM todaymark WHERE state = 'done' AND kind = 'greet' AND marked_at >= ? AND marked_at < ?
"""
_KEYS = sql("SELECT DISTINCT a.kind, ifnull(a.base_url, a.name), c.remote_id,", _HANDLE, ", m.person_id", _CAME_LATELY)


def people_greeted(reader: Reader, scope: Scope, *, start: datetime, end: datetime) -> int:
    """How many newcomers were marked as greeted in [start, end), each in a community of the scope."""
    greeted = {key for (key,) in reader.rows(_GREETED, (to_micros(start), to_micros(end)))}
    if not scope or not greeted:
        return len(greeted)
    params = {
        "scope": scope_parameter(scope),
        "since": to_micros(start - timedelta(days=NEWCOMER_DAYS)),
        "now": to_micros(end),
        "tags": json.dumps(joined_tags(reader)),
    }
    came = reader.rows(sql(_KEYS, "WHERE", within("c.id", scope)), params)
    return len(greeted & {_key(*row) for row in came})


def joined_tags(reader: Reader) -> tuple[str, ...]:
    """The hashtags by which people say that they joined; none where the setting is an empty list."""
    said = preference(reader, JOINED_TAGS)
    return USUAL_TAGS if said is None else tuple(json.loads(said))


def _new_to_all_first(row: NewcomerRow) -> tuple[bool, str, int, int]:
    return row.known_since is not None, row.name.casefold(), row.person_id, row.community_id


def _newcomer(row: tuple[Any, ...]) -> NewcomerRow:
    person_id, name, community_id, community, since, place, kind, base, handle, thread_id, known, tag = row
    return NewcomerRow(
        key=_key(kind, base, place, handle, person_id),
        person_id=PersonId(person_id),
        name=name,
        community_id=CommunityId(community_id),
        community=community,
        since=from_micros(since),
        thread_id=None if thread_id is None else EventId(thread_id),
        known_since=maybe_from_micros(known),
        tag=tag or "",
    )


def _key(kind: str, base: str, place: str, handle: str | None, person_id: int) -> str:
    return f"greet:{lasting_key(kind, base, place, handle or str(person_id))}"
