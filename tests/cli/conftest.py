"""The desk of every test of the command line."""

from pathlib import Path

import pytest

from tests.cli.runs import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """An empty profile."""
    return a_desk(tmp_path, capsys).make()


@pytest.fixture
def bare_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A key file and no profile yet."""
    return a_desk(tmp_path, capsys)
