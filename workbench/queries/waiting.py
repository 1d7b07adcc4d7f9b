"""Waiting: followed communities that were not read to their end for longer than their account usually takes."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final

from workbench.ids import AccountId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind
from workbench.models.moments import to_micros

USUAL_MINUTES: Final = 1440
"""How old a community of an account may be that only syncs when it is asked to."""
_MINUTE_MICROS: Final = 60_000_000

_WAITING = """
SELECT c.account_id, count(*) FROM community c JOIN account a ON a.id = c.account_id
LEFT JOIN communitystate s ON s.community_id = c.id
WHERE c.is_followed AND c.removed_at IS NULL AND NOT a.is_paused
  AND a.kind IN (SELECT value FROM json_each(:kinds))
  AND ifnull(s.synced_at, 0) < :now - ifnull(a.every_minutes, :usual) * :minute
GROUP BY c.account_id
"""


_UNREAD = """
SELECT count(*) FROM community c JOIN account a ON a.id = c.account_id
LEFT JOIN communitystate s ON s.community_id = c.id
WHERE c.is_followed AND c.removed_at IS NULL AND a.is_paused AND s.synced_at IS NULL
  AND a.kind IN (SELECT value FROM json_each(?))
"""


def count_left_unread(reader: Reader, *, kinds: Collection[AccountKind]) -> int:
    """Followed communities of paused accounts of these kinds that were never read to their end."""
    return int(reader.scalar(_UNREAD, (json.dumps([kind.value for kind in kinds]),)))


def waiting_by_account(reader: Reader, *, kinds: Collection[AccountKind], now: datetime) -> dict[AccountId, int]:
    """{account: communities that wait} over accounts of these kinds; one that is paused waits for nothing."""
    span = {
        "kinds": json.dumps([kind.value for kind in kinds]),
        "now": to_micros(now),
        "usual": USUAL_MINUTES,
        "minute": _MINUTE_MICROS,
    }
    return {AccountId(account_id): count for account_id, count in reader.rows(_WAITING, span)}
