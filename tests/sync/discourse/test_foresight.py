"""Foresight: it guesses where numbers are dense, asks from the guess it began, and stops where they are not."""

import pytest

from workbench.sync.discourse.foresight import SLACK, Foresight


def foresight(*pages: tuple[int, int]) -> Foresight:
    made = Foresight()
    for below, low in pages:
        made.met(below, low)
    return made


def test_two_dense_pages_in_a_row_are_wanted_before_a_guess():
    assert foresight((1000, 950)).guess(950) is None
    assert foresight((1000, 950), (950, 897)).guess(897) == 847


def test_a_guess_a_little_too_high_is_asked_from_and_the_next_one_goes_on_from_it():
    seen = foresight((1000, 950), (950, 900))
    assert seen.guess(900) == 850
    assert seen.guess(848) == 800
    assert seen.start_for(848) == 850
    assert seen.guess(848) == 800


@pytest.mark.parametrize("low", [850 - SLACK - 1, 851], ids=["posts would come twice", "posts would be left out"])
def test_a_guess_that_was_not_met_is_not_asked_from(low: int):
    seen = foresight((1000, 950), (950, 900))
    assert seen.guess(900) == 850
    assert seen.start_for(low) == low


@pytest.mark.parametrize("low", [851, 843, 720], ids=["a window of numbers", "a hole", "a large hole"])
def test_one_page_that_is_not_dense_ends_the_guessing(low: int):
    assert foresight((1000, 950), (950, 900), (900, low)).guess(low) is None


def test_nothing_is_guessed_below_what_is_wanted():
    assert foresight((200, 150), (150, 100)).guess(100, above=49) is None
    assert foresight((200, 150), (150, 100)).guess(100, above=48) == 50
    assert foresight((150, 100), (100, 50)).guess(50) is None
