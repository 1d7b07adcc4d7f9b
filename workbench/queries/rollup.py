"""Roll-up: what offices told, read from the profile or from a server; and which communities an office tells of.

The statements keep to what SQLite and PostgreSQL both understand. Moments and yes or no come back in two forms.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Protocol

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.moments import from_micros


class RowSource(Protocol):
    """A read transaction of either place."""

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office; everything it told is None while nothing came."""

    office_id: str
    name: str
    country: str | None
    is_expected: bool
    heard_at: datetime | None
    last_week: date | None
    known_until: date | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that was taken; `previous` is the digest of the one before it, "" for the first."""

    office_id: str
    instance: str
    sequence: int
    previous: str
    digest: str
    created: datetime
    received_at: datetime
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfficePlanRow:
    """A plan of an office as one copy of its profile saw it at `as_of`."""

    office_id: str
    row_id: str
    plan_id: str
    name: str
    community_key: str
    community: str
    community_type: str | None
    starts_on: date
    day: int
    is_archived: bool
    todo: int
    doing: int
    done: int
    late: int
    hours_planned: float
    hours_done: float
    as_of: datetime


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure an office told; `value` None is no data, or withheld."""

    value: float | None
    numerator: float | None
    denominator: float | None
    coverage: float | None
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class OfficeObjectiveRow:
    """A measure of a plan of an office."""

    office_id: str
    plan_row_id: str
    position: int
    measure: str
    unit: str
    is_by_hand: bool
    target: float | None
    standing: str
    baseline: ToldFigure
    baseline_on: date | None
    now: ToldFigure


@dataclass(frozen=True, slots=True)
class OfficeCheckpointRow:
    """Day 30, 60 or 90 of a plan of an office."""

    office_id: str
    plan_row_id: str
    day: int
    falls_on: date
    is_locked: bool
    decisions: int


@dataclass(frozen=True, slots=True)
class OfficeWeekRow:
    """A week of a community of an office, or of the whole office under the key ""."""

    office_id: str
    week: date
    community_key: str
    community: str
    known_days: int
    messages: int
    contributors: int | None
    is_withheld: bool
    threads: int
    replied_threads: int
    first_reply_hours: float | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class ToldCommunity:
    """A community of this profile that its office tells of; `key` is the same on every laptop that follows it."""

    id: CommunityId
    key: str
    name: str
    type: str | None


_COMMUNITIES = """
SELECT c.id, a.kind, c.remote_id, c.name, c.type FROM community c JOIN account a ON a.id = c.account_id
WHERE c.is_followed AND c.removed_at IS NULL AND a.kind NOT IN ('google-analytics', 'analytics-file')
ORDER BY c.id
"""
_OFFICES = "SELECT office_id, name, country, is_expected, heard_at, last_week, known_until FROM office"
_FILES = """
SELECT office_id, instance, sequence, previous, sha256, created, received_at, counts FROM office_envelope
ORDER BY office_id, instance, sequence, created, sha256
"""
_DIGESTS = "SELECT sha256 FROM office_envelope"
# Two leaders of one office may share a plan: the newest word on it counts.
_TOLD = """
SELECT (SELECT count(*) FROM office_envelope WHERE office_id = ?),
  (SELECT count(DISTINCT plan_id) FROM office_plan WHERE office_id = ?),
  (SELECT count(DISTINCT week) FROM office_week WHERE office_id = ?)
"""
_PLANS = """
SELECT p.office_id, p.id, p.plan_id, p.name, p.community_key, p.community, p.community_type, p.starts_on, p.day,
  p.is_archived, p.todo, p.doing, p.done, p.late, p.hours_planned, p.hours_done, p.as_of
FROM office_plan p
WHERE NOT EXISTS (
  SELECT 1 FROM office_plan o WHERE o.office_id = p.office_id AND o.plan_id = p.plan_id
    AND (o.as_of > p.as_of OR (o.as_of = p.as_of AND o.id > p.id)))
"""
_OBJECTIVES = """
SELECT office_id, plan_row_id, position, measure, unit, is_by_hand, target, standing,
  baseline, baseline_numerator, baseline_denominator, baseline_coverage, baseline_is_withheld, baseline_on,
  now, now_numerator, now_denominator, now_coverage, now_is_withheld
FROM office_objective ORDER BY office_id, plan_row_id, position
"""
_CHECKPOINTS = """
SELECT office_id, plan_row_id, day, falls_on, is_locked, decisions FROM office_checkpoint
ORDER BY office_id, plan_row_id, day
"""
_WEEK_COLUMNS = """
SELECT w.office_id, w.week, w.community_key, w.community, w.known_days, w.messages, w.contributors, w.is_withheld,
  w.threads, w.replied_threads, w.first_reply_hours, w.as_of
FROM office_week w
"""
_NEWEST_WEEK = """
NOT EXISTS (
  SELECT 1 FROM office_week o WHERE o.office_id = w.office_id AND o.week = w.week AND o.community_key = w.community_key
    AND (o.as_of > w.as_of OR (o.as_of = w.as_of AND o.id > w.id)))
ORDER BY w.week, w.office_id
"""
# A day goes in as text: so it is stored in the profile, and a server reads it as one.
_TOTALS = f"{_WEEK_COLUMNS} WHERE w.community_key = '' AND w.week >= ? AND {_NEWEST_WEEK}"
_ONE_COMMUNITY = f"{_WEEK_COLUMNS} WHERE w.office_id = ? AND w.community_key = ? AND {_NEWEST_WEEK}"


