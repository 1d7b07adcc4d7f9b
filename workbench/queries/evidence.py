"""Evidence: a thread named so that every mirror of the same place finds it again, on this laptop or a partner's."""

from hashlib import blake2b
from urllib.parse import quote, unquote

from workbench.ids import CommunityId, EventId
from workbench.models.database import Reader

THREAD = "thread:"

_NAMED = """
SELECT a.kind, ifnull(a.base_url, ''), e.remote_id
FROM event e JOIN community c ON c.id = e.community_id JOIN account a ON a.id = c.account_id
WHERE e.id = ?
"""
_FOUND = """
SELECT ifnull(e.root_id, e.id) FROM account a JOIN community c ON c.account_id = a.id
CROSS JOIN event e ON e.community_id = c.id AND e.remote_key = :key
WHERE a.kind = :kind AND (:site IS NULL OR a.base_url = :site) AND e.remote_id = :remote AND e.kind IN (3, 4)
ORDER BY e.id LIMIT 1
"""


def thread_name(reader: Reader, thread_id: EventId) -> str | None:
    """The thread as evidence keeps it, "thread:<account kind>@<site>/<remote id>"; None where it is gone.

    The site is the address of the platform, percent-encoded: numbers of topics repeat from forum to forum. What has no
    address, as imported files, has no "@".
    """
    row = reader.one(_NAMED, (thread_id,))
    if row is None:
        return None
    kind, site, remote = row
    return f"{THREAD}{kind}{'@' if site else ''}{quote(site, safe='')}/{remote}"


def thread_community(reader: Reader, thread_id: EventId) -> CommunityId | None:
    """The community a thread stands in; None where it is gone."""
    found = reader.scalar("SELECT community_id FROM event WHERE id = ?", (thread_id,))
    return None if found is None else CommunityId(found)


def thread_named(reader: Reader, name: str) -> EventId | None:
    """The thread of that name; None where it is not mirrored here, and for anything that is no such name.

    A name without a site is of any: earlier versions named none.
    """
    place, slash, remote = name.removeprefix(THREAD).partition("/")
    kind, has_site, site = place.partition("@")
    if not name.startswith(THREAD) or not slash or not remote:
        return None
    # As the mirror keys messages: by a digest of the id, which its index holds.
    key = blake2b(remote.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    found = reader.scalar(
        _FOUND, {"kind": kind, "site": unquote(site) if has_site else None, "remote": remote, "key": key}
    )
    return None if found is None else EventId(found)
