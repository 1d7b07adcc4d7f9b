"""A network that the mirror filled, for every test of the read side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queries.network import Network, a_network


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    network = a_network(tmp_path)
    yield network
    network.database.close()
