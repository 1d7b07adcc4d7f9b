"""A network that the mirror filled, for every test of the read side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queries.network import Network, a_message, a_network, a_person, gone
from workbench.ids import CommunityId


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    network = a_network(tmp_path)
    yield network
    network.database.close()


@pytest.fixture
def talk(network: Network) -> tuple[Network, CommunityId, CommunityId]:
    """What was said in two communities: a question with an accepted answer, a machine, and what was taken back."""
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_message("m1", hours=0, text="Where is it? #Water"),
        a_message("m2", by="bruno", hours=30, to="m1", is_accepted=True),
        a_message("m3", by=a_person("daemon", is_bot=True), hours=31, to="m1"),
        a_message("m4", hours=32, text="#water #cash"),
        a_message("m5", by="bruno", hours=33, to="m4"),
        a_message("m6", hours=34, to="m4"),
        gone("m5"),
    )
    network.apply(health, a_message("h1", by="bruno", hours=5, text="#water"))
    return network, water, health
