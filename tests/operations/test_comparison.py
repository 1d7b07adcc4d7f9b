"""Comparison: one type, by name, by activity and by what shows its value."""

from datetime import date, timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, a_message, a_person
from tests.queries.network import a_network as network_in
from workbench.errors import BadInputError
from workbench.metrics.window import Window
from workbench.models.kinds import CardColumn, CommunityType, EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.notes.community_cards import CommunityCardStore
from workbench.operations.comparison import MEASURES, ValueEvidence, compare
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore

TEAM = CommunityType.PROJECT_TEAM
SPRING = Window.between(date(2024, 3, 17), date(2024, 6, 15))


@pytest.fixture
def network(tmp_path):
    found = network_in(tmp_path)
    yield found
    found.database.close()


@pytest.fixture
def teams(network):
    """Water, answered, with a plan, asked for by its members; Cold, of which only a message is known."""
    water, cold = (network.community(name, type=TEAM) for name in ("Water", "cold"))
    at = NOW - timedelta(days=5)
    north, south = a_person("amina", office="North"), a_person("bruno", office="South")
    network.apply(
        water, a_message("m1", by=north, at=at), a_message("m2", by=south, to="m1", at=at + timedelta(hours=2))
    )
    network.apply(cold, a_message("c1", by=north, at=at))
    for each in (water, cold):
        network.cover(each, date(2024, 1, 1), date(2024, 6, 14))
    proof = Evidence("", EvidenceKind.LINK, "", "https://example.org/page")
    PlanStore(network.database, a_clock(NOW), author="Amina").create(
        name="Seals", purpose="Pumps run", owner="Amina Example", starts_on=date(2024, 5, 1), community_id=water,
        objectives=[ObjectiveDraft("Answers", "reply_rate", 0.5), ObjectiveDraft("Talk", "messages", 500)],
        cards=[
            CardDraft("Page", column=CardColumn.DONE, evidence=(proof,)),
            CardDraft("Call", column=CardColumn.DONE),
            CardDraft("Later", evidence=(proof,)),
        ],
    )  # fmt: skip
    store = CommunityCardStore(network.database)
    store.set_card(water, {"asked_by": "members", "coordinator": "Amina Example"})
    store.set_benchmark("curiosity", TEAM, value=0.11, source="A study", day=date(2024, 1, 1))
    return water, cold


def test_columns_stand_by_name_with_measures_and_evidence(network, teams):
    water, cold = teams
    with network.read() as reader:
        found = compare(reader, ids=(water, cold), window=SPRING, as_of=NOW)
    assert [each.card.name for each in found.communities] == ["cold", "Water"]
    assert all(tuple(line.metric.key for line in each.lines) == MEASURES for each in found.communities)
    one, two = found.communities
    assert (one.line("reply_rate").now.value, two.line("reply_rate").now.value) == (0.0, 1.0)
    assert [each.value for each in (one.offices, two.offices, found.offices)] == [1, 2, 2]
    assert (one.evidence, two.evidence) == (ValueEvidence(0, 0, 0, 0), ValueEvidence(1, 2, 1, 2))
    assert (found.type, found.benchmarks["curiosity"].value) == (TEAM, 0.11)
    # Who asked is told of one of them only: that makes no whole of it.
    assert (found.bottom_up.value, found.not_said) == (0.5, 1)
    assert found.coordinated.value == 0.5
    with pytest.raises(KeyError):
        one.line("heat")


def test_offices_nobody_knows_are_no_data_and_not_none(network, teams):
    """Silence is told as no office; of people of unknown offices, and of days not known, nothing is."""
    quiet, plain, unknown = (network.community(name, type=TEAM) for name in ("quiet", "plain", "unknown"))
    network.apply(plain, a_message("p1", by=a_person("noor"), at=NOW - timedelta(days=5)))
    for each in (quiet, plain):
        network.cover(each, date(2024, 1, 1), date(2024, 6, 14))
    with network.read() as reader:
        found = compare(reader, ids=(quiet, plain, unknown), window=SPRING, as_of=NOW)
    told = {each.card.name: each.offices.value for each in found.communities}
    assert told == {"quiet": 0, "plain": None, "unknown": None}


def test_what_cannot_be_compared_is_refused(network, teams):
    water, _cold = teams
    open_ = network.community("Open")
    with network.read() as reader:
        for ids in ((), (water, 999), (water, open_)):
            with pytest.raises(BadInputError):
                compare(reader, ids=ids, window=SPRING, as_of=NOW)
