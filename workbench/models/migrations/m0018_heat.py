"""Eighteenth form: how warm a thread is stands beside it.

Frozen text: later changes of the models never reach this file.
"""

from typing import Any

from alembic import op

revision = "0018"
down_revision = "0017"

_WARMTHS = """
UPDATE thread SET warmth = c.warmth
FROM (SELECT e.root_id,
    sum(CASE e.kind WHEN 4 THEN 3 WHEN 6 THEN 2 WHEN 5 THEN 1 END
      * exp2(max(-1000.0, min(1000.0, (e.at - 1893456000000000) / 1209600000000.0)))) AS warmth
  FROM event e INDEXED BY event_when
  WHERE e.community_id = ? AND e.kind IN (4, 5, 6) AND e.root_id IS NOT NULL AND e.removed_at IS NULL
    AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)
  GROUP BY e.root_id) c
WHERE thread.id = c.root_id
"""
_INDEXES = (
    "CREATE INDEX thread_warmth ON thread (warmth, last_at, started_at) WHERE warmth IS NOT NULL",
    "CREATE INDEX thread_warm ON thread (community_id, warmth, last_at, started_at) WHERE warmth IS NOT NULL",
)


def upgrade() -> None:
    """Adds the column, fills it from what is mirrored, and makes the indexes."""
    op.execute("ALTER TABLE thread ADD COLUMN warmth FLOAT")
    fill(op.get_bind().connection.driver_connection)
    for statement in _INDEXES:
        op.execute(statement)


def fill(driver: Any) -> None:
    """Community by community, to keep memory flat."""
    for community in driver.execute("SELECT id FROM community ORDER BY id").fetchall():
        driver.execute(_WARMTHS, community)
