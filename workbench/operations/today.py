"""Today: the few things to do first, each with its reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.models.database import Reader
from workbench.models.kinds import OutboxState
from workbench.models.moments import MICROSECOND
from workbench.operations.today_items import (
    Task,
    TodayItem,
    answer_item,
    card_item,
    checkpoint_item,
    conflict_item,
    greetings,
    hand_over_item,
    idea_item,
    nudge_item,
    undecided_item,
    watch_item,
)
from workbench.operations.today_marks import MarkState, is_away
from workbench.queries.knowledge import leaving_holders
from workbench.queries.lapsed import lapsed_regulars
from workbench.queries.newcomers import newcomers
from workbench.queries.outbox import OutboxRow, list_outbox
from workbench.queries.questions import QuestionState, asked_before, count_questions, limit_hours
from workbench.queries.scope import Scope
from workbench.queries.today import (
    MarkRow,
    PlanConflicts,
    due_cards,
    due_checkpoints,
    plans_with_conflicts,
    today_marks,
)
from workbench.queries.today_questions import (
    Asked,
    WaitingQuestion,
    begun_questions,
    count_waiting,
    told_questions,
    waiting_questions,
)
from workbench.queries.watching import list_ideas, list_watched

MOST: Final = 7
ABANDONED_AFTER: Final = timedelta(days=30)
"""An older one is no longer for today; the list of questions has it."""
CHECKPOINT_AHEAD: Final = timedelta(days=3)
"""A checkpoint is announced so long before its day."""
LEAVES_WITHIN: Final = timedelta(days=90)
"""Who leaves is told of so long before, because handing over takes time."""
LOOKED_AT: Final = timedelta(days=30)
MANY_UNKNOWN: Final = 3
"""So many unknown days of the last thirty are too many to praise an empty list."""
_LOOKS_BACK: Final = 2 * ABANDONED_AFTER
"""So long before a question was put off it was asked at most: on the list for thirty days, or for as long again."""
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_WAITING: Final = (OutboxState.UNKNOWN, OutboxState.REFUSED, OutboxState.PAUSED, OutboxState.EXPIRED)
RULE: Final = (
    "At most seven things. One of each kind comes first, in this order: what waits for your decision, questions of"
    " the last 30 days nobody answered in time (48 hours, or 24 if you chose so; older ones where you put them off or"
    " began an answer), promises, what you wanted to look at again and ideas handed on more than 30 days ago,"
    " people marked as leaving within 90 days who answer what few others do, checkpoints, cards that are due, people"
    " to greet (those known from another community come last), regulars gone quiet. What is left of the seven places is"
    " filled in the same order again; within a kind what has waited longest comes first."
)
"""The order in words, shown with the list."""


@dataclass(frozen=True, slots=True)
class Today:
    """The list of a day. `more` counts what found no place, by kind; `put_off` has the keys of what comes back.

    `older` of the questions here, on the list or among what found no place, were asked more than thirty days ago.
    """

    items: tuple[TodayItem, ...]
    more: Mapping[Task, int]
    put_off: tuple[str, ...]
    older: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done, which is a good day."""
        return not self.items


@dataclass(frozen=True, slots=True)
class _Answers:
    """The first questions to answer, how many there are in all, those of them that are old, and what is put off."""

    items: Sequence[TodayItem]
    count: int
    older: int
    put_off: Sequence[str] = ()


def today(reader: Reader, *, scope: Scope = (), as_of: datetime, day: date) -> Today:
    """What to do first on `day`, the local date at `as_of`; done, dismissed and snoozed items stay away."""
    marks = today_marks(reader)
    answers = _answers(reader, scope, marks, as_of)
    found = [
        *_decisions(list_outbox(reader, states=_WAITING), plans_with_conflicts(reader, scope)),
        *(card_item(card, day) for card in due_cards(reader, scope, today=day)),
        *(checkpoint_item(one, day) for one in due_checkpoints(reader, scope, until=day + CHECKPOINT_AHEAD)),
        *_to_follow(reader, scope, day),
        *_to_hand_over(reader, scope, as_of, day),
        *_nudges(reader, scope, as_of),
    ]
    people = newcomers(reader, scope, as_of=as_of)
    keys = [*(key for item in found for key in item.keys), *(row.key for row in people)]
    away = {key for key in keys if is_away(marks.get(key), as_of)}
    wanted = [item for item in found if away.isdisjoint(item.keys)]
    greeting = greetings([row for row in people if row.key not in away])
    chosen = choose([*answers.items, *wanted, *greeting])
    left = Counter(item.task for item in wanted) + Counter({Task.ANSWER: answers.count})
    left -= Counter(item.task for item in chosen)
    return Today(
        items=tuple(chosen),
        more={task: left[task] for task in Task if left[task]},
        put_off=(*answers.put_off, *(key for key in keys if key in away and marks[key].state == MarkState.SNOOZED)),
        older=answers.older,
    )


