"""Who gets an answer: what counts until `as_of`, and what is old enough to be called unanswered."""

from datetime import timedelta

import pytest

from tests.metrics.frames import a_frame, at, thread
from workbench.metrics.answers import first_reply_hours, reply_rate, response_rate, unanswered
from workbench.metrics.window import month

FEBRUARY = month(2024, 2)
NOW = at("2024-03-01")


def test_a_thread_of_the_last_second_counts_and_one_of_midnight_does_not():
    frame = a_frame(threads=(thread(1, "2024-02-29T23:59:59"), thread(2, "2024-03-01")))
    assert reply_rate(frame, FEBRUARY, as_of=NOW).denominator == 1


def test_several_sums_of_a_window_add_up():
    threads = (
        thread(1, "2024-02-01", reply="2024-02-02"),
        thread(2, "2024-02-10"),
        thread(3, "2024-02-29", response="2024-03-01"),
    )
    frame = a_frame(threads=threads)
    assert (reply_rate(frame, FEBRUARY, as_of=NOW).numerator, response_rate(frame, FEBRUARY, as_of=NOW).value) == (
        1,
        pytest.approx(2 / 3),
    )


def test_a_reply_after_the_window_still_answers_a_thread_of_it():
    frame = a_frame(threads=(thread(1, "2024-02-29", reply="2024-03-05"),))
    assert reply_rate(frame, FEBRUARY, as_of=at("2024-03-06")).value == 1.0


def test_a_reaction_is_a_response_but_no_reply():
    frame = a_frame(threads=(thread(1, "2024-02-10", response="2024-02-11"),))
    assert response_rate(frame, FEBRUARY, as_of=NOW).value == 1.0
    assert reply_rate(frame, FEBRUARY, as_of=NOW).value == 0.0


def test_hours_are_the_median_with_the_ninetieth_percentile_and_the_silent_share():
    threads = (
        thread(1, "2024-02-01", reply="2024-02-01T02:00"),
        thread(2, "2024-02-02", reply="2024-02-02T10:00"),
        thread(3, "2024-02-03"),
    )
    value = first_reply_hours(a_frame(threads=threads), FEBRUARY, as_of=NOW)
    assert value.value == 6.0
    assert value.detail == {"p90_hours": pytest.approx(9.2), "share_without_reply": pytest.approx(1 / 3)}


def test_without_a_reply_there_are_no_hours():
    value = first_reply_hours(a_frame(threads=(thread(1, "2024-02-01"),)), FEBRUARY, as_of=NOW)
    assert (value.value, value.numerator, value.denominator) == (None, 0, 1)


def test_a_question_is_unanswered_once_it_is_older_than_two_days():
    frame = a_frame(threads=(thread(1, "2024-02-10", question=True),))
    assert unanswered(frame, FEBRUARY, as_of=at("2024-02-12")).value == 0
    assert unanswered(frame, FEBRUARY, as_of=at("2024-02-12T00:00:01")).detail["thread_ids"] == (1,)
    assert unanswered(frame, FEBRUARY, as_of=at("2024-02-12"), after=timedelta(hours=24)).value == 1


def test_only_questions_wait_for_an_answer():
    frame = a_frame(threads=(thread(1, "2024-02-01"), thread(2, "2024-02-02", question=True, reply="2024-02-03")))
    value = unanswered(frame, FEBRUARY, as_of=NOW)
    assert (value.value, value.denominator) == (0, 1)
