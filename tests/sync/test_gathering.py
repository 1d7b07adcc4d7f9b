"""Gathering: what comes quickly is stored together, and nothing waits that might be lost, doubted or awaited."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import a_message
from workbench.cancel import CancelToken
from workbench.errors import LineError
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.gathering import MOST_RECORDS, QUICK_IN_A_ROW, gathered
from workbench.sync.records import GoneRecord, Rejected, Reread

FIRST = QUICK_IN_A_ROW - 1
"""So many batches are given by themselves before quick ones are believed in."""


def batches(count: int, size: int = 1) -> list[Batch]:
    return [
        Batch(tuple(a_message(f"m{number}-{place}") for place in range(size)), Cursor(str(number)), requests=1)
        for number in range(count)
    ]


def sizes(
    pull: Sequence[Batch], *, each: float = 0.0, stage: Stage = Stage.EXTRAS, cancel: CancelToken | None = None
) -> list[int]:
    """Requests behind each batch that is given, when every answer takes so many seconds."""
    clock = a_clock()

    def slowly() -> Iterator[Batch]:
        for batch in pull:
            clock.advance(timedelta(seconds=each))
            yield batch

    given = gathered(slowly(), stage=stage, seconds=clock.monotonic, cancel=cancel or CancelToken())
    return [batch.requests for batch in given]


def test_what_comes_slowly_is_given_one_by_one():
    assert sizes(batches(6), each=0.1) == [1] * 6
    assert sizes([]) == []


def test_what_comes_quickly_comes_together_once_that_is_sure():
    assert sizes(batches(FIRST)) == [1] * FIRST
    assert sizes(batches(FIRST + 7)) == [1] * FIRST + [7]


def test_nothing_waits_longer_than_a_quarter_of_a_second():
    assert max(sizes(batches(40), each=0.04)) == 8


def test_a_slow_answer_ends_the_waiting_and_quick_ones_have_to_come_again_first():
    clock = a_clock()

    def pull() -> Iterator[Batch]:
        for number, batch in enumerate(batches(2 * FIRST + 8)):
            clock.advance(timedelta(seconds=5 if number == FIRST + 3 else 0))
            yield batch

    given = gathered(pull(), stage=Stage.EXTRAS, seconds=clock.monotonic, cancel=CancelToken())
    assert [batch.requests for batch in given] == [1] * FIRST + [4] + [1] * FIRST + [4]


def test_no_more_come_together_than_one_transaction_should_hold():
    half = MOST_RECORDS // 2
    assert sizes(batches(FIRST + 5, size=half)) == [1] * FIRST + [2, 2, 1]
    assert sizes(batches(FIRST + 3, size=half + 1)) == [1] * (FIRST + 3)
    assert sizes(batches(FIRST + 2, size=MOST_RECORDS * 2)) == [1] * (FIRST + 2)


def test_a_batch_of_several_is_what_they_were_one_after_the_other():
    day = a_message("x").sent_at.date()
    rejected = Rejected("page", 4, "no_date", "no date")
    first = Batch((a_message("a"),), None, (rejected,), progress=Progress(1, "messages"), bytes_in=3, bytes_out=1)
    second = Batch((a_message("b"),), Cursor("2"), covered=(DayRange(day, day),), bytes_in=4, requests=1, note="page 2")
    pull = iter([*batches(FIRST), first, second])
    *_, joined = gathered(pull, stage=Stage.EXTRAS, seconds=a_clock().monotonic, cancel=CancelToken())
    assert joined == Batch(
        (a_message("a"), a_message("b")),
        Cursor("2"),
        (rejected,),
        (DayRange(day, day),),
        Progress(1, "messages"),
        bytes_in=7,
        bytes_out=1,
        requests=1,
        note="page 2",
    )


def test_a_cursor_promises_no_more_than_it_did():
    promise, nothing = Batch((a_message("a"),), Cursor("1"), requests=1), Batch((a_message("b"),), requests=1)
    assert sizes([*batches(FIRST), nothing, nothing, promise, promise]) == [1] * FIRST + [4]
    assert sizes([*batches(FIRST), promise, nothing, nothing]) == [1] * FIRST + [1, 2]


@pytest.mark.parametrize(
    "alone",
    [
        Batch((GoneRecord("m1", "water"),), Cursor("1"), requests=1),
        Batch((), Cursor("1"), requests=1, censuses=(Census(CensusOf.MESSAGES, frozenset()),)),
        Batch((), Cursor("1"), requests=1, reread=(Reread("page"),)),
    ],
)
def test_what_takes_something_away_is_taken_by_itself(alone: Batch):
    assert sizes([*batches(FIRST + 2), alone, *batches(2)]) == [1] * FIRST + [2, 1, 2]


def test_what_came_before_an_error_is_given_before_the_error():
    def pull() -> Iterator[Batch]:
        yield from batches(FIRST + 2)
        raise LineError

    given = gathered(pull(), stage=Stage.EXTRAS, seconds=a_clock().monotonic, cancel=CancelToken())
    assert [next(given).requests for _ in range(FIRST + 1)] == [1] * FIRST + [2]
    with pytest.raises(LineError):
        next(given)


def test_nothing_waits_once_a_stop_was_asked_for():
    cancel = CancelToken()
    cancel.cancel()
    assert sizes(batches(8), cancel=cancel) == [1] * 8


def test_a_pull_stands_behind_the_batch_that_goes_beyond_the_stage():
    *before, last, behind = batches(FIRST + 4)
    pull = iter([*before, Batch(last.records, last.cursor, requests=1, then=Stage.HISTORY), behind])
    given = gathered(pull, stage=Stage.NEWS, seconds=a_clock().monotonic, cancel=CancelToken())
    taken = [next(given) for _ in range(FIRST + 1)]
    assert (taken[-1].requests, taken[-1].then) == (3, Stage.HISTORY)
    assert next(pull) == behind
