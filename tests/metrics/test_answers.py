"""Who gets an answer: what counts until `as_of`, and what is old enough to be called unanswered."""

from dataclasses import replace

import pytest

from tests.metrics.frames import AMINA, BRUNO, CHEN, a_frame, at, thread, us
from workbench.ids import EventId, PersonId
from workbench.metrics.answers import (
    first_reply_hours,
    not_by_leader,
    reply_rate,
    response_rate,
    time_to_answer,
    unanswered,
)
from workbench.metrics.window import month
from workbench.queries.frames_plans import Holding
from workbench.queries.frames_threads import Accepted
from workbench.queries.ties import Answer, TieFrame

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
    assert unanswered(replace(frame, patience_hours=24), FEBRUARY, as_of=at("2024-02-12")).value == 1


def test_only_questions_wait_for_an_answer():
    frame = a_frame(threads=(thread(1, "2024-02-01"), thread(2, "2024-02-02", question=True, reply="2024-02-03")))
    value = unanswered(frame, FEBRUARY, as_of=NOW)
    assert (value.value, value.denominator) == (0, 1)


def test_hours_to_an_accepted_answer_are_those_of_questions_that_have_one():
    asked = (thread(1, "2024-02-01", question=True), thread(2, "2024-02-02", question=True))
    accepted = (
        Accepted(EventId(1), us("2024-02-01"), us("2024-02-01T06:00")),
        Accepted(EventId(3), us("2024-01-31"), us("2024-02-01T06:00")),
    )
    frame = a_frame(threads=asked, accepted=accepted)
    value = time_to_answer(frame, FEBRUARY, as_of=NOW)
    assert (value.value, value.numerator, value.denominator, value.detail["p90_hours"]) == (6.0, 1, 2, 6.0)
    early = time_to_answer(frame, FEBRUARY, as_of=at("2024-02-01T05:59"))
    assert (early.value, early.numerator) == (None, 0)


def test_leaders_are_those_of_the_community_and_of_plans_that_run():
    def answer(number: int, asked: str, answerer: PersonId) -> Answer:
        return Answer(EventId(number), us(asked), PersonId(9), us(asked) + 1, answerer)

    answers = (
        answer(1, "2024-02-01", AMINA),
        answer(2, "2024-02-10", BRUNO),
        answer(3, "2024-02-29", CHEN),
        answer(4, "2024-03-01", CHEN),
    )
    day = us("2024-02-29") // 86_400_000_000
    ties = TieFrame(answers=answers)
    ended, running = Holding(CHEN, day - 200, day - 110, leads=True), Holding(BRUNO, day, day + 90, leads=True)
    helper = Holding(CHEN, day, day + 90, leads=False)
    both = a_frame(ties=ties, leaders=frozenset({AMINA}), holdings=(ended, running, helper))
    value = not_by_leader(both, FEBRUARY, as_of=NOW)
    assert (value.numerator, value.denominator) == (1, 3)
    nobody = not_by_leader(a_frame(ties=ties, holdings=(ended, helper)), FEBRUARY, as_of=NOW)
    assert (nobody.value, nobody.denominator) == (None, 3)
    assert nobody.detail["doubts"] == ("Nobody here is known to lead.",)
