"""The two places of the roll-up for tests: the profile, and a real PostgreSQL where one is installed or required."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.builders import a_database
from tests.rig import postgres
from workbench.models.postgres import Postgres
from workbench.sync.rollup import Place

SERVED = postgres.is_installed() or postgres.REQUIRED
PLACES = ["profile", *(["postgresql"] if SERVED else [])]
_schemas = count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A running PostgreSQL; where none is installed its tests are left out, or fail where it is required."""
    if not postgres.is_installed():
        (pytest.fail if postgres.REQUIRED else pytest.skip)(f"{postgres.ABSENT}")
    running = postgres.Server()
    try:
        running.start()
        yield running
    finally:
        running.stop()


def an_address(server: postgres.Server) -> str:
    """The address of a part of the server that is empty."""
    schema = f"part_{next(_schemas)}"
    server.ask(f"CREATE SCHEMA {schema}")
    return server.url(schema=schema)


@pytest.fixture
def server_address(postgres_server: postgres.Server) -> str:
    """The same for one test."""
    return an_address(postgres_server)


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each place in turn, empty."""
    if request.param == "profile":
        database = a_database(tmp_path)
        yield database
        database.close()
        return
    server = Postgres(an_address(request.getfixturevalue("postgres_server")))
    yield server
    server.close()
