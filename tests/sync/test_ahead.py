"""Ahead: a few jobs at once, errors kept for whoever takes them, and nothing left behind after a stop."""

import threading
from concurrent.futures import wait

import pytest

from workbench.errors import LineError
from workbench.sync.ahead import IN_FLIGHT, KEPT, Ahead


def test_a_job_is_taken_once_by_its_key():
    ahead: Ahead[int] = Ahead()
    ahead.start("a", lambda stop: 7)
    job = ahead.take("a")
    assert job is not None
    assert job.result(10) == 7
    assert ahead.take("a") is None
    ahead.cancel(lambda: None)


def test_a_key_that_is_under_way_is_not_begun_again():
    ahead: Ahead[int] = Ahead()
    for number in (1, 2):
        ahead.start("a", lambda stop, number=number: number)
    job = ahead.take("a")
    assert job is not None
    assert job.result(10) == 1
    ahead.cancel(lambda: None)


def test_an_error_waits_for_who_takes_the_job():
    def fail(stop: threading.Event) -> int:
        raise LineError

    ahead: Ahead[int] = Ahead()
    ahead.start("a", fail)
    job = ahead.take("a")
    assert job is not None
    with pytest.raises(LineError):
        job.result(10)
    ahead.cancel(lambda: None)


def test_jobs_beyond_those_that_run_wait_for_their_turn_and_more_are_not_taken():
    released, order = threading.Event(), []
    ahead: Ahead[bool] = Ahead()

    def wait_for(key: int) -> bool:
        order.append(key)
        return released.wait(10)

    for key in range(KEPT + 1):
        ahead.start(key, lambda stop, key=key: wait_for(key))
    assert ahead.take(KEPT) is None
    assert len(order) <= IN_FLIGHT
    released.set()
    jobs = [ahead.take(key) for key in range(KEPT)]
    assert [job.result(10) for job in jobs if job is not None] == [True] * KEPT
    assert sorted(order) == list(range(KEPT))
    ahead.cancel(lambda: None)


def test_results_nobody_takes_give_way_to_newer_ones():
    ahead: Ahead[int] = Ahead()
    for key in range(KEPT + 1):
        ahead.start(key, lambda stop, key=key: key)
        wait(ahead._jobs.values(), timeout=10)
    assert ahead.take(0) is None
    jobs = [ahead.take(key) for key in range(1, KEPT + 1)]
    assert [job.result(10) for job in jobs if job is not None] == list(range(1, KEPT + 1))
    ahead.cancel(lambda: None)


def test_several_jobs_run_at_once():
    together = threading.Barrier(IN_FLIGHT)
    ahead: Ahead[int] = Ahead()
    for key in range(IN_FLIGHT):
        ahead.start(key, lambda stop: together.wait(10))
    jobs = [ahead.take(key) for key in range(IN_FLIGHT)]
    assert sorted(job.result(10) for job in jobs if job is not None) == list(range(IN_FLIGHT))
    ahead.cancel(lambda: None)


def test_a_stop_ends_the_running_jobs_and_forgets_them():
    entered, released, seen = threading.Semaphore(0), threading.Event(), []

    def hang(stop: threading.Event) -> None:
        entered.release()
        released.wait(10)
        seen.append(stop.is_set())

    ahead: Ahead[None] = Ahead()
    ahead.start("a", hang)
    ahead.start("b", hang)
    assert entered.acquire(timeout=10)
    assert entered.acquire(timeout=10)
    ahead.cancel(released.set)
    assert ahead.take("a") is ahead.take("b") is None
    assert seen == [True, True]


def test_after_a_stop_a_new_job_may_begin():
    ahead: Ahead[bool] = Ahead()
    ahead.cancel(lambda: None)
    ahead.start("a", lambda stop: stop.is_set())
    job = ahead.take("a")
    assert job is not None
    assert job.result(10) is False
    ahead.cancel(lambda: None)
