"""Questions data: what the page asks of the profile, as jobs off the main thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import EventId, PersonId
from workbench.metrics.window import days_over
from workbench.models.database import Database, Reader
from workbench.operations.kept import KeptMeasures, kept_measures
from workbench.operations.page_measures import LANES
from workbench.operations.questions import PER_COLUMN, Board, question_board
from workbench.queries.answer_path import AnswerPath, PathStep, answer_path
from workbench.queries.cards_found import FoundCard, cards_about
from workbench.queries.communities import community_names
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.hashtags import TagRow, list_hashtags
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.lanes import MOST_STALE, Lane, LaneCount, LibraryItem, lane_counts, lane_threads, stale_items
from workbench.queries.listening import ListeningId, ListeningRow, list_listening, new_hits
from workbench.queries.messages import thread_messages
from workbench.queries.outbox import last_sent_at
from workbench.queries.owner_names import OwnerName, owner_names
from workbench.queries.questions import QuestionRow, QuestionState, find_question
from workbench.queries.related import related_threads
from workbench.queries.scope import Scope
from workbench.queries.search import SearchRow
from workbench.queries.surge import Surge, thread_surge, urgent_threads
from workbench.queries.threads import Period, ThreadRow
from workbench.queries.watching import (
    IdeaRow,
    OutputRow,
    WatchRow,
    list_ideas,
    list_outputs,
    list_watched,
    watched_thread,
)

LANE_ROWS = 200
_OWNERS = 12
_TEXT = 2_000
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is to show."""

    scope: Scope
    period: Period | None
    now: datetime
    per_column: int = PER_COLUMN
    stale: int = MOST_STALE
    """So many untouched items of the Library."""


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """The board, whether there is anything in the profile at all, and how far its days are known."""

    board: Board
    communities: int
    known: Known | None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One thread at the side: what was asked, its way, and what is near it."""

    id: EventId
    row: QuestionRow | None
    subject: str
    author: str
    author_id: PersonId
    community: str
    text: str
    path: AnswerPath | None
    surge: Surge | None
    related: tuple[ThreadRow, ...]
    now: datetime
    cards: tuple[FoundCard, ...] = ()
    watched: WatchRow | None = None
    asked_there_at: datetime | None = None
    """When something was sent to the thread from here since somebody has it."""

    @property
    def answerer(self) -> PathStep | None:
        """Who answered it, as the platform tells."""
        is_answered = self.row is not None and self.row.state is QuestionState.ANSWERED and not self.row.is_by_hand
        return self.path.steps[-1] if is_answered and self.path is not None and self.path.is_answered else None


@dataclass(frozen=True, slots=True)
class ShownLanes:
    """Both lanes."""

    counts: Mapping[Lane, LaneCount]
    threads: Mapping[Lane, tuple[ThreadRow, ...]]
    share: float | None = None
    """The measure dialogue_share of the period; None of all time, and where too few of its days are known."""


def read_board(database: Database, asked: Asked) -> ShownBoard:
    """The board of the question."""
    with database.read() as reader:
        communities = len(community_names(reader))
        board = question_board(reader, asked.scope, as_of=asked.now, period=asked.period, per_column=asked.per_column)
        return ShownBoard(board, communities, _known(reader, asked) if communities else None)


def _known(reader: Reader, asked: Asked) -> Known:
    days = all_days(reader, asked.scope, asked.now) if asked.period is None else _days(asked.period)
    today = asked.now.astimezone(UTC).date()
    over = days_over(*days, today=today)
    return read_known(reader, asked.scope, over.start_on, over.end_on - _DAY, today=today)


def _days(period: Period) -> tuple[date, date]:
    return period[0].date(), (period[1] - _DAY).date()


def read_question(database: Database, thread_id: EventId, now: datetime) -> ShownQuestion | None:
    """One thread for the side; None where it is gone."""
    with database.read() as reader:
        messages = thread_messages(reader, thread_id, limit=1)
        if not messages:
            return None
        first = messages[0]
        row = find_question(reader, thread_id, as_of=now)
        routed = None if row is None else row.routed_at
        return ShownQuestion(
            id=thread_id,
            row=row,
            subject=first.subject,
            author=first.author,
            author_id=first.author_id,
            community=first.community,
            text=first.text[:_TEXT],
            path=answer_path(reader, thread_id),
            surge=thread_surge(reader, thread_id, as_of=now),
            related=tuple(related_threads(reader, thread_id)),
            now=now,
            cards=tuple(cards_about(reader, thread_id)),
            watched=watched_thread(reader, thread_id),
            asked_there_at=None if routed is None else last_sent_at(reader, thread_id, since=routed),
        )


def read_listening(database: Database) -> list[ListeningRow]:
    """Everything that is listened for."""
    with database.read() as reader:
        return list_listening(reader)


def read_hits(database: Database, listening_id: ListeningId) -> list[SearchRow]:
    """What came in for one of them since the last look."""
    with database.read() as reader:
        return new_hits(reader, listening_id)


def read_urgent(database: Database, asked: Asked) -> list[Surge]:
    """The urgent threads."""
    with database.read() as reader:
        return urgent_threads(reader, asked.scope, as_of=asked.now)


def read_tags(database: Database, asked: Asked) -> list[TagRow]:
    """The hashtags of the period."""
    with database.read() as reader:
        return list_hashtags(reader, asked.scope, as_of=asked.now, period=asked.period)


def read_lanes(database: Database, asked: Asked) -> ShownLanes:
    """Announcements beside talk."""
    with kept_measures(database) as (reader, measures):
        return ShownLanes(
            counts=lane_counts(reader, asked.scope, period=asked.period),
            threads={
                lane: tuple(lane_threads(reader, asked.scope, lane, period=asked.period, limit=LANE_ROWS))
                for lane in Lane
            },
            share=_share(reader, measures, asked),
        )


def read_library(database: Database, asked: Asked) -> list[LibraryItem]:
    """What lies in the Library untouched."""
    with database.read() as reader:
        return stale_items(reader, asked.scope, as_of=asked.now, limit=asked.stale)


def read_watched(database: Database, asked: Asked) -> list[WatchRow]:
    """The watch list; the period does not matter."""
    with database.read() as reader:
        return list_watched(reader, asked.scope)


def read_outputs(database: Database, asked: Asked) -> list[OutputRow]:
    """What was made of conversations."""
    with database.read() as reader:
        return list_outputs(reader, asked.scope)


def read_ideas(database: Database, asked: Asked) -> list[IdeaRow]:
    """Ideas and where they stand."""
    with database.read() as reader:
        return list_ideas(reader, asked.scope)


def _share(reader: Reader, measures: KeptMeasures, asked: Asked) -> float | None:
    if asked.period is None:
        return None
    # The board shows today's questions too; a share is of the days that are over, as on every page.
    over = days_over(*_days(asked.period), today=asked.now.astimezone(UTC).date())
    (value,) = measures(reader, LANES, scope=asked.scope, windows=[over], as_of=asked.now)[LANES[0]]
    is_known = value.coverage is None or value.coverage >= MINIMUM_COVERAGE
    return value.value if is_known else None


def find_owners(database: Database, text: str) -> list[OwnerName]:
    """Names that fit what is typed: one's own, those of plans, and the directory's."""
    with database.read() as reader:
        return owner_names(reader, text, plan_id=None, limit=_OWNERS)
