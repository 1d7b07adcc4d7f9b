"""Verbs that only read; they work beside an open window."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workbench.cli.basis import BASIS, basis, scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.messages.clock_words import clock_words
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure
from workbench.metrics.window import Window, months, weeks
from workbench.models.backup import list_backups
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES
from workbench.models.moments import day_start
from workbench.operations.scorecard import as_seen, doubts_of
from workbench.operations.sight import blind_spots, unseen
from workbench.paths import backup_folder
from workbench.queries.communities import CommunityRow, list_communities
from workbench.queries.coverage import known_until
from workbench.queries.heat import hot_threads
from workbench.queries.members import MemberSort, list_members
from workbench.queries.messages import list_messages
from workbench.queries.roster import members_are
from workbench.queries.scope import Scope
from workbench.queries.sync_status import list_accounts, list_quarantine, profile_counts
from workbench.queries.threads import Period, ThreadFilter, list_threads
from workbench.workspace import Workspace

EVERYTHING = 1 << 62
_ENDS_FIRST = "--to has to be a later day than --from; it is the first day that no longer counts."
COMMUNITIES = ("name", "platform", "members", "has_list", "threads", "messages", "first_at", "last_at", "began")
MEMBERS = ("name", "messages", "first_at", "last_at")
THREADS = (
    "id", "community", "subject", "author", "started_at", "last_at", "messages", "is_question", "is_answered",
    "has_beginning",
)  # fmt: skip
MESSAGES = ("id", "thread", "author", "sent_at", "subject", "is_root")
METRIC = (*BASIS, "value", "numerator", "denominator", "coverage", "unseen", "doubts")
METRIC_READ = ("from", "value", "numerator", "denominator", "coverage")
"""What of it fits on a screen; the rest stands below."""
QUARANTINE = ("community", "source", "position", "code", "reason")


@contextmanager
def _reading(options: argparse.Namespace, output: Output, clock: Clock) -> Iterator[tuple[Workspace, Reader]]:
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        yield workspace, reader


def _status(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _reading(options, output, clock) as (workspace, reader):
        counts = profile_counts(reader)
        held_back = list_quarantine(reader, limit=EVERYTHING) if counts.held_back else []
        backups = list_backups(backup_folder(workspace.profile))
        row: dict[str, Any] = {
            "profile": str(workspace.profile),
            "communities": counts.communities,
            "people": counts.people,
            "threads": counts.threads,
            "messages": counts.messages,
            "plans": counts.plans,
            "held_back": counts.held_back,
            "known_until": known_until(reader, ()),
            **_known_least(reader, clock),
            "last_success_at": counts.last_success_at,
            "last_backup_at": backups[0].made_at if backups else None,
            "clock": _clock(reader),
        }
    if output.as_json:
        output.one(row | {"quarantine": [{key: getattr(item, key) for key in QUARANTINE} for item in held_back]})
    else:
        output.one(row)
        if held_back:
            output.say("")
            output.rows([{key: getattr(item, key) for key in QUARANTINE} for item in held_back], QUARANTINE)
    return 0


def _known_least(reader: Reader, clock: Clock) -> dict[str, Any]:
    """The community that is known the least far, where others are known further; old files often are."""
    rows = [
        row
        for row in list_communities(reader, as_of=clock.now())
        if row.platform not in WEB_SITES and not row.is_people_only
    ]
    least = min(rows, key=_known, default=None)
    if least is None or _known(least) == max(map(_known, rows)):
        return {"known_least": None, "known_least_until": None}
    return {"known_least": least.name, "known_least_until": least.known_until}


def _known(row: CommunityRow) -> date:
    return row.known_until or date.min


def _clock(reader: Reader) -> str | None:
    """That this computer's clock is off, by the platform that was asked last; None where it agrees."""
    asked = [(row.tried_at, row.clock_skew) for row in list_accounts(reader) if row.tried_at and row.clock_skew]
    return clock_words(max(asked)[1]) or None if asked else None


