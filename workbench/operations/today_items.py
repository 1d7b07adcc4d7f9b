"""Today's items: one thing to do each, with its reason in words, made from rows about the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.ids import CardId, CommunityId, EventId, PersonId, PlanId
from workbench.models.kinds import OutboxState
from workbench.queries.knowledge import LeavingHolder
from workbench.queries.lapsed import LapsedRegular
from workbench.queries.newcomers import NewcomerRow
from workbench.queries.outbox import OutboxRow
from workbench.queries.today import DueCard, DueCheckpoint, PlanConflicts
from workbench.queries.today_questions import QuestionRow
from workbench.queries.watching import ASK_AFTER, IdeaRow, WatchRow


class Task(StrEnum):
    """What an item asks for, in the order in which the kinds come."""

    DECIDE = "decide"
    ANSWER = "answer"
    PROMISE = "promise"
    FOLLOW = "follow"
    HAND_OVER = "handover"
    CHECKPOINT = "checkpoint"
    CARD = "card"
    GREET = "greet"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class TodayPerson:
    """Somebody an item is about; `thread_id` is where they wrote, where they did.

    Of somebody to greet `since` is when they came, `known_since` since when they have been in another community, and
    `tag` the hashtag by which they said so.
    """

    key: str
    person_id: PersonId
    name: str
    community_id: CommunityId
    community: str
    thread_id: EventId | None
    since: datetime | None = None
    known_since: datetime | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do. `title` and `reason` hold words of people; `since` is what its age is counted from.

    Which of the ids is set follows from `task`: a thread to answer in, a plan with its card or checkpoint, an item of
    the outbox, somebody who leaves, people to greet or to write to. `draft` says that an answer was begun.
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
    person_id: PersonId | None = None
    people: tuple[TodayPerson, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What is marked when it is done: the item, or each of the people it is about."""
        return tuple(person.key for person in self.people) or (self.key,)


_TOPICS: Final = 3
"""Hashtags named in a reason."""
_WHY: Final = {
    OutboxState.UNKNOWN: "It may have arrived; nobody could tell. Send it again, or say that it is there.",
    OutboxState.REFUSED: "The platform refused it. The text is kept.",
    OutboxState.PAUSED: "It waits since this profile was copied or its account went away.",
    OutboxState.EXPIRED: "It waited so long that it is no longer sent by itself.",
}


def undecided_item(row: OutboxRow) -> TodayItem:
    """One's own text that stands still, and why."""
    return TodayItem(
        key=f"{Task.DECIDE}:{row.id}",
        task=Task.DECIDE,
        title=row.subject or row.community,
        reason=_WHY[row.state],
        since=row.changed_at,
        community=row.community,
        outbox_id=row.id,
    )


def conflict_item(plan: PlanConflicts) -> TodayItem:
    """A plan in which two leaders said different things."""
    cards = "one card" if plan.cards == 1 else f"{plan.cards} cards"
    return TodayItem(
        key=f"{Task.DECIDE}:plan-{plan.plan_id}",
        task=Task.DECIDE,
        title=plan.plan,
        reason=f"Two leaders gave {cards} different values; both are kept until you choose.",
        since=datetime.min.replace(tzinfo=UTC),
        plan_id=plan.plan_id,
    )


def answer_item(row: QuestionRow, as_of: datetime) -> TodayItem:
    """A question to answer; it is not called unanswered beyond the days that are known."""
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


def card_item(card: DueCard, day: date) -> TodayItem:
    """A card that is due, or a promise."""
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


def watch_item(row: WatchRow, day: date) -> TodayItem:
    """A thread that was to be looked at again by `day`; the words are the coordinator's own."""
    look_on = row.look_on or day
    late = (day - look_on).days
    when = "today" if not late else f"{_days(late)} ago"
    return TodayItem(
        key=f"{Task.FOLLOW}:watch-{row.id}-{look_on}",
        task=Task.FOLLOW,
        title="A conversation that is not here now" if row.thread.id is None else row.thread.subject or "No subject",
        reason=f"You wanted to look again {when}: {row.note}",
        since=_midnight(look_on),
        community=row.thread.community,
        thread_id=row.thread.id,
    )


def idea_item(row: IdeaRow, day: date) -> TodayItem:
    """An idea of which the unit it was handed to has said nothing."""
    handed_on = row.handed_on or day
    return TodayItem(
        key=f"{Task.FOLLOW}:idea-{row.id}-{handed_on}",
        task=Task.FOLLOW,
        title=row.words,
        reason=f"Handed to {row.unit} {_days((day - handed_on).days)} ago; nobody said what became of it.",
        since=_midnight(handed_on + ASK_AFTER),
        community=next((thread.community for thread in row.threads if thread.community), ""),
    )


