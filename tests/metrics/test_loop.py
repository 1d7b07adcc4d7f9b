"""The loop: what came back to people, and who came back, on the day the thirty are over."""

import pytest

from tests.metrics.frames import a_frame, at, done, total, us
from workbench.metrics.loop import loop_feedback, loop_return
from workbench.metrics.window import month
from workbench.queries.frames_talks import EchoSum

FEBRUARY = month(2024, 2)


def test_feedback_is_a_share_of_the_messages_of_the_window():
    echoes = (EchoSum(us("2024-02-01"), 2), EchoSum(us("2024-03-01"), 5))
    frame = a_frame(echoes=echoes, sums=(total("2024-02-29", 8), total("2024-03-01", 9)))
    value = loop_feedback(frame, FEBRUARY, as_of=at("2024-05-01"))
    assert (value.numerator, value.denominator) == (2, 8)


@pytest.mark.parametrize(
    ("again", "as_of", "numbers"),
    [
        ("2024-02-09", "2024-05-01", (1, 1)),
        ("2024-02-10", "2024-05-01", (1, 1)),
        ("2024-02-11", "2024-05-01", (1, 1)),
        ("2024-03-11", "2024-05-01", (1, 1)),
        ("2024-03-12", "2024-05-01", (0, 1)),
        ("2024-02-11", "2024-03-11", (0, 0)),
        ("2024-02-11", "2024-03-12", (1, 1)),
    ],
)
def test_coming_back_is_within_thirty_days_and_the_same_day_counts(again, as_of, numbers):
    frame = a_frame(days=(done(1, "2024-02-10", posts=1), done(1, again, replies=1)))
    value = loop_return(frame, FEBRUARY, as_of=at(as_of))
    assert (value.numerator, value.denominator) == numbers


def test_one_message_is_no_coming_back():
    value = loop_return(a_frame(days=(done(1, "2024-02-10", posts=1),)), FEBRUARY, as_of=at("2024-05-01"))
    assert (value.numerator, value.denominator) == (0, 1)
