"""Collective behaviours: five people from three offices, and not one fewer."""

import pytest

from tests.metrics.frames import a_frame, at, offices, talk, us
from workbench.ids import EventId, PersonId
from workbench.metrics.behaviours import collective_intelligence, flash_coordination, interest_cultivation
from workbench.metrics.window import month
from workbench.queries.frames_threads import TagUse, UrgentCall

MARCH = month(2024, 3)
NOW = at("2024-06-01")
WHERE = offices(p1="Lima", p2="Lima", p3="Dakar", p4="Dakar", p5="Kabul", p6="Lima")


@pytest.mark.parametrize(("people", "met"), [((1, 2, 3, 4, 5), 1), ((1, 2, 3, 4), 0), ((1, 2, 3, 4, 6), 0)])
def test_an_urgent_call_is_met_by_five_people_of_three_offices(people, met):
    calls = (
        UrgentCall(EventId(7), us("2024-03-31T23:00"), [PersonId(person) for person in people]),
        UrgentCall(EventId(8), us("2024-04-01"), [PersonId(1)]),
        UrgentCall(EventId(9), us("2024-03-02"), [PersonId(1)], is_late=True),
    )
    value = flash_coordination(a_frame(urgent=calls, ties=WHERE), MARCH, as_of=NOW)
    assert (value.value, value.denominator) == (met, 1)
    assert value.detail["thread_ids"] == ((7,) if met else ())
    assert value.detail["doubts"] == (
        "1 more was marked urgent after the first 24 hours; nobody was called, so it is not counted.",
    )


def test_a_rich_thread_counts_once_it_is_in_the_library():
    talks = (talk("2024-03-01", 10, 1, 2, 3, 4), talk("2024-03-10", 10, 5), talk("2024-03-10", 11, 1, 2, 3, 4, 5))
    frame = a_frame(talks=talks, library=frozenset({EventId(10), EventId(99)}))
    value = collective_intelligence(frame, MARCH, as_of=NOW)
    assert (value.value, value.denominator, value.detail["thread_ids"]) == (1, 2, (10,))


def test_a_tag_is_new_in_the_window_of_its_first_use():
    def use(since: str, tag: str, first: str, *people: int) -> TagUse:
        return TagUse(us(since), tag, [PersonId(person) for person in people], [EventId(people[0])], us(first))

    uses = (
        use("2024-03-01", "water", "2024-03-02", 1, 3),
        use("2024-03-15", "water", "2024-03-02", 2, 4, 5),
        use("2024-03-15", "old", "2024-02-29", 1, 2, 3, 4, 5),
        use("2024-03-15", "small", "2024-03-20", 1, 3, 5),
    )
    value = interest_cultivation(a_frame(tags=uses, ties=WHERE), MARCH, as_of=NOW)
    assert (value.value, value.denominator) == (1, 2)
    assert (value.detail["tags"], value.detail["thread_ids"]) == (("water",), (1, 2))
    assert value.detail["may_not_be_first"] is False
