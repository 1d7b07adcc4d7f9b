"""RunWatch: a run says whose it is, what it costs and until when it waits."""

from datetime import timedelta

from tests.builders import NOW, a_clock
from workbench.operations.run_watch import RunWatch
from workbench.operations.worker import packed_progress, unpacked_progress
from workbench.progress import Progress, Wait


def test_reports_carry_account_stage_and_cost_and_a_wait_until_it_is_over():
    clock, seen = a_clock(), list[Progress]()
    watch = RunWatch(seen.append, account="Forum", clock=clock)
    watch.turn("Asking what is new")
    watch.waits(1.0, Wait.PACE)  # not worth a word
    watch.waits(90.0, Wait.ASKED)
    until = (NOW + timedelta(seconds=90)).timestamp()
    assert (seen[-1].waits_until, seen[-1].wait, seen[-1].stage) == (until, Wait.ASKED, "Asking what is new")
    watch.cost(700)
    clock.advance(timedelta(seconds=95))
    watch.cost(900)
    assert (seen[-1].waits_until, seen[-1].size) == (None, 900)
    watch.told(Progress(5, "messages", 60, stage="History", read=7))
    assert seen[-1] == Progress(5, "messages", 60, stage="History", account="Forum", read=7, size=900)
    assert len(seen) == 4


def test_what_comes_while_other_requests_wait_leaves_the_next_to_go_on_in_sight():
    clock, seen = a_clock(), list[Progress]()
    watch = RunWatch(seen.append, account="Forum", clock=clock)
    for seconds in (40.0, 3.0):
        watch.waits(seconds, Wait.PACE)
    ends = [(NOW + timedelta(seconds=seconds)).timestamp() for seconds in (3.0, 40.0)]
    watch.told(Progress(5, "messages"))
    assert (seen[-1].waits_until, seen[-1].wait) == (ends[0], Wait.PACE)
    clock.advance(timedelta(seconds=4))
    watch.told(Progress(9, "messages"))
    assert (seen[-1].waits_until, seen[-1].done) == (ends[1], 9)
    # The answer to a request begun ahead tells nothing of its own; the others wait on.
    watch.waits(2.0, Wait.PACE)
    clock.advance(timedelta(seconds=1.5))
    watch.cost(500)
    clock.advance(timedelta(seconds=0.6))
    watch.cost(1_000)
    assert (seen[-1].waits_until, seen[-1].size) == (ends[1], 1_000)


def test_a_wait_travels_to_the_window():
    progress = Progress(1, "messages", waits_until=5.0, wait=Wait.LINE)
    (packed,) = packed_progress(progress).values()
    assert unpacked_progress(packed) == progress
    assert isinstance(unpacked_progress([*packed]).wait, Wait)
