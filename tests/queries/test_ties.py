"""Ties: directed interactions by pair, first ones, answers, referrals, offices and outsiders; by index, bots left out."""

from pathlib import Path

import pytest

from tests.queries.network import START, Network, a_member, a_message, a_network, a_person, a_reaction, plan_of
from workbench.models.database import Reader
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.queries import ties
from workbench.sync.records import ActRecord

HOUR = 3_600_000_000
FIRST, LATE = to_micros(START), to_micros(START.replace(month=5))


@pytest.fixture
def network(tmp_path: Path):
    found = a_network(tmp_path)
    yield found
    found.database.close()


def a_mention(id_: str, *, by: str, of: str, on: str, hours: float):
    at = START.replace(hour=9) + (a_message("x", hours=hours).sent_at - START)
    return ActRecord(id_, "", EventKind.MENTION, a_person(by), at, target=on, target_person=a_person(of))


def filled(network: Network):
    """Amina asks, Luis answers and names Mei, Mei answers; a machine says hello; Amina likes what Mei wrote."""
    community = network.community("Water")
    network.apply(
        community,
        a_member("amina", office="Lima"),
        a_member("robot", is_bot=True),
        a_message("q", by="amina", text="Who has pumps? #pumps", hours=1),
        a_message("hello", by=a_person("robot", is_bot=True), to="q", hours=2),
        a_message("r1", by="luis", to="q", hours=3),
        a_mention("m", by="luis", of="mei", on="q", hours=3.1),
        a_message("r2", by="mei", to="q", hours=5),
        a_message("own", by="amina", to="q", hours=6),
        a_reaction("like", by="amina", to="r2", hours=7),
    )
    return community


def test_of_each_kind_it_is_told_who_turned_to_whom(network: Network):
    community = filled(network)
    amina, luis, mei = map(network.person, ("amina", "luis", "mei"))
    with network.read() as reader:
        (found,) = ties.tie_sums(reader, (community,), [FIRST, LATE])
        assert [sorted(zip(*columns, strict=True)) for columns in found.kinds] == [
            sorted([(luis, amina), (mei, amina)]),
            [(luis, mei)],
            [(amina, mei)],
        ]
        cut = ties.tie_sums(reader, (), [FIRST, FIRST + 4 * 3_600_000_000, LATE])
        assert [sum(len(sources) for sources, _ in one.kinds) for one in cut] == [2, 2]
        firsts = ties.first_ties(reader, ())
    assert firsts == {
        tuple(sorted((luis, amina))): FIRST + 3 * HOUR,
        tuple(sorted((luis, mei))): FIRST + round(3.1 * HOUR),
        tuple(sorted((mei, amina))): FIRST + 5 * HOUR,
    }


def test_the_first_time_is_that_of_the_scope_and_can_be_asked_of_a_span_or_of_pairs(network: Network):
    water, other = filled(network), network.community("Wells")
    network.apply(other, a_message("w1", by="mei", hours=2), a_message("w2", by="amina", to="w1", hours=4))
    amina, luis, mei = map(network.person, ("amina", "luis", "mei"))
    pair, others = tuple(sorted((amina, mei))), tuple(sorted((amina, luis)))
    with network.read() as reader:
        for scope, hours in (((), 4), ((water, other), 4), ((other,), 4), ((water,), 5)):
            at = FIRST + hours * HOUR
            assert ties.first_ties(reader, scope)[pair] == at
            assert ties.first_ties_of(reader, scope, [pair, (0, 1)]) == {pair: at}
            assert set(ties.first_ties(reader, scope, since=at, until=at + 1)) == {pair}
            assert pair not in ties.first_ties(reader, scope, until=at)
        assert ties.first_ties_of(reader, (other,), [others]) == {}


def test_the_first_reply_answers_unless_the_platform_accepts_another(network: Network):
    community = filled(network)
    span = {"first": FIRST, "until": LATE, "seen": LATE}
    question, second = network.event("q"), network.event("r2")
    with network.read() as reader:
        (answer,) = ties.answers(reader, (community,), **span)
        (referral,) = ties.referrals(reader, (community,), **span)
    amina, luis, mei = map(network.person, ("amina", "luis", "mei"))
    assert (answer.thread_id, answer.asker, answer.answerer) == (question, amina, luis)
    assert (referral.asker, referral.referrer, referral.answerer) == (amina, luis, mei)
    network.change("UPDATE thread SET accepted_id = ? WHERE id = ?", second, question)
    with network.read() as reader:
        (accepted,) = ties.answers(reader, (), **span)
        early = ties.answers(reader, (), first=FIRST, until=LATE, seen=FIRST + 4 * 3_600_000_000)
        assert ties.referrals(reader, (), first=FIRST, until=LATE, seen=FIRST + 4 * 3_600_000_000) == ()
    assert (accepted.answerer, accepted.answered_us) == (mei, FIRST + 5 * 3_600_000_000)
    assert early[0].answerer == luis


def test_thanked_answers_are_counted_by_hashtag(network: Network):
    community = filled(network)
    with network.read() as reader:
        found = ties.topic_answers(reader, (community,), first=FIRST, until=LATE)
    luis, mei = map(network.person, ("luis", "mei"))
    assert {row[1:] for row in found} == {(luis, 1, 0), (mei, 1, 1)}
    assert {row.tag for row in found} == {"pumps"}


def test_offices_are_those_of_people_and_outsiders_those_no_list_names(network: Network):
    community = filled(network)
    other = network.community("Unlisted")
    network.apply(other, a_message("elsewhere", by="tala"))
    amina, luis, mei = map(network.person, ("amina", "luis", "mei"))
    with network.read() as reader:
        assert ties.offices(reader, (community,)) == ties.offices(reader, ()) == {amina: "Lima"}
        assert ties.outsiders(reader, (community,)) == {luis, mei}
        assert ties.outsiders(reader, (other,)) is None


@pytest.mark.parametrize("scope", [(1,), (1, 2), ()], ids=["one", "some", "all"])
def test_no_question_walks_through_all_events(network: Network, monkeypatch, scope):
    filled(network)
    asked: list[tuple[str, object]] = []
    rows = Reader.rows

    def noted(self, sql, params=()):
        asked.append((sql, params))
        return rows(self, sql, params)

    monkeypatch.setattr(Reader, "rows", noted)
    span = {"first": FIRST, "until": LATE}
    with network.read() as reader:
        ties.tie_sums(reader, scope, [FIRST, LATE])
        ties.first_ties(reader, scope)
        ties.answers(reader, scope, **span, seen=LATE)
        ties.referrals(reader, scope, **span, seen=LATE)
        ties.topic_answers(reader, scope, **span)
        plans = [plan_of(reader, sql, params) for sql, params in list(asked)]
    assert len(plans) >= 5
    assert not [plan for plan in plans if "SCAN e" in plan.replace("SCAN e USING COVERING", "")]
