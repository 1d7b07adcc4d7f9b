"""The network of the known circles for tests of the page's parts."""

import pytest

from tests.builders import NOW
from tests.networks import a_circle_of_friends
from workbench.metrics.window import last_days
from workbench.operations.network import NetworkLook, look_at_network


@pytest.fixture
def look(workspace) -> NetworkLook:
    return look_at_network(workspace, scope=(a_circle_of_friends(workspace),), window=last_days(90, NOW), as_of=NOW)
