"""Reading: every query a page waits for, warm, and the pages' own sums against their best plain SQL."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.network import COMMON, NOW, RARE
from tests.bench.profiles import profile_of
from tests.bench.result import Result
from workbench.clock import FixedClock
from workbench.metrics.catalog import METRICS
from workbench.metrics.compute import measure_all
from workbench.metrics.window import Window, last_days, weeks
from workbench.models.database import Reader
from workbench.models.moments import maybe_from_micros, to_day, to_micros
from workbench.queries.communities import list_communities
from workbench.queries.coverage import covered_by_community, gaps, known_until
from workbench.queries.members import count_members, list_members, person_card
from workbench.queries.messages import thread_messages
from workbench.queries.scope import Scope
from workbench.queries.search import search
from workbench.queries.series import week_activity
from workbench.queries.sync_status import count_quarantine, list_accounts, list_quarantine, list_runs, profile_counts
from workbench.queries.threads import ThreadFilter, list_threads
from workbench.vault import KeyFile
from workbench.workspace import Workspace

DASHBOARD_MS, SEARCH_MS, PAGE_MS = 20.0, 50.0, 100.0
ROUNDS = 7
HEADLINES = ("interactive_users", "reply_rate", "first_reply_hours", "messages")
"""The four numbers a dashboard begins with."""

Row = tuple[str, float, Callable[[], Any]]
"""What is asked, its bound in milliseconds, the question."""


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
    one = (max(communities, key=lambda row: row.messages).id,)
    rows = [*_dashboard(reader, one), *_searches(reader, one), *_pages(reader, one)]
    return [Result(name, size, _median(call), "ms", bound, absolute=True) for name, bound, call in rows] + _against_sql(
        reader, size
    )


def _dashboard(reader: Reader, one: Scope) -> list[Row]:
    year = weeks((NOW - timedelta(days=364)).date(), NOW.date())
    first, last = year[0].start_on, NOW.date()
    quarter = last_days(90, NOW)
    rows: list[Row] = []
    for scope, name in ((one, "largest community"), ((), "all communities")):
        rows += [
            (f"headline numbers of 90 days, {name}", DASHBOARD_MS, partial(_values, reader, HEADLINES, scope, quarter)),
            (f"weekly chart of a year, {name}", DASHBOARD_MS, partial(week_activity, reader, scope, first, last)),
            (f"coverage gaps of a year, {name}", DASHBOARD_MS, partial(_coverage, reader, scope, first, last)),
        ]
    rows += [
        (
            f"metric {metric.key} of 90 days, all communities",
            DASHBOARD_MS,
            partial(_values, reader, [metric.key], (), quarter),
        )
        for metric in METRICS
    ]
    rows += [
        (
            f"metric {metric.key} by week, a year, largest community",
            DASHBOARD_MS,
            partial(measure_all, reader, [metric.key], scope=one, windows=year, as_of=NOW),
        )
        for metric in METRICS
    ]
    return rows


def _searches(reader: Reader, one: Scope) -> list[Row]:
    asked = {"common word": COMMON, "rare word": RARE, "two words": f"{COMMON} {RARE}", "three-letter prefix": "wat"}
    rows: list[Row] = [(f"search, {name}", SEARCH_MS, partial(search, reader, text)) for name, text in asked.items()]
    return [
        *rows,
        ("search, common word in one community", SEARCH_MS, partial(search, reader, COMMON, scope=one)),
    ]


def _pages(reader: Reader, one: Scope) -> list[Row]:
    person, messages = reader.rows(_BUSIEST)[0]
    thread, length = reader.rows(_LONGEST)[0]
    return [
        ("communities page", PAGE_MS, partial(list_communities, reader, as_of=NOW)),
        ("members page, 200 rows of all", PAGE_MS, partial(_members, reader, ())),
        ("members page, 200 rows of the largest community", PAGE_MS, partial(_members, reader, one)),
        ("members filter while typing", PAGE_MS, partial(_members, reader, (), "017")),
        (f"person inspector, {messages:,} messages", PAGE_MS, partial(person_card, reader, person, as_of=NOW)),
        ("conversations, newest 100 of all", PAGE_MS, partial(_threads, reader, ThreadFilter.ALL)),
        ("conversations, unanswered", PAGE_MS, partial(_threads, reader, ThreadFilter.UNANSWERED)),
        (f"reader, thread of {length} messages", PAGE_MS, partial(thread_messages, reader, thread)),
        ("sync page", PAGE_MS, partial(_sync, reader)),
    ]


_BUSIEST = "SELECT person_id, sum(messages) FROM member GROUP BY person_id ORDER BY 2 DESC LIMIT 1"
_LONGEST = "SELECT id, messages FROM thread ORDER BY messages DESC LIMIT 1"


def _values(reader: Reader, keys: Sequence[str], scope: Scope, window: Window) -> None:
    measure_all(reader, keys, scope=scope, windows=[window.previous, window], as_of=NOW)


def _coverage(reader: Reader, scope: Scope, first: date, last: date) -> None:
    gaps(reader, scope, first, last)
    known_until(reader, scope)


def _members(reader: Reader, scope: Scope, text: str = "") -> None:
    list_members(reader, scope, text=text, limit=200)
    count_members(reader, scope, text=text)


def _threads(reader: Reader, where: ThreadFilter) -> None:
    list_threads(reader, (), where=where, period=None, as_of=NOW, limit=100)


def _sync(reader: Reader) -> None:
    """Accounts, runs, what was held back and how far each community is known."""
    list_accounts(reader)
    list_runs(reader, limit=200)
    list_quarantine(reader, limit=200)
    count_quarantine(reader)
    profile_counts(reader)
    covered_by_community(reader, date(1970, 1, 1), NOW.date())


def _against_sql(reader: Reader, size: str) -> list[Result]:
    """A page's query against the best SQL for the same columns, marks and order, its moments read, in bare tuples."""
    pairs: list[tuple[str, Callable[[], Any], str, tuple[int, ...]]] = [
        ("conversations page against its best SQL", partial(_threads, reader, ThreadFilter.ALL), _NEWEST, (6, 7)),
        ("members page against its best SQL", partial(list_members, reader, (), limit=200), _NAMES, (5, 6)),
        ("communities page against its best SQL", partial(list_communities, reader, as_of=NOW), _COMMUNITIES, (9, 10)),
    ]
    return [
        Result(name, size, _median(call), "ms", 2.0, _median(partial(_by_hand, reader, statement, moments)))
        for name, call, statement, moments in pairs
    ]


