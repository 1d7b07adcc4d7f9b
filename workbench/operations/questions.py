"""Questions: the board as window and command line read it, and what the coordinator does with what is on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.models.hashtags import hashtags_in, tag_key
from workbench.notes.care import ABANDONED, ANSWERED, BY_HAND, CareBefore, CareStore, ListeningBefore
from workbench.queries.listening import search_text_of
from workbench.queries.members import list_members
from workbench.queries.network import names_of
from workbench.queries.newcomers import JOINED_TAGS
from workbench.queries.outbox import posting_place
from workbench.queries.questions import (
    LIMIT_KEY,
    LIMITS,
    QuestionRow,
    QuestionState,
    asked_before,
    count_questions,
    limit_hours,
    list_questions,
    open_questions,
)
from workbench.queries.scope import Scope
from workbench.queries.search_filters import NO_FILTERS, SearchFilters
from workbench.queries.threads import Period
from workbench.workspace import Workspace

PER_COLUMN: Final = 200
"""So many questions a column shows; the count above it says how many there are."""
_MOST: Final = 1 << 40
_MOST_IDS: Final = 10


@dataclass(frozen=True, slots=True)
class Board:
    """The four columns. `late` counts what has waited longer than `limit_hours`, open or routed, of the period.

    `late_in_all` counts the same of all time; `outside` the open ones that were asked before the period and are
    therefore in no column.
    """

    columns: Mapping[QuestionState, tuple[QuestionRow, ...]]
    counts: Mapping[QuestionState, int]
    limit_hours: int
    late: int
    late_in_all: int
    outside: int
    as_of: datetime


def question_board(
    reader: Reader, scope: Scope, *, as_of: datetime, period: Period | None = None, per_column: int = PER_COLUMN
) -> Board:
    """The board of a scope: questions asked in the period [start, end), else ever."""
    hours = limit_hours(reader)
    counts = count_questions(reader, scope, as_of=as_of, period=period)
    waiting = (QuestionState.OPEN, QuestionState.ROUTED)
    border = as_of - timedelta(hours=hours)
    in_all = count_questions(reader, scope, as_of=as_of, period=asked_before(border), states=waiting)
    late = in_all
    earlier: Mapping[QuestionState, int] = {}
    if period is not None:
        late = count_questions(reader, scope, as_of=as_of, period=asked_before(border, period), states=waiting)
        earlier = count_questions(reader, scope, as_of=as_of, period=asked_before(period[0]), states=waiting[:1])
    return Board(
        columns={
            state: tuple(list_questions(reader, scope, state, as_of=as_of, period=period, limit=per_column))
            for state in QuestionState
        },
        counts=counts,
        limit_hours=hours,
        late=sum(late.values()),
        late_in_all=sum(in_all.values()),
        outside=sum(earlier.values()),
        as_of=as_of,
    )


def late_questions(
    reader: Reader, scope: Scope, *, as_of: datetime, period: Period | None = None, limit: int = _MOST
) -> list[QuestionRow]:
    """What has waited longer than the limit of this profile, the oldest first: asked in the period, else ever."""
    hours = timedelta(hours=limit_hours(reader))
    return open_questions(reader, scope, as_of=as_of, older_than=hours, period=period, limit=limit)


def route_question(
    workspace: Workspace, *, thread_id: EventId, owner: str, owner_id: PersonId | None = None
) -> CareBefore:
    """Gives a thread to somebody; `owner_id` where they are in the directory. Refuses nobody (BadInputError)."""
    return _care(workspace).route(thread_id, owner=owner, owner_id=owner_id)


def settle_question(workspace: Workspace, *, thread_id: EventId, is_answered: bool) -> CareBefore:
    """Says that a question was answered somewhere else, or is given up."""
    return _care(workspace).settle(thread_id, ANSWERED if is_answered else ABANDONED)


def answered_by_hand(workspace: Workspace, *, thread_id: EventId) -> CareBefore:
    """Says that the coordinator posted an answer where the account only reads; the next sync may bring it back."""
    return _care(workspace).settle(thread_id, BY_HAND)


def reopen_question(workspace: Workspace, *, thread_id: EventId) -> CareBefore:
    """Takes owner and outcome off a question."""
    return _care(workspace).reopen(thread_id)


def mark_urgent(workspace: Workspace, *, thread_id: EventId, is_urgent: bool) -> CareBefore:
    """Marks a thread as urgent, or takes the mark off."""
    return _care(workspace).set_urgent(thread_id, is_urgent=is_urgent)


def put_back(workspace: Workspace, before: CareBefore | ListeningBefore) -> Changes:
    """Undoes one of these."""
    care = _care(workspace)
    return care.put_back(before) if isinstance(before, CareBefore) else care.listen_again(before)


def choose_limit(workspace: Workspace, *, hours: int) -> Changes:
    """After how many hours a question has waited too long; refuses anything but 24 and 48 (BadInputError)."""
    if hours not in LIMITS:
        message = "Questions can wait 24 or 48 hours."
        raise BadInputError(message)
    return workspace.notes.set_preference(LIMIT_KEY, str(hours))


def choose_joined_tags(workspace: Workspace, *, tags: Sequence[str]) -> Changes:
    """By which hashtags people say that they joined; none may do so. Refuses what is no hashtag (BadInputError)."""
    kept = list(dict.fromkeys(tag_key(tag) for tag in tags))
    for tag in kept:
        if hashtags_in(f"#{tag}") != (tag,):
            message = f"“{tag}” is no hashtag: one is a word with letters, such as “#joined”."
            raise BadInputError(message)
    return workspace.notes.set_preference(JOINED_TAGS, json.dumps(kept, ensure_ascii=False))


def listen_for(
    workspace: Workspace, *, words: str, scope: Scope = (), filters: SearchFilters = NO_FILTERS, name: str = ""
) -> None:
    """Listens for words from now on, and keeps the search by a name. Refuses no words, the same again, a taken name."""
    with workspace.database.read() as reader:
        text = search_text_of(reader, scope, filters)
    _care(workspace).listen(words, text, name=name)


def name_listening(workspace: Workspace, *, listening_id: int, name: str) -> ListeningBefore:
    """Calls it otherwise; by its words for an empty name."""
    return _care(workspace).name_listening(listening_id, name)


def looked_at(workspace: Workspace, *, listening_id: int) -> ListeningBefore:
    """Counts what came in for it as seen."""
    return _care(workspace).looked(listening_id)


def give_listening(
    workspace: Workspace, *, listening_id: int, owner: str, owner_id: PersonId | None = None
) -> ListeningBefore:
    """Says who sees to what comes in for it; an empty name is nobody."""
    return _care(workspace).give_listening(listening_id, owner=owner, owner_id=owner_id)


def stop_listening(workspace: Workspace, *, listening_id: int) -> ListeningBefore:
    """Listens for it no longer."""
    return _care(workspace).stop_listening(listening_id)


def asking_words(row: QuestionRow, *, database: Database, as_of: datetime) -> str:
    """A ready text by which the owner is asked to see to a question, to be copied into a mail or chat."""
    with database.read() as reader:
        place = posting_place(reader, row.id)
    hello = f"Dear {row.owner}," if row.owner else "Hello,"
    waited = _waited(as_of - row.asked_at)
    asked = f"{row.author} asked in {row.community} and has waited {waited}: “{row.subject.strip() or 'no subject'}”."
    wish = (
        "Could you answer there, or tell me who could? Two sentences are enough, and “I do not know, ask …” helps too."
    )
    link = f"\n\n{place.url}" if place is not None and place.url else ""
    return f"{hello}\n\n{asked}\n\n{wish}{link}\n"


def mention_words(row: QuestionRow) -> str:
    """A ready answer for the thread itself that brings the owner in by name."""
    return f"@{row.owner}, could you help {row.author} here, or say who could?"


def person_called(reader: Reader, name: str) -> PersonId:
    """The one person of this name, in any case, or the only one whose name begins so, or the one with this id.

    Refuses none, and several, whose ids it names (BadInputError).
    """
    wanted = " ".join(name.split())
    if wanted.isdecimal() and names_of(reader, [PersonId(int(wanted))]):
        return PersonId(int(wanted))
    found = _called(reader, wanted)
    if len(found) != 1:
        raise BadInputError(_not_one(name, found))
    return found[0]


def owner_called(reader: Reader, name: str) -> tuple[str, PersonId | None]:
    """Who is to see to something: somebody of the directory, found as `person_called` does, else the name as it is.

    Refuses several, whose ids it names (BadInputError).
    """
    wanted = " ".join(name.split())
    if not wanted.isdecimal() and not _called(reader, wanted):
        return wanted, None
    person_id = person_called(reader, wanted)
    return names_of(reader, [person_id])[person_id].name, person_id


def _called(reader: Reader, name: str) -> list[PersonId]:
    """Everybody of this name, else all whose names begin so."""
    wanted = name.casefold()
    if not wanted:
        return []
    found = list_members(reader, (), text=name, limit=50)
    exact = [row.person_id for row in found if row.name.casefold() == wanted]
    return exact or [row.person_id for row in found if row.name.casefold().startswith(wanted)]


def _not_one(name: str, found: Sequence[PersonId]) -> str:
    """Names stay out of it: what it says may end in a log."""
    if not found:
        return f"Nobody here is called “{name}”."
    ids = ", ".join(map(str, found[:_MOST_IDS]))
    more = f" and {len(found) - _MOST_IDS} more" if len(found) > _MOST_IDS else ""
    return f"Several people are called “{name}”; name one of them by id: {ids}{more}."


def _care(workspace: Workspace) -> CareStore:
    return CareStore(workspace.database, workspace.clock)


def _waited(age: timedelta) -> str:
    hours = max(0, age // timedelta(hours=1))
    if hours >= 48:  # noqa: PLR2004 - two days are told in days
        return f"{hours // 24} days"
    return f"{hours} hour" if hours == 1 else f"{hours} hours"
