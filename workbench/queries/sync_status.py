"""Sync status: accounts, communities, runs and what was held back, for the Sync page and `workbench status`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from workbench.errors import LineError
from workbench.ids import AccountId, CommunityId
from workbench.models.database import Reader
from workbench.models.day_cap import DayCap
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import from_day, from_micros, maybe_from_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A source of communities: when it last worked, and what went wrong last (None while the last run was fine).

    `error_code` and `error_reason` say why the last try brought nothing for all its communities alike, `tried_at` when
    that was, `not_before` when the platform wants to be asked again. `communities` counts all that are known of,
    `followed` those a sync reads. Limits as in `AccountLimits`.
    """

    id: AccountId
    kind: AccountKind
    name: str
    base_url: str | None
    settings: str
    is_paused: bool
    communities: int
    held_back: int
    last_success_at: datetime | None
    last_run_at: datetime | None
    last_state: RunState | None
    last_error: str | None
    followed: int = 0
    error_code: str | None = None
    error_reason: str | None = None
    tried_at: datetime | None = None
    not_before: datetime | None = None
    history_from: date | None = None
    is_text_only: bool = False
    daily_cap: int | None = None
    every_minutes: int | None = None
    file_limit: int | None = None
    cap: DayCap = field(default_factory=DayCap)
    """The usual limit of a day, `daily_cap`, with what it was raised to for one day."""
    clock_skew: timedelta | None = None
    """How far the platform's clock was ahead of ours at its last answer."""


@dataclass(frozen=True, slots=True)
class CommunityStateRow:
    """A community of an account, as the platform shows it beside what is held here.

    `is_visible` is False where the platform no longer lists it. `synced_at` is when everything was read last,
    `checked_at` when it was last compared. `platform_messages` and `platform_members` are the platform's own counts of
    `counted_at`, None where it tells none; `messages` (bots included) and `members` are ours. `checked_gap` is what our
    number of messages was more than the platform's after the last comparison. `held` are removals that
    wait for a person: {"messages", "members" or "reactions": (how many would go, out of how many)}. `is_mine` is known
    only where the platform was asked just now: whether the account's person belongs to it.
    """

    community_id: CommunityId
    account_id: AccountId
    name: str
    remote_id: str
    is_followed: bool
    is_visible: bool
    synced_at: datetime | None
    checked_at: datetime | None
    counted_at: datetime | None
    platform_messages: int | None
    platform_members: int | None
    messages: int
    members: int
    held: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    checked_gap: int | None = None
    is_mine: bool | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One sync or import of one community; `ended_at` None while it runs or where the program was killed.

    `trace` is what was asked and what came, one line a step.
    """

    id: int
    community_id: CommunityId
    community: str
    account_id: AccountId
    account: str
    state: RunState
    started_at: datetime
    ended_at: datetime | None
    added: int
    changed: int
    unchanged: int
    rejected: int
    requests: int
    bytes_in: int
    bytes_out: int
    error_code: str | None
    error_reason: str | None
    gone: int = 0
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """An item that could not be read: where it stands and why, and when it was last met."""

    id: int
    community_id: CommunityId
    community: str
    source: str
    position: int
    code: str
    reason: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ProfileCounts:
    """How much is in the profile; bots are not people."""

    accounts: int
    communities: int
    people: int
    threads: int
    messages: int
    plans: int
    held_back: int
    last_success_at: datetime | None


_ACCOUNTS = """
SELECT a.id, a.kind, a.name, a.base_url, a.settings, a.is_paused,
  (SELECT count(*) FROM community c WHERE c.account_id = a.id),
  (SELECT count(*) FROM quarantine q JOIN community c ON c.id = q.community_id WHERE c.account_id = a.id),
  (SELECT max(r.ended_at) FROM syncrun r JOIN community c ON c.id = r.community_id
    WHERE c.account_id = a.id
    AND (r.state = 'done' OR (r.state = 'partly' AND r.rejected > 0 AND r.error_code IS NULL))),
  (SELECT max(s.synced_at) FROM communitystate s JOIN community c ON c.id = s.community_id WHERE c.account_id = a.id),
  l.started_at, l.state, l.error_reason,
  (SELECT count(*) FROM community c WHERE c.account_id = a.id AND c.is_followed),
  a.error_code, a.error_reason, a.tried_at, a.not_before, a.history_from, a.is_text_only, a.daily_cap, a.every_minutes,
  a.file_limit, a.raised_on, a.raised_cap, a.clock_skew
FROM account a LEFT JOIN syncrun l ON l.id =
  (SELECT r.id FROM syncrun r JOIN community c ON c.id = r.community_id WHERE c.account_id = a.id
    AND r.id = (SELECT max(n.id) FROM syncrun n WHERE n.community_id = c.id)
    ORDER BY r.state = 'done', r.id DESC LIMIT 1)
"""

_STATES = """
SELECT c.id, c.account_id, c.name, c.remote_id, c.is_followed, c.removed_at IS NULL, s.synced_at, s.checked_at,
  s.counted_at, s.platform_messages, s.platform_members, ifnull(t.messages, 0), s.held,
  s.checked_gap
