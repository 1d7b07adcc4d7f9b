"""Frame parts about threads: who talked, what drew an echo, accepted answers, meetings, tags, urgent calls."""

from datetime import timedelta

import pytest

from tests.queries.network import NOW, START, a_message, a_person, a_reaction, gone
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.models.question import ThreadCare
from workbench.queries.frames_threads import (
    accepted_answers,
    echo_sums,
    meetings,
    tag_uses,
    talk_sums,
    urgent_calls,
)
from workbench.sync.records import ActRecord

US, HOUR = to_micros(START), 3_600_000_000
SEEN = to_micros(NOW)
SPAN = {"first": US, "until": SEEN}


@pytest.fixture
def talk(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_message("m1", hours=0, text="Where is it? #Water"),
        a_message("m2", by="bruno", hours=30, to="m1", is_accepted=True),
        a_message("m3", by=a_person("daemon", is_bot=True), hours=31, to="m1"),
        a_message("m4", hours=32, text="#water #cash"),
        a_message("m5", by="bruno", hours=33, to="m4"),
        a_message("m6", hours=34, to="m4"),
        gone("m5"),
    )
    network.apply(health, a_message("h1", by="bruno", hours=5, text="#water"))
    return network, water, health


@pytest.mark.parametrize("is_named", [False, True])
def test_talks_are_told_for_each_thread_and_cut(talk, is_named):
    network, water, health = talk
    network.apply(water, a_message("m7", by="chen", hours=33, to="m1"))
    scope, cut = ((water, health) if is_named else ()), US + 32 * HOUR
    with network.read() as reader:
        found = talk_sums(reader, scope, [US, cut, SEEN], seen=SEEN)
    first, second, other = (network.event(name) for name in ("m1", "m4", "h1"))
    amina, bruno, chen = map(network.person, ("amina", "bruno", "chen"))
    # Who wrote is told where three ever did.
    assert [sorted(map(list, zip(*row[1:], strict=True))) for row in found] == [
        sorted([[first, 2, [amina, bruno], 1], [other, 1, [], 0]]),
        sorted([[first, 1, [chen], 1], [second, 2, [], 0]]),
    ]


def test_a_thread_was_no_dialogue_before_the_second_person_came(talk):
    network, water, _ = talk
    with network.read() as reader:
        (row,) = talk_sums(reader, (water,), [US, US + HOUR], seen=US + 29 * HOUR)
    assert row.dialogues == [0]


def test_an_echo_comes_from_somebody_else_and_is_not_taken_back(talk):
    network, water, _ = talk
    with network.read() as reader:
        assert [row.echoed for row in echo_sums(reader, (water,), [US, US + 32 * HOUR, SEEN], seen=SEEN)] == [1, 0]
        assert echo_sums(reader, (water,), [US, SEEN], seen=US + 29 * HOUR)[0].echoed == 0
    network.apply(
        water, a_reaction("x1", by="chen", to="m6", hours=50), a_reaction("x2", by="amina", to="m4", hours=50)
    )
    with network.read() as reader:
        assert echo_sums(reader, (water,), [US, SEEN], seen=SEEN)[0].echoed == 2


def test_an_accepted_answer_has_its_moment(talk):
    network, water, _ = talk
    with network.read() as reader:
        (row,) = accepted_answers(reader, (water,), **SPAN, seen=SEEN)
        assert accepted_answers(reader, (water,), **SPAN, seen=US + 29 * HOUR) == ()
    assert tuple(row) == (network.event("m1"), US, US + 30 * HOUR)


def test_attendances_of_one_moment_are_a_meeting(talk):
    network, water, health = talk
    for community, name, by, hours in (
        (water, "a1", "amina", 50),
        (water, "a2", "chen", 50),
        (water, "a3", "chen", 99),
        (health, "a4", "dana", 50),
    ):
        at = START + timedelta(hours=hours)
        network.apply(community, ActRecord(name, "", EventKind.ATTEND, a_person(by), at))
    with network.read() as reader:
        found = meetings(reader, (), **SPAN)
    assert [(row.at_us, len(row.people)) for row in found] == [
        (US + 50 * HOUR, 2),
        (US + 50 * HOUR, 1),
        (US + 99 * HOUR, 1),
    ]


def test_a_tag_knows_its_first_use_in_the_scope(talk):
    network, water, health = talk
    cut = US + 4 * HOUR
    with network.read() as reader:
        (use,) = tag_uses(reader, (health,), [US, SEEN])
        everywhere = tag_uses(reader, (water, health), [US, cut, SEEN])
    assert (use.tag, use.people, use.first_us) == ("water", [network.person("bruno")], US + 5 * HOUR)
    assert [(row.start_us, row.tag, len(row.people), row.first_us) for row in everywhere] == [
        (US, "water", 1, US),
        (cut, "cash", 1, US + 32 * HOUR),
        (cut, "water", 2, US),
    ]


def test_an_urgent_call_counts_who_else_replied_within_a_day(talk):
    network, water, _ = talk
    network.apply(water, a_message("m7", by="chen", hours=24, to="m1"), a_message("m8", by="chen", hours=3, to="m1"))
    network.apply(water, a_message("m9", by="dana", hours=24.1, to="m1"), a_message("m10", hours=1, to="m1"))
    care = ThreadCare(
        thread_id=network.event("m1"), account_kind="table", community_remote_id="", root_remote_id="m1", urgent_at=NOW
    )
    with network.database.write() as session:
        session.add(care)
    with network.read() as reader:
        (call,) = urgent_calls(reader, (water,), **SPAN, seen=SEEN)
        (early,) = urgent_calls(reader, (water,), **SPAN, seen=US + 2 * HOUR)
        assert urgent_calls(reader, (water,), first=US + 1, until=SEEN, seen=SEEN) == ()
    assert (call.id, call.began_us, call.responders) == (network.event("m1"), US, [network.person("chen")])
    assert early.responders == []
