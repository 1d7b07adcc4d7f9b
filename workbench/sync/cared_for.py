"""Cared for: what the coordinator keeps about threads finds them again when they are mirrored anew."""

from sqlalchemy import Connection

from workbench.sync.lookups import driver

_LOST = "SELECT 1 FROM thread_care WHERE thread_id IS NULL LIMIT 1"
_FIND = """
SELECT k.id, e.id FROM thread_care k
JOIN community c ON c.id = :community AND c.remote_id = k.community_remote_id
JOIN account a ON a.id = c.account_id AND a.kind = k.account_kind AND ifnull(a.base_url, a.name) = k.account
CROSS JOIN event e ON e.community_id = c.id AND e.id >= :first AND e.remote_id = k.root_remote_id AND e.root_id = e.id
WHERE k.thread_id IS NULL
"""


def find_again(connection: Connection, community_id: int, first_id: int) -> None:
    """Joins marks whose thread went with its account to the events from `first_id` on, which are new to listeners.

    Numbers of events begin again once the newest were removed: what was seen under them says nothing of these.
    """
    execute = driver(connection).execute
    execute("UPDATE listening SET seen_id = ? WHERE seen_id >= ?", (first_id - 1, first_id))
    execute("UPDATE thread_care SET routed_id = ? WHERE routed_id >= ?", (first_id - 1, first_id))
    if execute(_LOST).fetchone() is None:
        return
    found = execute(_FIND, {"community": community_id, "first": first_id}).fetchall()
    if found:
        driver(connection).executemany(
            "UPDATE OR IGNORE thread_care SET thread_id = ? WHERE id = ?", [(event, care) for care, event in found]
        )
