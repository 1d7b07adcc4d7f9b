"""The mirror's ledger: what is kept beside the records: communities, their state, quarantine, coverage, cursors."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from workbench.errors import NotFoundError, WorkStoppedError
from workbench.ids import CommunityId
from workbench.models.cards_kept import find_card_again
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.models.moments import DayRange, maybe_from_micros, to_day, to_micros
from workbench.models.plans_kept import find_plans_again
from workbench.sync.connector import Cursor
from workbench.sync.gone import Removals
from workbench.sync.lookups import driver, next_id
from workbench.sync.records import CommunityRecord, Rejected, Reread

if TYPE_CHECKING:
    from sqlalchemy import Connection


def account_of(connection: "Connection", community_id: CommunityId) -> int:
    """The account of a community; NotFoundError when the community was removed meanwhile."""
    found = driver(connection).execute("SELECT account_id FROM community WHERE id = ?", (community_id,)).fetchone()
    if found is None:
        message = "the community was removed from this profile"
        raise NotFoundError(message)
    return int(found[0])


def upsert_community(
    connection: "Connection", account_id: int, record: CommunityRecord, *, now: datetime, is_followed: bool = True
) -> CommunityId:
    """The community with this remote id, made or brought up to date; `is_followed` is for a new one.

    A record named by nothing but its remote id leaves the known name and description as they are.
    """
    execute = connection.exec_driver_sql
    row = execute(
        "SELECT id, name, description FROM community WHERE account_id = ? AND remote_id = ?",
        (account_id, record.remote_id),
    ).first()
    known = None if row is None else int(row[0])
    if row is not None and record.name in {"", record.remote_id}:
        name, description = row[1], row[2]
    else:
        name, description = _free_name(connection, record.name or record.remote_id, own_id=known), record.description
    kind = None if record.type is None else record.type.value
    values = (name, description, kind, record.url, record.address)
    if known is None:
        known = execute(
            "INSERT INTO community (id, name, description, type, url, address, account_id, remote_id, is_followed,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (next_id(connection, "community"), *values, account_id, record.remote_id, is_followed, to_micros(now)),
        ).scalar_one()
        find_card_again(connection, known)
        find_plans_again(connection, known)
    else:
        # Most syncs hear what is known already: that is no change.
        changed = execute(
            "UPDATE community SET name = ?1, description = ?2, type = coalesce(type, ?3), url = coalesce(?4, url),"
            " address = coalesce(?5, address), removed_at = NULL WHERE id = ?6 AND (name, description, type, url,"
            " address, removed_at) IS NOT (?1, ?2, coalesce(type, ?3), coalesce(?4, url), coalesce(?5, address), NULL)",
            (*values, known),
        )
        if changed.rowcount and row is not None and name != row[1]:
            find_plans_again(connection, known)
    _keep_counts(connection, known, record, now=now)
    return CommunityId(int(known))


def _keep_counts(connection: "Connection", community_id: int, record: CommunityRecord, *, now: datetime) -> None:
    """The platform's own counts, where it tells them, with the moment they were told."""
    if record.messages is None and record.members is None:
        return
    _need_state(connection, community_id)
    connection.exec_driver_sql(
        "UPDATE communitystate SET platform_messages = coalesce(?, platform_messages),"
        " platform_members = coalesce(?, platform_members), counted_at = ? WHERE community_id = ?",
        (record.messages, record.members, to_micros(now), community_id),
    )


def _need_state(connection: "Connection", community_id: int) -> None:
    """Makes the row of a community's state; where it is there, nothing that numbers rest on is touched."""
    connection.exec_driver_sql(
        "INSERT INTO communitystate (community_id) VALUES (?) ON CONFLICT (community_id) DO NOTHING", (community_id,)
    )


def _free_name(connection: "Connection", wanted: str, *, own_id: int | None) -> str:
    name, number = wanted, 1
    while True:
        owner = connection.exec_driver_sql("SELECT id FROM community WHERE name = ?", (name,)).scalar()
        if owner is None or owner == own_id:
            return name
        number += 1
        name = f"{wanted} ({number})"


class Known(NamedTuple):
    """What is stored of a community."""

    remote_id: str
    name: str
    is_followed: bool
    mark: str | None
    messages: int | None
    synced_at: datetime | None