FROM community c
LEFT JOIN communitystate s ON s.community_id = c.id LEFT JOIN communitytotal t ON t.community_id = c.id
WHERE (:account IS NULL OR c.account_id = :account)
"""

# Sums leave bots out, a platform's count does not; bots are few.
_OF_BOTS = """
SELECT e.community_id, count(*) FROM person p CROSS JOIN event e INDEXED BY event_person ON e.person_id = p.id
WHERE p.is_bot AND e.kind IN (3, 4) AND e.removed_at IS NULL GROUP BY e.community_id
"""

# Where the platform lists its members, those who only wrote once are none of them.
_MEMBERS = """
SELECT community_id, count(*), count(*) FILTER (WHERE is_listed) FROM member WHERE left_at IS NULL
GROUP BY community_id
"""

_RUNS = """
SELECT r.id, r.community_id, c.name, c.account_id, a.name, r.state, r.started_at, r.ended_at, r.added, r.changed,
  r.unchanged, r.rejected, r.requests, r.bytes_in, r.bytes_out, r.error_code, r.error_reason, r.gone, r.trace
FROM syncrun r JOIN community c ON c.id = r.community_id JOIN account a ON a.id = c.account_id
WHERE (:account IS NULL OR c.account_id = :account) ORDER BY r.id DESC LIMIT :limit
"""

# Whose mark said later that there is nothing new was read to its end, though that left no run.
_UNFINISHED = """
SELECT r.id, r.community_id, c.name, c.account_id, a.name, r.state, r.started_at, r.ended_at, r.added, r.changed,
  r.unchanged, r.rejected, r.requests, r.bytes_in, r.bytes_out, r.error_code, r.error_reason, r.gone, r.trace
FROM syncrun r JOIN community c ON c.id = r.community_id JOIN account a ON a.id = c.account_id
LEFT JOIN communitystate s ON s.community_id = c.id
WHERE c.account_id = :account AND c.is_followed AND c.removed_at IS NULL AND r.state <> 'done'
  AND ifnull(s.synced_at, 0) <= ifnull(r.ended_at, r.started_at)
  AND r.id = (SELECT max(n.id) FROM syncrun n WHERE n.community_id = c.id)
ORDER BY r.id DESC
"""

_QUARANTINE = """
SELECT q.id, q.community_id, c.name, q.source, q.position, q.code, q.reason, q.seen_at
FROM quarantine q JOIN community c ON c.id = q.community_id WHERE
"""

_COUNTS = """
SELECT (SELECT count(*) FROM account),
  (SELECT count(*) FROM community c WHERE c.is_followed OR c.id IN (SELECT community_id FROM communitytotal)),
  (SELECT count(*) FROM person) - (SELECT count(*) FROM person WHERE is_bot)
    - (SELECT count(*) FROM personmerge x CROSS JOIN person p ON p.id = x.person_id WHERE NOT p.is_bot),
  (SELECT ifnull(sum(threads), 0) FROM communitytotal), (SELECT ifnull(sum(messages), 0) FROM communitytotal),
  (SELECT count(*) FROM plan WHERE NOT is_archived), (SELECT count(*) FROM quarantine),
  (SELECT max(ended_at) FROM syncrun
    WHERE state = 'done' OR (state = 'partly' AND rejected > 0 AND error_code IS NULL))
