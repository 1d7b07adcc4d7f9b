"""Progress in words: the stage, what came, of how many where that was told, time left where it was measured, waits."""

from datetime import UTC, datetime
from typing import Final

from workbench.progress import Progress, Wait
from workbench.ui import numbers
from workbench.ui.jobs import Job, JobState

QUIET_SECONDS: Final = 5.0
"""After so long without a word from it, it is said that the platform's answer is awaited."""
STOPPING: Final = "Stopping. What was stored stays."
_RATE_FROM_SECONDS: Final = 1.0
_LEFT_FROM_SECONDS: Final = 10.0
_MINUTE: Final = 60.0


def job_words(job: Job, *, seconds: float, now: datetime) -> str:
    """How far a job has come: `History · 1,204 of 4,000 messages · 34 kB · about 4 min left for this part`.

    `seconds` is the clock its times were read from, `now` that on the wall.
    """
    if job.cancel.is_cancelled:
        return STOPPING
    progress = job.progress
    if progress is None:
        return "Starting…"
    waits = wait_words(progress, now=now)
    running = 0.0 if job.state is JobState.WAITING else max(0.0, seconds - job.started_at)
    parts = [progress.stage] if progress.stage else []
    parts += [_counted(progress)] if progress.unit else []
    if not progress.stage and running > _RATE_FROM_SECONDS and progress.unit == "messages":
        parts.append(f"{numbers.count(progress.done / running)} a second")
    parts += [numbers.size(progress.size)] if progress.size else []
    if waits:
        return " · ".join([waits, *parts])
    if progress.stage and seconds - max(job.reported_at, job.started_at) >= QUIET_SECONDS:
        return " · ".join([*parts, "waiting for the platform’s answer"])
    left = job.seconds_left(seconds)
    if left is not None and running + left > _LEFT_FROM_SECONDS:
        parts.append(f"{numbers.length(left)} left{' for this part' if progress.stage else ''}")
    return " · ".join(parts)


def waits_until(progress: Progress | None, *, now: datetime) -> datetime | None:
    """When a sync that waits goes on; None while it does not wait."""
    if progress is None or progress.waits_until is None or progress.waits_until <= now.timestamp():
        return None
    return datetime.fromtimestamp(progress.waits_until, UTC)


def wait_words(progress: Progress | None, *, now: datetime) -> str:
    """What a sync waits for, and how long; empty while it does not wait."""
    until = waits_until(progress, now=now)
    if progress is None or until is None:
        return ""
    left = (until - now).total_seconds()
    at = f"until {numbers.clock_time(until)}" if left >= _MINUTE else f"for {numbers.count(max(1, round(left)))} s more"
    words = {
        Wait.ASKED: f"Waiting for the platform {at} (it asked us to)",
        Wait.PACE: f"Waiting {at}: the platform takes only so many requests a minute",
        Wait.LINE: f"The line broke. Waiting {at}, then it is tried again",
    }
    return words[progress.wait or Wait.ASKED]


def _counted(progress: Progress) -> str:
    total = f" of {numbers.count(progress.total)}" if progress.total is not None else ""
    return f"{numbers.count(progress.done)}{total} {progress.unit}"
