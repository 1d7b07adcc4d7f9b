"""Foresight: it guesses where numbers are dense, asks from the guesses it began, and makes none where they are not."""

import pytest

from workbench.sync.discourse.foresight import DEPTH, SLACK, Foresight


def foresight(*pages: tuple[int, int]) -> Foresight:
    made = Foresight()
    for below, low in pages:
        made.met(below, low)
    return made


def test_each_dense_page_lets_it_look_two_pages_further():
    assert foresight().guesses(1000) == []
    assert foresight((1000, 950)).guesses(950) == [900, 850]
    assert foresight((1000, 950), (950, 897)).guesses(897) == [847, 797, 747, 697]
    assert len(foresight(*((1000 - 50 * page, 950 - 50 * page) for page in range(9))).guesses(550)) == DEPTH
    assert foresight((1000, 950), (950, 900)).guesses(900, pages=1) == [850]
    assert foresight((1000, 950), (950, 900)).guesses(900, pages=0) == []


def test_a_guess_a_little_too_high_is_asked_from_and_the_next_ones_go_on_from_it():
    seen = foresight((1000, 950))
    assert seen.guesses(950) == [900, 850]
    assert seen.start_for(898) == 900
    seen.met(950, 898)
    assert seen.guesses(898) == [850, 800, 750, 700]


def test_after_a_hole_the_guesses_that_were_begun_are_asked_from_all_the_same():
    seen = foresight((1000, 950))
    assert seen.guesses(950) == [900, 850]
    seen.met(950, 870)
    assert seen.start_for(870) == 900
    assert seen.start_for(840) == 850
    assert seen.guesses(870) == []


@pytest.mark.parametrize("low", [900 - SLACK - 1, 901, 720], ids=["a hole", "a window of numbers", "a large hole"])
def test_one_page_that_is_not_dense_ends_the_guessing(low: int):
    assert foresight((1000, 950), (950, low)).guesses(low) == []


def test_a_guess_that_lies_below_what_is_wanted_or_a_page_above_it_is_not_asked_from():
    seen = foresight((1000, 950))
    assert seen.guesses(950) == [900, 850]
    assert seen.start_for(901) == 901
    assert seen.start_for(800) == 800


def test_nothing_is_guessed_below_what_is_wanted():
    assert foresight((200, 150)).guesses(150, above=99) == []
    assert foresight((200, 150)).guesses(150, above=98) == [100]
    assert foresight((150, 100)).guesses(100) == [50]
