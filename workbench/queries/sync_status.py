"""Sync status: accounts, runs and what was held back, for the Sync page and `workbench status`."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from workbench.ids import AccountId, CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import from_micros, maybe_from_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A source of communities: when it last worked, and what went wrong last (None while the last run was fine)."""

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


@dataclass(frozen=True, slots=True)
class RunRow:
    """One sync or import of one community; `ended_at` None while it runs or where the program was killed."""

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


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """An item that could not be read: where it stands and why."""

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
    WHERE c.account_id = a.id AND r.state IN ('done', 'partly')),
  l.started_at, l.state, l.error_reason
FROM account a LEFT JOIN syncrun l ON l.id =
  (SELECT max(r.id) FROM syncrun r JOIN community c ON c.id = r.community_id WHERE c.account_id = a.id)
"""

_RUNS = """
SELECT r.id, r.community_id, c.name, c.account_id, a.name, r.state, r.started_at, r.ended_at, r.added, r.changed,
  r.unchanged, r.rejected, r.requests, r.bytes_in, r.bytes_out, r.error_code, r.error_reason
FROM syncrun r JOIN community c ON c.id = r.community_id JOIN account a ON a.id = c.account_id
WHERE (:account IS NULL OR c.account_id = :account) ORDER BY r.id DESC LIMIT :limit
"""

_COUNTS = """
SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM community),
  (SELECT count(*) FROM person) - (SELECT count(*) FROM person WHERE is_bot),
  (SELECT ifnull(sum(threads), 0) FROM communitytotal), (SELECT ifnull(sum(messages), 0) FROM communitytotal),
  (SELECT count(*) FROM plan WHERE NOT is_archived), (SELECT count(*) FROM quarantine),
  (SELECT max(ended_at) FROM syncrun WHERE state IN ('done', 'partly'))
"""


def list_accounts(reader: Reader) -> list[AccountRow]:
    """Every account by name."""
    rows = [_account(row) for row in reader.rows(_ACCOUNTS)]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def list_runs(reader: Reader, *, account_id: AccountId | None = None, limit: int = 50) -> list[RunRow]:
    """The latest runs, newest first, of one account or of all."""
    return [_run(row) for row in reader.rows(_RUNS, {"account": account_id, "limit": limit})]


def list_quarantine(reader: Reader, scope: Scope = (), *, limit: int = 200, offset: int = 0) -> list[QuarantineRow]:
    """What was held back, by community, source and position."""
    statement = sql(
        "SELECT q.id, q.community_id, c.name, q.source, q.position, q.code, q.reason, q.seen_at",
        "FROM quarantine q JOIN community c ON c.id = q.community_id WHERE",
        within("q.community_id", scope),
        "ORDER BY q.community_id, q.source, q.position LIMIT :limit OFFSET :offset",
    )
    span = {"scope": scope_parameter(scope), "limit": limit, "offset": offset}
    return [
        QuarantineRow(id_, community_id, community, source, position, code, reason, from_micros(at))
        for id_, community_id, community, source, position, code, reason, at in reader.rows(statement, span)
    ]


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
    id_, kind, name, base_url, settings, is_paused, communities, held_back, success, last_run, state, error = row
    return AccountRow(
        id=id_,
        kind=AccountKind(kind),
        name=name,
        base_url=base_url,
        settings=settings,
        is_paused=bool(is_paused),
        communities=communities,
        held_back=held_back,
        last_success_at=maybe_from_micros(success),
        last_run_at=maybe_from_micros(last_run),
        last_state=None if state is None else RunState(state),
        last_error=error,
    )


def _run(row: tuple[Any, ...]) -> RunRow:
    values = dict(zip((field.name for field in fields(RunRow)), row, strict=True))
    values["state"] = RunState(values["state"])
    values["started_at"] = from_micros(values["started_at"])
    values["ended_at"] = maybe_from_micros(values["ended_at"])
    return RunRow(**values)