def known_communities(connection: "Connection", account_id: int) -> dict[int, Known]:
    """{id: what is stored} of the communities of an account, in the order they were added."""
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.remote_id, c.name, c.is_followed, s.mark, s.platform_messages, s.synced_at FROM community c"
        " LEFT JOIN communitystate s ON s.community_id = c.id WHERE c.account_id = ? ORDER BY c.id",
        (account_id,),
    )
    return {row[0]: Known(row[1], row[2], bool(row[3]), row[4], row[5], maybe_from_micros(row[6])) for row in rows}


def hide_unlisted(connection: "Connection", account_id: int, listed: Collection[CommunityId], *, now: datetime) -> None:
    """Communities of the account the platform no longer lists are kept, and said to be out of sight."""
    connection.exec_driver_sql(
        "UPDATE community SET removed_at = ? WHERE account_id = ? AND removed_at IS NULL"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (to_micros(now), account_id, json.dumps(sorted(listed))),
    )


def settle(connection: "Connection", community_id: CommunityId, *, mark: str | None, now: datetime) -> None:
    """Every stream was read to its end while the platform showed `mark`; the first time, that is a check as well."""
    _need_state(connection, community_id)
    connection.exec_driver_sql(
        "UPDATE communitystate SET mark = ?1, synced_at = ?2, checked_at = coalesce(checked_at, ?2)"
        " WHERE community_id = ?3",
        (mark, to_micros(now), community_id),
    )


def checked(connection: "Connection", community_id: CommunityId, *, now: datetime) -> None:
    """A pass that compares with the platform got to its end; what the numbers differ by now, they may."""
    execute = connection.exec_driver_sql
    _need_state(connection, community_id)
    execute("UPDATE communitystate SET checked_at = ? WHERE community_id = ?", (to_micros(now), community_id))
    execute(
        "UPDATE communitystate SET checked_gap = (SELECT count(*) FROM event WHERE community_id = ?"
        " AND kind IN (3, 4) AND removed_at IS NULL) - platform_messages WHERE community_id = ?",
        (community_id, community_id),
    )


def stay(connection: "Connection", community_id: CommunityId, *, today: date | None, now: datetime) -> Changes:
    """The platform shows the same mark as when all was read: what was complete up to then is complete up to `today`.

    `today` is the platform's day, never ours, and is itself not promised because it is not over.
    """
    state = connection.exec_driver_sql(
        "SELECT s.synced_at, max(c.last_day) FROM communitystate s JOIN coverage c ON c.community_id = s.community_id"
        " WHERE s.community_id = ?",
        (community_id,),
    ).first()
    connection.exec_driver_sql(
        "UPDATE communitystate SET synced_at = ? WHERE community_id = ?", (to_micros(now), community_id)
    )
    if today is None:
        return Changes.NOTHING
    yesterday = to_day(today) - 1
    if state is None or state[0] is None or not state[0] // 86_400_000_000 - 1 <= state[1] < yesterday:
        return Changes.NOTHING
    connection.exec_driver_sql(
        "UPDATE coverage SET last_day = ? WHERE community_id = ? AND last_day = ?", (yesterday, community_id, state[1])
    )
    return Changes.COVERAGE


def keep_held(connection: "Connection", community_id: CommunityId, removals: Removals, *, now: datetime) -> None:
    """Stores what a run would have removed, had that not been too much, and drops what is settled by now.

    JSON text: {kind: {"gone": how many would have gone, "held": out of how many, "at": Unix microseconds}}.
    """
    refused, settled = removals.refused, removals.settled
    if not refused and not settled:
        return
    stored: str | None = connection.exec_driver_sql(
        "SELECT held FROM communitystate WHERE community_id = ?", (community_id,)
    ).scalar()
    held = {} if stored is None else json.loads(stored)
    for of in settled:
        held.pop(of.value, None)
    for of, (gone, whole) in refused.items():
        held[of.value] = {"gone": gone, "held": whole, "at": to_micros(now)}
    text = json.dumps(held, sort_keys=True) if held else None
    if text != stored:
        connection.exec_driver_sql(
            "INSERT INTO communitystate (community_id, held) VALUES (?, ?)"
            " ON CONFLICT (community_id) DO UPDATE SET held = excluded.held",
            (community_id, text),
        )


def forget_rejected(
    connection: "Connection", community_id: CommunityId, reread: Sequence[Reread], *, kept: Sequence[Rejected]
) -> Changes:
    """Takes out what was held back where a source is read anew, except what this batch holds back once more."""
    places = {(item.source, item.position) for item in kept}
    gone: list[tuple[int]] = []
    for place in reread:
        rows = connection.exec_driver_sql(
            "SELECT id, position FROM quarantine WHERE community_id = ? AND source = ? AND position >= ?",
            (community_id, place.source, place.position),
        )
        gone += [(row_id,) for row_id, position in rows if (place.source, position) not in places]
    if not gone:
        return Changes.NOTHING
    connection.exec_driver_sql("DELETE FROM quarantine WHERE id = ?", gone)
    return Changes.QUARANTINE


