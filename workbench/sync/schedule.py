"""Schedule: when an account syncs by itself, what a run may do on the link there is, and when a check is due; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.errors import BudgetSpentError, LineError, SignInError
from workbench.models.day_cap import DayCap

CHECK_EVERY: Final = timedelta(days=7)
CHECK_AGAIN: Final = timedelta(days=1)
"""How soon the same community is checked again because its numbers do not agree."""
CUT_AGAIN_MINUTES: Final = 15
"""How soon an account is tried again whose last try ended because the line broke, or the program did."""
SETTLED_MINUTES: Final = 60
"""A link that comes and goes makes an account run no more often than this."""


class Link(StrEnum):
    """What the system says of the connection."""

    NONE = "none"
    METERED = "metered"
    OPEN = "open"


class Occasion(StrEnum):
    """What makes accounts be looked at: the hour, a link that appeared, or a machine that woke up."""

    HOUR = "hour"
    LINK = "link"
    WAKE = "wake"


class Reason(StrEnum):
    """Why an account does not run now."""

    PAUSED = "paused"
    NO_LINK = "no-link"
    BY_HAND = "by-hand"
    NOT_DUE = "not-due"
    ASKED_TO_WAIT = "asked-to-wait"
    BUDGET_SPENT = "budget-spent"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides over the next run of an account; `spent_today` in bytes, both ways, of the UTC day.

    `error_code` is why the last try failed for the whole account, None when it did not. `is_broken_off` where the
    program ended in the middle of it. `raised` is the limit of the one day on which another one than `daily_cap` holds.
    """

    every_minutes: int | None = None
    is_paused: bool = False
    is_text_only: bool = False
    tried_at: datetime | None = None
    not_before: datetime | None = None
    daily_cap: int | None = None
    spent_today: int = 0
    error_code: str | None = None
    raised: DayCap = field(default_factory=DayCap)
    is_broken_off: bool = False

    def cap(self, now: datetime) -> int | None:
        """Bytes the account may cost on this day; None for no limit."""
        return replace(self.raised, usual=self.daily_cap).on(now.astimezone(UTC).date())


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether an account may run now, else why not and from when on; `is_text_only` if only text may be fetched."""

    may_run: bool
    is_text_only: bool = False
    reason: Reason | None = None
    at: datetime | None = None


def next_run(standing: Standing, *, now: datetime) -> datetime | None:
    """When the account is next due by itself, never before `now`; None when it waits for a person.

    Due at once when it was never tried, or when the clock says that the last try lies in the future.
    """
    if standing.every_minutes is None or standing.is_paused or standing.error_code == SignInError.code:
        return None
    due = now
    if standing.tried_at is not None and standing.tried_at <= now:
        due = standing.tried_at + timedelta(minutes=standing.every_minutes)
    wait = wait_until(standing.not_before, tried_at=standing.tried_at, now=now)
    return max(now, due, *(moment for moment in (wait, budget_from(standing, now=now)) if moment))


def wait_until(not_before: datetime | None, *, tried_at: datetime | None, now: datetime) -> datetime | None:
    """When the platform wants to be asked again; None when that is over.

    Also None when the last try lies in the future: our clock was ahead then, and so is the moment counted from it.
    """
    was_ahead = tried_at is not None and tried_at > now
    return None if not_before is None or not_before <= now or was_ahead else not_before


def allowance(standing: Standing, *, link: Link, now: datetime, by_hand: bool = False) -> Allowance:
    """What a run may do now. A person who asks for this account goes before pause, schedule and a platform's wish.

    Nobody goes before the daily limit or a missing link.
    """
    for is_so, reason, at in _obstacles(standing, link=link, now=now, by_hand=by_hand):
        if is_so:
            return Allowance(may_run=False, reason=reason, at=at)
    return Allowance(may_run=True, is_text_only=standing.is_text_only or link is Link.METERED)


def by_itself(standing: Standing, *, link: Link, now: datetime, occasion: Occasion = Occasion.HOUR) -> Allowance:
    """Whether an account runs now without being asked for: on its hour, and sooner where there is a reason to.

    What a broken line ended, or the end of the program, is tried again after a quarter of an hour, and at once when a
    link appears or the machine wakes up; then whoever was not tried for an hour runs as well. An account without an
    hour is never run.
    """
    if standing.every_minutes is None:
        return allowance(standing, link=link, now=now)
    is_hour = occasion is Occasion.HOUR
    was_cut = standing.error_code == LineError.code or (standing.is_broken_off and standing.error_code is None)
    if was_cut and not is_hour:
        return allowance(replace(standing, tried_at=None), link=link, now=now)
    soonest = CUT_AGAIN_MINUTES if was_cut else SETTLED_MINUTES
    minutes = standing.every_minutes if is_hour and not was_cut else min(standing.every_minutes, soonest)
    return allowance(replace(standing, every_minutes=minutes), link=link, now=now)


def _obstacles(
    standing: Standing, *, link: Link, now: datetime, by_hand: bool
) -> Iterator[tuple[bool, Reason, datetime | None]]:
    """What may stand in the way, the firmest first: (whether it does, what it is, until when)."""
    spent_until = budget_from(standing, now=now)
    yield link is Link.NONE, Reason.NO_LINK, None
    yield spent_until is not None, Reason.BUDGET_SPENT, spent_until
    if by_hand:
        return
    wait = wait_until(standing.not_before, tried_at=standing.tried_at, now=now)
    due = next_run(standing, now=now)
    yield standing.is_paused, Reason.PAUSED, None
    yield standing.error_code == SignInError.code, Reason.SIGN_IN, None
    yield wait is not None, Reason.ASKED_TO_WAIT, wait
    yield due is None, Reason.BY_HAND, None
    yield due is not None and due > now, Reason.NOT_DUE, due


def check_is_due(
    *,
    now: datetime,
    synced_at: datetime | None,
    checked_at: datetime | None,
    ours: int | None = None,
    theirs: int | None = None,
    known_gap: int | None = None,
) -> bool:
    """Whether a community should be compared with its platform: weekly, or after a day if the numbers drift apart.

    `ours` and `theirs` count messages; None where they cannot be compared (an account that does not go back to the
    beginning holds fewer). `known_gap` is what they differed by after the last comparison, because a platform may count
    what it does not show. Never before everything was read once.
    """
    if synced_at is None:
        return False
    if checked_at is None or checked_at > now:
        return True
    differs = ours is not None and theirs is not None and ours - theirs != (known_gap or 0)
    return now - checked_at >= (CHECK_AGAIN if differs else CHECK_EVERY)


def budget_from(standing: Standing, *, now: datetime) -> datetime | None:
    """When there is data to spend again; None while there is.

    A run that ended because the next page would have crossed the limit used the day up too, whatever is left of it.
    """
    cap = standing.cap(now)
    if cap is None:
        return None
    tried_on = None if standing.tried_at is None else standing.tried_at.astimezone(UTC).date()
    was_ended = standing.error_code == BudgetSpentError.code and tried_on == now.astimezone(UTC).date()
    if standing.spent_today < cap and not was_ended:
        return None
    return datetime.combine((now.astimezone(UTC) + timedelta(days=1)).date(), datetime.min.time(), UTC)
