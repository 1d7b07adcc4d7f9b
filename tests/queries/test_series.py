"""Series: a row for every week, also the silent ones."""

from datetime import UTC, date, datetime

import pytest

from tests.queries.network import a_member, a_message, a_reaction
from workbench.queries.series import week_activity


@pytest.fixture
def talk(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_message("m1", by="amina"),
        a_message("m2", by="bruno", hours=2, to="m1"),
        a_message("m3", by="amina", hours=10),
        a_message("m4", by="bruno", hours=16, to="m3"),
        a_message("m5", by="amina", hours=15 * 24),
        a_reaction("x1", by="chen", to="m5", hours=15 * 24 + 1),
    )
    network.apply(health, a_message("h1", by="amina", hours=1), a_message("h2", by="chen", hours=16 * 24))
    return network, water


def weeks(network, scope) -> list[tuple[object, ...]]:
    with network.read() as reader:
        rows = week_activity(reader, scope, date(2024, 1, 3), date(2024, 1, 17))
    return [
        (
            row.week.day,
            row.messages,
            row.contributors,
            row.newcomers,
            row.roots,
            row.replied_roots,
            row.first_reply_median_hours,
        )
        for row in rows
    ]


def test_weeks_of_one_community(talk):
    network, water = talk
    assert weeks(network, (water,)) == [(1, 4, 2, 2, 2, 2, 4.0), (8, 0, 0, 0, 0, 0, None), (15, 1, 1, 0, 1, 0, None)]


def test_weeks_of_the_whole_network_count_people_once(talk):
    network, _ = talk
    assert weeks(network, ()) == [(1, 5, 2, 2, 3, 2, 4.0), (8, 0, 0, 0, 0, 0, None), (15, 2, 2, 1, 2, 0, None)]


def test_naming_every_community_gives_the_same_weeks(talk):
    network, water = talk
    with network.read() as reader:
        both = tuple(id_ for (id_,) in reader.rows("SELECT id FROM community"))
    assert weeks(network, both) == weeks(network, ())
    assert len(both) > len((water,))


def test_who_left_within_the_week_is_not_counted_at_its_end(network):
    water = network.community("Water")
    network.apply(water, a_member("amina", left_at=datetime(2024, 1, 4, tzinfo=UTC)), a_message("m1", by="amina"))
    assert weeks(network, (water,))[0][:4] == (1, 1, 0, 0)
