"""Steps: which state of an outbox item may follow which; pure, and the only place that says so."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from workbench.errors import BadInputError
from workbench.models.kinds import OutboxState as State

LOOK_AGAIN: Final = timedelta(minutes=2)
"""Between a lost answer and the first look for it, and between two looks: platforms show what is new with a delay."""
FIRST_DELAY: Final = timedelta(seconds=30)
LONGEST_DELAY: Final = timedelta(hours=1)


class Step(StrEnum):
    """What happens to an item. The first group is done by a person, the second by sending."""

    QUEUE = "queue"
    RECALL = "recall"
    RESUME = "resume"
    SEND_AGAIN = "send_again"
    BY_HAND = "by_hand"

    BEGIN = "begin"
    ARRIVED = "arrived"
    NOT_SENT = "not_sent"
    LOST = "lost"
    MISSED = "missed"
    REFUSE = "refuse"
    EXPIRE = "expire"
    PAUSE = "pause"


class Reason(StrEnum):
    """Why an item stands where it stands, where the state alone does not say.

    `said` is in the platform's words, `settings` in ours: the account lacks what an answer needs.
    """

    SAID = "said"
    CANNOT = "cannot"
    SETTINGS = "settings"
    LINE = "line"
    BUSY = "busy"
    SIGN_IN = "sign_in"
    BUDGET = "budget"
    STOPPED = "stopped"
    LOST_ANSWER = "lost_answer"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    COPIED = "copied"
    ACCOUNT_GONE = "account_gone"
    TOO_LATE = "too_late"
    BY_HAND = "by hand"


NEVER_REPEATED: Final = frozenset({Reason.CONFLICT, Reason.SAID, Reason.NOT_FOUND})
"""Reasons for which an item that may have arrived is never sent again by itself."""

NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.DRAFT, Step.QUEUE): State.QUEUED,
    (State.DRAFT, Step.BY_HAND): State.SENT,
    (State.QUEUED, Step.RECALL): State.DRAFT,
    (State.QUEUED, Step.BEGIN): State.SENDING,
    (State.QUEUED, Step.REFUSE): State.REFUSED,
    (State.QUEUED, Step.EXPIRE): State.EXPIRED,
    (State.QUEUED, Step.PAUSE): State.PAUSED,
    (State.QUEUED, Step.BY_HAND): State.SENT,
    (State.SENDING, Step.ARRIVED): State.SENT,
    (State.SENDING, Step.NOT_SENT): State.QUEUED,
    (State.SENDING, Step.LOST): State.UNKNOWN,
    (State.SENDING, Step.REFUSE): State.REFUSED,
    (State.SENDING, Step.PAUSE): State.PAUSED,
    # What is unknown is never queued by itself: only a person sends again what may be there already.
    (State.UNKNOWN, Step.BEGIN): State.SENDING,
    (State.UNKNOWN, Step.ARRIVED): State.SENT,
    (State.UNKNOWN, Step.MISSED): State.UNKNOWN,
    (State.UNKNOWN, Step.SEND_AGAIN): State.QUEUED,
    (State.UNKNOWN, Step.BY_HAND): State.SENT,
    (State.UNKNOWN, Step.PAUSE): State.PAUSED,
    (State.REFUSED, Step.QUEUE): State.QUEUED,
    (State.REFUSED, Step.RECALL): State.DRAFT,
    (State.REFUSED, Step.BY_HAND): State.SENT,
    (State.EXPIRED, Step.QUEUE): State.QUEUED,
    (State.EXPIRED, Step.RECALL): State.DRAFT,
    (State.EXPIRED, Step.BY_HAND): State.SENT,
    # Another copy of this profile may have sent it meanwhile, so it is looked for before anything is sent.
    (State.PAUSED, Step.RESUME): State.UNKNOWN,
    (State.PAUSED, Step.ARRIVED): State.SENT,
    (State.PAUSED, Step.RECALL): State.DRAFT,
    (State.PAUSED, Step.BY_HAND): State.SENT,
}

SETTLED: Final = frozenset({State.SENT, State.REFUSED, State.EXPIRED, State.DRAFT})
"""An item in one of these holds up no later item of its thread."""


def allows(state: State, step: Step) -> bool:
    """Whether the step may be taken from there."""
    return (state, step) in NEXT


def after(state: State, step: Step) -> State:
    """The state that follows; BadInputError where the step may not be taken from there."""
    found = NEXT.get((state, step))
    if found is None:
        message = _WHY_NOT.get(state, "This cannot be done with it now.")
        raise BadInputError(message, state=state.value, step=step.value)
    return found


_WHY_NOT: Final = {
    State.SENDING: "It is on its way and cannot be changed any more.",
    State.SENT: "It was sent already.",
    State.UNKNOWN: "It may have arrived. Look for it on the platform, then send it again or mark it as sent.",
    State.PAUSED: "It is paused. Review it and resume the outbox first.",
    State.DRAFT: "It is a draft and was not queued yet.",
    State.QUEUED: "It is queued already.",
}


def delay(attempts: int, *, jitter: float, asked: float | None = None) -> timedelta:
    """How long to leave an item alone after its `attempts`-th try that did not leave; `jitter` is 0 to 1.

    Doubles from 30 s to an hour, times 0.5 to 1.5. A platform that asked for `asked` seconds gets those in full, and up
    to a tenth more, so that not everybody comes back at once.
    """
    if asked is not None:
        return timedelta(seconds=asked * (1 + jitter / 10))
    doubled = FIRST_DELAY.total_seconds() * 2.0 ** max(0, min(attempts - 1, 10))
    return min(LONGEST_DELAY, timedelta(seconds=doubled)) * (0.5 + jitter)
