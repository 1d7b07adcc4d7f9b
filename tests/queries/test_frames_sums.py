"""Frame parts from stored sums: equal moments stand in one order, however the scope is named."""

import pytest

from tests.queries.network import NOW, START, a_message
from workbench.models.moments import to_micros
from workbench.queries.frames_sums import day_sums, day_writers, questions
from workbench.queries.scope import scope_parameter


@pytest.mark.parametrize("is_named", [False, True])
def test_questions_of_one_moment_are_told_in_the_order_of_their_ids(network, is_named):
    places = [network.community(name) for name in ("Water", "Health", "Food")]
    for number, community in enumerate(reversed(places)):
        network.apply(community, a_message(f"q{number}", text="Where?"))
    scope = tuple(places) if is_named else ()
    span = {"scope": scope_parameter(scope), "first": 0, "until": to_micros(NOW)}
    with network.read() as reader:
        found = questions(reader, scope, span)
    assert [question.id for question in found] == [network.event(f"q{number}") for number in range(3)]
    assert {question.started_us for question in found} == {to_micros(START)}


def test_days_without_a_message_have_no_writers(network):
    water = network.community("Water")
    network.apply(water, a_message("m1"), a_message("m2", hours=1), a_message("m3", hours=48, by="bruno"))
    span = {"scope": scope_parameter((water,)), "first": 0, "until": to_micros(NOW) // 86_400_000_000}
    with network.read() as reader:
        assert [(row.messages, row.questions) for row in day_sums(reader, (water,), span)] == [(2, 0), (1, 0)]
        first, second = day_writers(reader, (water,), span)
    assert (first.people, first.more) == ([network.person("amina")], [[network.person("amina"), 1]])
    assert (second.day - first.day, second.more) == (2, [])
