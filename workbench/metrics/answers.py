"""Who gets an answer, and how soon: reply rate, response rate, hours to the first reply, unanswered questions."""

from bisect import bisect_left
from datetime import datetime, timedelta

from workbench.metrics.settled import NOT_KNOWN_YET, fetched, not_known, settled_in
from workbench.metrics.value import Unit, Value, percentile, share
from workbench.metrics.window import Window
from workbench.models.moments import to_micros
from workbench.queries.frames import MeasureFrame, Question, ThreadSum

_HOUR_MICROSECONDS = 3_600_000_000
_MICROSECOND = timedelta(microseconds=1)


def reply_rate(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Threads begun in the window that had a reply by someone else until `as_of`, out of all begun in it."""
    sums = threads_of(frame, window)
    return share(sum(len(row.delays) for row in sums), sum(row.threads for row in sums))


def response_rate(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """As the reply rate, but a reaction to the first message by someone else counts too."""
    sums = threads_of(frame, window)
    return share(sum(row.responses for row in sums), sum(row.threads for row in sums))


def first_reply_hours(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Median hours from a thread's beginning to its first reply by someone else; "no data" where none came.

    Numerator and denominator are the threads with a reply and all threads; `detail` adds the 90th percentile and the
    share without a reply.
    """
    sums = threads_of(frame, window)
    delays = sorted(delay for row in sums for delay in row.delays)
    threads = sum(row.threads for row in sums)
    silent = (threads - len(delays)) / threads if threads else None
    detail = {"p90_hours": _hours(percentile(delays, 0.9)), "share_without_reply": silent}
    return Value(_hours(percentile(delays, 0.5)), Unit.HOURS, len(delays), threads, detail=detail)


def unanswered(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Questions that began a thread in the window, had no reply until `as_of` and were older than 48 hours by then.

    24 hours where the coordinator chose that. The denominator is all such questions of the window, but for those
    without a reply whose hours are over and not known; `detail["thread_ids"]` names the open ones, oldest first.
    """
    seen, patience = to_micros(as_of), timedelta(hours=frame.patience_hours) // _MICROSECOND
    first = bisect_left(frame.questions, window.start_us, key=_asked)
    questions = frame.questions[first : bisect_left(frame.questions, window.end_us, lo=first, key=_asked)]
    waits = [question for question in questions if not _came(question.first_reply_us, seen)]
    until = to_micros(settled_in(frame, window, as_of))
    here = to_micros(fetched(frame.known, window, as_of=as_of))
    waiting = tuple(question.id for question in waits if until - question.started_us > patience)
    unknown = sum(seen - question.started_us > patience for question in waits) - len(waiting)
    doubts = not_known(unknown, f"the {frame.patience_hours} hours after they were asked")
    doubtful = sum(here - question.started_us <= patience < until - question.started_us for question in waits)
    if doubtful:
        doubts += (f"Of {doubtful:,} of them a reply may have come: {frame.patience_hours} hours are not known.",)
    detail = {"thread_ids": waiting, "doubts": doubts, NOT_KNOWN_YET: unknown}
    whole = len(questions) - unknown
    value = None if unknown and not whole else len(waiting)
    return Value(value, Unit.THREADS, len(waiting), whole, detail=detail)


def time_to_answer(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Median hours from a question to the answer that the platform marks as accepted; "no data" where none is.

    Numerator and denominator are the questions with an accepted answer and all; `detail` adds the 90th percentile.
    """
    seen = to_micros(as_of)
    delays = sorted(
        max(0, each.accepted_us - each.asked_us)  # by the clocks of two senders; nobody answers before the question
        for each in frame.accepted
        if window.start_us <= each.asked_us < window.end_us and each.accepted_us <= seen
    )
    asked = sum(window.start_us <= question.started_us < window.end_us for question in frame.questions)
    detail = {"p90_hours": _hours(percentile(delays, 0.9))}
    return Value(_hours(percentile(delays, 0.5)), Unit.HOURS, len(delays), asked, detail=detail)


def not_by_leader(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Answered questions of the window answered by someone without a leading role, out of all answered ones.

    Whose answer was accepted answered, else whoever replied first. Leading are roles in the community and in plans
    that run in the window; "no data" where nobody is known to lead.
    """
    led_by = {
        each.person
        for each in frame.holdings
        if each.leads and each.first_day < window.until_day and each.until_day > window.first_day
    }
    leading, seen = frame.leaders | led_by, to_micros(as_of)
    answered = [
        each
        for each in frame.ties.answers
        if window.start_us <= each.asked_us < window.end_us and each.answered_us <= seen
    ]
    others = sum(each.answerer not in leading for each in answered)
    if not leading:
        doubts = ("Nobody here is known to lead.",)
        return Value(None, Unit.SHARE, None, len(answered), detail={"doubts": doubts})
    return share(others, len(answered))


def threads_of(frame: MeasureFrame, window: Window) -> tuple[ThreadSum, ...]:
    """The sums of the threads that began in the window."""
    first = bisect_left(frame.threads, window.start_us, key=_began)
    return frame.threads[first : bisect_left(frame.threads, window.end_us, lo=first, key=_began)]


def _began(row: ThreadSum) -> int:
    return row.start_us


def _asked(question: Question) -> int:
    return question.started_us


def _hours(delay: float | None) -> float | None:
    return None if delay is None else delay / _HOUR_MICROSECONDS


def _came(moment: int | None, seen: int) -> bool:
    """Whether it had happened by `seen`; what happens at that very moment counts."""
    return moment is not None and moment <= seen
