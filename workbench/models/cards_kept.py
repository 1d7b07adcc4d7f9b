"""Cards kept: what a coordinator says of a community finds it again when it is mirrored anew."""

from typing import TYPE_CHECKING, Final

from workbench.models.kinds import CommunityType

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIND: Final = """
UPDATE OR IGNORE community_card SET community_id = :community WHERE id = (
  SELECT k.id FROM community c JOIN account a ON a.id = c.account_id
  JOIN community_card k ON k.community_id IS NULL AND k.community_remote_id = c.remote_id
    AND k.account_kind = a.kind AND k.site = ifnull(a.base_url, '')
  WHERE c.id = :community ORDER BY k.id LIMIT 1)
"""
_TYPE: Final = """
UPDATE community SET type = k.type FROM community_card k
WHERE community.id = :community AND k.community_id = community.id AND k.type IS NOT NULL
"""
MAKE: Final = """
INSERT INTO community_card (community_id, account_kind, site, community_remote_id, purpose, themes, spaces, policies,
  partners, coordinator, type)
SELECT c.id, a.kind, ifnull(a.base_url, ''), c.remote_id, '', '', '', '', '', '', c.type
FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = :community
ON CONFLICT (community_id) DO NOTHING
"""
"""An empty card for a community that has none, with the type it has."""


def find_card_again(connection: "Connection", community_id: int) -> None:
    """Joins a new community to the card it had before its account was removed; the type on it is the one that holds."""
    connection.exec_driver_sql(_FIND, {"community": community_id})
    connection.exec_driver_sql(_TYPE, {"community": community_id})


def keep_type(connection: "Connection", community_id: int, kind: CommunityType | None) -> None:
    """Gives a community the type its coordinator chose, and writes it on its card."""
    execute = connection.exec_driver_sql
    value = None if kind is None else kind.value
    execute(MAKE, {"community": community_id})
    execute("UPDATE community_card SET type = ? WHERE community_id = ?", (value, community_id))
    execute("UPDATE community SET type = ? WHERE id = ?", (value, community_id))
