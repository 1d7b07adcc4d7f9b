"""Today data: what the page reads in one go, the words of its buttons, and when what is put off comes back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.clock import local_day
from workbench.models.database import Database
from workbench.operations.today import LOOKED_AT, Today, older_questions, today
from workbench.operations.today_items import Task, TodayItem
from workbench.operations.today_marks import morning_of
from workbench.operations.week import Week, week_of
from workbench.queries.communities import community_names
from workbench.queries.known import Known, read_known
from workbench.queries.scope import Scope
from workbench.queries.today import is_filled

_DAYS: Final = 7

BUTTONS: Final[dict[Task, tuple[str, str]]] = {
    Task.DECIDE: ("Decide", "git-diff"),
    Task.ANSWER: ("Answer", "arrow-bend-up-left"),
    Task.PROMISE: ("Open the card", "handshake"),
    Task.FOLLOW: ("Look again", "eye"),
    Task.HAND_OVER: ("Open the person", "sign-out"),
    Task.CHECKPOINT: ("Open the checkpoint", "flag"),
    Task.CARD: ("Open the card", "note-pencil"),
    Task.GREET: ("Greet", "hand-waving"),
    Task.NUDGE: ("Write a line", "envelope-simple"),
}
"""Words and icon of the one button of each kind."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the page shows. `is_new` while the profile holds neither a community nor a plan.

    `place` names the communities looked at, "" for all of them; `known` tells of the last thirty days. `older` counts
    the questions without an answer that are too old for the list, and not on it all the same.
    """

    today: Today
    week: Week
    day: date
    now: datetime
    is_new: bool
    place: str
    known: Known
    older: int = 0


def read_today(database: Database, *, scope: Scope, now: datetime) -> TodayView:
    """The list and the week of the local day at `now`."""
    day, by_utc = local_day(now), now.astimezone(UTC).date()
    with database.read() as reader:
        is_new = not is_filled(reader)
        found = today(reader, scope=scope, as_of=now, day=day)
        week = week_of(reader, scope=scope, day=day)
        names = community_names(reader)
        known = read_known(reader, scope, by_utc - LOOKED_AT, by_utc, today=by_utc)
        older = older_questions(reader, found, scope=scope, as_of=now)
    place = ", ".join(sorted((names[one] for one in scope if one in names), key=str.casefold))
    return TodayView(found, week, day, now, is_new, place, known, older)


def button_words(item: TodayItem) -> str:
    """What the button of an item says."""
    return "Go on with it" if item.draft is not None else BUTTONS[item.task][0]


def tomorrow(now: datetime) -> datetime:
    """Six o'clock of the next local morning."""
    return _morning(now, days=1)


def next_monday(now: datetime) -> datetime:
    """Six o'clock of the next local Monday."""
    return _morning(now, days=_DAYS - now.astimezone().weekday())


def in_a_week(now: datetime) -> datetime:
    """Six o'clock of the local morning a week from now."""
    return _morning(now, days=_DAYS)


def _morning(now: datetime, *, days: int) -> datetime:
    return morning_of(local_day(now) + timedelta(days=days))
