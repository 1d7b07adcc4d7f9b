"""Fixtures over real servers; where one is not installed its tests are not collected, unless they are required."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig import hyperkitty as server
from tests.rig import oidc
from tests.rig.mailman import Mailman
from tests.sync.signin.desks import a_desk
from tests.two_places import postgres_server
from workbench.clock import FixedClock, SystemClock
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.microsoft import MicrosoftSettings, Resource
from workbench.sync.signin.oauth import OAuthSettings

__all__ = ["postgres_server"]

_ARCHIVE = ["test_hyperkitty_live.py", "test_mailman_live.py", "test_session_live.py"]
collect_ignore = [] if server.is_installed() or server.REQUIRED else _ARCHIVE
collect_ignore += (
    [] if oidc.is_installed() or oidc.REQUIRED else ["test_sign_in_live.py", "test_sign_in_faults_live.py"]
)


@pytest.fixture(scope="session")
def hyperkitty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Hyperkitty]:
    """A running HyperKitty without lists; fails where it is required and not installed."""
    if not server.is_installed():
        pytest.fail("HyperKitty is not installed; run: python3 packaging/servers/mailman.py")
    running = server.Hyperkitty(tmp_path_factory.mktemp("hyperkitty"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def mailman(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailman]:
    """A running Mailman without lists; fails as `hyperkitty` does."""
    if not server.is_installed():
        pytest.fail("Mailman is not installed; run: python3 packaging/servers/mailman.py")
    running = Mailman(tmp_path_factory.mktemp("mailman"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[oidc.Provider]:
    """A running OpenID provider; fails where it is required and not installed."""
    if not oidc.is_installed():
        pytest.fail("The sign-in server is not installed; run: python3 packaging/servers/oidc.py")
    running = oidc.Provider(tmp_path_factory.mktemp("oidc"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def provider(running_provider: oidc.Provider) -> oidc.Provider:
    """The provider as it behaves in the beginning."""
    running_provider.behave()
    return running_provider


@pytest.fixture
def desk(tmp_path: Path, provider: oidc.Provider) -> Iterator[Desk]:
    """An account on a line to the provider; its clock stands where the server's is, and moves when a test moves it."""
    transport = provider.transport()
    yield a_desk(tmp_path, clock=FixedClock(SystemClock().now()), transport=transport)
    transport.close()


@pytest.fixture
def entra(provider: oidc.Provider) -> MicrosoftSettings:
    """A client of the provider as an organisation registers one, with two services."""
    return MicrosoftSettings(
        provider.client, provider.authority, (Resource("talk", oidc.TALK), Resource("people", oidc.PEOPLE))
    )


@pytest.fixture
def oauth_settings(provider: oidc.Provider) -> OAuthSettings:
    """The same client, told by its addresses."""
    at = f"{provider.authority}/oauth2/v2.0"
    return OAuthSettings(
        provider.client, f"{at}/authorize", f"{at}/token", ("openid", *oidc.TALK), revoke_address=f"{at}/revoke"
    )
