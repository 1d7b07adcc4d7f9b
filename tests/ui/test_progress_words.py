"""Progress in words: what is not known is not said, and a wait says until when and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from workbench.progress import Progress, Wait
from workbench.ui.jobs import Job, JobState
from workbench.ui.progress_words import job_words, wait_words

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC)
HISTORY = Progress(1_204, "messages", 4_000, stage="History", account="Forum", size=34_000, seconds_left=240.0)


def said(progress: Progress | None, *, quiet: float = 0.0) -> str:
    job = Job(QObject(), "sync", lambda: None, lambda _: None, None, None, None, "Syncing", "sync")
    job.state, job.started_at, job.progress, job.reported_at = JobState.RUNNING, 10.0, progress, 100.0 - quiet
    return job_words(job, seconds=100.0, now=NOON)


def later(seconds: float) -> float:
    return (NOON + timedelta(seconds=seconds)).timestamp()


@pytest.mark.parametrize(
    ("progress", "quiet", "words"),
    [
        (None, 0, "Starting…"),
        (Progress(0, "", stage="Asking what is new"), 0, "Asking what is new"),
        (Progress(0, "", stage="Asking what is new"), 8, "Asking what is new · waiting for the platform’s answer"),
        (HISTORY, 0, "History · 1,204 of 4,000 messages · 34 kB · about 4 min left for this part"),
        (replace(HISTORY, total=None, seconds_left=None), 0, "History · 1,204 messages · 34 kB"),
        (replace(HISTORY, waits_until=later(40), wait=Wait.LINE), 9,
         "The line broke. Waiting for 40 s more, then it is tried again · History · 1,204 of 4,000 messages · 34 kB"),
        (Progress(0, "", waits_until=later(40), wait=Wait.PACE), 9,
         "Waiting for 40 s more: the platform takes only so many requests a minute"),
    ],
)  # fmt: skip
def test_each_report_has_its_words(qapp, progress: Progress | None, quiet: float, words: str):
    assert said(progress, quiet=quiet) == words


def test_a_platform_that_asked_to_wait_is_named_with_the_hour_until_it_is_over(qapp):
    waiting = replace(HISTORY, waits_until=later(1_920), wait=Wait.ASKED)
    found = wait_words(waiting, now=NOON)
    assert found.startswith("Waiting for the platform until ")
    assert found.endswith("(it asked us to)")
    assert ":32" in found
    assert wait_words(waiting, now=NOON + timedelta(hours=1)) == ""
