"""The table of steps: nothing leads from "may have arrived" back to "queued" but a person, and waits stay in bounds."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import BadInputError
from workbench.models.kinds import OutboxState as State
from workbench.sync.outbox_steps import FIRST_DELAY, LONGEST_DELAY, NEXT, SETTLED, Step, after, allows, delay

BY_A_PERSON = {Step.QUEUE, Step.RECALL, Step.RESUME, Step.SEND_AGAIN, Step.BY_HAND}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
def test_every_pair_leads_somewhere_or_is_refused_in_words(state: State, step: Step):
    if (state, step) in NEXT:
        assert allows(state, step)
        assert after(state, step) in State
    else:
        assert not allows(state, step)
        with pytest.raises(BadInputError) as told:
            after(state, step)
        assert told.value.reason.endswith(".")


def test_only_a_person_queues_what_may_have_arrived():
    assert {step for (state, step), then in NEXT.items() if state is State.UNKNOWN and then is State.QUEUED} == {
        Step.SEND_AGAIN
    }
    assert Step.SEND_AGAIN in BY_A_PERSON


def test_nothing_leaves_but_through_sending():
    into_sent = {(state, step) for (state, step), then in NEXT.items() if then is State.SENT}
    assert {step for _, step in into_sent} == {Step.ARRIVED, Step.BY_HAND}
    assert (State.QUEUED, Step.ARRIVED) not in into_sent
    assert {state for (state, step) in NEXT if step is Step.BEGIN} == {State.QUEUED, State.UNKNOWN}


def test_what_is_being_sent_is_out_of_a_persons_hands():
    assert not {step for (state, step) in NEXT if state is State.SENDING} & BY_A_PERSON


def test_what_is_sent_stays_sent():
    assert not [step for (state, step) in NEXT if state is State.SENT]


def test_what_was_paused_never_goes_out_unlooked():
    assert NEXT[State.PAUSED, Step.RESUME] is State.UNKNOWN
    assert State.QUEUED not in {then for (state, _), then in NEXT.items() if state is State.PAUSED}


def test_every_state_can_be_reached_and_left_to_a_settled_one():
    reached, edge = {State.DRAFT}, [State.DRAFT]
    while edge:
        state = edge.pop()
        new = {then for (start, _), then in NEXT.items() if start is state} - reached
        reached |= new
        edge += new
    assert reached == set(State)
    for state in set(State) - SETTLED:
        assert any(start is state for start, _ in NEXT)


@settings(derandomize=True)
@given(attempts=st.integers(1, 10_000), jitter=st.floats(0, 1))
def test_waits_stay_between_half_the_first_and_one_and_a_half_of_the_longest(attempts: int, jitter: float):
    waited = delay(attempts, jitter=jitter)
    assert FIRST_DELAY * 0.5 <= waited <= LONGEST_DELAY * 1.5
    assert waited <= delay(attempts + 1, jitter=jitter)


@settings(derandomize=True)
@given(asked=st.floats(0, 86_400), jitter=st.floats(0, 1))
def test_wait_the_platform_asked_for_is_kept_in_full(asked: float, jitter: float):
    waited = delay(7, jitter=jitter, asked=asked)
    assert timedelta(seconds=asked) <= waited <= timedelta(seconds=asked * 1.1 + 1e-3)
