"""Taking in plan files in a process of its own, made to be killed; loads what it needs once, for all that are forked."""

from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

# The first write loads the ORM and its dialect: loaded here, a forked run begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

from tests.builders import a_workspace
from workbench.errors import ReplayedEnvelopeError
from workbench.operations.exchange import read_plan_file, receive_plan

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel)


def run(folder: Path, files: Sequence[Path], said: Connection) -> None:
    """Takes in one file after the other and says each name once it is in; those taken in before are passed over."""
    with a_workspace(folder) as workspace:
        said.send("")
        for path in files:
            try:
                receive_plan(workspace, read_plan_file(workspace, path))
            except ReplayedEnvelopeError:
                continue
            said.send(path.name)