def _by_hand(reader: Reader, statement: str, moments: tuple[int, ...]) -> list[tuple[Any, ...]]:
    first, second = moments
    return [
        (*row[:first], maybe_from_micros(row[first]), maybe_from_micros(row[second]), *row[second + 1 :])
        for row in reader.rows(statement, _SPAN)
    ]


# Each is written by hand for its one question: no filter, no scope, no second statement.
_NEWEST = """
SELECT t.id, t.community_id, c.name, t.subject, p.name, t.author_id, t.started_at, t.last_at, t.messages, t.people,
  t.is_question, t.first_reply_at IS NOT NULL, ifnull(k.is_starred, 0),
  (k.read_at IS NULL OR k.read_at < t.last_at) AND EXISTS (
    SELECT 1 FROM event w WHERE w.root_id = t.id AND w.at > ifnull(k.read_at, -1) AND w.kind IN (3, 4)
      AND w.removed_at IS NULL AND w.person_id IS NOT :me AND NOT EXISTS (
        SELECT 1 FROM outboxitem o WHERE o.community_id = w.community_id AND o.remote_id = w.remote_id
          AND o.state = 'sent' AND o.kind <> 'like'))
FROM (SELECT * FROM thread ORDER BY last_at DESC, id DESC LIMIT 100) t
CROSS JOIN community c ON c.id = t.community_id CROSS JOIN person p ON p.id = t.author_id
LEFT JOIN threadmark k ON k.thread_id = t.id ORDER BY t.last_at DESC, t.id DESC
"""
_NAMES = """
SELECT p.id, p.name, p.office, count(*), sum(m.messages), min(m.first_message_at), max(m.last_message_at),
  max(m.is_listed), (SELECT group_concat(tag, char(31)) FROM persontag g WHERE g.person_id = p.id)
FROM (
  SELECT * FROM person WHERE is_bot = 0 AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = person.id AND m.left_at IS NULL)
  ORDER BY name_key, id LIMIT 200
) p JOIN member m ON m.person_id = p.id WHERE m.left_at IS NULL GROUP BY p.id ORDER BY p.name_key, p.id
"""
_COMMUNITIES = """
SELECT c.id, c.name, a.kind, c.account_id, a.name, c.type, c.description, t.threads, t.messages, t.first_message_at,
  t.last_message_at, (SELECT max(v.last_day) FROM coverage v WHERE v.community_id = c.id), m.members, m.active, d.weeks
FROM community c JOIN account a ON a.id = c.account_id JOIN communitytotal t ON t.community_id = c.id
JOIN (SELECT community_id, count(*) AS members, sum(last_message_at >= :since) AS active FROM member
      WHERE left_at IS NULL GROUP BY community_id) m ON m.community_id = c.id
LEFT JOIN (SELECT community_id, json_group_array(posts + replies) AS weeks FROM activityday
      WHERE community_id IN (SELECT id FROM community) AND day >= :first GROUP BY community_id) d ON d.community_id = c.id
ORDER BY c.name
"""
_SPAN = {"since": to_micros(NOW - timedelta(days=90)), "first": to_day(NOW.date()) - 26 * 7, "me": None}


def _median(call: Callable[[], Any]) -> float:
    """Milliseconds, warm."""
    call()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[ROUNDS // 2]
