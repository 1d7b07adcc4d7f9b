"""Frame parts about threads: accepted answers, meetings, tags, urgent calls."""

from datetime import timedelta

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message, a_person
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.models.question import ThreadCare
from workbench.notes.people import PeopleNotes
from workbench.queries.frames_threads import accepted_answers, meetings, tag_uses, urgent_calls
from workbench.queries.people_own import OwnFacts
from workbench.sync.records import ActRecord

US, HOUR = to_micros(START), 3_600_000_000
SEEN = to_micros(NOW)
SPAN = {"first": US, "until": SEEN}


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
        network.apply(community, ActRecord(name, "", EventKind.ATTEND, a_person(by, region="North"), at))
    facts = OwnFacts(region="West")
    PeopleNotes(network.database, a_clock()).set_facts(network.person("chen"), facts)
    with network.read() as reader:
        found = meetings(reader, (), **SPAN)
    assert [(row.at_us, len(row.people), sorted(row.regions)) for row in found] == [
        (US + 50 * HOUR, 2, ["North", "West"]),
        (US + 50 * HOUR, 1, ["North"]),
        (US + 99 * HOUR, 1, ["West"]),
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
