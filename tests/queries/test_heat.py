"""Heat: halves in two weeks; what is cold sinks and stays listed."""

from datetime import timedelta

import pytest

from tests.queries.network import NOW, a_message, a_reaction
from workbench.queries.heat import heats, hot_threads


def test_heat_is_the_weighted_sum_of_what_came_halved_every_two_weeks(network):
    water = network.community("Water")
    days = {"new": 0, "mid": 14, "old": 150}
    for name, age in days.items():
        at = NOW - timedelta(days=age)
        network.apply(
            water, a_message(name, at=at - timedelta(days=1)), a_message(f"{name}r", by="bruno", to=name, at=at)
        )
    network.apply(
        water, a_reaction("like", to="mid", by="chidi", hours=(NOW - a_message("x").sent_at).total_seconds() / 3600)
    )
    with network.read() as reader:
        heat = heats(reader, (), as_of=NOW)
        assert heat == {network.event("new"): pytest.approx(3.0), network.event("mid"): pytest.approx(2.5)}
        names = {network.event(name): name for name in days}
        order = [names[row.id] for row in hot_threads(reader, (water,), as_of=NOW, limit=9)]
        assert order == ["new", "mid", "old"]
        pages = [hot_threads(reader, (), as_of=NOW, limit=1, offset=place) for place in range(4)]
        assert [names[row.id] for page in pages for row in page] == order
        period = (NOW - timedelta(days=200), NOW - timedelta(days=100))
        assert [names[row.id] for row in hot_threads(reader, (), as_of=NOW, limit=9, period=period)] == ["old"]
