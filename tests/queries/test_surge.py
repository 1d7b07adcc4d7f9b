"""Surge: reached with the fifth person and the third office, within a day."""

from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message, a_person
from workbench.metrics.compute import measure
from workbench.metrics.window import Window
from workbench.notes.care import CareStore
from workbench.queries.surge import thread_surge, urgent_threads


def answers(hours, offices):
    people = [a_person(f"p{n}", office=office) for n, office in enumerate(offices)]
    return [
        a_message(f"a{n}", by=person, to="q", hours=hour)
        for n, (person, hour) in enumerate(zip(people, hours, strict=True))
    ]


@pytest.mark.parametrize(
    ("hours", "offices", "reached"),
    [
        ((1, 2, 3, 4, 5), ("A", "A", "B", "B", "C"), 5.0),
        ((1, 2, 3, 4, 5), ("A", "A", "B", "B", "B"), None),
        ((1, 2, 3, 4, 24), ("A", "A", "B", "B", "C"), 24.0),
        ((1, 2, 3, 4, 24.1), ("A", "A", "B", "B", "C"), None),
        ((1, 2, 3, 4), ("A", "B", "C", "D"), None),
        ((1, 2, 3, 4, 5, 6), ("A", "A", "B", "B", None, "C"), 6.0),
    ],
)
def test_five_people_of_three_offices_within_a_day(network, hours, offices, reached):
    network.apply(network.community("Water"), a_message("q", by="amina"), *answers(hours, offices))
    thread = network.event("q")
    with network.read() as reader:
        assert thread_surge(reader, thread, as_of=NOW) is None
    CareStore(network.database, a_clock(NOW)).set_urgent(thread, is_urgent=True)
    with network.read() as reader:
        (surge,) = urgent_threads(reader, (), as_of=NOW)
    assert (surge.reached_hours, surge.is_reached, surge.is_over) == (reached, reached is not None, True)
    assert [one.hours for one in surge.responders] == list(hours)
    with network.read() as reader:
        early = thread_surge(reader, thread, as_of=START + timedelta(hours=2))
    assert (early.people_in_time, early.is_over) == (2, False)


def test_an_office_the_coordinator_typed_counts_on_the_board_as_in_the_measure(network):
    water = network.community("Water")
    network.apply(water, a_message("q", by="amina"), *answers(range(1, 7), [None] * 6))
    network.tell_offices({f"p{n}": f"Office {n % 4}" for n in range(6)})
    CareStore(network.database, a_clock(NOW)).set_urgent(network.event("q"), is_urgent=True)
    with network.read() as reader:
        (surge,) = urgent_threads(reader, (), as_of=NOW)
        window = Window.between(START.date(), START.date() + timedelta(days=2))
        (value,) = measure(reader, "flash_coordination", scope=(water,), windows=[window], as_of=NOW)
    assert (surge.offices_in_time, surge.is_reached, value.value) == (4, True, 1)