def _communities(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _reading(options, output, clock) as (_workspace, reader):
        rows = list_communities(reader, as_of=clock.now())
    output.rows(
        [{key: getattr(row, key) for key in COMMUNITIES} for row in rows],
        COMMUNITIES,
        empty="No community yet. Bring one in: workbench import mailing-list PATH --community NAME",
    )
    return 0


def _members(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _reading(options, output, clock) as (_workspace, reader):
        rows = list_members(
            reader,
            scope_of(reader, options.community, output),
            text=options.text,
            sort=MemberSort.NAME,
            limit=_limit(options),
        )
    output.rows([{key: getattr(row, key) for key in MEMBERS} for row in rows], MEMBERS)
    return 0


def _threads(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _reading(options, output, clock) as (_workspace, reader):
        scope = scope_of(reader, options.community, output)
        if options.hottest:
            hot = hot_threads(reader, scope, as_of=clock.now(), limit=_limit(options))
            lines = [{key: getattr(row.thread, key) for key in THREADS} | {"heat": round(row.heat, 2)} for row in hot]
            output.rows(lines, (*THREADS, "heat"))
            return 0
        rows = list_threads(
            reader,
            scope,
            where=ThreadFilter.UNANSWERED if options.unanswered else ThreadFilter.ALL,
            period=None,
            as_of=clock.now(),
            limit=_limit(options),
        )
    output.rows([{key: getattr(row, key) for key in THREADS} for row in rows], THREADS)
    return 0


def _messages(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _reading(options, output, clock) as (_workspace, reader):
        rows = list_messages(reader, scope_of(reader, options.community, output), limit=options.limit)
    output.rows(
        [
            {
                "id": row.id,
                "thread": row.thread_id,
                "author": row.author,
                "sent_at": row.sent_at,
                "subject": row.subject,
                "is_root": row.is_root,
            }
            for row in rows
        ],
        MESSAGES,
    )
    return 0


def period_of(options: argparse.Namespace, clock: Clock) -> Period | None:
    """[first day, day after the last); None where neither is given. Refuses a last day before the first."""
    if options.first is None and options.last is None:
        return None
    if options.first is not None and options.last is not None and options.last <= options.first:
        raise BadInputError(_ENDS_FIRST)
    start = datetime.min.replace(tzinfo=UTC) if options.first is None else day_start(options.first)
    return start, clock.now() + timedelta(days=1) if options.last is None else day_start(options.last)


def _metric(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    as_of = clock.now()
    if options.as_of is not None:
        as_of = datetime(options.as_of.year, options.as_of.month, options.as_of.day, tzinfo=UTC)
    with _reading(options, output, clock) as (_workspace, reader):
        scope = scope_of(reader, options.community, output)
        first, end = _span(reader, scope, options, clock)
        windows = [Window.between(first, end)]
        if options.by is not None:
            windows = weeks(first, end) if options.by == "week" else months(first, end)
        metric = find_metric(options.key)
        lacking = unseen(reader, scope, members_are(reader, scope, before=end))
        found = measure(reader, options.key, scope=scope, windows=windows, as_of=as_of)
        values = [as_seen(metric, value, lacking) for value in found]
        told = [basis(reader, scope, window, as_of) for window in windows]
    rows: list[dict[str, Any]] = [
        {
            **of,
            "value": value.value,
            "numerator": value.numerator,
            "denominator": value.denominator,
            "coverage": None if value.coverage is None else round(value.coverage, 6),
            "unseen": blind_spots(metric, lacking),
            "doubts": doubts_of(value),
        }
        for of, value in zip(told, values, strict=True)
    ]
    output.rows(rows, METRIC if output.as_json else METRIC_READ)
    for words in dict.fromkeys(words for row in rows for words in (*row["unseen"], *row["doubts"])):
        output.say(words)
    return 0


def _span(reader: Reader, scope: Scope, options: argparse.Namespace, clock: Clock) -> tuple[date, date]:
    """[first day, day after the last): as given, else from the first message to the end of today."""
    first: date | None = options.first
    if first is None:
        begun = [
            row.first_at
            for row in list_communities(reader, as_of=clock.now())
            if row.first_at is not None and (not scope or row.id in scope)
        ]
        if not begun:
            message = "There is no message yet, so there is nothing to measure; give --from and --to."
            raise BadInputError(message)
        first = min(begun).date()
    end: date = options.last if options.last is not None else clock.now().date() + timedelta(days=1)
    if end <= first:
        raise BadInputError(_ENDS_FIRST)
    return first, end


def _limit(options: argparse.Namespace) -> int:
    return EVERYTHING if options.limit is None else int(options.limit)


VERBS = {
    "status": _status,
    "communities": _communities,
    "members": _members,
    "threads": _threads,
    "messages": _messages,
    "metric": _metric,
}


def run_reading(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out the verb that was typed."""
    return VERBS[options.verb](options, output, clock)
