"""Two ways to the same numbers: through mirror, roll-ups and frames, and by counting a list of events."""

import json
import random
from datetime import date, timedelta

import pytest

from tests.builders import a_clock
from tests.metrics.plain import DAYS, FIRST_DAY, KNOWN_AFTER, KNOWN_BEFORE, Scheme, Village, a_village, moment
from tests.metrics.plain_more import PlainMore
from tests.queries.network import NOW, Network, a_network
from workbench.ids import CommunityId
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure_all
from workbench.metrics.network_catalog import NETWORK
from workbench.metrics.window import Window, month
from workbench.models.database import Database
from workbench.models.kinds import EvidenceKind, Pillar
from workbench.models.plan_parts import Evidence, RoleLine
from workbench.models.question import ThreadCare
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.queries.frames_plans import STAFF

VILLAGES = 200
NETWORK_KEYS = {metric.key for metric in NETWORK}
"""Worked out a second time beside the measures of ties."""
KEYS = [metric.key for metric in CATALOG if metric.key not in NETWORK_KEYS]
CLOSE = {"heat": 0.0001}
"""How near the two have to be where a sum of small fractions is rounded to six places; else to the digit."""
ONE_COMMUNITY = {
    "adoption",
    "attendance",
    "collective_intelligence",
    "coordinated",
    "flash_coordination",
    "involvement",
    "not_by_leader",
    "pillar_balance",
    "reach",
}
"""What rests on a plan, a head count or a mark of one community."""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """200 communities of one profile, each with what is known to have happened in it."""
    rng = random.Random(3)
    network = a_network(tmp_path_factory.mktemp("villages"))
    plans = PlanStore(network.database, a_clock(NOW), author="Amina")
    villages: dict[CommunityId, Village] = {}
    for number in range(VILLAGES):
        village = a_village(number, rng)
        community = network.community(f"Village {number}")
        network.apply(community, *village.records())
        network.cover(community, FIRST_DAY - timedelta(days=KNOWN_BEFORE), FIRST_DAY + timedelta(days=KNOWN_AFTER))
        for root in sorted(village.urgent):
            mark_urgent(network, root)
        if village.scheme is not None:
            plan(plans, community, village.scheme)
        villages[community] = village
    counts = [
        {"community": f"Village {number}", "people": village.staff, "on": "2023-01-01", "source": "the office"}
        for number, village in enumerate(villages.values())
        if village.staff is not None
    ]
    network.change("INSERT INTO preference VALUES (?, ?)", STAFF, json.dumps(counts))
    yield network.database, villages
    network.database.close()


def mark_urgent(network: Network, root: str) -> None:
    care = ThreadCare(
        thread_id=network.event(root),
        account_kind="table",
        community_remote_id="",
        root_remote_id=root,
        urgent_at=NOW,
    )
    with network.database.write() as session:
        session.add(care)


def plan(plans: PlanStore, community: CommunityId, scheme: Scheme) -> None:
    cards = [
        CardDraft("A task", owner=f"{owner.title()} Example", pillar=None if pillar is None else Pillar(pillar))
        for owner, pillar in scheme.cards
    ]
    kept = [
        CardDraft(
            "Keep it", pillar=Pillar.LIBRARY, evidence=(Evidence("", EvidenceKind.THREAD, "", f"thread:table/{root}"),)
        )
        for root in scheme.kept
    ]
    plans.create(
        name=f"Plan {community}",
        purpose="Safe water",
        owner=f"{scheme.owner.upper()} example",
        starts_on=scheme.starts_on,
        community_id=community,
        objectives=[ObjectiveDraft("More answers", "reply_rate")],
        cards=[*cards, *kept],
        roles=(RoleLine("Facilitator", f"{scheme.holder.title()} Example"),),
    )


def some_windows(rng: random.Random) -> list[Window]:
    """A span of chance, a month, and one of: a month, two of them, a time of silence, half a year later."""
    start = rng.randrange(DAYS - 1)
    span = Window(moment(start), moment(rng.randint(start + 1, DAYS)))
    others = (
        month(2024, 3),
        Window.between(date(2024, 1, 1), date(2024, 3, 1)),
        Window(moment(DAYS), moment(DAYS + 32)),
        month(2024, 9),
    )
    return [span, month(2024, 2), rng.choice(others)]


def test_every_measure_agrees_with_plain_counting_on_two_hundred_networks(world: tuple[Database, dict]):
    database, villages = world
    rng = random.Random(7)
    said: set[str] = set()
    with database.read() as reader:
        for community, village in villages.items():
            windows = some_windows(rng)
            as_of = moment(rng.choice((rng.randrange(DAYS + 10), 300)), hours=rng.choice((0, 9)))
            values = measure_all(reader, KEYS, scope=(community,), windows=windows, as_of=as_of)
            for position, window in enumerate(windows):
                plain = PlainMore(village, window.start, window.end, as_of)
                for key in KEYS:
                    value = values[key][position]
                    expected = plain.answer(key)
                    assert (value.numerator, value.denominator) == expected[1:], (key, window, village)
                    assert value.value == pytest.approx(expected[0], rel=CLOSE.get(key)), (key, window, village)
                    details = plain.details(key)
                    assert {name: value.detail[name] for name in details} == details, (key, window, village)
                    said |= {key} if value.value else set()
    # Five people of three offices within a day do not meet by chance in so few.
    assert set(KEYS) - said == {"flash_coordination"}


def test_over_all_networks_people_count_once_and_messages_add_up(world: tuple[Database, dict]):
    database, villages = world
    window = month(2024, 2)
    everyone = Village(
        tuple(deed for village in villages.values() for deed in village.deeds),
        tuple(stay for village in villages.values() for stay in village.stays),
        frozenset().union(*(village.bots for village in villages.values())),
        {person: office for village in villages.values() for person, office in village.offices.items()},
    )
    plain = PlainMore(everyone, window.start, window.end, moment(DAYS))
    with database.read() as reader:
        whole = measure_all(reader, KEYS, scope=(), windows=[window], as_of=moment(DAYS))
        named = measure_all(reader, KEYS, scope=tuple(villages), windows=[window], as_of=moment(DAYS))
    assert whole == named
    for key in set(KEYS) - ONE_COMMUNITY:
        expected = plain.answer(key)
        assert (whole[key][0].numerator, whole[key][0].denominator) == expected[1:], key
        assert whole[key][0].value == pytest.approx(expected[0], rel=CLOSE.get(key)), key
