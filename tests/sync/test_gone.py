"""Removals: a few may go, a large part may not, unless somebody said that it is so."""

import pytest

from workbench.sync.connector import CensusOf
from workbench.sync.gone import Removals

MESSAGES, MEMBERS = CensusOf.MESSAGES, CensusOf.MEMBERS


@pytest.mark.parametrize(
    ("count", "alive", "may"),
    [(20, 20, True), (21, 21, False), (21, 105, False), (21, 106, True), (0, 0, True), (500, 2_501, True)],
)
def test_a_fifth_and_more_than_twenty_is_too_much(count: int, alive: int, may: bool):
    removals = Removals()
    assert removals.may_remove(MESSAGES, count, lambda: alive) is may
    assert removals.refused == ({} if may else {MESSAGES: (count, alive)})


def test_small_steps_add_up_against_what_there_was_in_the_beginning():
    removals = Removals()
    alive = [100]
    for _ in range(10):
        if removals.may_remove(MESSAGES, 7, lambda: alive[0]):
            alive[0] -= 7
    assert alive == [86]
    assert removals.refused == {MESSAGES: (56, 100)}


def test_each_kind_is_counted_by_itself():
    removals = Removals()
    assert not removals.may_remove(MEMBERS, 30, lambda: 40)
    assert removals.may_remove(MESSAGES, 20, lambda: 40)


def test_a_persons_word_lets_everything_go():
    removals = Removals(trusts_gone=True)
    assert removals.may_remove(MESSAGES, 1_000, lambda: 1_000)
    assert removals.refused == {}


def test_a_question_is_settled_when_all_of_its_kind_was_compared_and_little_was_gone():
    removals = Removals()
    removals.went_through(MESSAGES)
    removals.went_through(MEMBERS)
    removals.may_remove(MEMBERS, 30, lambda: 40)
    assert removals.settled == {MESSAGES}
