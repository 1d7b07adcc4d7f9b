"""Clock words: nothing while clocks agree, a line when they do not, steps when it is more than that."""

from datetime import timedelta

import pytest

from workbench.messages.clock_words import clock_words


@pytest.mark.parametrize(
    ("skew", "said"),
    [
        (None, ""),
        (timedelta(minutes=-2), ""),
        (timedelta(minutes=3), "The clock of this computer is 3 minutes behind."),
        (timedelta(minutes=-5), "The clock of this computer is 5 minutes ahead."),
        (
            timedelta(days=-2),
            "The clock of this computer is 2 days ahead. Set the date, the time and the time zone, best to be set by"
            " the network, then try again.",
        ),
    ],
)
def test_a_clock_that_is_off_is_told_by_how_far(skew, said):
    assert clock_words(skew) == said
