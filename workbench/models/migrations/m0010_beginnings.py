"""Tenth form: a reply whose thread is not here begins none.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

_STATEMENTS = (
    "CREATE TEMP TABLE headless AS SELECT id, community_id, person_id, removed_at,"
    " (at + 62135596800000000) / 86400000000 - 719162 AS day FROM event"
    " WHERE kind = 3 AND root_id = id AND id IN (SELECT event_id FROM orphan)",
    "UPDATE event SET kind = 4 WHERE id IN (SELECT id FROM temp.headless)",
    "UPDATE communitytotal SET threads = threads - (SELECT count(*) FROM temp.headless h JOIN thread t ON t.id = h.id"
    " WHERE h.community_id = communitytotal.community_id)",
    "UPDATE thread SET started_at = -4611686018427387904, is_question = 0, first_reply_at = NULL,"
    " first_response_at = NULL, first_replier_id = NULL WHERE id IN (SELECT id FROM temp.headless)",
    "CREATE TEMP TABLE moved AS SELECT h.community_id, h.day, h.person_id, count(*) AS n FROM temp.headless h"
    " JOIN person p ON p.id = h.person_id WHERE h.removed_at IS NULL AND NOT p.is_bot GROUP BY 1, 2, 3",
    "UPDATE personday SET posts = posts - n, replies = replies + n FROM temp.moved m"
    " WHERE personday.community_id = m.community_id AND personday.day = m.day AND personday.person_id = m.person_id",
    "UPDATE activityday SET posts = posts - n, replies = replies + n FROM (SELECT community_id, day, sum(n) AS n FROM"
    " (SELECT community_id, day, n FROM temp.moved UNION ALL SELECT 0, day, n FROM temp.moved) GROUP BY 1, 2) m"
    " WHERE activityday.community_id = m.community_id AND activityday.day = m.day",
    "DROP TABLE temp.moved",
    "DROP TABLE temp.headless",
)


def upgrade() -> None:
    """Turns what was stored as the beginning of a thread into the reply it is."""
    for statement in _STATEMENTS:
        op.execute(statement)
