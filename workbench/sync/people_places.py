"""Where merged people are members: two memberships made one, and told apart again."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from workbench.sync.lookups import driver

Place = list[Any]
"""Is listed, role, joined, left: what sources say of a membership; the sums beside it follow from events."""
Places = dict[str, Place]
"""By community, as text: JSON knows no other keys."""


def members_of(connection: Connection, person_id: int) -> Places:
    """Every membership of a person."""
    rows = driver(connection).execute(
        "SELECT community_id, is_listed, role, joined_at, left_at FROM member WHERE person_id = ?", (person_id,)
    )
    return {str(row[0]): list(row[1:]) for row in rows.fetchall()}


def join(connection: Connection, into: int, *, before: Places, own: Places) -> Places:
    """Gives `into` the memberships of both; the ones they have then. Those of the other go with their last event."""
    after = {key: _joined(before.get(key), own.get(key)) for key in sorted({*before, *own})}
    _write(connection, into, after)
    return after


def part(connection: Connection, into: int, own: int, kept: Mapping[str, Places]) -> None:
    """Gives `own` back their memberships, and `into` theirs, with what sources said since of the handles of each.

    Handles and events that are theirs must be known as theirs: the former are moved already, the latter stand in
    `temp.moving_event`.
    """
    now = members_of(connection, into)
    theirs, mine = _accounts_of(connection, own), _accounts_of(connection, into)
    accounts = _accounts(connection, {*now, *kept["own"]})
    active = {
        str(row[0])
        for row in driver(connection).execute("SELECT DISTINCT community_id FROM temp.moving_event").fetchall()
    }
    back: Places = {}
    for key in sorted({*now, *kept["own"]}):
        is_new = now.get(key) != kept["after"].get(key)
        is_theirs = accounts.get(key) in theirs and accounts.get(key) not in mine
        if is_new and is_theirs and key in now:
            back[key] = now[key]
        elif key in kept["own"]:
            back[key] = kept["own"][key]
        elif key in active:
            back[key] = [0, None, None, None]
    _write(connection, own, {key: place for key, place in back.items() if key in accounts})
    rest = {
        key: kept["before"][key]
        for key in now
        if key in kept["before"] and (now[key] == kept["after"].get(key) or accounts.get(key) not in mine)
    }
    _write(connection, into, rest)


def leave_none(connection: Connection, into: int, kept: Mapping[str, Places]) -> None:
    """Takes from `into` the memberships that were only the other's; they have no event there any more."""
    mine = _accounts_of(connection, into)
    accounts = _accounts(connection, members_of(connection, into))
    execute = driver(connection).execute
    for key, account in accounts.items():
        was = key in kept["before"]
        came_since = key not in kept["own"] and account in mine
        if not was and not came_since:
            execute(
                "DELETE FROM member WHERE community_id = :community AND person_id = :person AND NOT EXISTS"
                " (SELECT 1 FROM event e INDEXED BY event_person WHERE e.person_id = :person"
                "  AND e.community_id = :community)",
                {"community": int(key), "person": into},
            )


def remove_joined(connection: Connection, person_id: int) -> None:
    """Somebody who became part of another is a member nowhere; does nothing for anybody else."""
    driver(connection).execute(
        "DELETE FROM member WHERE person_id = :person AND NOT EXISTS"
        " (SELECT 1 FROM handle h WHERE h.person_id = :person)",
        {"person": person_id},
    )


def _joined(one: Place | None, other: Place | None) -> Place:
    if one is None or other is None:
        return list(one or other or [])
    told = [place for place in (one, other) if place[0] or place[2] is not None]
    # Listed without a day: has always been in.
    joined = None if any(place[2] is None for place in told) else min((place[2] for place in told), default=None)
    left = None if None in (one[3], other[3]) else max(one[3], other[3])
    return [max(one[0], other[0]), one[1] or other[1], joined, left]


def _write(connection: Connection, person_id: int, places: Places) -> None:
    driver(connection).executemany(
        "INSERT INTO member (community_id, person_id, is_listed, role, joined_at, left_at, messages)"
        " VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (community_id, person_id) DO UPDATE SET"
        " is_listed = excluded.is_listed, role = excluded.role, joined_at = excluded.joined_at,"
        " left_at = excluded.left_at",
        [(int(key), person_id, *place) for key, place in places.items()],
    )


def _accounts_of(connection: Connection, person_id: int) -> set[int]:
    rows = driver(connection).execute("SELECT DISTINCT account_id FROM handle WHERE person_id = ?", (person_id,))
    return {row[0] for row in rows.fetchall()}


def _accounts(connection: Connection, keys: set[str] | Places) -> dict[str, int]:
    """The account of each community that is still here."""
    execute = driver(connection).execute
    rows = [execute("SELECT id, account_id FROM community WHERE id = ?", (int(key),)).fetchone() for key in keys]
    return {str(row[0]): row[1] for row in rows if row is not None}
