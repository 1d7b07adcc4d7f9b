"""Budget: the range told before a first sync holds what it takes."""

import gzip
import json

from tests.platforms.world import WORDS
from workbench.sync.budget import Estimate, Held, estimate


def test_less_is_fetched_of_the_last_days_and_of_text_alone():
    held = [Held(10_000, 400), Held(200, 30)]
    whole = estimate(held, days=None, is_text_only=False)
    text = estimate(held, days=None, is_text_only=True)
    news = estimate(held, days=90, is_text_only=True)
    assert 0 < news.low < text.low <= whole.low
    assert news.high <= text.high < whole.high
    assert not whole.is_guess


def test_ten_thousand_messages_as_pages_of_a_hundred_lie_in_the_range():
    pages = [
        [{"id": n, "author": n % 90, "at": n * 3_607, "text": " ".join(WORDS[(n * k) % 16] for k in range(30))}
         for n in range(first, first + 100)]
        for first in range(0, 10_000, 100)
    ]  # fmt: skip
    told = estimate([Held(10_000, 0)], days=None, is_text_only=True)
    taken = sum(len(gzip.compress(json.dumps(page).encode())) + 900 for page in pages)
    assert taken <= told.high


def test_what_a_platform_does_not_tell_is_said_to_be_a_guess():
    told = estimate([Held(), Held(100, 10)], days=90, is_text_only=True)
    assert told.is_guess
    assert told.low < told.high
    assert estimate([], days=90, is_text_only=True) == Estimate(0, 0)


def test_a_young_community_is_not_taken_for_more_than_it_holds():
    assert (
        estimate([Held(10, 0)], days=3_650, is_text_only=True).high
        <= estimate([Held(10, 0)], days=None, is_text_only=True).high
    )


def test_a_small_forum_read_by_its_threads_lies_in_the_range():
    # Three categories of a forum with 247 messages, 76 of them lately: 65 kB on the wire against the stand-in.
    told = estimate([Held(82, 0), Held(82, 0), Held(83, 0)], days=90, is_text_only=True)
    assert told.low <= 65_000 <= told.high


def test_requests_are_counted_by_the_pages_of_the_platform_and_take_their_time():
    told = estimate([Held(400, 100)], days=None, is_text_only=True, page=(20, 20), calls_per_minute=18)
    assert told.calls == (23, 32)
    low, high = told.seconds(10_000_000)
    assert (round(low), round(high)) == (77, 107)
    assert told.is_paced(10_000_000)
    assert told.seconds(800) == (told.low / 100, told.high / 100)
    assert not told.is_paced(800)
