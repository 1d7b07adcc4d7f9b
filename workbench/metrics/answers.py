"""Who gets an answer, and how soon: reply rate, response rate, hours to the first reply, unanswered questions."""

from bisect import bisect_left
from datetime import datetime, timedelta

from workbench.metrics.value import Unit, Value, percentile, share
from workbench.metrics.window import Window
from workbench.models.moments import to_micros
from workbench.queries.frames import MeasureFrame, ThreadFact

UNANSWERED_AFTER = timedelta(hours=48)
_HOUR_MICROSECONDS = 3_600_000_000
_MICROSECOND = timedelta(microseconds=1)


def reply_rate(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Threads begun in the window that had a reply by someone else until `as_of`, out of all begun in it."""
    threads, seen = threads_of(frame, window), to_micros(as_of)
    return share(sum(_came(thread.first_reply_us, seen) for thread in threads), len(threads))


def response_rate(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """As the reply rate, but a reaction to the first message by someone else counts too."""
    threads, seen = threads_of(frame, window), to_micros(as_of)
    return share(sum(_came(thread.first_response_us, seen) for thread in threads), len(threads))


def first_reply_hours(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Median hours from a thread's beginning to its first reply by someone else; "no data" where none came.

    Numerator and denominator are the threads with a reply and all threads; `detail` adds the 90th percentile and the
    share without a reply.
    """
    threads, seen = threads_of(frame, window), to_micros(as_of)
    hours = sorted(
        (thread.first_reply_us - thread.started_us) / _HOUR_MICROSECONDS
        for thread in threads
        if thread.first_reply_us is not None and thread.first_reply_us <= seen
    )
    silent = (len(threads) - len(hours)) / len(threads) if threads else None
    detail = {"p90_hours": percentile(hours, 0.9), "share_without_reply": silent}
    return Value(percentile(hours, 0.5), Unit.HOURS, len(hours), len(threads), detail=detail)


def unanswered(frame: MeasureFrame, window: Window, *, as_of: datetime, after: timedelta = UNANSWERED_AFTER) -> Value:
    """Questions that began a thread in the window, had no reply until `as_of` and were older than `after` by then.

    The denominator is all such questions of the window; `detail["thread_ids"]` names the open ones, oldest first.
    """
    seen, patience = to_micros(as_of), after // _MICROSECOND
    questions = [thread for thread in threads_of(frame, window) if thread.is_question]
    waiting = [
        thread.id
        for thread in questions
        if not _came(thread.first_reply_us, seen) and seen - thread.started_us > patience
    ]
    return Value(len(waiting), Unit.THREADS, len(waiting), len(questions), detail={"thread_ids": tuple(waiting)})


def threads_of(frame: MeasureFrame, window: Window) -> tuple[ThreadFact, ...]:
    """The threads of the frame that began in the window."""
    first = bisect_left(frame.threads, window.start_us, key=_started)
    return frame.threads[first : bisect_left(frame.threads, window.end_us, lo=first, key=_started)]


def _started(thread: ThreadFact) -> int:
    return thread.started_us


def _came(moment: int | None, seen: int) -> bool:
    """Whether it had happened by `seen`; what happens at that very moment counts."""
    return moment is not None and moment <= seen
