"""Membership: who was in at a moment, whatever the platform says about joining."""

from datetime import UTC, datetime

import pytest

from tests.queries.network import START, a_member, a_message, a_person, a_reaction
from workbench.ids import PersonId
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.queries.membership import ALWAYS, STILL, Membership, load_membership

AMINA, BRUNO = PersonId(1), PersonId(2)


def us(month: int, day: int = 1, hour: int = 0) -> int:
    return to_micros(datetime(2024, month, day, hour, tzinfo=UTC))


def loaded(network, *scope, since: int = 0, until: int = STILL) -> Membership:
    with network.read() as reader:
        return load_membership(reader, scope, since=since, until=until)


@pytest.mark.parametrize("is_named", [False, True])
def test_the_asked_span_decides_how_much_is_read_and_not_what_is_answered(network, is_named):
    water, health = network.community("Water"), network.community("Health")
    begun, ended = datetime(2024, 2, 10, tzinfo=UTC), datetime(2024, 4, 10, tzinfo=UTC)
    network.apply(water, a_member("amina", joined_at=begun), a_member("bruno", left_at=ended), a_member("chen"))
    network.apply(health, a_message("m1", by="amina", hours=24 * 100), a_member("bruno", joined_at=ended))
    scope = (water, health) if is_named else ()
    whole = loaded(network, *scope)
    for first, last in ((1, 3), (2, 6), (3, 4), (3, 6)):
        part = loaded(network, *scope, since=us(first), until=us(last))
        for month in range(first + 1, last + 1):
            assert part.count_at(us(month)) == whole.count_at(us(month)), (first, last, month)
            people = {network.person(handle) for handle in ("amina", "bruno", "chen")}
            assert part.among(people, us(month)) == whole.among(people, us(month))


def test_who_joins_at_the_moment_is_not_in_yet_and_who_leaves_at_it_still_is():
    stays = Membership([(AMINA, 10, 20)])
    assert [stays.holds(AMINA, moment) for moment in (10, 11, 20, 21)] == [False, True, True, False]
    assert [stays.count_at(moment) for moment in (10, 11, 20, 21)] == [0, 1, 1, 0]


def test_overlapping_stays_of_one_person_count_once():
    stays = Membership([(AMINA, 0, 10), (AMINA, 5, 20), (AMINA, 30, STILL), (BRUNO, ALWAYS, STILL)])
    assert [stays.count_at(moment) for moment in (6, 20, 25, 31)] == [2, 2, 1, 2]
    assert stays.among({AMINA, BRUNO}, 25) == {BRUNO}
    assert stays.among({AMINA, PersonId(9)}, 15) == {AMINA}


def test_who_is_in_throughout_needs_no_stays_and_counts_once():
    stays = Membership([(AMINA, 10, 20), (BRUNO, 10, 20)], throughout=[AMINA])
    assert [stays.count_at(moment) for moment in (5, 15, 25)] == [1, 2, 1]
    assert stays.holds(AMINA, 25)
    assert stays.among({AMINA, BRUNO}, 25) == {AMINA}


def test_a_stay_that_ends_before_it_begins_is_none():
    assert Membership([(AMINA, 20, 10)]).count_at(15) == 0


def test_somebody_on_a_list_without_a_date_was_always_in(network):
    water = network.community("Water")
    network.apply(water, a_member("amina"))
    assert loaded(network, water).count_at(us(1) - 100 * DAY_MICROSECONDS) == 1


def test_dates_of_joining_and_leaving_are_kept_to(network):
    water = network.community("Water")
    joined, left = datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)
    network.apply(water, a_member("amina", joined_at=joined, left_at=left))
    assert [loaded(network, water).count_at(us(month)) for month in (2, 3, 4, 5)] == [0, 1, 1, 0]


@pytest.mark.parametrize("since", [0, us(1), us(3)])
def test_somebody_known_by_deeds_is_in_from_the_first_one(network, since):
    water = network.community("Water")
    network.apply(water, a_message("m1", by="bruno", hours=0))
    network.apply(water, a_reaction("x1", by="amina", to="m1", hours=24 * 30))
    network.apply(water, a_message("m2", by="amina", hours=24 * 90))
    amina = network.person("amina")
    held = [loaded(network, water, since=since).holds(amina, us(month)) for month in (2, 4, 5)]
    assert held == [True, True, True]
    assert not loaded(network, water).holds(amina, to_micros(START))


def test_bots_are_never_in(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", by=a_person("daemon", is_bot=True)), a_member("robot", is_bot=True))
    assert loaded(network, water).count_at(us(6)) == loaded(network).count_at(us(6)) == 0


def test_one_person_in_two_communities_counts_once(network):
    water, health = network.community("Water"), network.community("Health")
    left = datetime(2024, 3, 1, tzinfo=UTC)
    network.apply(water, a_member("amina", left_at=left), a_member("bruno", left_at=left))
    network.apply(health, a_member("amina", joined_at=datetime(2024, 2, 1, tzinfo=UTC)))
    assert [loaded(network).count_at(us(month)) for month in (1, 3, 5)] == [2, 2, 1]
    people = {network.person("amina"), network.person("bruno")}
    assert loaded(network, water, health).among(people, us(5)) == {network.person("amina")}
    assert loaded(network).among(people, us(5)) == {network.person("amina")}
    assert loaded(network, water).count_at(us(5)) == 0
