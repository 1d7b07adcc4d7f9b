"""Newcomers: levels that include those before them, greetings in time, and what is not over yet."""

from tests.metrics.frames import a_frame, at, newcomer
from workbench.ids import PersonId
from workbench.metrics.newcomers import activated, funnel, greeted
from workbench.metrics.window import month

FEBRUARY = month(2024, 2)


def test_reaching_a_level_includes_every_level_before_it():
    people = (
        newcomer(1, "2024-02-01"),
        newcomer(2, "2024-02-02", reacted="2024-02-03"),
        newcomer(3, "2024-02-02", started="2024-02-03"),
        newcomer(4, "2024-02-02", replied="2024-02-03"),
        newcomer(5, "2024-02-29T23:59"),
        newcomer(6, "2024-03-01", replied="2024-03-02"),
        newcomer(7, "2024-02-10", replied="2024-02-10", is_dated=False),
    )
    value = funnel(a_frame(newcomers=people, leaders={PersonId(5)}), FEBRUARY, as_of=at("2024-08-01"))
    assert value.detail["levels"] == (5, 4, 3, 2, 1)
    assert value.detail["rates"] == (4 / 5, 3 / 4, 2 / 3, 1 / 2)
    assert (value.numerator, value.denominator, value.detail["doubts"]) == (4, 5, ())
    early = funnel(a_frame(newcomers=people), FEBRUARY, as_of=at("2024-05-02"))
    assert early.detail["doubts"] == ("1 of 5 have been here for less than 90 days.",)


def test_nobody_joined_is_no_data_on_every_step():
    value = funnel(a_frame(), FEBRUARY, as_of=at("2024-08-01"))
    assert (value.value, value.detail["rates"]) == (None, (None,) * 4)


def test_a_newcomer_counts_once_three_days_are_over():
    people = (newcomer(1, "2024-02-01", greeted="2024-02-03"), newcomer(2, "2024-02-26T12:00", is_dated=False))
    frame = a_frame(newcomers=people)
    assert greeted(frame, FEBRUARY, as_of=at("2024-02-29T11:00")).denominator == 1
    value = greeted(frame, FEBRUARY, as_of=at("2024-02-29T12:00"))
    assert (value.numerator, value.denominator) == (1, 2)


def test_activation_tells_greeted_and_others_apart():
    people = (
        newcomer(1, "2024-02-01", greeted="2024-02-02", replied="2024-03-01"),
        newcomer(2, "2024-02-01", greeted="2024-02-02", replied="2024-03-02"),
        newcomer(3, "2024-02-01", started="2024-02-01"),
        newcomer(4, "2024-02-01", started="2024-02-01", is_dated=False),
    )
    value = activated(a_frame(newcomers=people), FEBRUARY, as_of=at("2024-03-02"))
    assert (value.numerator, value.denominator) == (2, 3)
    assert (value.detail["greeted"], value.detail["not_greeted"]) == ((1, 2), (1, 1))