def older_questions(reader: Reader, found: Today, *, scope: Scope = (), as_of: datetime) -> int:
    """How many questions without an answer are too old for a list, and are not on it all the same."""
    waiting = (QuestionState.OPEN, QuestionState.ROUTED)
    before = asked_before(as_of - ABANDONED_AFTER)
    counted = sum(count_questions(reader, scope, as_of=as_of, period=before, states=waiting).values())
    return max(0, counted - found.older)


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


def _decisions(outbox: Sequence[OutboxRow], conflicts: Sequence[PlanConflicts]) -> list[TodayItem]:
    """One's own texts that stand still are to be decided about whatever communities are looked at."""
    posts = [row for row in outbox if row.needs_decision]
    return [undecided_item(row) for row in posts] + [conflict_item(plan) for plan in conflicts]


def _answers(reader: Reader, scope: Scope, marks: Mapping[str, MarkRow], as_of: datetime) -> _Answers:
    """Questions of the last thirty days, and older ones to which an answer is begun or that come back.

    Each question is named only where something was decided about some of them: names are what takes time.
    """
    until, since = as_of - timedelta(hours=limit_hours(reader)), as_of - ABANDONED_AFTER
    asked, before = Asked(since, until, until), Asked(_EVER, since - MICROSECOND, until)
    old = {one.thread_id: one for one in begun_questions(reader, scope, before)}
    decided = [one for one in marks.values() if one.kind == Task.ANSWER]
    if not any(max(one.marked_at, one.until or one.marked_at) >= since for one in decided):
        count, young = count_waiting(reader, scope, asked), waiting_questions(reader, scope, asked, limit=MOST)
        begun = [one for one in old.values() if not is_away(marks.get(one.key), as_of)]
        return _Answers(_told(reader, [*begun, *young], as_of), count + len(begun), len(begun))
    back = {one.key: one for one in decided if one.until is not None and one.until >= since}
    if back:
        first = min(one.marked_at for one in back.values()) - _LOOKS_BACK
        asked_then = waiting_questions(reader, scope, replace(before, since=first))
        old |= {one.thread_id: one for one in asked_then if one.key in back}
    named = [*old.values(), *waiting_questions(reader, scope, asked)]
    away = {one.key for one in named if is_away(marks.get(one.key), as_of)}
    waiting = [one for one in named if one.key not in away]
    older = sum(one.thread_id in old for one in waiting)
    put_off = [one.key for one in named if one.key in away and marks[one.key].state == MarkState.SNOOZED]
    return _Answers(_told(reader, waiting[: older + MOST], as_of), len(waiting), older, put_off)


def _told(reader: Reader, questions: Sequence[WaitingQuestion], as_of: datetime) -> list[TodayItem]:
    rows = told_questions(reader, [one.thread_id for one in questions])[:MOST]
    return [answer_item(row, as_of) for row in rows]


def _to_follow(reader: Reader, scope: Scope, day: date) -> list[TodayItem]:
    """What is watched and due to be looked at again, and ideas nobody answered."""
    watched = [row for row in list_watched(reader, scope) if row.is_open and row.look_on and row.look_on <= day]
    ideas = [row for row in list_ideas(reader, scope) if (on := row.asked_after_on()) is not None and on < day]
    return [*(watch_item(row, day) for row in watched), *(idea_item(row, day) for row in ideas)]


def _to_hand_over(reader: Reader, scope: Scope, as_of: datetime, day: date) -> list[TodayItem]:
    found = leaving_holders(reader, scope, as_of=as_of, days=(day, day + LEAVES_WITHIN))
    return [hand_over_item(one, day) for one in found if one.is_rare]


def _nudges(reader: Reader, scope: Scope, as_of: datetime) -> list[TodayItem]:
    return [nudge_item(row) for row in lapsed_regulars(reader, scope, as_of=as_of) if not row.is_paused]
