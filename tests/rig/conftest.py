"""Fixtures over real servers; where one is not installed its tests are not collected, unless they are required."""

from collections.abc import Iterator

import pytest

from tests.rig import hyperkitty as server

collect_ignore = [] if server.is_installed() or server.REQUIRED else ["test_hyperkitty_live.py"]


@pytest.fixture(scope="session")
def hyperkitty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Hyperkitty]:
    """A running HyperKitty without lists; fails where it is required and not installed."""
    if not server.is_installed():
        pytest.fail("HyperKitty is not installed; run: python3 packaging/servers/mailman.py")
    running = server.Hyperkitty(tmp_path_factory.mktemp("hyperkitty"))
    running.start()
    yield running
    running.stop()
