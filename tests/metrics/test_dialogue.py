"""Curiosity: questions out of messages."""

from tests.metrics.frames import a_frame, at, total
from workbench.metrics.dialogue import curiosity
from workbench.metrics.window import month


def test_curiosity_is_the_share_of_messages_that_ask():
    frame = a_frame(sums=(total("2024-01-31", 4, 4), total("2024-02-01", 3, 1), total("2024-02-29", 5, 1)))
    value = curiosity(frame, month(2024, 2), as_of=at("2024-03-01"))
    assert (value.value, value.numerator, value.denominator) == (0.25, 2, 8)


def test_a_silent_month_is_neither_curious_nor_not():
    assert curiosity(a_frame(), month(2024, 2), as_of=at("2024-03-01")).value is None
