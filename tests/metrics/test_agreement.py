"""Two ways to the same numbers: through mirror, roll-ups and frames, and by counting a list of events."""

import random
from datetime import date, timedelta

import pytest

from tests.metrics.plain import DAYS, FIRST_DAY, PlainMeasures, Village, a_village, moment
from tests.queries.network import a_network
from workbench.ids import CommunityId
from workbench.metrics.catalog import METRICS
from workbench.metrics.compute import measure_all
from workbench.metrics.window import Window, month
from workbench.models.database import Database

VILLAGES = 120
KEYS = [metric.key for metric in METRICS]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """120 communities of one profile, each with what is known to have happened in it."""
    rng = random.Random(2024)
    network = a_network(tmp_path_factory.mktemp("villages"))
    villages: dict[CommunityId, Village] = {}
    for number in range(VILLAGES):
        village = a_village(number, rng)
        community = network.community(f"Village {number}")
        network.apply(community, *village.records())
        network.cover(community, FIRST_DAY - timedelta(days=200), FIRST_DAY + timedelta(days=DAYS))
        villages[community] = village
    yield network.database, villages
    network.database.close()


def some_windows(rng: random.Random) -> list[Window]:
    starts = [rng.randrange(DAYS - 1) for _ in range(3)]
    spans = [Window(moment(start), moment(rng.randint(start + 1, DAYS))) for start in starts]
    return [*spans, month(2024, 1), month(2024, 2), month(2024, 3), Window.between(date(2024, 1, 1), date(2024, 3, 1))]


def test_every_measure_agrees_with_plain_counting_on_a_hundred_and_twenty_networks(world: tuple[Database, dict]):
    database, villages = world
    rng = random.Random(7)
    checked = 0
    with database.read() as reader:
        for community, village in villages.items():
            windows = some_windows(rng)
            as_of = moment(rng.randrange(DAYS + 10), hours=rng.choice((0, 9)))
            values = measure_all(reader, KEYS, scope=(community,), windows=windows, as_of=as_of)
            for position, window in enumerate(windows):
                plain = PlainMeasures(village, window.start, window.end, as_of)
                for key in KEYS:
                    value = values[key][position]
                    expected = plain.answer(key)
                    assert (value.numerator, value.denominator) == expected[1:], (key, window, village)
                    assert value.value == pytest.approx(expected[0]), (key, window, village)
                    checked += value.value is not None
    assert checked > VILLAGES * len(KEYS)


def test_over_all_networks_people_count_once_and_messages_add_up(world: tuple[Database, dict]):
    database, villages = world
    window = month(2024, 2)
    everyone = Village(
        tuple(deed for village in villages.values() for deed in village.deeds),
        tuple(stay for village in villages.values() for stay in village.stays),
        frozenset().union(*(village.bots for village in villages.values())),
    )
    plain = PlainMeasures(everyone, window.start, window.end, moment(DAYS))
    with database.read() as reader:
        whole = measure_all(reader, KEYS, scope=(), windows=[window], as_of=moment(DAYS))
        named = measure_all(reader, KEYS, scope=tuple(villages), windows=[window], as_of=moment(DAYS))
    assert whole == named
    for key in KEYS:
        expected = plain.answer(key)
        assert (whole[key][0].numerator, whole[key][0].denominator) == expected[1:], key
        assert whole[key][0].value == pytest.approx(expected[0]), key
