"""Where merged people are members: what sources say of each by itself, and the membership that follows from it.

The words of everybody who is part of a merge stand in `memberword`; `member` holds what follows for who is shown.
"""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from workbench.models.leading import is_leading
from workbench.sync.lookups import driver


class Place(NamedTuple):
    """What sources say of a membership; the sums beside it follow from events."""

    is_listed: bool
    role: str | None
    joined_at: int | None
    left_at: int | None


_KEEP = """
INSERT INTO memberword (community_id, own_id, is_listed, role, joined_at, left_at)
SELECT community_id, person_id, is_listed, role, joined_at, left_at FROM member WHERE person_id = :own
  AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE :own IN (x.person_id, x.into_id))
"""
_WORDS = """
SELECT community_id, own_id, is_listed, role, joined_at, left_at FROM memberword
WHERE own_id IN (SELECT value FROM json_each(?))
"""
_SHOWN = "SELECT community_id, is_listed, role, joined_at, left_at FROM member WHERE person_id = ?"
_SHOW = """
INSERT INTO member (community_id, person_id, is_listed, role, joined_at, left_at, messages) VALUES (?, ?, ?, ?, ?, ?, 0)
ON CONFLICT (community_id, person_id) DO UPDATE SET is_listed = excluded.is_listed, role = excluded.role,
  joined_at = excluded.joined_at, left_at = excluded.left_at
"""


def keep_apart(connection: Connection, people: Iterable[int]) -> None:
    """Notes what sources say of each, who is about to become part of a merge; those who are part of one have it."""
    for own in people:
        driver(connection).execute(_KEEP, {"own": own})


def forget_apart(connection: Connection, people: Iterable[int]) -> None:
    """Drops the words of those who are part of no merge any more: what is shown of them is the same."""
    driver(connection).executemany(
        "DELETE FROM memberword WHERE own_id = :own"
        " AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE :own IN (x.person_id, x.into_id))",
        [{"own": own} for own in people],
    )


def show(connection: Connection, root: int, group: Collection[int], *, within: int | None = None) -> bool:
    """Makes the memberships of `root` what follows from the words about `group`; whether any is another than before.

    `within` is the one community to look at, None for all. Nothing is removed (see `leave`).
    """
    execute = driver(connection).execute
    told: dict[int, list[tuple[int, Place]]] = {}
    for community_id, own, *place in execute(_WORDS, (json.dumps(sorted(group)),)).fetchall():
        if within in {None, community_id}:
            told.setdefault(community_id, []).append((own, Place(*place)))
    shown = {row[0]: Place(*row[1:]) for row in execute(_SHOWN, (root,)).fetchall()}
    places = {community_id: joined(root, words) for community_id, words in told.items()}
    rows = [(key, root, *place) for key, place in sorted(places.items()) if place != shown.get(key)]
    driver(connection).executemany(_SHOW, rows)
    return bool(rows)


def leave(connection: Connection, root: int, group: Collection[int]) -> None:
    """Takes from `root` the memberships that were only those of others, whose events have moved away."""
    driver(connection).execute(
        "DELETE FROM member WHERE person_id = ? AND community_id NOT IN"
        " (SELECT community_id FROM memberword WHERE own_id IN (SELECT value FROM json_each(?)))",
        (root, json.dumps(sorted(group))),
    )


def remove_joined(connection: Connection, person_id: int) -> None:
    """Somebody who became part of another is a member nowhere; does nothing for anybody else."""
    driver(connection).execute(
        "DELETE FROM member WHERE person_id = :person AND NOT EXISTS"
        " (SELECT 1 FROM handle h WHERE h.person_id = :person)",
        {"person": person_id},
    )


def joined(root: int, words: Iterable[tuple[int, Place]]) -> Place:
    """The membership that follows from what is said of each person (id, place) of those who are shown as `root`.

    Listed and in where any is, in since the earliest join. Of the roles that of somebody who is in counts, and of these
    one that leads; then the one of `root`. The order of the words does not matter.
    """
    ordered = sorted(words, key=lambda word: (word[0] != root, word[0]))
    places = [place for _, place in ordered]
    told = [place for place in places if place.is_listed or place.joined_at is not None]
    # Listed without a day: has always been in.
    dates = [place.joined_at for place in told]
    joined_at = None if None in dates else min((at for at in dates if at is not None), default=None)
    gone = [place.left_at for place in places if place.left_at is not None]
    roles = sorted(
        (place for place in places if place.role is not None),
        key=lambda place: (place.left_at is not None, not is_leading(place.role or "")),
    )
    return Place(
        is_listed=max(place.is_listed for place in places),
        role=roles[0].role if roles else None,
        joined_at=joined_at,
        left_at=max(gone) if len(gone) == len(places) else None,
    )
