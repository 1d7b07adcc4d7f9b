"""Progress of a piece of work in words, and its stop button."""

from workbench.cancel import CancelToken
from workbench.progress import Progress
from workbench.ui.context import Context
from workbench.ui.jobs import Job, JobState
from workbench.ui.source_work import Work, WorkKind
from workbench.ui.theme import Theme
from workbench.ui.widgets.work_progress import WorkProgress, progress_words


def a_work(context: Context, *, done: int, fraction: float, seconds: float) -> Work:
    job = Job(context, "import", lambda: None, lambda _: None, None, None, None, "Importing", "sync", CancelToken())
    job.state, job.started_at = JobState.RUNNING, context.jobs.seconds() - seconds
    job.progress = Progress(done, "messages", fraction=fraction, note="2024-January.txt")
    return Work(WorkKind.IMPORT, "Pumps", job)


def test_count_rate_and_time_left_are_said(context: Context):
    words = progress_words(a_work(context, done=12_000, fraction=0.25, seconds=10.0), context.jobs)
    assert words.startswith("12,000 messages · 1,2")
    assert words.endswith("about 30 s left")


def test_short_work_does_not_say_how_long_it_takes(context: Context):
    words = progress_words(a_work(context, done=50, fraction=0.5, seconds=2.0), context.jobs)
    assert "left" not in words


def test_stopping_is_said_and_can_be_asked_for_once(qtbot, theme: Theme, context: Context):
    work = a_work(context, done=50, fraction=0.5, seconds=2.0)
    shown = WorkProgress(theme, context.sources)
    qtbot.addWidget(shown)
    shown.follow(work)
    shown._stop.click()
    assert work.is_stopping
    assert not shown._stop.isEnabled()
    assert progress_words(work, context.jobs) == "Stopping. What was stored stays."
    work.is_running = False
    shown.follow(work)
    assert shown.isHidden()