def told_communities(reader: Reader) -> list[ToldCommunity]:
    """The followed communities of this profile, without web sites, in a fixed order."""
    return [
        ToldCommunity(id_, community_key(kind, remote_id), name, type_)
        for id_, kind, remote_id, name, type_ in reader.rows(_COMMUNITIES)
    ]


def community_key(kind: str, remote_id: str) -> str:
    """What a community is called among offices: the same on every laptop that follows it."""
    return sha256(f"{kind}\x1f{remote_id}".encode()).hexdigest()[:16]


def list_offices(source: RowSource) -> list[OfficeRow]:
    """Every office by name: those that are waited for, and those that were heard of."""
    rows = [
        OfficeRow(id_, name, country, bool(expected), _moment(heard), _day(last), _day(until))
        for id_, name, country, expected, heard, last, until in source.rows(_OFFICES)
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.office_id))


def has_offices(source: RowSource) -> bool:
    """Whether an office is waited for, or told anything."""
    return bool(source.rows("SELECT 1 FROM office LIMIT 1"))


def list_office_files(source: RowSource) -> list[FileRow]:
    """Every file that was taken, by office, copy and number."""
    return [
        FileRow(office, instance, sequence, previous, digest, _at(created), _at(received), _object(counts))
        for office, instance, sequence, previous, digest, created, received, counts in source.rows(_FILES)
    ]


def taken_digests(source: RowSource) -> frozenset[str]:
    """The digest of every file that was taken."""
    return frozenset(digest for (digest,) in source.rows(_DIGESTS))


def count_told(source: RowSource, office_id: str) -> tuple[int, int, int]:
    """How many files, plans and weeks are kept of what an office told; a plan of two copies counts once."""
    ((files, plans, weeks),) = source.rows(_TOLD, (office_id,) * 3)
    return int(files), int(plans), int(weeks)


def list_office_plans(source: RowSource) -> list[OfficePlanRow]:
    """Every plan of every office once, as its newest copy saw it."""
    found = [_plan(row) for row in source.rows(_PLANS)]
    return sorted(found, key=lambda plan: (plan.name.casefold(), plan.office_id, plan.plan_id))


def list_office_objectives(source: RowSource) -> list[OfficeObjectiveRow]:
    """Every measure of every plan row, in the order of its plan."""
    return [_objective(row) for row in source.rows(_OBJECTIVES)]


def list_office_checkpoints(source: RowSource) -> list[OfficeCheckpointRow]:
    """Every checkpoint of every plan row, first to last."""
    return [
        OfficeCheckpointRow(office, plan, day, _on(falls_on), bool(locked), decisions)
        for office, plan, day, falls_on, locked, decisions in source.rows(_CHECKPOINTS)
    ]


def office_totals(source: RowSource, *, since: date) -> list[OfficeWeekRow]:
    """The weeks of whole offices from `since` on, oldest first; a week nobody told of is not there."""
    return [_week(row) for row in source.rows(_TOTALS, (since.isoformat(),))]


def community_weeks(source: RowSource, office_id: str, community_key: str) -> list[OfficeWeekRow]:
    """Every week an office told of one of its communities, oldest first."""
    return [_week(row) for row in source.rows(_ONE_COMMUNITY, (office_id, community_key))]


def _plan(row: Sequence[Any]) -> OfficePlanRow:
    office, row_id, plan_id, name, key, community, type_, starts_on, day, is_archived, *counts, as_of = row
    todo, doing, done, late, planned, spent = counts
    return OfficePlanRow(
        office, row_id, plan_id, name, key, community, type_, _on(starts_on), day, bool(is_archived),
        todo, doing, done, late, planned, spent, _at(as_of),
    )  # fmt: skip


def _objective(row: Sequence[Any]) -> OfficeObjectiveRow:
    office, plan, position, measure, unit, by_hand, target, standing, *told = row
    baseline, baseline_on, now = told[:5], told[5], told[6:]
    return OfficeObjectiveRow(
        office, plan, position, measure, unit, bool(by_hand), target, standing,
        _figure(baseline), _day(baseline_on), _figure(now),
    )  # fmt: skip


def _figure(told: Collection[Any]) -> ToldFigure:
    value, numerator, denominator, coverage, is_withheld = told
    return ToldFigure(value, numerator, denominator, coverage, bool(is_withheld))


def _week(row: Sequence[Any]) -> OfficeWeekRow:
    office, week, key, name, known, messages, people, withheld, threads, replied, hours, as_of = row
    return OfficeWeekRow(
        office, _on(week), key, name, known, messages, people, bool(withheld), threads, replied, hours, _at(as_of)
    )


def _moment(value: Any) -> datetime | None:
    return None if value is None else _at(value)


def _at(value: Any) -> datetime:
    return value.astimezone(UTC) if isinstance(value, datetime) else from_micros(value)


def _day(value: Any) -> date | None:
    return None if value is None else _on(value)


def _on(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _object(value: Any) -> dict[str, int]:
    return dict(json.loads(value)) if isinstance(value, str) else dict(value)
