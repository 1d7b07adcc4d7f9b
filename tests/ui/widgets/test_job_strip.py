"""Work over one second is seen, can be stopped, and says its time left once it is over ten."""

import threading
from datetime import timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from tests.builders import a_clock
from workbench.cancel import CancelToken
from workbench.progress import Progress, Report
from workbench.ui.jobs import JobRunner
from workbench.ui.theme import Theme
from workbench.ui.widgets.job_strip import JobStrip


def test_job_is_shown_after_a_second_with_progress_and_time_left(qtbot, theme: Theme):
    clock = a_clock()
    runner, owner, go, begun = JobRunner(clock), QObject(), threading.Event(), threading.Event()
    strip = JobStrip(runner, theme)
    qtbot.addWidget(strip)

    def work(report: Report, cancel: CancelToken) -> None:
        clock.advance(timedelta(seconds=10))
        report(Progress(done=250, unit="messages", total=1000, fraction=0.25, note="2024-03"))
        begun.set()
        go.wait()
        cancel.check()

    job = runner.run(owner, "import", work, lambda _: None, title="Importing Water")
    assert not strip.isVisible()
    begun.wait()
    qtbot.waitUntil(lambda: job.progress is not None)
    strip.follow()
    words = " ".join(label.text() for label in strip.findChildren(QLabel))
    assert strip.isVisible()
    assert "Importing Water" in words
    assert "250 of 1,000 messages · 25 a second · about 30 s left · 2024-03" in words
    assert strip.findChildren(QProgressBar)[0].value() == 250
    strip.findChildren(QToolButton)[0].click()
    assert job.cancel.is_cancelled
    go.set()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert runner.close()


def test_work_without_a_title_is_never_shown(qtbot, theme: Theme, jobs: JobRunner):
    strip = JobStrip(jobs, theme)
    qtbot.addWidget(strip)
    with qtbot.waitSignal(jobs.job_ended):
        jobs.run(strip, "read", lambda: 1, lambda _: None)
    strip.follow()
    assert not strip.isVisible()


def test_work_a_page_shows_has_no_second_bar_until_the_page_is_left(qtbot, theme: Theme):
    clock = a_clock()
    runner, owner, go, begun = JobRunner(clock), QObject(), threading.Event(), threading.Event()
    strip, page = JobStrip(runner, theme), QWidget()
    for widget in (strip, page):
        qtbot.addWidget(widget)
    page.resize(100, 100)
    page.show()

    def work() -> None:
        clock.advance(timedelta(seconds=10))
        begun.set()
        go.wait()

    job = runner.run(owner, "sync", work, lambda _: None, title="Syncing")
    job.watchers.add(page)
    begun.wait()
    strip.follow()
    assert not strip.isVisible()
    page.hide()
    strip.follow()
    assert strip.isVisible()
    page.show()
    strip.follow()
    assert not strip.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not runner.running())
    assert runner.close()
