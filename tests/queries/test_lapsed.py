"""Who took part often and fell silent."""

from datetime import date, datetime, timedelta

import pytest

from tests.queries.network import NOW, START, Network, a_message, a_reaction
from workbench.metrics.compute import measure
from workbench.metrics.window import Window
from workbench.models.moments import to_micros
from workbench.queries.lapsed import REGULAR_ACTS, REGULAR_DAYS, LapsedRegular, lapsed_regulars
from workbench.queries.weeks import WEEK_DAYS
from workbench.sync.rollup_network import OFTEN

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def wrote(network: Network):
    wash = network.community("WASH")

    def wrote(who: str, *, times: int, until_days_ago: int, every: float = 1.0) -> None:
        last = NOW - until_days_ago * DAY
        network.apply(wash, *(a_message(f"{who}{n}", by=who, at=last - n * every * DAY) for n in range(times)))

    network.cover(wash, date(2023, 1, 1), date(2024, 6, 14))
    return wrote


def found(network: Network, *, as_of: datetime = NOW) -> list[LapsedRegular]:
    with network.read() as reader:
        return lapsed_regulars(reader, (), as_of=as_of)


def test_fifty_acts_in_ninety_days_and_then_thirty_silent_ones(network: Network, wrote):
    wrote("silent", times=50, until_days_ago=31, every=1.8)
    wrote("still here", times=50, until_days_ago=20)
    wrote("too few", times=49, until_days_ago=35)
    wrote("too slow", times=60, until_days_ago=40, every=3.0)
    wrote("long gone", times=80, until_days_ago=200)
    (one,) = found(network)
    assert (one.name, one.community, one.silent_days, one.is_paused) == ("Silent Example", "WASH", 30, False)


def test_acts_spread_evenly_over_the_weeks_are_often_in_one_of_them():
    weeks = -(-(REGULAR_DAYS + WEEK_DAYS - 1) // WEEK_DAYS)
    assert weeks * (OFTEN - 1) < REGULAR_ACTS


def test_one_nudge_pauses_for_ninety_days(network: Network, wrote):
    wrote("silent", times=50, until_days_ago=40)
    nudge = "INSERT INTO nudge (id, person_id, at, is_sent) VALUES (?, ?, ?, 0)"
    network.change(nudge, "n", network.person("silent"), to_micros(NOW - 80 * DAY))
    assert [one.is_paused for one in found(network)] == [True]
    assert [one.is_paused for one in found(network, as_of=NOW + 20 * DAY)] == [False]


def test_nobody_falls_silent_because_nothing_was_fetched(network: Network):
    old = network.community("Old")
    network.cover(old, date(2023, 1, 1), date(2024, 4, 30))
    network.apply(
        old,
        *(a_message(f"m{n}", by="amina", at=datetime(2024, 4, 29, 9, tzinfo=NOW.tzinfo) - n * DAY) for n in range(60)),
    )
    assert found(network) == []


def test_who_only_liked_and_fell_silent_is_asked_after_as_the_measure_counts(network: Network):
    water, last = network.community("Water"), NOW - 40 * DAY
    network.cover(water, date(2022, 1, 1), date(2024, 6, 14))
    network.apply(
        water,
        a_message("post", by="zoe", at=last - 300 * DAY),
        *(a_reaction(f"x{n}", by="liker", to="post", hours=(last - START) / HOUR - 12 * n) for n in range(60)),
    )
    with network.read() as reader:
        window = Window.between(date(2024, 5, 1), NOW.date())
        (value,) = measure(reader, "lapsed", scope=(water,), windows=[window], as_of=NOW)
    assert ([one.name for one in found(network)], value.value) == (["Liker Example"], 1)