def hand_over_item(one: LeavingHolder, day: date) -> TodayItem:
    """Somebody who leaves and answers what few others do; who leaves on no known day comes last."""
    if one.leaves_on is None:
        when = "Leaves soon"
    else:
        ahead = (one.leaves_on - day).days
        when = f"Leaves {f'in {_days(ahead)}' if ahead else 'today'}, on {one.leaves_on:%Y-%m-%d}"
    alone = f"alone answered {'one question' if one.alone == 1 else f'{one.alone:,} questions'}" if one.alone else ""
    tags = ", ".join(f"#{topic}" for topic in one.topics[:_TOPICS])
    more = f" and {len(one.topics) - _TOPICS} more" if len(one.topics) > _TOPICS else ""
    topics = f"answers about {tags}{more}, as few others do" if one.topics else ""
    return TodayItem(
        key=f"{Task.HAND_OVER}:{one.person_id}-{one.leaves_on or 'soon'}",
        task=Task.HAND_OVER,
        title=f"Hand over what {one.name} knows",
        reason=f"{when}; {' and '.join(filter(None, (alone, topics)))}.",
        since=datetime.max.replace(tzinfo=UTC) if one.leaves_on is None else _midnight(one.leaves_on),
        person_id=one.person_id,
    )


def checkpoint_item(one: DueCheckpoint, day: date) -> TodayItem:
    """A checkpoint that comes, is today, or went by unlocked."""
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


def greetings(rows: Sequence[NewcomerRow]) -> list[TodayItem]:
    """All newcomers are one item: they are greeted in one go."""
    if not rows:
        return []
    people = tuple(
        TodayPerson(row.key, row.person_id, row.name, row.community_id, row.community, row.thread_id, *_came(row))
        for row in rows
    )
    known = len({row.person_id for row in rows if row.known_since is not None})
    new = len({row.person_id for row in rows}) - known
    meant = [row for row in rows if row.known_since is None] or rows
    places = {row.community for row in meant}
    title, reason = _greeting_words(rows[0].name, new=new, known=known)
    reason += _said_so(rows)
    return [
        TodayItem(
            key=f"{Task.GREET}:all",
            task=Task.GREET,
            title=title,
            reason=reason,
            since=min(row.since for row in meant),
            community=places.pop() if len(places) == 1 else f"{len(places)} communities",
            people=people,
        )
    ]


def _greeting_words(name: str, *, new: int, known: int) -> tuple[str, str]:
    """Title and reason. Who is new in one community may be an old hand in others: a welcome has to know it.

    Old hands are no newcomers: they stand last, do not make the item older, and are not counted among the new.
    """
    title = f"Greet {name}" if new + known == 1 else f"Greet {new:,} {'person' if new == 1 else 'people'}"
    if not new:
        where = "Known from another community, and"
        if known > 1:
            title, where = f"Welcome {known:,} people known from other communities", "They are"
        return title, f"{where} new here in the last 14 days; nobody here has turned to them yet."
    if new + known > 1:
        title += f" who {'is' if new == 1 else 'are'} new"
    reason = "Came in the last 14 days, and nobody has turned to them yet. A greeting within three days counts."
    if known:
        more = "One more is" if known == 1 else f"{known:,} more are"
        reason += f" {more} known from other communities; a welcome here is kind, after these."
    return title, reason


def _came(row: NewcomerRow) -> tuple[datetime, datetime | None, str]:
    """Since when they are here and elsewhere, and how they said so."""
    return row.since, row.known_since, row.tag


def _said_so(rows: Sequence[NewcomerRow]) -> str:
    """How many told it by a hashtag, and by which."""
    said = {row.person_id for row in rows if row.tag}
    if not said:
        return ""
    who = "" if len({row.person_id for row in rows}) == 1 else f"{len(said):,} of them "
    tags = " or ".join(f"#{tag}" for tag in sorted({row.tag for row in rows if row.tag}))
    return f" {who}wrote {tags}." if who else f" They wrote {tags}."


def nudge_item(row: LapsedRegular) -> TodayItem:
    """Somebody who took part often and went quiet."""
    return TodayItem(
        key=row.key,
        task=Task.NUDGE,
        title=f"Ask after {row.name}",
        reason=f"Took part often, and has been silent for {_days(row.silent_days)}. One gentle word is enough.",
        since=row.last_at,
        community=row.community,
        people=(TodayPerson(row.key, row.person_id, row.name, row.community_id, row.community, None),),
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
