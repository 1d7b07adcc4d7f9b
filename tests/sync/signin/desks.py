"""Desks for tests: one account in a profile of its own, with a person who does what is asked in a function."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from tests.builders import a_clock, a_database
from tests.sync.wire import Answer, Wire
from workbench.clock import Clock
from workbench.errors import WorkbenchError
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.sync.accounts import AccountStore
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.prompt import Prompt


def a_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    transport: httpx2.BaseTransport | None = None,
    database: Database | None = None,
) -> Desk:
    """The desk of the account “Forum”, made where it is not there yet."""
    told = clock or a_clock()
    database = database or a_database(folder)
    accounts = AccountStore(database, told)
    account_id = accounts.find(AccountKind.DISCOURSE, "Forum") or accounts.add(AccountKind.DISCOURSE, "Forum")
    return Desk(account_id, SecretStore(database, told), told, folder, transport)


def a_desk_at(folder: Path, answer: Answer, *, clock: Clock | None = None) -> tuple[Desk, Wire]:
    """A desk whose line ends in a function."""
    wire = Wire(answer)
    return a_desk(folder, clock=clock, transport=wire), wire


class Asked(list[Prompt]):
    """Remembers prompts, and does what the person would do at each."""

    def __init__(self, do: Callable[[Prompt], Any] = lambda prompt: None) -> None:
        super().__init__()
        self._do = do

    def __call__(self, prompt: Prompt) -> None:
        self.append(prompt)
        self._do(prompt)


def all_at_once(count: int, do: Callable[[], Any]) -> list[Any]:
    """What `do` gives in `count` threads that begin together; an error it raised stands in its place."""
    begin = threading.Barrier(count)
    given: list[Any] = []

    def run() -> None:
        begin.wait()
        try:
            given.append(do())
        except WorkbenchError as error:
            given.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
