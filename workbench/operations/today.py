"""Today: the few things to do first, each with its reason, and what was decided about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import CardId, CommunityId, EventId, PersonId, PlanId
from workbench.models.changes import Changes
from workbench.models.database import Reader
from workbench.models.kinds import OutboxState
from workbench.models.moments import to_micros
from workbench.queries.lapsed import lapsed_regulars
from workbench.queries.outbox import OutboxRow, list_outbox
from workbench.queries.questions import QuestionState, asked_before, count_questions, limit_hours
from workbench.queries.scope import Scope
from workbench.queries.today import (
    DueCard,
    DueCheckpoint,
    MarkRow,
    NewcomerRow,
    PlanConflicts,
    QuestionRow,
    due_cards,
    due_checkpoints,
    newcomers,
    plans_with_conflicts,
    today_marks,
    waiting_questions,
)
from workbench.workspace import Workspace

MOST: Final = 7
ABANDONED_AFTER: Final = timedelta(days=30)
"""An older one is no longer for today; the list of questions has it."""
CHECKPOINT_AHEAD: Final = timedelta(days=3)
"""A checkpoint is announced so long before its day."""
LOOKED_AT: Final = timedelta(days=30)
MANY_UNKNOWN: Final = 3
"""So many unknown days of the last thirty are too many to praise an empty list."""
_CANDIDATES: Final = 200
_WAITING: Final = (OutboxState.UNKNOWN, OutboxState.REFUSED, OutboxState.PAUSED, OutboxState.EXPIRED)


class Task(StrEnum):
    """What an item asks for, in the order in which the kinds come."""

    DECIDE = "decide"
    ANSWER = "answer"
    PROMISE = "promise"
    CHECKPOINT = "checkpoint"
    CARD = "card"
    GREET = "greet"
    NUDGE = "nudge"


RULE: Final = (
    "At most seven things. One of each kind comes first, in this order: what waits for your decision, questions of the"
    " last 30 days nobody answered in time (48 hours, or 24 if you chose so), promises, checkpoints, cards that are"
    " due, people to greet, regulars gone quiet. What is left of the seven places is filled in the same order again;"
    " within a kind what has waited longest comes first."
)
"""The order in words, shown with the list."""


class MarkState(StrEnum):
    """What was decided about an item."""

    DONE = "done"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class TodayPerson:
    """Somebody an item is about; `thread_id` is where they wrote, where they did.

    Of somebody to greet `since` is when they came, `known_since` since when they have been in another community.
    """

    key: str
    person_id: PersonId
    name: str
    community_id: CommunityId
    community: str
    thread_id: EventId | None
    since: datetime | None = None
    known_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do. `title` and `reason` hold words of people; `since` is what its age is counted from.

    Which of the ids is set follows from `task`: a thread to answer in, a plan with its card or checkpoint, an item of
    the outbox, people to greet or to write to. `draft` says that an answer was begun.
    """

    key: str
    task: Task
    title: str
    reason: str
    since: datetime
    community: str = ""
    thread_id: EventId | None = None
    draft: str | None = None
    plan_id: PlanId | None = None
    card_id: CardId | None = None
    checkpoint: int | None = None
    outbox_id: str | None = None
    people: tuple[TodayPerson, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What is marked when it is done: the item, or each of the people it is about."""
        return tuple(person.key for person in self.people) or (self.key,)


@dataclass(frozen=True, slots=True)
class Today:
    """The list of a day. `more` counts what found no place, by kind; `put_off` has the keys of what comes back."""

    items: tuple[TodayItem, ...]
    more: Mapping[Task, int]
    put_off: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done, which is a good day."""
        return not self.items


def today(reader: Reader, *, scope: Scope = (), as_of: datetime, day: date) -> Today:
    """What to do first on `day`, the local date at `as_of`; done, dismissed and snoozed items stay away."""
    marks = today_marks(reader)
    found = [
        *_decisions(list_outbox(reader, states=_WAITING), plans_with_conflicts(reader, scope)),
        *_answers(reader, scope, as_of),
        *(_card(card, day) for card in due_cards(reader, scope, today=day)),
        *(_checkpoint(one, day) for one in due_checkpoints(reader, scope, until=day + CHECKPOINT_AHEAD)),
        *_nudges(reader, scope, as_of),
    ]
    people = [row for row in newcomers(reader, scope, as_of=as_of) if not _is_away(marks.get(row.key), as_of)]
    wanted = [item for item in found if not any(_is_away(marks.get(key), as_of) for key in item.keys)]
    chosen = choose([*wanted, *_greetings(people)])
    left = [item for item in wanted if item not in chosen]
    return Today(
        items=tuple(chosen),
        more={task: number for task in Task if (number := sum(item.task is task for item in left))},
        put_off=tuple(one.key for one in marks.values() if one.state == MarkState.SNOOZED and _is_away(one, as_of)),
    )


def older_questions(reader: Reader, found: Today, *, scope: Scope = (), as_of: datetime) -> int:
    """How many questions without an answer are too old for a list; 0 where a question is on it, and not counted."""
    if Task.ANSWER in found.more or any(item.task is Task.ANSWER for item in found.items):
        return 0
    waiting = (QuestionState.OPEN, QuestionState.ROUTED)
    before = asked_before(as_of - ABANDONED_AFTER)
    return sum(count_questions(reader, scope, as_of=as_of, period=before, states=waiting).values())


def nothing_words(*, unknown_days: int, older: int) -> str:
    """What an empty list means: a good day where the days are known, and nothing to be said where they are not."""
    if unknown_days > MANY_UNKNOWN:
        return "Nothing to do that is known of."
    return "Nothing new to do." if older else "Nothing to do. A good day."


def older_words(older: int) -> str:
    """Questions that are on the board and no longer on the list; empty without any."""
    if not older:
        return ""
    return "One older question has no answer." if older == 1 else f"{older:,} older questions have no answer."


def choose(items: Sequence[TodayItem], *, most: int = MOST) -> list[TodayItem]:
    """The items of `RULE`, kind by kind: one of each kind first, then round again while there are places."""
    waiting = {
        task: sorted((item for item in items if item.task is task), key=lambda item: (item.since, item.key))
        for task in Task
    }
    chosen: list[TodayItem] = []
    while len(chosen) < most and any(waiting.values()):
        for task in Task:
            if waiting[task] and len(chosen) < most:
                chosen.append(waiting[task].pop(0))
    order = list(Task)
    return sorted(chosen, key=lambda item: (order.index(item.task), item.since, item.key))


def mark(workspace: Workspace, *, keys: Sequence[str], state: MarkState, until: datetime | None = None) -> Changes:
    """Keeps what was decided about items, each by its key; a snoozed one comes back at `until`.

    Refuses a key that is none of this list's, and putting off without a moment, or into the past (BadInputError).
    """
    now = workspace.clock.now()
    kinds = [_kind_of(key) for key in keys]
    if (state is MarkState.SNOOZED) != (until is not None) or (until is not None and until <= now):
        message = "An item is put off until a moment that lies ahead."
        raise BadInputError(message)
    moment = None if until is None else to_micros(until)
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            'INSERT INTO todaymark ("key", kind, state, until, marked_at) VALUES (?, ?, ?, ?, ?)'
            ' ON CONFLICT ("key") DO UPDATE SET state = excluded.state, until = excluded.until,'
            " marked_at = excluded.marked_at",
            [(key, kind, state.value, moment, to_micros(now)) for key, kind in zip(keys, kinds, strict=True)],
        )
    return Changes.TODAY


