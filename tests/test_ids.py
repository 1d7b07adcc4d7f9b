"""Ids: UUIDv7 from a clock."""

import uuid
from datetime import timedelta

from tests.builders import a_clock
from workbench.ids import uuid7


def test_ids_are_of_version_7_and_carry_their_moment():
    clock = a_clock()
    made = uuid.UUID(uuid7(clock))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(clock.now().timestamp() * 1000)


def test_ids_differ_and_sort_by_the_time_they_were_made():
    clock = a_clock()
    assert len({uuid7(clock) for _ in range(1000)}) == 1000
    earlier = uuid7(clock)
    clock.advance(timedelta(milliseconds=1))
    assert earlier < uuid7(clock)
