"""Which numbers of people stay here: small ones, small rests, small steps, and what sums would give away."""

import random
from itertools import pairwise

from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.ui.pages.growth_withheld import few, few_more, few_of, few_steps, hidden_cohorts, is_few


def test_one_to_four_people_are_few_and_none_is_no_secret():
    assert [is_few(people) for people in (None, 0, 1, 4, 5)] == [False, False, True, True, False]
    assert few((3, 0, None, 7)) == {0}
    assert few_of((3, 9, None, 9), (9, 12, 9, None)) == {0, 1}


def test_a_growing_sum_is_told_again_once_five_more_are_in_it():
    assert few_more((0, 3, 5, 8, 11, None, 11)) == {1, 3}


def test_a_step_that_few_left_out_is_withheld():
    assert few_steps((30, 20, 18, 12, 0)) == {2}
    assert few_steps((30, 3, 3, 0, 0)) == {1, 2}
    assert few_steps((4, 0, 0, 0, 0)) == {0}


def told(cohorts, hidden, gone):
    """Sums that can be worked out by one subtraction in a row or a column."""
    for row, levels in enumerate(cohorts):
        shown = [people for level, people in enumerate(levels) if (row, level) not in hidden]
        yield from shown
        yield from (before - after for before, after in pairwise(shown))
    for level, column in enumerate(zip(*cohorts, strict=True)):
        if level not in gone:
            yield sum(people for row, people in enumerate(column) if (row, level) in hidden)


def test_nothing_small_can_be_worked_out_from_two_hundred_random_funnels():
    chance = random.Random(7)
    for _ in range(200):
        cohorts = []
        for _row in range(chance.randint(1, 12)):
            levels = [chance.randint(0, 30)]
            for _level in range(4):
                levels.append(chance.randint(0, levels[-1]))
            cohorts.append(tuple(levels))
        hidden, gone = hidden_cohorts(cohorts)
        for people in told(cohorts, hidden, gone):
            assert people == 0 or people >= MINIMUM_PEOPLE, (cohorts, hidden, gone)


def test_without_cohorts_nothing_is_hidden():
    assert hidden_cohorts([]) == (frozenset(), frozenset())
