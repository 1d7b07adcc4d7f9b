"""What may want attention: whether there is anything at all."""

from tests.queries.network import Network
from workbench.queries.today import is_filled


def test_a_profile_is_filled_by_a_community_or_a_plan(network: Network) -> None:
    def filled() -> bool:
        with network.read() as reader:
            return is_filled(reader)

    assert not filled()
    network.community("WASH")
    assert filled()
