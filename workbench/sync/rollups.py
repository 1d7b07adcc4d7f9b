"""Roll-ups: keeps PersonDay, ActivityDay, Thread, the sums of Member and all sums above equal to what events say.

A change names the cells it touched; those are derived again from events, compared with what is stored, and only the
difference is written: to the cells themselves and, as plus or minus, to the sums above them. So a batch costs what it
touches, however large the mirror is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlmodel import Session

from workbench.models.moments import BEFORE_ALL, DAY_MICROSECONDS
from workbench.models.warmth import WARMTH
from workbench.sync.lookups import driver
from workbench.sync.rollup_network import (
    CHANGE_BITS,
    CHANGE_PEOPLE,
    CHANGE_TOTALS,
    FIND_PEOPLE,
    TEMPORARY_WEEKS,
    THREADS_BEFORE,
)
from workbench.sync.rollup_pairs import CHANGE_PAIRS
from workbench.sync.rollup_pairs import TEMPORARY as TEMPORARY_PAIRS

_TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS touched_day (community_id INTEGER, day INTEGER, first_at INTEGER, next_at INTEGER,"
    " PRIMARY KEY (community_id, day)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS touched_root (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS touched_member (community_id INTEGER, person_id INTEGER, first_day INTEGER,"
    " last_day INTEGER, first_at INTEGER, last_at INTEGER, PRIMARY KEY (community_id, person_id)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS cell_change (community_id INTEGER, day INTEGER, person_id INTEGER, posts INTEGER,"
    " replies INTEGER, reactions INTEGER, mentions INTEGER, questions INTEGER)",
    TEMPORARY_WEEKS,
    "CREATE TEMP TABLE IF NOT EXISTS touched_person (id INTEGER PRIMARY KEY)",
    *TEMPORARY_PAIRS,
)
_EMPTIED = tuple(
    f"DELETE FROM temp.{name}"  # noqa: S608 - our own constant names
    for name in (
        "touched_day", "touched_root", "touched_member", "touched_person", "cell_change", "week_person", "met", "unmet"
    )
)  # fmt: skip

# What the touched days hold now, less what is stored for them: one row for each person and day that differs.
_FIND_CHANGES = """
INSERT INTO temp.cell_change
SELECT community_id, day, person_id, sum(posts), sum(replies), sum(reactions), sum(mentions), sum(questions)
FROM (
  SELECT t.community_id, t.day, e.person_id, e.kind = 3 AS posts, e.kind = 4 AS replies, e.kind = 5 AS reactions,
         e.kind = 6 AS mentions, e.kind IN (3, 4) AND e.is_question AS questions
  FROM temp.touched_day t
  CROSS JOIN event e INDEXED BY event_when
    ON e.community_id = t.community_id AND e.at >= t.first_at AND e.at < t.next_at
  WHERE e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL
    AND e.person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot)
  UNION ALL
  SELECT d.community_id, d.day, d.person_id, -d.posts, -d.replies, -d.reactions, -d.mentions, -d.questions
  FROM temp.touched_day t
  CROSS JOIN personday d ON d.community_id = t.community_id AND d.day = t.day
)
GROUP BY community_id, day, person_id
HAVING sum(posts) <> 0 OR sum(replies) <> 0 OR sum(reactions) <> 0 OR sum(mentions) <> 0 OR sum(questions) <> 0
"""

# What each changed person did in the week before the change: NULL nothing, which their bit tells, else twice the number
# of acts, and one more where they contributed. A cell that grew tells that they have contributed after it; only for the
# others the second look below is needed.
# Monday of a day: day 0 was a Thursday; the large multiple of seven keeps days before 1970 on the right side of zero.
_REMEMBER_WEEKS = """
INSERT INTO temp.week_person (week, person_id, did, after, more)
SELECT week, person_id,
  CASE WHEN (SELECT n.acted >> c.person_id % 56 & 1 FROM networkpeople n WHERE n.week = c.week AND n.block = c.block)
  THEN (SELECT 2 * sum(d.posts + d.replies + d.reactions + d.mentions) + max(d.posts + d.replies > 0) FROM member m
    CROSS JOIN personday d INDEXED BY person_day_person
      ON d.person_id = m.person_id AND d.community_id = m.community_id AND d.day BETWEEN week AND week + 6
    WHERE m.person_id = c.person_id) END,
  CASE WHEN contributed > 0 THEN 1 END, more
