"""A sender in a process of its own, made to be killed; its platform is a file that outlives it."""

import os
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

# The first write loads the ORM and its dialect: loaded here, a forked run begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

from tests.builders import NOW, a_clock, a_workspace
from workbench.ids import AccountId
from workbench.models.kinds import PostKind
from workbench.operations.outbox import send_due
from workbench.sync.posting import Posting, Sent

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel)


class FilePlatform:
    """Takes posts as lines of a file; knows no keys, so what is unknown has to be looked for by its words."""

    sends = frozenset(PostKind)
    repeats_safely: frozenset[PostKind] = frozenset()

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, posting: Posting) -> Sent:
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(handle, f"{posting.text}\n".encode())
        finally:
            os.close(handle)
        return Sent(posting.text)

    def find(self, posting: Posting) -> Sent | None:
        return Sent(posting.text) if posting.text in self.texts() else None

    def link(self, posting: Posting) -> str | None:
        return None

    def texts(self) -> list[str]:
        return self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []


def run(folder: Path, minutes: int, said: Connection) -> None:
    """Takes the profile over and sends what is due, so many minutes later."""
    clock = a_clock(NOW + timedelta(minutes=minutes))
    with a_workspace(folder, clock=clock) as workspace:
        said.send("begun")
        send_due(workspace, account_id=AccountId(1), connector=FilePlatform(folder / "platform.txt"))
        said.send("done")