def keep_rejected(
    connection: "Connection", community_id: CommunityId, rejected: Sequence[Rejected], *, now: datetime
) -> Changes:
    """Puts items that could not be read into quarantine, each once, with when it was last met."""
    if not rejected:
        return Changes.NOTHING
    connection.exec_driver_sql(
        "INSERT INTO quarantine (community_id, source, position, code, reason, seen_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (community_id, source, position) DO UPDATE SET code = excluded.code, reason = excluded.reason,"
        " seen_at = excluded.seen_at",
        [(community_id, item.source, item.position, item.code, item.reason, to_micros(now)) for item in rejected],
    )
    return Changes.QUARANTINE


def extend_coverage(connection: "Connection", community_id: CommunityId, covered: Sequence[DayRange]) -> Changes:
    """Adds promised days; ranges that overlap or touch become one."""
    if not covered:
        return Changes.NOTHING
    stored = [
        (int(first), int(last))
        for first, last in driver(connection).execute(
            "SELECT first_day, last_day FROM coverage WHERE community_id = ? ORDER BY first_day", (community_id,)
        )
    ]
    merged: list[tuple[int, int]] = []
    for first, last in sorted([*stored, *((to_day(days.first), to_day(days.last)) for days in covered)]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        elif first <= last:
            merged.append((first, last))
    if merged == stored:
        return Changes.NOTHING
    driver(connection).execute("DELETE FROM coverage WHERE community_id = ?", (community_id,))
    driver(connection).executemany(
        "INSERT INTO coverage (community_id, first_day, last_day) VALUES (?, ?, ?)",
        [(community_id, first, last) for first, last in merged],
    )
    return Changes.COVERAGE


def keep_start(connection: "Connection", community_id: CommunityId, *, is_from_start: bool) -> Changes:
    """Remembers whether the platform has anything older than what was read."""
    kept = driver(connection).execute(
        "INSERT INTO communitystate (community_id, is_from_start) VALUES (?, ?) ON CONFLICT (community_id) DO UPDATE"
        " SET is_from_start = excluded.is_from_start WHERE is_from_start <> excluded.is_from_start",
        (community_id, is_from_start),
    )
    return Changes.COVERAGE if kept.rowcount else Changes.NOTHING


def move_cursor(
    connection: "Connection", community_id: CommunityId, stream: str, cursor: Cursor, *, rows: int, now: datetime
) -> None:
    """The stream stands at `cursor` now, `rows` records further."""
    driver(connection).execute(
        "INSERT INTO streamcursor (community_id, stream, value, rows, updated_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (community_id, stream) DO UPDATE SET value = excluded.value, rows = rows + excluded.rows,"
        " updated_at = excluded.updated_at",
        (community_id, stream, cursor, rows, to_micros(now)),
    )


def begin_run(connection: "Connection", community_id: CommunityId, *, now: datetime) -> int:
    """A new run; one of this community that never ended was cut off with its process, and says so from now on."""
    execute = connection.exec_driver_sql
    execute(
        "UPDATE syncrun SET state = CASE WHEN added + changed + unchanged + gone > 0 THEN ? ELSE ? END, ended_at = ?,"
        " error_code = ?, error_reason = 'the work stopped unexpectedly'"
        " WHERE community_id = ? AND state = ? AND ended_at IS NULL",
        (
            RunState.PARTLY.value,
            RunState.FAILED.value,
            to_micros(now),
            WorkStoppedError.code,
            community_id,
            RunState.RUNNING.value,
        ),
    )
    result = execute(
        "INSERT INTO syncrun (community_id, state, started_at, added, changed, unchanged, rejected, requests,"
        " bytes_in, bytes_out) VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, 0) RETURNING id",
        (community_id, RunState.RUNNING.value, to_micros(now)),
    )
    return int(result.scalar_one())


def write_run(connection: "Connection", run_id: int, columns: Mapping[str, object]) -> None:
    """Writes columns of a run; harmless when its community was removed meanwhile."""
    setting = ", ".join(f"{name} = ?" for name in columns)
    statement = f"UPDATE syncrun SET {setting} WHERE id = ?"  # noqa: S608 - names of our own; values are parameters
    driver(connection).execute(statement, (*columns.values(), run_id))
