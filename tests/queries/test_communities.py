"""Communities: key numbers without bots and those who left, trends by week, and finding one by name."""

from datetime import UTC, date, datetime, timedelta

from tests.queries.network import NOW, a_member, a_message, a_person
from workbench.models.kinds import AccountKind, CommunityType
from workbench.queries.communities import TREND_WEEKS, community_names, find_community, list_communities


def test_a_community_has_its_key_numbers(network):
    water = network.community("Water", type=CommunityType.INFORMATION_FORUM, description="Pumps and wells")
    network.apply(
        water,
        a_member("dora"),
        a_member("left", left_at=datetime(2024, 3, 1, tzinfo=UTC)),
        a_message("m1", by="amina"),
        a_message("m2", by="bruno", hours=2, to="m1"),
        a_message("m3", by=a_person("daemon", is_bot=True), hours=3, to="m1"),
        a_message("m4", by="amina", at=NOW - timedelta(days=1)),
    )
    network.cover(water, date(2024, 1, 1), date(2024, 6, 1))
    with network.read() as reader:
        (row,) = list_communities(reader, as_of=NOW)
    assert (row.id, row.name, row.description) == (water, "Water", "Pumps and wells")
    assert (row.platform, row.account, row.account_id) == (AccountKind.TABLE, "Tables", network.account_id)
    assert row.type is CommunityType.INFORMATION_FORUM
    assert (row.members, row.threads, row.messages, row.active_90d) == (3, 2, 3, 1)
    assert (row.first_at, row.last_at) == (datetime(2024, 1, 1, 9, tzinfo=UTC), NOW - timedelta(days=1))
    assert row.known_until == date(2024, 6, 1)
    early = datetime(2024, 3, 17, tzinfo=UTC)  # ninety days that are over end with 14 June
    network.apply(
        water,
        a_message("m5", by="amina", at=NOW - timedelta(hours=1)),
        a_message("m6", by="dora", at=NOW - timedelta(hours=1)),
        a_message("m7", by="bruno", at=early),
        a_message("m8", by="chen", at=early - timedelta(seconds=1)),
    )
    with network.read() as reader:
        (row,) = list_communities(reader, as_of=NOW)
    assert (row.members, row.active_90d) == (4, 2), "today is not over, and the other pages leave it out, too"


def test_the_trend_ends_with_the_week_of_today(network):
    water = network.community("Water")
    monday = datetime(2024, 6, 10, tzinfo=UTC)
    network.apply(
        water,
        a_message("m1", at=monday),
        a_message("m2", at=monday - timedelta(seconds=1)),
        a_message("m3", at=monday - timedelta(weeks=TREND_WEEKS - 1)),
        a_message("m4", at=monday - timedelta(weeks=TREND_WEEKS - 1, seconds=1)),
    )
    with network.read() as reader:
        (row,) = list_communities(reader, as_of=NOW)
    assert len(row.trend) == TREND_WEEKS
    assert (row.trend[-1], row.trend[-2], row.trend[0], sum(row.trend)) == (1, 1, 1, 3)


def test_an_empty_community_has_no_times_and_a_flat_trend(network):
    network.community("Water")
    with network.read() as reader:
        (row,) = list_communities(reader, as_of=NOW)
    assert (row.members, row.messages, row.first_at, row.known_until, row.type) == (0, 0, None, None, None)
    assert set(row.trend) == {0}


def test_communities_come_by_name_whatever_the_case(network):
    for name in ("beta", "Alpha", "Éclair", "alpine"):
        network.community(name)
    with network.read() as reader:
        assert [row.name for row in list_communities(reader, as_of=NOW)] == ["Alpha", "alpine", "beta", "Éclair"]
        assert set(community_names(reader).values()) == {"Alpha", "alpine", "beta", "Éclair"}


def test_a_community_is_found_by_its_name_or_the_only_beginning(network):
    ids = {name: network.community(name) for name in ("Water", "Water points", "Health")}
    with network.read() as reader:
        assert find_community(reader, " water ") == ids["Water"]
        assert find_community(reader, "HEA") == ids["Health"]
        assert find_community(reader, "Wat") is None
        assert find_community(reader, "nothing") is None
        assert find_community(reader, "") is None


def test_what_a_platform_lists_and_nobody_follows_is_no_community_of_ours(network):
    network.community("Water")
    for name in ("Listed", "Left"):
        community = network.community(name)
        network.change("UPDATE community SET is_followed = 0 WHERE id = ?", community)
    network.apply(community, a_message("m1"))
    with network.read() as reader:
        assert [row.name for row in list_communities(reader, as_of=NOW)] == ["Left", "Water"]
        assert find_community(reader, "L") == community
        assert find_community(reader, "Listed") is None