def unmark(workspace: Workspace, *, keys: Sequence[str]) -> Changes:
    """Takes back what was decided; a key without a mark is left alone."""
    with workspace.database.write() as session:
        session.connection().exec_driver_sql('DELETE FROM todaymark WHERE "key" = ?', [(key,) for key in keys])
    return Changes.TODAY


def _kind_of(key: str) -> str:
    kind = key.partition(":")[0]
    if kind not in set(Task):
        message = f"“{key}” names nothing on this list; `workbench today --json` gives the keys."
        raise BadInputError(message)
    return kind


def _is_away(mark_row: MarkRow | None, as_of: datetime) -> bool:
    if mark_row is None:
        return False
    if mark_row.state != MarkState.SNOOZED:
        return True
    # What was put off by a clock that ran ahead, and was set right since, does not wait for that moment.
    is_told_ahead = mark_row.marked_at > as_of + timedelta(days=1)
    return mark_row.until is not None and mark_row.until > as_of and not is_told_ahead


def _decisions(outbox: Sequence[OutboxRow], conflicts: Sequence[PlanConflicts]) -> list[TodayItem]:
    """One's own texts that stand still are to be decided about whatever communities are looked at."""
    posts = [row for row in outbox if row.needs_decision]
    return [_undecided(row) for row in posts] + [_conflict(plan) for plan in conflicts]


_WHY: Final = {
    OutboxState.UNKNOWN: "It may have arrived; nobody could tell. Send it again, or say that it is there.",
    OutboxState.REFUSED: "The platform refused it. The text is kept.",
    OutboxState.PAUSED: "It waits since this profile was copied or its account went away.",
    OutboxState.EXPIRED: "It waited so long that it is no longer sent by itself.",
}


def _undecided(row: OutboxRow) -> TodayItem:
    return TodayItem(
        key=f"{Task.DECIDE}:{row.id}",
        task=Task.DECIDE,
        title=row.subject or row.community,
        reason=_WHY[row.state],
        since=row.changed_at,
        community=row.community,
        outbox_id=row.id,
    )


def _conflict(plan: PlanConflicts) -> TodayItem:
    cards = "one card" if plan.cards == 1 else f"{plan.cards} cards"
    return TodayItem(
        key=f"{Task.DECIDE}:plan-{plan.plan_id}",
        task=Task.DECIDE,
        title=plan.plan,
        reason=f"Two leaders gave {cards} different values; both are kept until you choose.",
        since=datetime.min.replace(tzinfo=UTC),
        plan_id=plan.plan_id,
    )


