"""Cards kept: two communities that were one place find one card; the rest is told by the store's tests."""

from tests.queries.network import a_network
from workbench.models.kinds import AccountKind, CommunityType
from workbench.queries.community_card import community_card
from workbench.sync.accounts import AccountStore
from workbench.sync.records import CommunityRecord


def test_a_card_goes_to_the_first_that_comes_back(tmp_path):
    network = a_network(tmp_path)
    water = network.community("Water")
    network.mirror.set_community_type(water, CommunityType.PROJECT_TEAM)
    network.mirror.remove_account(network.account_id)
    accounts = AccountStore(network.database, network.mirror._clock)
    first, second = (accounts.add(AccountKind.TABLE, name) for name in ("One", "Two"))
    back, other = (
        network.mirror.ensure_community(account, CommunityRecord("water", name))
        for account, name in ((first, "Water"), (second, "Water 2"))
    )
    with network.read() as reader:
        kinds = [community_card(reader, each).type for each in (back, other)]
    assert kinds == [CommunityType.PROJECT_TEAM, None]
    network.database.close()
