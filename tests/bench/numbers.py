"""Numbers: what the pages of numbers wait for against their bare SQL; betweenness, roll-ups, directory, and the window.

What takes long is kept by the program and worked out again behind: pages are measured as they open, from what is kept,
and the working out beside it, with nothing kept.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from tests.bench.network import COMMON, NOW, RARE
from tests.bench.noted import NotedDatabase, current, opened
from tests.bench.numbers_alone import between, directory, marks, rollups
from tests.bench.profiles import profile_of
from tests.bench.result import Result
from tests.bench.window import probed
from workbench.ids import EventId, PersonId
from workbench.metrics.ties import network_of
from workbench.metrics.window import last_days
from workbench.models.database import Database, Reader
from workbench.operations.working_ahead import work_ahead
from workbench.queries.communities import list_communities
from workbench.queries.frames import FramePart, load_frame
from workbench.queries.knowledge import who_knows
from workbench.queries.lapsed import lapsed_regulars
from workbench.queries.scope import Scope
from workbench.queries.search import search
from workbench.queries.search_filters import MessageKind, SearchFilters
from workbench.queries.threads import ThreadFilter
from workbench.ui.pages.conversation_data import Question, read_threads
from workbench.ui.pages.dashboard_data import read_dashboard, read_weeks
from workbench.ui.pages.dialogue_data import read_dialogue
from workbench.ui.pages.growth_data import read_growth
from workbench.ui.pages.member_data import read_person
from workbench.ui.pages.questions_data import (
    Asked,
    read_board,
    read_lanes,
    read_question,
    read_tags,
    read_urgent,
)
from workbench.ui.pages.scorecard_data import LATER, read_scorecard
from workbench.ui.pages.today_data import read_today
from workbench.ui.period import Period
from workbench.workspace import Workspace

SMALL = 1_000_000
"""Up to so many messages the first of two bounds holds, above it the second."""
CHART_MS, SEARCH_MS, PAGE_MS = (20.0, 100.0), (50.0, 150.0), (100.0, 300.0)
BEHIND_MS = (1_000.0, 10_000.0)
"""What is worked out behind the pages, without keeping anybody waiting."""
AHEAD_MS = (10_000.0, 60_000.0)
"""All of it, the largest communities included."""
STALL_MS, PAGES_MB = 100.0, (250.0, 400.0)
WINDOW_SECONDS = 1_800

Call = Callable[[Database], Any]
Row = tuple[str, tuple[float, float], Call]
"""What is asked, its bounds in milliseconds, the question."""


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """Every row of numbers at each size, and those that have a size of their own once."""
    results: list[Result] = []
    for size in sizes:
        home = current(profile_of(folder, size))
        results += _told(chain(_anew(home, size), _ahead(home, size)))
        with opened(home) as workspace:
            results += _told(_pages(workspace, size))
        results += _told(chain(rollups(home, size), _window(home, size)))
    return [*results, *_told(marks()), *_told(directory(folder)), *_told(between())]


def _told(results: Iterable[Result]) -> Iterator[Result]:
    """The same, each said on the error stream once it is known: the largest size takes minutes."""
    for result in results:
        sys.stderr.write(f"  {result.size}: {result.name}: {result.measured:,.1f} {result.unit}\n")
        yield result


def _anew(home: Path, size: int) -> Iterator[Result]:
    """What is kept otherwise, with nothing kept."""
    with opened(home, writable=True) as workspace, workspace.database.jot() as connection:
        connection.execute("DELETE FROM keptresult")
    with opened(home) as workspace:
        for scope, name in (_largest(workspace), "largest community"), ((), "all communities"):
            yield from _against_sql(workspace, size, _worked_out(scope, name))


def _ahead(home: Path, size: int) -> Iterator[Result]:
    """All that is worked out and kept behind, in one go, as after a sync."""
    with opened(home, writable=True) as workspace:
        begun = time.perf_counter()
        work_ahead(workspace)
        taken = (time.perf_counter() - begun) * 1000
    yield Result("all that is worked out ahead", f"{size:,}", taken, "ms", AHEAD_MS[size > SMALL], absolute=True)


def _largest(workspace: Workspace) -> Scope:
    with workspace.database.read() as reader:
        return (max(list_communities(reader, as_of=NOW), key=lambda row: row.messages).id,)


def _pages(workspace: Workspace, size: int) -> Iterator[Result]:
    one = _largest(workspace)
    with workspace.database.read() as reader:
        (person,) = reader.rows("SELECT person_id FROM member GROUP BY person_id ORDER BY sum(messages) DESC LIMIT 1")[
            0
        ]
        asked, thread = (
            reader.scalar(f"SELECT id FROM thread WHERE {which} ORDER BY messages DESC LIMIT 1")
            for which in ("is_question AND first_reply_at IS NOT NULL", "TRUE")
        )
    rows = [
        *(row for scope, name in ((one, "largest community"), ((), "all communities")) for row in _charts(scope, name)),
        *_boards(asked, thread),
        *_people(person),
        *_searches(one, person),
    ]
    yield from _against_sql(workspace, size, rows)


def _against_sql(workspace: Workspace, size: int, rows: Sequence[Row]) -> Iterator[Result]:
    database = workspace.database
    noted = NotedDatabase(database.path, database.key, writable=False)
    try:
        for name, bounds, call in rows:
            yield noted.against_sql(name, call, size=f"{size:,}", bound=bounds[size > SMALL])
    finally:
        noted.close()


def _charts(scope: Scope, name: str) -> list[Row]:
    """As the window opens them, at the period it begins with."""
    year = (NOW - timedelta(days=364)).date(), NOW.date()
    return [
        (f"scorecard, {name}", PAGE_MS, partial(read_scorecard, scope=scope, window=None, now=NOW)),
        (
            f"scorecard, the measures behind, {name}",
            PAGE_MS,
            partial(read_scorecard, scope=scope, window=None, now=NOW, keys=LATER),
        ),
        (f"dashboard, numbers, {name}", PAGE_MS, partial(read_dashboard, scope=scope, days=_days(), now=NOW)),
        (
            f"dashboard, charts of a year, {name}",
            CHART_MS,
            partial(read_weeks, scope=scope, first=year[0], last=year[1]),
        ),
        (f"growth, {name}", PAGE_MS, partial(read_growth, scope=scope, days=_days(), now=NOW)),
        (f"dialogue, {name}", PAGE_MS, partial(read_dialogue, scope=scope, days=_days(), now=NOW)),
        (
            f"conversations, the hottest first, {name}",
            PAGE_MS,
            partial(read_threads, question=Question(scope, ThreadFilter.ALL, None, NOW, is_hot=True)),
        ),
        (f"today, {name}", PAGE_MS, partial(read_today, scope=scope, now=NOW)),
    ]


def _worked_out(scope: Scope, name: str) -> list[Row]:
    year = (NOW - timedelta(days=364)).date(), NOW.date()
    calls: list[tuple[str, Call]] = [
        ("scorecard", partial(read_scorecard, scope=scope, window=None, now=NOW)),
        ("scorecard, the measures behind", partial(read_scorecard, scope=scope, window=None, now=NOW, keys=LATER)),
        ("growth, a year", partial(read_growth, scope=scope, days=year, now=NOW)),
        ("dialogue", partial(read_dialogue, scope=scope, days=_days(), now=NOW)),
        ("network, ties of 90 days", partial(_ties, scope)),
    ]
    return [(f"worked out anew: {what}, {name}", BEHIND_MS, call) for what, call in calls]


def _days() -> tuple[date, date]:
    days = Period().days(NOW.date())
    assert days is not None
    return days


def _ties(scope: Scope, database: Database) -> None:
    window = last_days(90, NOW)
    with database.read() as reader:
        parts = FramePart.TIES | FramePart.MEMBERS
        frame = load_frame(reader, scope, start=window.start, end=window.end, as_of=NOW, parts=parts)
        network_of(frame, window).edges()


def _boards(asked: EventId, thread: EventId) -> list[Row]:
    ever, quarter = Asked((), None, NOW), Asked((), Period().bounds(NOW), NOW)
    return [
        ("question board, all time", PAGE_MS, partial(read_board, asked=ever)),
        ("question board, 90 days", PAGE_MS, partial(read_board, asked=quarter)),
        ("question at the side: its answer path", PAGE_MS, partial(read_question, thread_id=asked, now=NOW)),
        ("the longest thread at the side", PAGE_MS, partial(read_question, thread_id=thread, now=NOW)),
        ("urgent threads", PAGE_MS, partial(read_urgent, asked=ever)),
        ("hashtags of 90 days", PAGE_MS, partial(read_tags, asked=quarter)),
        ("lanes of 90 days", PAGE_MS, partial(read_lanes, asked=quarter)),
        ("lanes, all time", PAGE_MS, partial(read_lanes, asked=ever)),
    ]


def _people(person: PersonId) -> list[Row]:
    return [
        ("person inspector, who wrote most", PAGE_MS, partial(read_person, person_id=person, now=NOW)),
        ("gone quiet", PAGE_MS, _read(partial(lapsed_regulars, scope=(), as_of=NOW))),
        ("who knows about a common word", PAGE_MS, _read(partial(who_knows, text=COMMON))),
        ("who knows about a rare word", PAGE_MS, _read(partial(who_knows, text=RARE))),
    ]


def _searches(one: Scope, person: PersonId) -> list[Row]:
    lately = SearchFilters(period=(NOW - timedelta(days=90), NOW))
    asked: list[tuple[str, str, Scope, SearchFilters]] = [
        ("common word", COMMON, (), SearchFilters()),
        ("rare word", RARE, (), SearchFilters()),
        ("two words", f"{COMMON} {RARE}", (), SearchFilters()),
        ("prefix of three letters", COMMON[:3], (), SearchFilters()),
        ("common word in one community", COMMON, one, SearchFilters()),
        ("common word of one person", COMMON, (), SearchFilters(person_id=person)),
        ("common word of 90 days", COMMON, (), lately),
        (
            "common word, questions without a reply",
            COMMON,
            (),
            SearchFilters(kind=MessageKind.QUESTION, has_answer=False),
        ),
        ("rare word, replies", RARE, (), SearchFilters(kind=MessageKind.REPLY)),
        ("common word with a file", COMMON, (), SearchFilters(kind=MessageKind.FILE)),
    ]
    return [
        (f"search, {name}", SEARCH_MS, _read(partial(search, text=text, scope=scope, filters=filters)))
        for name, text, scope, filters in asked
    ]


def _read(query: Callable[[Reader], Any]) -> Call:
    def call(database: Database) -> None:
        with database.read() as reader:
            query(reader)

    return call


def _window(home: Path, size: int) -> Iterator[Result]:
    """Every page opened once, one after the other, with all communities: longest stall of each, and memory at the end."""
    found = json.loads(probed("probe_numbers", [str(home / "profile"), str(home / "key")], seconds=WINDOW_SECONDS))
    memory, slow = found.pop("memory"), found.pop("slow")
    for page, stall in found.items():
        yield Result(f"open {page}, longest stall of the window", f"{size:,}", stall, "ms", STALL_MS, absolute=True)
    yield Result("pages that read for more than a minute", f"{size:,}", slow, "pages", 0, absolute=True)
    yield Result("memory, every page opened once", f"{size:,}", memory, "MB", PAGES_MB[size > SMALL], absolute=True)
