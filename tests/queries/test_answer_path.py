"""Answer path: from the question over those who knew whom to ask to the answer, with hours, hops and strangers."""

from datetime import timedelta

from tests.queries.network import NOW, START, a_member, a_message, a_person, a_reaction
from workbench.metrics.compute import measure
from workbench.metrics.window import Window
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.queries.answer_path import Role, answer_path
from workbench.queries.ties import referrals
from workbench.sync.records import ActRecord

OFFICES = {"amina": "Nairobi", "dana": "Amman", "bruno": "Dakar", "chidi": "Hanoi"}


def a_mention(remote_id, *, of, by, inside, hours):
    at = START + timedelta(hours=hours)
    return ActRecord(remote_id, "", EventKind.MENTION, a_person(by), at, target=inside, target_person=a_person(of))


def path_of(network, remote_id):
    with network.read() as reader:
        return answer_path(reader, network.event(remote_id))


def told(path):
    return [(step.role.value, step.name.split()[0], round(step.hours, 2), step.is_stranger) for step in path.steps]


def test_one_who_knew_whom_to_ask_and_two_unknown_colleagues_answer_in_four_hours_and_ten_minutes(network):
    """Asked in the evening: Dana, whom Amina knows, names Bruno; he, unknown to her, names Chidi, unknown as well."""
    water = network.community("Water")
    network.apply(
        water,
        *(a_member(name, office=office) for name, office in OFFICES.items()),
        # Dana answered Amina before, and Bruno; Chidi answered Bruno.
        a_message("o1", by="bruno"),
        a_message("o2", by="chidi", to="o1", hours=1),
        a_message("o3", by="dana", to="o1", hours=2),
        a_message("o4", by="amina", hours=3),
        a_message("o5", by="dana", to="o4", hours=4),
        a_message("q", by="amina", text="How do you keep a cold chain going without power?", hours=100),
        a_message("r1", by="dana", text="Bruno may know.", to="q", hours=100.5),
        a_mention("m1", of="bruno", by="dana", inside="r1", hours=100.5),
        a_message("r2", by="bruno", text="Chidi did this.", to="r1", hours=102),
        a_mention("m2", of="chidi", by="bruno", inside="r2", hours=102),
        a_message("a", by="chidi", text="Like this.", to="r2", hours=100 + 4 + 10 / 60),
    )
    path = path_of(network, "q")
    assert told(path) == [
        ("asker", "Amina", 0.0, False),
        ("referrer", "Dana", 0.5, False),
        ("referrer", "Bruno", 2.0, True),
        ("answerer", "Chidi", 4.17, True),
    ]
    assert (path.strangers, path.hops, path.is_early, path.is_accepted) == (2, 3, True, False)
    assert round(path.hours * 60) == 250
    assert [step.office for step in path.steps] == ["Nairobi", "Amman", "Dakar", "Hanoi"]
    assert [step.message_id for step in path.steps] == [network.event(name) for name in ("q", "r1", "r2", "a")]


def test_who_was_named_and_replied_answered_even_where_nothing_is_marked(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("q", text="Who knows?", hours=10),
        a_message("r", by="bruno", text="Chidi does.", to="q", hours=11),
        a_mention("m", of="chidi", by="bruno", inside="r", hours=11),
        a_message("a", by="chidi", text="Yes.", to="r", hours=14),
        a_message("t", by="dana", text="As Bruno said.", to="r", hours=15),
        a_mention("late", of="bruno", by="dana", inside="t", hours=15),
    )
    path = path_of(network, "q")
    assert told(path)[1:] == [("referrer", "Bruno", 1.0, True), ("answerer", "Chidi", 4.0, True)]
    assert not path.is_accepted


def test_without_a_mention_the_first_reply_answers_and_a_marked_answer_goes_before_it(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("q", text="Which pump?", hours=10),
        a_message("own", to="q", hours=11),
        a_message("r1", by="bruno", to="q", hours=12),
        a_message("r2", by="chidi", to="q", hours=13),
    )
    assert told(path_of(network, "q"))[1:] == [("answerer", "Bruno", 2.0, True)]
    network.apply(water, a_message("r2", by="chidi", to="q", hours=13, is_accepted=True))
    path = path_of(network, "q")
    assert told(path)[1:] == [("answerer", "Chidi", 3.0, True)]
    assert (path.is_accepted, path.hops) == (True, None)


def test_who_met_in_another_community_are_strangers_in_this_one_as_the_measure_says(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(health, a_message("h", by="bruno", hours=1), a_message("h2", to="h", hours=2))
    network.apply(water, a_message("q", text="Which pump?", hours=10), a_message("r", by="bruno", to="q", hours=12))
    path = path_of(network, "q")
    january = Window.between(START.date(), START.date() + timedelta(days=31))
    with network.read() as reader:
        (rate,) = measure(reader, "stranger_answer_rate", scope=(water,), windows=[january], as_of=NOW)
    assert (path.strangers, path.hops, rate.value) == (1, None, 1.0)


def test_a_chain_of_mentions_is_one_line_and_a_ring_ends(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("old", by="bruno", hours=0),
        a_reaction("like", to="old", by="amina", hours=1),
        a_message("q", text="Who knows?", hours=10),
        a_message("r1", by="bruno", to="q", hours=11),
        a_mention("m1", of="chidi", by="bruno", inside="r1", hours=11),
        a_message("r2", by="chidi", to="q", hours=12),
        a_mention("m2", of="dana", by="chidi", inside="r2", hours=12),
        a_mention("m3", of="bruno", by="dana", inside="r2", hours=10.5),
        a_message("r3", by="dana", to="q", hours=13, is_accepted=True),
    )
    path = path_of(network, "q")
    assert [(role, name, is_stranger) for role, name, _, is_stranger in told(path)] == [
        ("asker", "Amina", False),
        ("referrer", "Bruno", False),
        ("referrer", "Chidi", True),
        ("answerer", "Dana", True),
    ]


def test_what_has_no_answer_ends_with_the_asker_and_what_is_no_question_has_no_path(network):
    network.apply(network.community("Water"), a_message("q", text="Anyone?"), a_message("n", text="A note.", hours=1))
    path = path_of(network, "q")
    assert [step.role for step in path.steps] == [Role.ASKER]
    assert (path.is_answered, path.hours, path.hops) == (False, None, None)
    assert path_of(network, "n") is None


def test_the_measure_names_the_same_two_as_the_path(network):
    """Of a chain its end, by the first who named them; who had replied before was not brought in."""
    water = network.community("Water")
    network.apply(
        water,
        a_message("q", text="Who knows?", hours=10),
        a_message("r1", by="dana", to="q", hours=11),
        a_mention("m1", of="bruno", by="dana", inside="r1", hours=11),
        a_message("r2", by="bruno", to="q", hours=12),
        a_mention("m2", of="chidi", by="bruno", inside="r2", hours=12),
        a_mention("m3", of="chidi", by="dana", inside="r2", hours=12.5),
        a_message("r3", by="chidi", to="q", hours=13),
        a_mention("m4", of="dana", by="chidi", inside="r3", hours=13),
        a_message("r4", by="dana", to="q", hours=14),
    )
    *_, referrer, answerer = path_of(network, "q").steps
    bounds = {"first": to_micros(START), "until": to_micros(START + timedelta(days=9))}
    with network.read() as reader:
        (found,) = referrals(reader, (), **bounds, seen=bounds["until"])
    assert (found.referrer, found.answerer) == (referrer.person_id, answerer.person_id)
    assert (referrer.name.split()[0], answerer.name.split()[0]) == ("Bruno", "Chidi")
