"""Sources: which account stands behind each community."""

from workbench.models.kinds import AccountKind, CommunityType
from workbench.queries.sources import list_sources, source_kind, source_named


def test_sources_come_in_the_order_they_were_added(network):
    water = network.community(
        "Water", type=CommunityType.BROADCAST_STREAM, description="Pumps", url="https://example.org/w"
    )
    network.community("Health")
    with network.read() as reader:
        first, second = list_sources(reader)
    assert (first.community_id, first.community, first.remote_id) == (water, "Water", "water")
    assert (first.description, first.url, first.address) == ("Pumps", "https://example.org/w", None)
    assert (first.type, second.type) == (CommunityType.BROADCAST_STREAM, None)
    assert (first.account_id, first.kind, first.account) == (network.account_id, AccountKind.TABLE, "Tables")
    assert (first.base_url, first.settings, first.is_paused) == (None, "{}", False)


def test_a_source_is_found_by_exactly_its_name(network):
    network.community("Water")
    with network.read() as reader:
        assert source_named(reader, " WATER ").community == "Water"
        assert source_named(reader, "Wat") is None


def test_kind_of_a_source_is_told_by_its_community(network):
    water = network.community("Water")
    with network.read() as reader:
        assert source_kind(reader, water) is AccountKind.TABLE
        assert source_kind(reader, water + 1) is None
