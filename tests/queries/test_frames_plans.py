"""Frame parts from plans: names that members bear, what the Library keeps, activities, who coordinates what."""

from datetime import date

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, a_member, a_message, a_person
from workbench.models.kinds import CardKind, EvidenceKind, Pillar
from workbench.models.moments import to_day
from workbench.models.plan_parts import Evidence, RoleLine
from workbench.notes.community_cards import CommunityCardStore
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.queries.frames_plans import (
    PLAN_DAYS,
    STAFF,
    Activity,
    Coordination,
    Holding,
    activities,
    coordination,
    head_count,
    holdings,
    library_threads,
)

FIRST = to_day(date(2024, 3, 1))


@pytest.fixture
def planned(network):
    water, health = network.community("Water"), network.community("Health")
    people = [
        a_person("amina", name="Amína Example"),
        a_person("bruno", name="Bruno Example"),
        a_person("chen", name="Chen Example"),
    ]
    network.apply(water, *(a_message(f"m{number}", by=person) for number, person in enumerate(people)))
    kept = Evidence("", EvidenceKind.THREAD, "", "thread:table/m1")
    elsewhere = Evidence("", EvidenceKind.LINK, "", "https://example.org/m2")
    PlanStore(network.database, a_clock(NOW), author="Amina").create(
        name="Seals",
        purpose="Pumps run",
        owner="AMINA example",
        starts_on=date(2024, 3, 1),
        community_id=water,
        objectives=[ObjectiveDraft("More answers", "reply_rate")],
        cards=[
            CardDraft("Page", owner="chen example", pillar=Pillar.LIBRARY, evidence=(kept, elsewhere)),
            CardDraft("Talk", owner="Somebody Else", pillar=Pillar.DIALOGUE),
            CardDraft("Promise", owner="", kind=CardKind.COMMITMENT),
        ],
        roles=(RoleLine("Facilitator", "Bruno Example"),),
    )
    return network, water, health


def test_names_in_plans_are_those_of_members_whatever_their_case_and_accents(planned):
    network, water, health = planned
    amina, bruno, chen = (network.person(name) for name in ("amina", "bruno", "chen"))
    with network.read() as reader:
        assert set(holdings(reader, (water,))) == {
            Holding(amina, FIRST, FIRST + PLAN_DAYS, leads=True),
            Holding(bruno, FIRST, FIRST + PLAN_DAYS, leads=True),
            Holding(chen, FIRST, FIRST + PLAN_DAYS, leads=False),
        }
        assert holdings(reader, (health,)) == ()


def test_library_cards_keep_the_threads_they_name(planned):
    network, water, health = planned
    with network.read() as reader:
        assert library_threads(reader, (water,)) == {network.event("m1")}
        assert library_threads(reader, (health,)) == frozenset()


def test_commitments_are_no_activities(planned):
    network, water, _ = planned
    with network.read() as reader:
        found = activities(reader, (water,))
    assert sorted(each.pillar for each in found) == [Pillar.DIALOGUE, Pillar.LIBRARY]
    assert found[0] == Activity(FIRST, FIRST + PLAN_DAYS, found[0].pillar)


def test_a_community_is_coordinated_by_a_member_who_leads_it(planned):
    network, water, health = planned
    network.apply(water, a_member("amina", role="moderator"), a_member("chen", role="Programme officer"))
    with network.read() as reader:
        assert coordination(reader, ()) == Coordination(1, 2, unsaid=2)
        assert coordination(reader, (health,)) == Coordination(0, 1, is_told=False, unsaid=1)
    CommunityCardStore(network.database).set_card(water, {"asked_by": "members"})
    CommunityCardStore(network.database).set_card(health, {"asked_by": "office"})
    with network.read() as reader:
        assert coordination(reader, ()) == Coordination(1, 2, asked_for=1)


def test_a_head_count_is_of_one_community_or_of_all_and_never_of_some(planned):
    network, water, health = planned
    text = '[{"community": "Water", "people": 40, "on": "2024-01-01", "source": "list"}]'
    network.change("INSERT INTO preference VALUES (?, ?)", STAFF, text)
    with network.read() as reader:
        assert head_count(reader, (water,), on=date(2024, 1, 1)).people == 40
        assert [head_count(reader, scope, on=date(2024, 2, 1)) for scope in ((), (health,), (water, health))] == [
            None
        ] * 3
