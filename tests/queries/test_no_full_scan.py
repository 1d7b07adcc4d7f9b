"""No question of a page or of the command line walks through all events, texts or days of people."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.queries.network import NOW, a_message, a_reaction
from workbench.ids import PersonId
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure
from workbench.metrics.window import last_days
from workbench.models.database import Reader
from workbench.operations.questions import question_board
from workbench.operations.today import today
from workbench.queries.answer_path import answer_path
from workbench.queries.communities import list_communities
from workbench.queries.coverage import behind, coverage_share, gaps, known_until
from workbench.queries.hashtags import list_hashtags, tagged_messages
from workbench.queries.heat import hot_threads
from workbench.queries.knowledge import leaving_holders, who_knows
from workbench.queries.lanes import Lane, lane_counts, lane_threads, stale_items
from workbench.queries.listening import list_listening
from workbench.queries.members import MemberSort, count_members, list_members, person_card
from workbench.queries.messages import list_messages, thread_messages
from workbench.queries.people_details import person_details
from workbench.queries.preferences import ME
from workbench.queries.questions import settled_unreplied, unreplied_ages
from workbench.queries.recognition import advocate_candidates, long_silent, sponsors
from workbench.queries.related import related_threads
from workbench.queries.search import search
from workbench.queries.search_filters import MessageKind, SearchFilters
from workbench.queries.series import week_activity
from workbench.queries.surge import urgent_threads
from workbench.queries.sync_status import list_accounts, list_runs, profile_counts
from workbench.queries.threads import ThreadFilter, count_threads, list_threads

# The names these tables go by in the statements; an index that holds all that is asked for may be walked.
LARGE = {"event", "e", "n", "i", "body", "b", "personday", "activityday", "d"}
SCAN = re.compile(r"SCAN (\w+)\b(?! USING COVERING INDEX)")

FIRST, LAST = date(2024, 1, 1), NOW.date()
PERIOD = (NOW - timedelta(days=90), NOW)
FILTERS = (
    SearchFilters(person_id=PersonId(1)),
    SearchFilters(period=PERIOD, has_answer=True),
    SearchFilters(tags=("x",)),
    *(SearchFilters(kind=kind) for kind in MessageKind),
)

QUESTIONS = {
    "communities": lambda reader, _: list_communities(reader, as_of=NOW),
    "directory": lambda reader, scope: list_members(reader, scope, text="exa", limit=50),
    "directory by date": lambda reader, scope: list_members(reader, scope, sort=MemberSort.LAST, limit=50),
    "directory size": lambda reader, scope: count_members(reader, scope, text="exa"),
    "person": lambda reader, _: person_card(reader, 1, as_of=NOW),
    "person in detail": lambda reader, _: person_details(reader, 1, as_of=NOW),
    "who knows": lambda reader, scope: who_knows(reader, "pumps", scope),
    "advocates to be": lambda reader, scope: advocate_candidates(reader, scope, as_of=NOW),
    "long silent": lambda reader, scope: long_silent(reader, scope, as_of=NOW),
    "sponsors and leaving": lambda reader, _: (sponsors(reader, as_of=NOW), leaving_holders(reader, as_of=NOW)),
    "reader": lambda reader, _: thread_messages(reader, 1),
    "headings": lambda reader, scope: list_messages(reader, scope, limit=50),
    "search": lambda reader, scope: search(reader, "pumps wor", scope=scope),
    "weeks": lambda reader, scope: week_activity(reader, scope, FIRST, LAST),
    "coverage": lambda reader, scope: (
        coverage_share(reader, scope, FIRST, LAST),
        gaps(reader, scope, FIRST, LAST),
        behind(reader, scope, FIRST, LAST),
    ),
    "known until": known_until,
    "board": lambda reader, scope: question_board(reader, scope, as_of=NOW),
    "settled unreplied": lambda reader, scope: settled_unreplied(reader, scope, as_of=NOW, period=PERIOD),
    "late board": lambda reader, scope: question_board(reader, scope, as_of=NOW, period=PERIOD),
    "answer path": lambda reader, _: answer_path(reader, 1),
    "hot threads": lambda reader, scope: hot_threads(reader, scope, as_of=NOW, limit=50),
    "hashtags": lambda reader, scope: (list_hashtags(reader, scope, as_of=NOW), tagged_messages(reader, "x", scope)),
    "lanes": lambda reader, scope: [lane_threads(reader, scope, lane, limit=50) for lane in Lane],
    "lane counts": lambda reader, scope: [lane_counts(reader, scope, period=period) for period in (None, PERIOD)],
    "today": lambda reader, scope: today(reader, scope=scope, as_of=NOW, day=NOW.date()),
    "unreplied": lambda reader, scope: unreplied_ages(reader, scope, as_of=NOW, period=PERIOD, limits=()),
    "library": lambda reader, scope: stale_items(reader, scope, as_of=NOW),
    "related threads": lambda reader, _: related_threads(reader, 1),
    "urgent threads": lambda reader, scope: urgent_threads(reader, scope, as_of=NOW),
    "listening": lambda reader, _: list_listening(reader),
    "narrow search": lambda reader, scope: [search(reader, "pumps wor", scope=scope, filters=one) for one in FILTERS],
    "status": lambda reader, _: (list_accounts(reader), list_runs(reader), profile_counts(reader)),
}
for filter_ in ThreadFilter:
    for period in (None, PERIOD):
        options = {"where": filter_, "period": period, "as_of": NOW}
        QUESTIONS[f"{filter_} threads {'ever' if period is None else 'lately'}"] = partial(
            lambda reader, scope, options: (
                list_threads(reader, scope, limit=50, **options),
                count_threads(reader, scope, **options),
            ),
            options=options,
        )
for metric in CATALOG:
    QUESTIONS[metric.key] = partial(
        lambda reader, scope, key: measure(reader, key, scope=scope, windows=[last_days(30, NOW)], as_of=NOW),
        key=metric.key,
    )


class ExplainingReader(Reader):
    """A reader that also asks how each statement is going to be answered."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader._connection)
        self.steps: list[str] = []

    def rows(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        self._explain(sql, params)
        return super().rows(sql, params)

    def one(self, sql: str, params: Any = ()) -> tuple[Any, ...] | None:
        self._explain(sql, params)
        return super().one(sql, params)

    def _explain(self, sql: str, params: Any) -> None:
        self.steps += [row[3] for row in super().rows(f"EXPLAIN QUERY PLAN {sql}", params)]


@pytest.fixture
def two_communities(network):
    water, health = network.community("Water"), network.community("Health")
    for community, mark in ((water, "w"), (health, "h")):
        network.apply(
            community,
            a_message(f"{mark}1"),
            a_message(f"{mark}2", by="bruno", to=f"{mark}1"),
            a_reaction(f"{mark}3", to=f"{mark}1"),
        )
    network.change("INSERT INTO preference VALUES (?, '1')", ME)
    return network, water, health


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_by_index(two_communities, question):
    network, water, health = two_communities
    with network.read() as reader:
        for scope in ((), (water,), (water, health)):
            explaining = ExplainingReader(reader)
            QUESTIONS[question](explaining, scope)
            scanned = {hit[1] for step in explaining.steps if (hit := SCAN.match(step))} & LARGE
            assert explaining.steps
            assert not scanned, "\n".join(explaining.steps)
