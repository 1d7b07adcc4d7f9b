"""Work runs off the main thread; answers arrive on it, are dropped when nobody waits, and can be stopped."""

import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject

from tests.builders import a_clock
from workbench.cancel import CancelToken
from workbench.progress import Progress, Report
from workbench.ui.jobs import Job, JobRunner, JobState


def test_answer_arrives_on_the_main_thread(qtbot, jobs: JobRunner):
    owner, found = QObject(), []
    jobs.run(owner, "x", threading.get_ident, lambda answer: found.append((answer, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(found))
    worker, main = found[0]
    assert main == threading.get_ident() != worker


def test_nothing_that_a_job_names_is_destroyed_in_its_thread(qtbot, jobs: JobRunner):
    places: list[int] = []

    def asks() -> None:
        owner = QObject()
        owner.destroyed.connect(lambda: places.append(threading.get_ident()))
        jobs.run(owner, "x", lambda: None, lambda _: None)
        qtbot.waitUntil(lambda: not jobs.running())

    asks()
    jobs.run(jobs, "x", lambda: None, lambda _: None)
    asks()
    assert jobs.close()
    assert places == [threading.get_ident()] * 2


def test_answer_for_an_owner_that_is_gone_is_dropped(qtbot, jobs: JobRunner):
    owner, go, found = QObject(), threading.Event(), []
    job = jobs.run(owner, "x", go.wait, found.append)
    shiboken6.delete(owner)
    with qtbot.waitSignal(jobs.job_ended):
        go.set()
    assert job.state is JobState.DONE
    assert found == []


def test_only_the_newest_job_of_a_key_answers(qtbot, jobs: JobRunner):
    owner, begun, go, found = QObject(), threading.Event(), threading.Event(), []

    def slow() -> str:
        begun.set()
        go.wait()
        return "old"

    older = jobs.run(owner, "x", slow, found.append)
    begun.wait()
    jobs.run(owner, "x", lambda: "new", found.append)
    jobs.run(owner, "y", lambda: "other", found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    with qtbot.waitSignal(jobs.job_ended):
        go.set()
    assert sorted(found) == ["new", "other"]
    assert older.cancel.is_cancelled


def test_error_travels_to_failed(qtbot, jobs: JobRunner):
    owner, failures = QObject(), []
    jobs.run(owner, "x", lambda: 1 / 0, lambda _: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_error_nobody_takes_reaches_the_exception_hook(qtbot, jobs: JobRunner):
    with qtbot.captureExceptions() as caught:
        with qtbot.waitSignal(jobs.job_ended):
            jobs.run(jobs, "x", lambda: 1 / 0, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_work_that_names_them_is_given_report_and_cancel(qtbot, jobs: JobRunner):
    owner, seen, ended, go = QObject(), [], [], threading.Event()

    def work(*, report: Report, cancel: CancelToken) -> None:
        report(Progress(done=3, unit="messages", fraction=0.5))
        go.wait()
        cancel.check()

    job = jobs.run(owner, "x", work, ended.append, stopped=lambda: ended.append("stopped"), progressed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert job.progress == Progress(done=3, unit="messages", fraction=0.5)
    job.cancel.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["stopped"]
    assert job.state is JobState.CANCELLED


def test_job_cancelled_before_its_turn_never_runs(qtbot, jobs: JobRunner):
    owner, go, ran = QObject(), threading.Event(), []
    jobs.run(owner, "first", go.wait, ran.append, lane="plan")
    waiting = jobs.run(owner, "second", lambda: ran.append("second"), ran.append, lane="plan")
    waiting.cancel.cancel()
    go.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert ran == [True]


def test_plan_lane_is_one_thread(qtbot, jobs: JobRunner):
    owner, threads = QObject(), []
    for number in range(5):
        jobs.run(owner, str(number), threading.get_ident, threads.append, lane="plan")
    qtbot.waitUntil(lambda: len(threads) == 5)
    assert len(set(threads)) == 1


def test_what_is_worked_out_ahead_keeps_nobody_waiting(qtbot, jobs: JobRunner):
    gate, done = threading.Event(), []
    jobs.run(jobs, "ahead", gate.wait, done.append, lane="ahead")
    assert (len(jobs.running()), jobs.is_busy) == (1, False)
    jobs.run(jobs, "quick", lambda: "read", done.append)
    assert jobs.is_busy
    qtbot.waitUntil(lambda: done == ["read"])
    assert not jobs.is_busy
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)


@pytest.mark.parametrize(("fraction", "left"), [(0.25, 30.0), (None, None), (0.0, None)])
def test_time_left_is_said_only_where_it_is_known(qapp, fraction: float | None, left: float | None):
    job = Job(QObject(), "x", list, print, None, None, None, "", "quick")
    job.state, job.started_at = JobState.RUNNING, 100.0
    job.progress = Progress(done=1, unit="messages", fraction=fraction)
    assert job.seconds_left(110.0) == left


def test_reports_are_thinned_to_ten_a_second(qtbot):
    clock = a_clock()
    runner, seen = JobRunner(clock), []

    def work(report: Report) -> None:
        for done in range(100):
            report(Progress(done=done, unit="rows"))

    with qtbot.waitSignal(runner.job_ended):
        runner.run(runner, "x", work, lambda _: None, progressed=seen.append)
    assert len(seen) == 1
    assert runner.close()


def test_what_was_to_be_written_is_written_when_the_window_closes(qapp):
    runner, written = JobRunner(a_clock()), []
    release = threading.Event()
    runner.run(runner, "first", release.wait, lambda _: None, lane="plan")
    runner.run(runner, "draft", partial(written.append, "kept"), lambda _: None, lane="plan")
    release.set()
    assert runner.close()
    assert written == ["kept"]