def _answers(reader: Reader, scope: Scope, as_of: datetime) -> list[TodayItem]:
    limit = timedelta(hours=limit_hours(reader))
    rows = waiting_questions(reader, scope, since=as_of - ABANDONED_AFTER, until=as_of - limit, limit=_CANDIDATES)
    return [_answer(row, as_of) for row in rows]


def _answer(row: QuestionRow, as_of: datetime) -> TodayItem:
    age = f"asked {_days((as_of - row.asked_at).days)} ago"
    yesterday = (as_of - timedelta(days=1)).date()
    if row.draft is not None:
        reason = f"You began an answer; {age}."
    elif row.routed_at is not None:
        reason = f"Given to {row.owner} {_days((as_of - row.routed_at).days)} ago, without an answer; {age}."
    elif row.known_until is None:
        reason = f"No answer is known, but not all of these days were fetched; {age}."
    elif row.known_until < yesterday:
        reason = f"Nobody had answered by {row.known_until:%Y-%m-%d}, the last day known; {age}."
    else:
        reason = f"Nobody has answered; {age}."
    return TodayItem(
        key=row.key,
        task=Task.ANSWER,
        title=row.subject,
        reason=reason[0].upper() + reason[1:],
        since=row.asked_at,
        community=row.community,
        thread_id=row.thread_id,
        draft=row.draft,
    )


def _card(card: DueCard, day: date) -> TodayItem:
    late = (day - card.due_on).days
    when = "Due today" if not late else f"Due {_days(late)} ago"
    promised = f"; promised to {card.promised_to}" if card.is_promise else ""
    owner = f"; {card.owner}" if card.owner else ""
    times = f"; {card.times} times of it are open" if card.times > 1 else ""
    task = Task.PROMISE if card.is_promise else Task.CARD
    return TodayItem(
        key=f"{task}:{card.card_id}",
        task=task,
        title=card.title,
        reason=f"{when}{promised}{owner}{times}.",
        since=_midnight(card.due_on),
        community=card.plan,
        plan_id=card.plan_id,
        card_id=card.card_id,
    )


def _checkpoint(one: DueCheckpoint, day: date) -> TodayItem:
    ahead = (one.falls_on - day).days
    if ahead > 0:
        reason = f"It comes in {_days(ahead)}: fill in the measures, decide what is next, lock it."
    elif ahead == 0:
        reason = "It is today: fill in the measures, decide what is next, lock it."
    else:
        reason = f"Its day was {_days(-ahead)} ago and it is not locked."
    return TodayItem(
        key=f"{Task.CHECKPOINT}:{one.plan_id}-{one.day}",
        task=Task.CHECKPOINT,
        title=f"Day-{one.day} checkpoint",
        reason=reason,
        since=_midnight(one.falls_on),
        community=one.plan,
        plan_id=one.plan_id,
        checkpoint=one.day,
    )


def _greetings(rows: Sequence[NewcomerRow]) -> list[TodayItem]:
    """All newcomers are one item: they are greeted in one go."""
    if not rows:
        return []
    people = tuple(
        TodayPerson(
            row.key, row.person_id, row.name, row.community_id, row.community, row.thread_id, row.since, row.known_since
        )
        for row in rows
    )
    places = sorted({row.community for row in rows}, key=str.casefold)
    number = len({row.person_id for row in rows})
    known = len({row.person_id for row in rows if row.known_since is not None})
    title = f"Greet {rows[0].name}" if number == 1 else f"Greet {number} people who are new"
    return [
        TodayItem(
            key=f"{Task.GREET}:all",
            task=Task.GREET,
            title=title,
            reason="Came in the last 14 days, and nobody has turned to them yet. A greeting within three days counts."
            + _known_elsewhere(known, number),
            since=min(row.since for row in rows),
            community=places[0] if len(places) == 1 else f"{len(places)} communities",
            people=people,
        )
    ]


def _known_elsewhere(known: int, number: int) -> str:
    """Who is new in one community may be an old hand in others, and a welcome that does not know it embarrasses."""
    if not known:
        return ""
    if known == number:
        return " Known from another community." if number == 1 else " All of them are known from other communities."
    return f" {known} of them {'is' if known == 1 else 'are'} known from other communities."


def _nudges(reader: Reader, scope: Scope, as_of: datetime) -> list[TodayItem]:
    return [
        TodayItem(
            key=row.key,
            task=Task.NUDGE,
            title=f"Ask after {row.name}",
            reason=f"Took part often, and has been silent for {_days(row.silent_days)}. One gentle word is enough.",
            since=row.last_at,
            community=row.community,
            people=(TodayPerson(row.key, row.person_id, row.name, row.community_id, row.community, None),),
        )
        for row in lapsed_regulars(reader, scope, as_of=as_of)
        if not row.is_paused
    ]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
