"""Questions: each state is derived, own marks stay through syncs, and what waited too long is listed."""

from datetime import timedelta
from itertools import product

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message, gone
from workbench.notes.care import ABANDONED, ANSWERED, BY_HAND, CareStore
from workbench.queries.questions import (
    FIRST_MOMENT,
    LIMIT_KEY,
    QuestionState,
    Settled,
    count_questions,
    find_question,
    limit_hours,
    list_questions,
    open_questions,
    settled_unreplied,
    unreplied_ages,
)
from workbench.queries.threads import ThreadFilter, count_threads

ASKED = timedelta(hours=1)


@pytest.fixture
def board(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("q1", text="Which pump?", hours=0),
        a_message("q2", text="Which tank?", by="bruno", hours=24),
        a_message("q3", text="Which pipe?", by="chidi", hours=48),
        a_message("a3", text="This one.", by="dana", hours=50, to="q3"),
        a_message("n1", text="A note.", by="dana", hours=60),
    )
    return network, CareStore(network.database, a_clock(NOW)), water


def columns(network):
    with network.read() as reader:
        found = {
            state.value: [row.subject and row.author for row in list_questions(reader, (), state, as_of=NOW, limit=9)]
            for state in QuestionState
        }
        # Of all time up to some moment most are counted from sums; that is what the lists would show.
        for scope, as_of, end in product(
            ((), (1,), (1, 2)), (NOW, START + 30 * ASKED), (None, NOW, START + 49 * ASKED)
        ):
            asked = {"as_of": as_of, "period": None if end is None else (FIRST_MOMENT, end)}
            counts = count_questions(reader, scope, **asked)
            assert counts == {state: len(list_questions(reader, scope, state, limit=9, **asked)) for state in counts}
        counts = count_questions(reader, (), as_of=NOW)
    assert {state.value: counts[state] for state in QuestionState} == {key: len(rows) for key, rows in found.items()}
    return {key: rows for key, rows in found.items() if rows}


A, B, C, D = (f"{name} Example" for name in ("Amina", "Bruno", "Chidi", "Dana"))


def test_a_question_goes_through_its_states_and_back(board):
    network, care, _ = board
    assert columns(network) == {"open": [A, B], "answered": [C]}
    first = care.route(network.event("q1"), owner="Dana Example", owner_id=network.person("dana"))
    assert columns(network) == {"open": [B], "routed": [A], "answered": [C]}
    care.settle(network.event("q2"), ABANDONED)
    assert columns(network) == {"routed": [A], "answered": [C], "abandoned": [B]}
    second = care.settle(network.event("q1"), ANSWERED)
    assert columns(network) == {"answered": [C, A], "abandoned": [B]}
    care.put_back(second)
    care.reopen(network.event("q2"))
    assert columns(network) == {"open": [B], "routed": [A], "answered": [C]}
    care.put_back(first)
    assert columns(network) == {"open": [A, B], "answered": [C]}


def test_a_reply_answers_what_was_routed_and_what_was_given_up(board):
    network, care, water = board
    care.route(network.event("q1"), owner="Somebody outside")
    care.settle(network.event("q2"), ABANDONED)
    network.apply(water, a_message("a1", by="dana", hours=30, to="q1"), a_message("a2", by="dana", hours=31, to="q2"))
    assert columns(network) == {"answered": [C, B, A]}
    network.apply(water, gone("a1"))
    assert columns(network) == {"routed": [A], "answered": [C, B]}


def test_a_talk_is_on_the_board_while_it_is_routed(board):
    network, care, water = board
    care.route(network.event("n1"), owner="Amina Example")
    care.route(network.event("q3"), owner="Amina Example")  # answered before: it waits for another answer
    assert columns(network) == {"open": [A, B], "routed": [C, D]}
    network.apply(water, a_message("a4", by="amina", hours=10, to="n1"), a_message("a5", hours=70, to="q3"))
    assert columns(network) == {"open": [A, B], "answered": [C]}


def test_what_nobody_replied_to_and_does_not_wait_is_told_from_what_does(board):
    network, care, water = board
    dry = network.community("Dry")
    network.apply(dry, a_message("q4", text="Which valve?", hours=1), a_message("q5", text="Which rope?", hours=2))
    network.apply(dry, a_message("a5", hours=3, to="q5", is_accepted=True))
    care.settle(network.event("q1"), BY_HAND)
    care.settle(network.event("q2"), ABANDONED)
    care.settle(network.event("q3"), ANSWERED)  # somebody replied before
    care.route(network.event("q4"), owner="Dana Example")
    with network.read() as reader:
        whole = (START, NOW)
        waits = count_questions(reader, (), as_of=NOW)
        found = settled_unreplied(reader, (), as_of=NOW, period=whole)
        silent = count_threads(reader, (), where=ThreadFilter.UNANSWERED, period=whole, as_of=NOW)
        assert found == Settled(marked=1, given_up=1, accepted=1)
        assert silent == waits[QuestionState.OPEN] + waits[QuestionState.ROUTED] + found.count
        assert settled_unreplied(reader, (water,), as_of=NOW, period=whole) == Settled(1, 1, 0)
        assert settled_unreplied(reader, (), as_of=NOW, period=(START + ASKED, NOW)) == Settled(0, 1, 1)


def test_a_row_tells_of_age_owner_and_answer(board):
    network, care, water = board
    network.apply(water, a_message("a9", by="bruno", hours=53, to="q3", is_accepted=True))
    care.route(network.event("q1"), owner="Dana Example", owner_id=network.person("dana"))
    with network.read() as reader:
        (routed,) = list_questions(reader, (water,), QuestionState.ROUTED, as_of=START + timedelta(hours=5), limit=9)
        (answered,) = list_questions(reader, (), QuestionState.ANSWERED, as_of=NOW, limit=9)
        assert find_question(reader, network.event("q3"), as_of=NOW) == answered
        assert find_question(reader, network.event("n1"), as_of=NOW) is None
    assert (routed.hours, routed.owner, routed.owner_id, routed.answerer) == (5.0, D, network.person("dana"), "")
    assert (answered.hours, answered.answerer, answered.is_accepted) == (5.0, B, True)


def test_what_waited_longer_than_the_limit_is_listed_with_the_oldest_first(board):
    network, care, water = board
    care.route(network.event("q1"), owner="Dana Example")
    as_of = START + timedelta(hours=60)
    with network.read() as reader:
        late = open_questions(reader, (), as_of=as_of, older_than=timedelta(hours=24))
        assert [row.author for row in late] == [A, B]
        assert [row.author for row in open_questions(reader, (), as_of=as_of, older_than=timedelta(hours=48))] == [A]
        period = (START + timedelta(hours=12), START + timedelta(hours=90))
        inside = list_questions(reader, (water,), QuestionState.OPEN, as_of=as_of, period=period, limit=9)
        assert [row.author for row in inside] == [B]
        assert limit_hours(reader) == 48
    network.change("INSERT INTO preference VALUES (?, '24')", LIMIT_KEY)
    with network.read() as reader:
        assert limit_hours(reader) == 24


def test_unreplied_questions_are_told_by_age(board):
    network, _, water = board
    week = (START, START + timedelta(days=7))
    limits = (timedelta(hours=12), timedelta(hours=36))
    with network.read() as reader:
        for scope in ((), (water,)):
            asked = {"as_of": START + timedelta(hours=36), "limits": limits}
            assert unreplied_ages(reader, scope, period=week, **asked) == (0, 1, 1)
            assert unreplied_ages(reader, scope, period=(START + ASKED, week[1]), **asked) == (0, 1, 0)
