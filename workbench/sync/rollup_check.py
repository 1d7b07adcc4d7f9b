"""Do the roll-ups say what the events say? Compares without changing anything; for `workbench check`."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.models.database import Reader
from workbench.models.moments import BEFORE_ALL
from workbench.models.warmth import WARMTH
from workbench.sync.rollup_network import ALL_BITS, ALL_STAYS, MONDAY_OF_THREAD, SUMS_OF_THREADS
from workbench.sync.rollup_pairs import ALL_PAIRS


@dataclass(frozen=True, slots=True)
class RollupDifference:
    """A roll-up table and how many of its rows differ from events (missing, left over or wrong)."""

    table: str
    rows: int


# The order in which fractions are added up may differ, and with it their last digits: what is as close as that will do.
_KEPT = "(SELECT s.warmth FROM thread s WHERE s.id = r.id)"

# Each: what should be there, what is there. Days come from events; sums above them are compared with the days.
_EXPECTED_AND_STORED = {
    "personday": (
        """
        SELECT e.community_id, (e.at + 62135596800000000) / 86400000000 - 719162, e.person_id, sum(e.kind = 3),
          sum(e.kind = 4), sum(e.kind = 5), sum(e.kind = 6), sum(e.kind IN (3, 4) AND e.is_question)
        FROM event e CROSS JOIN person p ON p.id = e.person_id
        WHERE e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL AND NOT p.is_bot
        GROUP BY 1, 2, 3
        """,
        "SELECT community_id, day, person_id, posts, replies, reactions, mentions, questions FROM personday",
    ),
    "activityday": (
        """
        SELECT community_id, day, sum(posts), sum(replies), sum(reactions), sum(mentions), sum(questions)
        FROM personday GROUP BY 1, 2
        UNION ALL
        SELECT 0, day, sum(posts), sum(replies), sum(reactions), sum(mentions), sum(questions)
        FROM personday GROUP BY day
        """,
        "SELECT community_id, day, posts, replies, reactions, mentions, questions FROM activityday",
    ),
    "networkweek": (
        f"""
        SELECT d.*, ifnull(t.threads, 0), ifnull(t.replied, 0) FROM (
          SELECT day - (day + 7000003) % 7 AS week, count(DISTINCT person_id) FILTER (WHERE posts + replies > 0),
            count(DISTINCT person_id)
          FROM personday GROUP BY 1) d
        LEFT JOIN (
          SELECT {MONDAY_OF_THREAD} AS week, count(*) AS threads, count(first_reply_at) AS replied
          FROM thread WHERE started_at > {BEFORE_ALL} GROUP BY 1) t ON t.week = d.week
        """,  # noqa: S608 - our own constants
        "SELECT week, contributors, interactive, threads, replied FROM networkweek",
    ),
    "member": (
        """
        SELECT m.community_id, m.person_id, ifnull(s.messages, 0), s.first_at, s.last_at
        FROM member m LEFT JOIN (
          SELECT e.community_id, e.person_id, count(*) AS messages, min(e.at) AS first_at, max(e.at) AS last_at
          FROM event e CROSS JOIN person p ON p.id = e.person_id
          WHERE e.kind IN (3, 4) AND e.removed_at IS NULL AND NOT p.is_bot GROUP BY 1, 2
        ) s ON s.community_id = m.community_id AND s.person_id = m.person_id
        """,
        "SELECT community_id, person_id, messages, first_message_at, last_message_at FROM member",
    ),
    "communitytotal": (
        f"""
        SELECT community_id, sum(messages), sum(threads), min(first_at), max(last_at), sum(answered), sum(unanswered),
          sum(talks), sum(talk_messages), sum(notices), sum(notice_messages)
        FROM (
          SELECT community_id, messages, 0 AS threads, first_message_at AS first_at, last_message_at AS last_at,
            0 AS answered, 0 AS unanswered, 0 AS talks, 0 AS talk_messages, 0 AS notices, 0 AS notice_messages
          FROM member
          UNION ALL SELECT community_id, 0, threads, NULL, NULL, answered, unanswered, talks, talk_messages, notices,
            notice_messages
          FROM (SELECT t.community_id, {SUMS_OF_THREADS} FROM thread t GROUP BY 1)
        ) GROUP BY 1 HAVING sum(messages) > 0 OR sum(threads) > 0
        """,  # noqa: S608 - our own constant
        """
        SELECT community_id, messages, threads, first_message_at, last_message_at, answered, unanswered, talks,
          talk_messages, notices, notice_messages
        FROM communitytotal
        """,
    ),
    "communityweek": (
        """
        SELECT day - (day + 7000003) % 7, community_id, sum(posts + replies) FROM personday
        GROUP BY 1, 2 HAVING sum(posts + replies) > 0
        """,
        "SELECT week, community_id, messages FROM communityweek",
    ),
    "networkpeople": (ALL_BITS.format(where="TRUE"), "SELECT week, block, wrote, acted, often FROM networkpeople"),
    "networkperson": (
        """
        SELECT person_id, min(first_message_at) FROM member WHERE first_message_at IS NOT NULL GROUP BY 1
        """,
        "SELECT person_id, first_message_at FROM networkperson",
    ),
    "networkact": (
        "SELECT person_id, min(day) FROM personday GROUP BY person_id",
        "SELECT person_id, first_day FROM networkact",
    ),
    "networkstay": (ALL_STAYS, "SELECT person_id, joined_us, left_us FROM networkstay"),
    "personaway": (
        """
        SELECT id FROM person
        WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = person.id AND m.left_at IS NULL)
        """,
        "SELECT person_id FROM personaway",
    ),
    "pairfirst": (ALL_PAIRS, "SELECT low_id, high_id, community_id, first_at FROM pairfirst"),
    "thread": (
        f"""
        SELECT r.id, r.community_id, r.person_id, iif(r.kind = 3, r.at, {BEFORE_ALL}), r.kind = 3 AND r.is_question,
          max(e.at) FILTER (WHERE e.kind IN (3, 4)), sum(e.kind IN (3, 4)),
          count(DISTINCT e.person_id) FILTER (WHERE e.kind IN (3, 4)), sum(e.kind = 5),
          min(e.at) FILTER (WHERE r.kind = 3 AND e.kind = 4 AND e.person_id <> r.person_id),
          min(e.at) FILTER (WHERE r.kind = 3 AND (e.kind = 4 OR e.kind = 5 AND e.parent_id = r.id)
            AND e.person_id <> r.person_id),
          max(e.id) FILTER (WHERE e.is_accepted AND e.kind = 4),
          CASE WHEN abs({WARMTH} / {_KEPT} - 1) < 1e-9 THEN {_KEPT} ELSE {WARMTH} END
        FROM event e CROSS JOIN event r ON r.id = e.root_id
        CROSS JOIN person a ON a.id = r.person_id
        CROSS JOIN person p ON p.id = e.person_id
        WHERE r.kind IN (3, 4) AND r.root_id = r.id AND r.removed_at IS NULL AND NOT a.is_bot
          AND e.removed_at IS NULL AND NOT p.is_bot
        GROUP BY r.id
        """,  # noqa: S608 - our own constant
        """
        SELECT id, community_id, author_id, started_at, is_question, last_at, messages, people, reactions,
          first_reply_at, first_response_at, accepted_id, warmth
        FROM thread
        """,
    ),
}


def differences(reader: Reader) -> list[RollupDifference]:
    """The roll-up tables that do not agree with the events, none of them when all is well."""
    return list(_differences(reader))


def _differences(reader: Reader) -> Iterator[RollupDifference]:
    for table, (expected, stored) in _EXPECTED_AND_STORED.items():
        statement = "\n".join(
            (
                "WITH expected AS MATERIALIZED (", expected, "), stored AS MATERIALIZED (", stored, ")",
                "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM expected EXCEPT SELECT * FROM stored)",
                "UNION ALL SELECT * FROM (SELECT * FROM stored EXCEPT SELECT * FROM expected))",
            )
        )  # fmt: skip
        rows = int(reader.scalar(statement))
        if rows:
            yield RollupDifference(table=table, rows=rows)
