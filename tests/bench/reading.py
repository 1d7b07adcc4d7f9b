"""Reading: every query a page waits for, warm, and the pages' own sums against their best plain SQL."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bench.network import COMMON, NOW, RARE, profile_of
from tests.bench.result import Result
from workbench.clock import FixedClock
from workbench.metrics.catalog import METRICS
from workbench.metrics.compute import measure_all
from workbench.metrics.window import last_days, weeks
from workbench.models.database import Reader
from workbench.queries.communities import list_communities
from workbench.queries.members import list_members, person_card
from workbench.queries.messages import thread_messages
from workbench.queries.search import search
from workbench.queries.series import week_activity
from workbench.queries.threads import ThreadFilter, list_threads
from workbench.vault import KeyFile
from workbench.workspace import Workspace

DASHBOARD_MS, SEARCH_MS, PAGE_MS = 20.0, 50.0, 100.0
ROUNDS = 7


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """Medians of seven warm rounds at each size; bounds are those of 1 M messages."""
    results: list[Result] = []
    for size in sizes:
        home = profile_of(folder, size)
        with (
            Workspace.open(
                home / "profile", key=KeyFile(home / "key"), clock=FixedClock(NOW), writable=False
            ) as workspace,
            workspace.database.read() as reader,
        ):
            results += _measured(reader, f"{size:,}")
    return results


def _measured(reader: Reader, size: str) -> list[Result]:
    communities = list_communities(reader, as_of=NOW)
    largest = max(communities, key=lambda row: row.messages)
    one = (largest.id,)
    year = weeks((NOW - timedelta(days=364)).date(), NOW.date())
    person = list_members(reader, one, limit=1)[0].person_id
    thread = max(
        list_threads(reader, one, where=ThreadFilter.ALL, period=None, as_of=NOW, limit=500),
        key=lambda row: row.messages,
    )
    first, last = year[0].start_on, NOW.date()
    rows: list[tuple[str, float, Callable[[], Any]]] = [
        ("headline numbers, largest community, 90 days", DASHBOARD_MS, lambda: _headline(reader, one)),
        ("weekly chart of a year, largest community", DASHBOARD_MS, lambda: week_activity(reader, one, first, last)),
        ("weekly chart of a year, all communities", DASHBOARD_MS, lambda: week_activity(reader, (), first, last)),
        *(
            (
                f"metric {metric.key} by week, a year",
                DASHBOARD_MS,
                lambda key=metric.key: measure_all(reader, [key], scope=one, windows=year, as_of=NOW),
            )
            for metric in METRICS
        ),
        ("search, common word", SEARCH_MS, lambda: search(reader, COMMON)),
        ("search, rare word", SEARCH_MS, lambda: search(reader, RARE)),
        ("search, two words", SEARCH_MS, lambda: search(reader, f"{COMMON} {RARE}")),
        ("search, three-letter prefix", SEARCH_MS, lambda: search(reader, "wat")),
        ("search, common word in one community", SEARCH_MS, lambda: search(reader, COMMON, scope=one)),
        ("communities page", PAGE_MS, lambda: list_communities(reader, as_of=NOW)),
        ("members page, 200 rows of all", PAGE_MS, lambda: list_members(reader, (), limit=200)),
        ("members filter while typing", PAGE_MS, lambda: list_members(reader, (), text="017", limit=200)),
        ("person inspector", PAGE_MS, lambda: person_card(reader, person, as_of=NOW)),
        ("conversations, newest 100 of all", PAGE_MS, lambda: _threads(reader, ThreadFilter.ALL)),
        ("conversations, unanswered", PAGE_MS, lambda: _threads(reader, ThreadFilter.UNANSWERED)),
        ("reader, longest recent thread", PAGE_MS, lambda: thread_messages(reader, thread.id)),
    ]
    return [Result(name, size, _median(call), "ms", bound, absolute=True) for name, bound, call in rows] + _against_sql(
        reader, size
    )


def _headline(reader: Reader, scope: tuple[Any, ...]) -> None:
    window = last_days(90, NOW)
    measure_all(
        reader,
        ["interactive_users", "reply_rate", "first_reply_hours", "messages"],
        scope=scope,
        windows=[window.previous, window],
        as_of=NOW,
    )


def _threads(reader: Reader, where: ThreadFilter) -> None:
    list_threads(reader, (), where=where, period=None, as_of=NOW, limit=100)


def _against_sql(reader: Reader, size: str) -> list[Result]:
    """A page's query against the barest SQL that fetches the same rows."""
    newest = (
        "SELECT t.id, c.name, t.subject, p.name, t.started_at, t.last_at, t.messages FROM thread t "
        "JOIN community c ON c.id = t.community_id JOIN person p ON p.id = t.author_id ORDER BY t.last_at DESC LIMIT 100"
    )
    names = (
        "SELECT p.id, p.name, p.office, count(*), sum(m.messages), min(m.first_message_at), max(m.last_message_at) "
        "FROM person p JOIN member m ON m.person_id = p.id WHERE NOT p.is_bot GROUP BY p.id ORDER BY p.name_key LIMIT 200"
    )
    pairs: list[tuple[str, Callable[[], Any], str]] = [
        ("conversations page against its best SQL", lambda: _threads(reader, ThreadFilter.ALL), newest),
        ("members page against its best SQL", lambda: list_members(reader, (), limit=200), names),
    ]
    return [
        Result(name, size, _median(call), "ms", 2.0, _median(lambda statement=statement: reader.rows(statement)))
        for name, call, statement in pairs
    ]


def _median(call: Callable[[], Any]) -> float:
    """Milliseconds, warm."""
    call()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[ROUNDS // 2]
