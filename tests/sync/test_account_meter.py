"""AccountMeter: bytes are counted by account and UTC day, and limits hold over processes."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import Mirrored, a_mirror
from workbench.clock import FixedClock
from workbench.errors import BudgetSpentError
from workbench.models.day_cap import DayCap
from workbench.sync.account_meter import KEEP_EVERY, AccountMeter


def a_meter(mirrored: Mirrored, clock: FixedClock, **limits) -> AccountMeter:
    return AccountMeter(mirrored.database, clock, account_id=mirrored.account_id, **limits)


def kept(mirrored: Mirrored) -> list[tuple[int, ...]]:
    return mirrored.rows("SELECT requests, bytes_in, bytes_out FROM trafficday ORDER BY day")


def test_what_came_together_is_written_every_few_seconds_and_at_the_end(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock)
    meter.note(1, 100, 10)
    assert kept(mirrored) == []
    clock.advance(timedelta(seconds=KEEP_EVERY))
    meter.note(1, 200, 20)
    assert kept(mirrored) == [(2, 300, 30)]
    meter.note(1, 400, 40)
    meter.keep()
    meter.keep()
    assert kept(mirrored) == [(3, 700, 70)]
    assert meter.spent == 770


def test_each_utc_day_is_counted_by_itself(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock(datetime(2024, 6, 15, 23, 59, 59, tzinfo=UTC))
    meter = a_meter(mirrored, clock, cap=DayCap(150))
    meter.note(1, 100, 60)
    with pytest.raises(BudgetSpentError):
        meter.allows()
    clock.advance(timedelta(seconds=2))
    meter.allows()
    meter.note(1, 7, 0)
    meter.keep()
    assert kept(mirrored) == [(1, 100, 60), (1, 7, 0)]


def test_the_request_that_crosses_the_daily_limit_is_the_last_one(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock, cap=DayCap(1_000))
    meter.allows()
    meter.note(1, 990, 9)
    meter.allows()
    meter.note(1, 5_000, 0)
    with pytest.raises(BudgetSpentError) as caught:
        meter.allows()
    assert caught.value.details == {"of": "day", "spent": 5_999, "limit": 1_000}
    meter.keep()
    with pytest.raises(BudgetSpentError):
        a_meter(mirrored, clock, cap=DayCap(1_000)).allows()
    a_meter(mirrored, clock, cap=DayCap(20_000)).allows()


def test_what_another_process_spends_counts_as_soon_as_it_is_kept(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    one, other = (a_meter(mirrored, clock, cap=DayCap(1_000)) for _ in range(2))
    one.note(1, 900, 0)
    one.keep()
    other.note(1, 100, 0)
    other.keep()
    with pytest.raises(BudgetSpentError):
        other.allows()
    assert kept(mirrored) == [(2, 1_000, 0)]


def test_a_run_has_a_limit_of_its_own(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    first = a_meter(mirrored, clock, run_limit=500)
    first.note(1, 500, 0)
    with pytest.raises(BudgetSpentError, match="this run"):
        first.allows()
    first.keep()
    a_meter(mirrored, clock, run_limit=500).allows()


def test_several_threads_lose_no_byte(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock)

    def work() -> None:
        for _ in range(200):
            meter.note(1, 3, 2)
            meter.allows()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    meter.keep()
    assert kept(mirrored) == [(800, 2_400, 1_600)]


def test_what_could_not_be_written_is_written_later(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock)
    meter.note(1, 100, 10)
    mirrored.database.writable = False
    with pytest.raises(Exception, match="reading only"):
        meter.keep()
    mirrored.database.writable = True
    meter.keep()
    assert kept(mirrored) == [(1, 100, 10)]


def test_what_a_request_cost_is_written_though_no_other_follows(tmp_path):
    mirrored = a_mirror(tmp_path)
    meter = a_meter(mirrored, a_clock())
    looks = threading.Event()
    with meter.kept(every=0.01):
        meter.note(1, 100, 10)
        while kept(mirrored) != [(1, 100, 10)]:
            looks.wait(0.01)
        mirrored.database.writable = False
        meter.note(1, 200, 20)
        looks.wait(0.05)
        mirrored.database.writable = True
    assert kept(mirrored) == [(2, 300, 30)]


def test_once_something_was_kept_no_request_begins_that_would_cross_the_limit(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock, cap=DayCap(60))
    for _ in range(4):
        meter.allows()
        meter.note(1, 13, 0)
    meter.allows()  # nothing was kept yet
    meter.has_brought()
    with pytest.raises(BudgetSpentError) as caught:
        meter.allows()
    assert caught.value.details == {"of": "day", "spent": 52, "limit": 60}
    clock.advance(timedelta(days=1))
    meter.allows()


def test_requests_at_the_same_time_count_as_what_they_will_cost(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock, cap=DayCap(50))
    meter.allows()
    meter.note(1, 20, 0)
    thread = threading.Thread(target=meter.allows)
    thread.start()
    thread.join()
    with pytest.raises(BudgetSpentError):
        meter.allows()


def test_a_limit_that_was_raised_for_today_is_the_usual_one_tomorrow(tmp_path):
    mirrored, clock = a_mirror(tmp_path), a_clock()
    meter = a_meter(mirrored, clock, cap=DayCap(100, clock.now().date(), 1_000))
    meter.allows()
    meter.note(1, 400, 0)
    meter.allows()
    clock.advance(timedelta(days=1))
    meter.note(1, 100, 0)
    with pytest.raises(BudgetSpentError) as told:
        meter.allows()
    assert told.value.details["limit"] == 100
