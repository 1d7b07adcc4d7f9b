"""Two ways to the same numbers: through mirror, roll-ups and frames, and by counting a list of events."""

import random
from datetime import date

import pytest

from tests.metrics.plain import DAYS, Village, moment
from tests.metrics.plain_more import PlainMore
from tests.metrics.villages import a_world
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure_all
from workbench.metrics.network_catalog import NETWORK
from workbench.metrics.window import Window, month
from workbench.models.database import Database

VILLAGES = 200
NETWORK_KEYS = {metric.key for metric in NETWORK}
"""Worked out a second time beside the measures of ties."""
KEYS = [metric.key for metric in CATALOG if metric.key not in NETWORK_KEYS]
CLOSE = {"heat": 0.0001}
"""How near the two have to be where a sum of small fractions is rounded to six places; else to the digit."""
ONE_COMMUNITY = {
    "adoption",
    "attendance",
    "bottom_up",
    "collective_intelligence",
    "coordinated",
    "flash_coordination",
    "involvement",
    "not_by_leader",
    "pillar_balance",
    "reach",
}
"""What rests on a plan, a head count or a mark of one community."""


def near(key: str, number: float | None) -> object:
    return None if number is None else pytest.approx(number, rel=CLOSE.get(key))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """200 communities of one profile, each with what is known to have happened in it."""
    database, villages = a_world(tmp_path_factory.mktemp("villages"), VILLAGES)
    yield database, villages
    database.close()


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
                    assert value.value == near(key, expected[0]), (key, window, village)
                    details = plain.details(key)
                    assert {name: value.detail[name] for name in details} == details, (key, window, village)
                    said |= {key} if value.value else set()
    # Five people of three offices within a day do not meet by chance in so few.
    assert set(KEYS) - said == {"flash_coordination", "bottom_up"}


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
        assert whole[key][0].value == near(key, expected[0]), key
