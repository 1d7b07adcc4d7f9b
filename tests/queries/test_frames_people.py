"""Frame parts about people: what each did, who came and was greeted, who fell silent, who leads; bots are in none."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.queries.network import NOW, START, a_member, a_message, a_person, a_reaction, day
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.queries.frames_people import (
    act_sums,
    first_acts,
    last_contributions,
    leaders,
    newcomers,
    organisation_starts,
    organisations,
    regulars,
    viewers,
)
from workbench.sync.records import ActRecord

US, HOUR = to_micros(START), 3_600_000_000
SEEN = to_micros(NOW)
EVER = {"first": 0, "until": SEEN, "seen": SEEN}


@pytest.fixture
def talk(network):
    """Amina asks, Bruno and a machine answer; Chen likes it; Dana joined on a date and was answered; all in January."""
    water, health = network.community("Water"), network.community("Health")
    joined = datetime(2024, 1, 2, tzinfo=UTC)
    network.apply(
        water,
        a_member("dana", joined_at=joined, role="Owner"),
        a_message("m1", by=a_person("amina", office="Lima", organisation="Office"), hours=0),
        a_message("m2", by=a_person("bruno", organisation="Partner"), hours=30, to="m1"),
        a_message("m3", by=a_person("daemon", is_bot=True, organisation="Machines"), hours=31, to="m1"),
        a_reaction("x1", by="chen", to="m1", hours=1),
        a_message("d1", by="dana", hours=40),
        a_message("d2", by="bruno", hours=41, to="d1"),
    )
    network.apply(health, a_message("h1", by="bruno", hours=5))
    return network, water, health


@pytest.mark.parametrize("is_named", [False, True])
def test_acts_are_summed_up_between_cuts_over_all_communities(talk, is_named):
    network, water, health = talk
    scope = (water, health) if is_named else ()
    with network.read() as reader:
        first, second = act_sums(reader, scope, [day("2024-01-01"), day("2024-01-02"), day("2024-01-10")])
    people = {name: network.person(name) for name in ("amina", "bruno", "chen", "dana")}
    assert dict(zip(first.people, first.posts, strict=True)) == {
        people["amina"]: 1,
        people["bruno"]: 1,
        people["chen"]: 0,
    }
    told = {person: (posts, given) for person, posts, given in zip(*second[1:], strict=True)}
    assert told == {people["bruno"]: (0, 2), people["dana"]: (1, 1)}
    assert first.start_us == to_micros(datetime(2024, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("is_named", [False, True])
def test_regulars_did_fifty_things_in_ninety_days_of_all_communities_together(network, is_named):
    water, health = network.community("Water"), network.community("Health")
    for number in range(48):
        network.apply(water, a_message(f"m{number}", hours=number))
    network.apply(water, a_message("n1", by="bruno", hours=1), a_reaction("x1", to="n1", hours=60))
    network.apply(health, a_message("h1", hours=70, to="m1"))
    first, later = day("2024-01-01"), day("2024-03-31")
    with network.read() as reader:
        scope = (water, health) if is_named else ()
        found = regulars(reader, scope, [first - 1, first, first + 5, first + 89, later])
        alone = regulars(reader, (water,), [first, later])
    assert [tuple(row) for row in found] == [
        ((first - 1) * 24 * HOUR, [network.person("amina")]),
        (first * 24 * HOUR, [network.person("amina")]),
    ]
    assert [row.people for row in alone] == [[]]


@pytest.mark.parametrize("is_named", [False, True])
def test_the_last_message_up_to_a_moment_is_looked_up_where_the_roll_up_knows_a_later_one(talk, is_named):
    network, water, health = talk
    scope = (water, health) if is_named else ()
    with network.read() as reader:
        all_ = last_contributions(reader, scope, **EVER)
        early = last_contributions(reader, scope, **{**EVER, "seen": US + 30 * HOUR})
        none = last_contributions(reader, scope, **{**EVER, "seen": US - 1})
        ended = last_contributions(reader, scope, first=US, until=US + 38 * HOUR, seen=SEEN)
        begun = last_contributions(reader, scope, first=US + 24 * HOUR, until=SEEN, seen=US + 40 * HOUR)
    bruno, dana = network.person("bruno"), network.person("dana")
    assert ended == {network.person("amina"): US}, "who wrote again is not silent"
    assert begun == {bruno: US + 30 * HOUR, dana: US + 40 * HOUR}
    assert (all_[bruno], early[bruno], none) == (US + 41 * HOUR, US + 30 * HOUR, {})
    assert network.person("chen") not in all_


def test_newcomers_have_dates_or_came_with_their_first_message(talk):
    network, water, _ = talk
    with network.read() as reader:
        found = {one.person: one for one in newcomers(reader, (water,), **EVER)}
    dana, amina = found[network.person("dana")], found[network.person("amina")]
    assert (dana.is_dated, dana.came_us, dana.started_us) == (
        True,
        to_micros(datetime(2024, 1, 2, tzinfo=UTC)),
        US + 40 * HOUR,
    )
    assert dana.greeted_us == US + 41 * HOUR
    assert (amina.is_dated, amina.came_us, amina.started_us) == (False, US, US)
    # Chen's like comes before Bruno's reply; the machine greets nobody.
    assert amina.greeted_us == US + HOUR
    assert network.person("chen") not in found
    assert network.person("daemon") not in found


def test_what_came_after_the_moment_asked_for_has_not_happened(talk):
    network, water, _ = talk
    with network.read() as reader:
        found = {one.person: one for one in newcomers(reader, (water,), **{**EVER, "seen": US})}
    assert found[network.person("amina")].greeted_us is None
    assert found[network.person("dana")].started_us is None


def test_somebody_of_whom_one_community_has_no_date_is_no_newcomer_there(talk):
    network, water, health = talk
    network.apply(health, a_member("dana"))
    with network.read() as reader:
        assert network.person("dana") in {one.person for one in newcomers(reader, (water,), **EVER)}
        assert network.person("dana") not in {one.person for one in newcomers(reader, (water, health), **EVER)}


@pytest.mark.parametrize("is_named", [False, True])
def test_the_first_thing_somebody_did_counts_on_its_day(talk, is_named):
    network, water, health = talk
    scope = (water, health) if is_named else ()
    with network.read() as reader:
        assert first_acts(reader, scope) == ((day("2024-01-01"), 3), (day("2024-01-03"), 1))


def test_what_the_coordinator_typed_wins_over_the_source(talk):
    network, water, _ = talk
    dana, bruno = network.person("dana"), network.person("bruno")
    with network.read() as reader:
        assert leaders(reader, (water,)) == {dana}
        assert organisations(reader, (water,)) == {network.person("amina"): "Office", bruno: "Partner"}
    for person, role, place in ((dana, "member", None), (bruno, "Facilitator", "Ministry")):
        network.change(
            "INSERT INTO personfact (person_id, role, organisation, is_sponsor, is_leaving, find_key)"
            " VALUES (?, ?, ?, 0, 0, '')",
            person, role, place,
        )  # fmt: skip
    with network.read() as reader:
        assert leaders(reader, ()) == leaders(reader, (water,)) == {bruno}
        assert organisations(reader, ())[bruno] == "Ministry"
        assert organisation_starts(reader, ()) == {"Office": US, "Ministry": US + 5 * HOUR}


def test_viewers_are_told_once_between_two_cuts(talk):
    network, water, _ = talk
    seen = [
        ActRecord(
            f"v{hours}",
            "",
            EventKind.VIEW,
            a_person(by, is_bot=by == "daemon"),
            START + timedelta(hours=hours),
            target="m1",
        )
        for hours, by in ((1, "chen"), (2, "chen"), (3, "daemon"), (30, "dana"))
    ]
    network.apply(water, *seen)
    cut = US + 10 * HOUR
    with network.read() as reader:
        found = viewers(reader, (water,), [US, cut, US + 99 * HOUR])
    assert found == ((US, [network.person("chen")]), (cut, [network.person("dana")]))
