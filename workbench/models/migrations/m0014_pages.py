"""Fourteenth form: what the pages of the largest profiles ask, kept as sums and indexes.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

_TOTALS = """
UPDATE communitytotal SET answered = c.answered, unanswered = c.unanswered, talks = c.talks,
  talk_messages = c.talk_messages, notices = c.notices, notice_messages = c.notice_messages
FROM (SELECT community_id,
    sum(is_question AND (first_reply_at IS NOT NULL OR accepted_id IS NOT NULL)) AS answered,
    sum(is_question AND first_reply_at IS NULL AND accepted_id IS NULL) AS unanswered,
    sum(people >= 2) AS talks, sum(iif(people >= 2, messages, 0)) AS talk_messages,
    sum(people < 2) AS notices, sum(iif(people < 2, messages, 0)) AS notice_messages
  FROM thread GROUP BY community_id) c
WHERE communitytotal.community_id = c.community_id
"""

_WEEKS = """
UPDATE networkweek SET threads = c.threads, replied = c.replied
FROM (SELECT (started_at + 62135596800000000) / 604800000000 * 7 - 719162 AS week, count(*) AS threads,
    count(first_reply_at) AS replied
  FROM thread WHERE started_at > -4611686018427387904 GROUP BY 1) c
WHERE networkweek.week = c.week
"""

_STATEMENTS = (
    *(
        f"ALTER TABLE communitytotal ADD COLUMN {name} INTEGER DEFAULT '0' NOT NULL"
        for name in ("answered", "unanswered", "talks", "talk_messages", "notices", "notice_messages")
    ),
    _TOTALS,
    "ALTER TABLE networkpeople ADD COLUMN often BIGINT DEFAULT '0' NOT NULL",
    """
    UPDATE networkpeople SET often = c.bits
    FROM (SELECT week, person_id / 56 AS block, sum(1 << person_id % 56) AS bits FROM (
        SELECT day - (day + 7000003) % 7 AS week, person_id FROM personday
        GROUP BY 1, 2 HAVING sum(posts + replies + reactions + mentions) >= 4
      ) GROUP BY 1, 2) c
    WHERE networkpeople.week = c.week AND networkpeople.block = c.block
    """,
    "ALTER TABLE networkweek ADD COLUMN threads INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE networkweek ADD COLUMN replied INTEGER DEFAULT '0' NOT NULL",
    _WEEKS,
    "DROP INDEX thread_lane",
    "DROP INDEX thread_newest",
    "CREATE INDEX thread_newest ON thread (last_at, started_at, people, messages)",
    "CREATE INDEX thread_week ON thread ((started_at + 62135596800000000) / 604800000000, first_reply_at - started_at)"
    " WHERE first_reply_at IS NOT NULL",
    "CREATE INDEX member_first ON member (first_message_at)"
    " WHERE first_message_at IS NOT NULL AND joined_at IS NULL AND left_at IS NULL",
    "CREATE INDEX member_dated ON member (person_id, joined_at) WHERE joined_at IS NOT NULL",
    "DROP INDEX event_when",
    "CREATE INDEX event_when ON event (community_id, at, kind, person_id, root_id, target_person_id, is_question,"
    " removed_at, parent_id)",
)


def upgrade() -> None:
    """Adds the columns, fills them from what is stored, and makes the indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
