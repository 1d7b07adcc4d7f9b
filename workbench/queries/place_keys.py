"""Place keys: a name for a community that it keeps when its account is removed and comes back."""

import json
from collections.abc import Collection

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.queries.today import lasting_key

_PLACES = """
SELECT c.id, a.kind, ifnull(a.base_url, a.name), c.remote_id FROM community c JOIN account a ON a.id = c.account_id
WHERE c.id IN (SELECT value FROM json_each(?))
"""


def place_keys(reader: Reader, communities: Collection[CommunityId]) -> dict[CommunityId, str]:
    """{community: its key}, of those that are here."""
    rows = reader.rows(_PLACES, (json.dumps(sorted(communities)),))
    return {CommunityId(id_): lasting_key(kind, base, place) for id_, kind, base, place in rows}