"""


def list_accounts(reader: Reader) -> list[AccountRow]:
    """Every account by name."""
    rows = [_account(row) for row in reader.rows(_ACCOUNTS)]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def list_states(reader: Reader, *, account_id: AccountId | None = None) -> list[CommunityStateRow]:
    """Every community of an account, or of all, by name: also those nobody follows."""
    of_bots: dict[int, int] = dict(reader.rows(_OF_BOTS))
    members = {community_id: listed or present for community_id, present, listed in reader.rows(_MEMBERS)}
    rows = [
        _state(row, of_bots=of_bots.get(row[0], 0), members=members.get(row[0], 0))
        for row in reader.rows(_STATES, {"account": account_id})
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.community_id))


def list_runs(reader: Reader, *, account_id: AccountId | None = None, limit: int = 50) -> list[RunRow]:
    """The latest runs, newest first, of one account or of all."""
    return [_run(row) for row in reader.rows(_RUNS, {"account": account_id, "limit": limit})]


def unfinished_runs(reader: Reader, *, account_id: AccountId) -> list[RunRow]:
    """The newest run of each followed community of an account that is there, where it is not done; newest first.

    What the line cut before a later run, which somebody stopped or the end of the program, only waits to be read on.
    """
    rows = [_run(row) for row in reader.rows(_UNFINISHED, {"account": account_id})]
    stopped = max((row.id for row in rows if row.state in {RunState.CANCELLED, RunState.RUNNING}), default=0)
    return [
        replace(row, state=RunState.CANCELLED, error_code=None, error_reason=None)
        if row.error_code == LineError.code and row.id < stopped
        else row
        for row in rows
    ]


def list_quarantine(reader: Reader, scope: Scope = (), *, limit: int = 200, offset: int = 0) -> list[QuarantineRow]:
    """What was held back, by community, source and position."""
    statement = sql(
        _QUARANTINE,
        within("q.community_id", scope),
        "ORDER BY q.community_id, q.source, q.position LIMIT :limit OFFSET :offset",
    )
    span = {"scope": scope_parameter(scope), "limit": limit, "offset": offset}
    return [_held_back(row) for row in reader.rows(statement, span)]


def newest_quarantine(reader: Reader, community_id: CommunityId, *, limit: int) -> list[QuarantineRow]:
    """What was held back last of a community, by source and position."""
    statement = sql(_QUARANTINE, "q.community_id = ? ORDER BY q.seen_at DESC, q.id DESC LIMIT ?")
    rows = [_held_back(row) for row in reader.rows(statement, (community_id, limit))]
    return sorted(rows, key=lambda row: (row.source, row.position))


def count_quarantine(reader: Reader, scope: Scope = ()) -> int:
    """How many items were held back."""
    statement = sql("SELECT count(*) FROM quarantine WHERE", within("community_id", scope))
    count: int = reader.scalar(statement, {"scope": scope_parameter(scope)})
    return count


def profile_counts(reader: Reader) -> ProfileCounts:
    """How much the profile holds; messages without those of bots."""
    accounts, communities, people, threads, messages, plans, held_back, success = reader.rows(_COUNTS)[0]
    return ProfileCounts(
        accounts, communities, people, threads, messages, plans, held_back, last_success_at=maybe_from_micros(success)
    )


def _account(row: tuple[Any, ...]) -> AccountRow:
    id_, kind, name, base_url, settings, is_paused, communities, held_back, success, synced, *rest = row
    last_run, state, run_error, followed, error_code, error_reason, tried, not_before, *limits = rest
    history_from, is_text_only, daily_cap, every_minutes, file_limit, raised_on, raised, skew = limits
    # A try that never got to a community left no run. Each try writes its error or takes the last one away, so that no
    # times have to be compared: this computer's clock may have been put back.
    is_newer = error_code is not None
    return AccountRow(
        id=id_,
        kind=AccountKind(kind),
        name=name,
        base_url=base_url,
        settings=settings,
        is_paused=bool(is_paused),
        communities=communities,
        held_back=held_back,
        last_success_at=maybe_from_micros(max(success or 0, synced or 0) or None),
        last_run_at=maybe_from_micros(max(last_run or 0, tried or 0) or None),
        last_state=_last_state(state, is_newer=is_newer),
        last_error=error_reason if is_newer else run_error,
        followed=followed,
        error_code=error_code,
        error_reason=error_reason,
        tried_at=maybe_from_micros(tried),
        not_before=maybe_from_micros(not_before),
        history_from=None if history_from is None else from_day(history_from),
        is_text_only=bool(is_text_only),
        daily_cap=daily_cap,
        every_minutes=every_minutes,
        file_limit=file_limit,
        cap=DayCap.stored(daily_cap, raised_on, raised),
        clock_skew=None if skew is None else timedelta(seconds=skew),
    )


def _last_state(state: str | None, *, is_newer: bool) -> RunState | None:
    """How the last run ended; a try that failed for the whole account began after it, or was what ended it."""
    if state is None:
        return RunState.FAILED if is_newer else None
    return RunState.FAILED if is_newer and state == RunState.DONE else RunState(state)


def _state(row: tuple[Any, ...], *, of_bots: int, members: int) -> CommunityStateRow:
    id_, account_id, name, remote_id, is_followed, is_visible, synced, checked, counted, *counts, held, checked_gap = (
        row
    )
    platform_messages, platform_members, messages = counts
    waiting = {} if held is None else json.loads(held)
    return CommunityStateRow(
        community_id=CommunityId(id_),
        account_id=AccountId(account_id),
        name=name,
        remote_id=remote_id,
        is_followed=bool(is_followed),
        is_visible=bool(is_visible),
        synced_at=maybe_from_micros(synced),
        checked_at=maybe_from_micros(checked),
        counted_at=maybe_from_micros(counted),
        platform_messages=platform_messages,
        platform_members=platform_members,
        messages=messages + of_bots,
        members=members,
        held={kind: (value["gone"], value["held"]) for kind, value in waiting.items()},
        checked_gap=checked_gap,
    )


def _held_back(row: tuple[Any, ...]) -> QuarantineRow:
    id_, community_id, community, source, position, code, reason, at = row
    return QuarantineRow(id_, community_id, community, source, position, code, reason, from_micros(at))


def _run(row: tuple[Any, ...]) -> RunRow:
    values = dict(zip((field.name for field in fields(RunRow)), row, strict=True))
    values["state"] = RunState(values["state"])
    values["started_at"] = from_micros(values["started_at"])
    values["ended_at"] = maybe_from_micros(values["ended_at"])
    return RunRow(**values)