FROM (SELECT day - (day + 7000003) % 7 AS week, person_id, person_id / 56 AS block,
        max(posts + replies) AS contributed, sum(posts + replies + reactions + mentions) AS more
      FROM temp.cell_change GROUP BY 1, 2) c
"""

_CHANGE_DAYS = (
    """
    INSERT INTO personday (community_id, day, person_id, posts, replies, reactions, mentions, questions)
    SELECT * FROM temp.cell_change WHERE TRUE
    ON CONFLICT (community_id, day, person_id) DO UPDATE SET posts = posts + excluded.posts,
      replies = replies + excluded.replies, reactions = reactions + excluded.reactions,
      mentions = mentions + excluded.mentions, questions = questions + excluded.questions
    """,
    """
    DELETE FROM personday
    WHERE (community_id, day, person_id) IN (SELECT community_id, day, person_id FROM temp.cell_change)
      AND posts = 0 AND replies = 0 AND reactions = 0 AND mentions = 0
    """,
    """
    INSERT INTO activityday (community_id, day, posts, replies, reactions, mentions, questions)
    SELECT community_id, day, sum(posts), sum(replies), sum(reactions), sum(mentions), sum(questions)
    FROM (SELECT * FROM temp.cell_change
          UNION ALL SELECT 0, day, person_id, posts, replies, reactions, mentions, questions FROM temp.cell_change)
    WHERE TRUE GROUP BY community_id, day
    ON CONFLICT (community_id, day) DO UPDATE SET posts = posts + excluded.posts, replies = replies + excluded.replies,
      reactions = reactions + excluded.reactions, mentions = mentions + excluded.mentions,
      questions = questions + excluded.questions
    """,
    """
    DELETE FROM activityday
    WHERE (community_id, day) IN (SELECT community_id, day FROM temp.touched_day)
      AND posts = 0 AND replies = 0 AND reactions = 0 AND mentions = 0
    """,
    """
    DELETE FROM activityday
    WHERE community_id = 0 AND day IN (SELECT day FROM temp.touched_day)
      AND posts = 0 AND replies = 0 AND reactions = 0 AND mentions = 0
    """,
)

_CHANGE_WEEKS = (
    """
    UPDATE temp.week_person SET after = (
      SELECT max(d.posts + d.replies > 0) FROM member m
      CROSS JOIN personday d INDEXED BY person_day_person
        ON d.person_id = m.person_id AND d.community_id = m.community_id
        AND d.day BETWEEN week_person.week AND week_person.week + 6
      WHERE m.person_id = week_person.person_id)
    WHERE after IS NULL
    """,
    """
    INSERT INTO networkweek (week, contributors, interactive)
    SELECT week, sum(coalesce(after, 0) - coalesce(before, 0)), sum((after IS NOT NULL) - (before IS NOT NULL))
    FROM temp.week_person WHERE TRUE GROUP BY week
    ON CONFLICT (week) DO UPDATE SET contributors = contributors + excluded.contributors,
      interactive = interactive + excluded.interactive
    """,
    """
    DELETE FROM networkweek
    WHERE week IN (SELECT week FROM temp.week_person) AND contributors = 0 AND interactive = 0
    """,
)

_CHANGE_MEMBERS = (
    """
    UPDATE member SET messages = messages + c.more
    FROM (SELECT community_id, person_id, sum(posts + replies) AS more FROM temp.cell_change GROUP BY 1, 2) c
    WHERE member.community_id = c.community_id AND member.person_id = c.person_id
    """,
    """
    INSERT OR IGNORE INTO temp.touched_member (community_id, person_id)
    SELECT DISTINCT community_id, person_id FROM temp.cell_change
    """,
    # The days come from the roll-up and the moments from those two days' events: no walk over a long history.
    """
    UPDATE temp.touched_member SET
      first_day = (SELECT d.day FROM personday d INDEXED BY person_day_person
                   WHERE d.person_id = touched_member.person_id AND d.community_id = touched_member.community_id
                     AND d.posts + d.replies > 0 ORDER BY d.day LIMIT 1),
      last_day = (SELECT d.day FROM personday d INDEXED BY person_day_person
                  WHERE d.person_id = touched_member.person_id AND d.community_id = touched_member.community_id
                    AND d.posts + d.replies > 0 ORDER BY d.day DESC LIMIT 1)
    """,
    """
    UPDATE temp.touched_member SET
      first_at = (SELECT min(e.at) FROM event e INDEXED BY event_when
        WHERE e.community_id = touched_member.community_id AND e.at >= touched_member.first_day * 86400000000
          AND e.at < (touched_member.first_day + 1) * 86400000000 AND e.person_id = touched_member.person_id
          AND e.kind IN (3, 4) AND e.removed_at IS NULL),
      last_at = (SELECT max(e.at) FROM event e INDEXED BY event_when
        WHERE e.community_id = touched_member.community_id AND e.at >= touched_member.last_day * 86400000000
          AND e.at < (touched_member.last_day + 1) * 86400000000 AND e.person_id = touched_member.person_id
          AND e.kind IN (3, 4) AND e.removed_at IS NULL)
    """,
    """
    UPDATE member SET (first_message_at, last_message_at) = (SELECT t.first_at, t.last_at FROM temp.touched_member t
      WHERE t.community_id = member.community_id AND t.person_id = member.person_id)
    WHERE (community_id, person_id) IN (SELECT community_id, person_id FROM temp.touched_member)
    """,
)

_CHANGE_THREADS = (
    *THREADS_BEFORE,
    "DELETE FROM thread WHERE id IN (SELECT id FROM temp.touched_root)",
    # A reply at the head of what is here began nothing: it asks nothing, and nobody has answered it first.
    f"""
    INSERT INTO thread (id, community_id, author_id, subject, started_at, is_question, last_at, messages, people,
      reactions, first_reply_at, first_response_at, accepted_id, warmth, first_replier_id)
    SELECT s.*, (SELECT e.person_id FROM event e INDEXED BY event_root CROSS JOIN person p ON p.id = e.person_id
                 WHERE e.root_id = s.id AND e.at = s.first_reply_at AND e.kind = 4 AND e.person_id <> s.author_id
                   AND e.removed_at IS NULL AND NOT p.is_bot
                 ORDER BY e.remote_key LIMIT 1)
    FROM (
      SELECT r.id, r.community_id, r.person_id AS author_id, coalesce(b.subject, ''),
        iif(r.kind = 3, r.at, {BEFORE_ALL}), r.kind = 3 AND r.is_question,
        max(e.at) FILTER (WHERE e.kind IN (3, 4)), sum(e.kind IN (3, 4)),
        count(DISTINCT e.person_id) FILTER (WHERE e.kind IN (3, 4)), sum(e.kind = 5),
        min(e.at) FILTER (WHERE r.kind = 3 AND e.kind = 4 AND e.person_id <> r.person_id) AS first_reply_at,
        min(e.at) FILTER (WHERE r.kind = 3 AND (e.kind = 4 OR e.kind = 5 AND e.parent_id = r.id)
          AND e.person_id <> r.person_id),
        max(e.id) FILTER (WHERE e.is_accepted AND e.kind = 4),
        {WARMTH}
      FROM temp.touched_root t
      CROSS JOIN event r ON r.id = t.id
      CROSS JOIN person a ON a.id = r.person_id
      LEFT JOIN body b ON b.event_id = r.id
      CROSS JOIN event e INDEXED BY event_root ON e.root_id = r.id
      CROSS JOIN person p ON p.id = e.person_id
      WHERE r.kind IN (3, 4) AND r.root_id = r.id AND r.removed_at IS NULL AND NOT a.is_bot
        AND e.removed_at IS NULL AND NOT p.is_bot
      GROUP BY r.id
    ) s
    """,  # noqa: S608 - our own constants
)


_DERIVE_COMMUNITY = (
    _FIND_CHANGES,
    _REMEMBER_WEEKS,
    *_CHANGE_DAYS,
    *_CHANGE_WEEKS,
    *CHANGE_BITS,
    *_CHANGE_MEMBERS,
    *_CHANGE_THREADS,
    *CHANGE_TOTALS,
    *CHANGE_PAIRS,
)
DERIVATION = (*_DERIVE_COMMUNITY, FIND_PEOPLE, *CHANGE_PEOPLE)
"""All of it, in order."""


@dataclass(slots=True)
class Touched:
    """What a change touched: (community, day) cells, ids of roots, and (community, person) pairs.

    `people` are those who became members somewhere, or whose membership there is another than before.
    """

    days: set[tuple[int, int]] = field(default_factory=set)
    roots: set[int] = field(default_factory=set)
    members: set[tuple[int, int]] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def event(self, community_id: int, at: int, root_id: int | None) -> None:
        """Marks the day and the thread of an event."""
        self.days.add((community_id, at // DAY_MICROSECONDS))
        if root_id is not None:
            self.roots.add(root_id)

    def __bool__(self) -> bool:
        return bool(self.days or self.roots or self.members or self.people)


def refresh(connection: Connection, touched: Touched) -> None:
    """Brings everything derived from the touched cells up to date; part of the caller's transaction.

    The people of touched events must be members of the community already.
    """
    if not touched:
        return
    _empty_temporary(connection)
    _insert(
        connection,
        "INSERT INTO temp.touched_day VALUES (?, ?, ?, ?)",
        (
            (community_id, day, day * DAY_MICROSECONDS, (day + 1) * DAY_MICROSECONDS)
            for community_id, day in sorted(touched.days)
        ),
    )
    _insert(connection, "INSERT INTO temp.touched_root VALUES (?)", ((root,) for root in sorted(touched.roots)))
    _insert(
        connection,
        "INSERT INTO temp.touched_member (community_id, person_id) VALUES (?, ?)",
        sorted(touched.members),
    )
    people = touched.people | {person for _, person in touched.members}
    _insert(connection, "INSERT INTO temp.touched_person VALUES (?)", ((person,) for person in sorted(people)))
    _run(connection, DERIVATION)


def refresh_people(connection: Connection, people: Iterable[int]) -> None:
    """Brings up to date what is stored of these people over all communities, after rows of `member` went away."""
    _empty_temporary(connection)
    _insert(connection, "INSERT INTO temp.touched_person VALUES (?)", ((person,) for person in sorted(people)))
    _run(connection, CHANGE_PEOPLE)


def rebuild(session: Session) -> None:
    """Derives every roll-up anew from events, whatever is stored; community by community, to keep memory flat."""
    connection = session.connection()
    for statement in (
        "DELETE FROM personday",
        "DELETE FROM activityday",
        "DELETE FROM networkweek",
        "DELETE FROM networkpeople",
        "DELETE FROM thread",
        "DELETE FROM communitytotal",
        "DELETE FROM communityweek",
        "DELETE FROM networkperson",
        "DELETE FROM networkact",
        "DELETE FROM networkstay",
        "DELETE FROM pairfirst",
        "UPDATE member SET messages = 0, first_message_at = NULL, last_message_at = NULL",
    ):
        connection.exec_driver_sql(statement)
    for (community_id,) in connection.exec_driver_sql("SELECT id FROM community ORDER BY id").all():
        _empty_temporary(connection)
        for statement in (
            """
            INSERT INTO temp.touched_day
            SELECT ?1, day, day * 86400000000, (day + 1) * 86400000000
            FROM (SELECT DISTINCT (at + 62135596800000000) / 86400000000 - 719162 AS day FROM event
                  WHERE community_id = ?1)
            """,
            "INSERT INTO temp.touched_root SELECT id FROM event WHERE community_id = ?1 AND root_id = id",
            """
            INSERT INTO temp.touched_member (community_id, person_id)
            SELECT community_id, person_id FROM member WHERE community_id = ?1
            """,
        ):
            connection.exec_driver_sql(statement, (community_id,))
        _run(connection, _DERIVE_COMMUNITY)
    _empty_temporary(connection)
    connection.exec_driver_sql("INSERT INTO temp.touched_person SELECT id FROM person")
    _run(connection, CHANGE_PEOPLE)


def _run(connection: Connection, statements: Iterable[str]) -> None:
    execute = driver(connection).execute
    for statement in statements:
        execute(statement)


def _empty_temporary(connection: Connection) -> None:
    _run(connection, (*_TEMPORARY, *_EMPTIED))


def _insert(connection: Connection, statement: str, rows: Iterable[tuple[int, ...]]) -> None:
    driver(connection).executemany(statement, rows)
