"""Other processes at the same account: made to hold a lock, to renew together, or to die with a token in the hand."""

import multiprocessing
import os
import ssl
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Barrier
from pathlib import Path

import httpx2

# The first write loads the ORM and its dialect: loaded here, a forked process begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel
from typing_extensions import override

from tests.builders import NOW, a_database
from tests.sync.signin.desks import a_desk
from workbench.clock import FixedClock
from workbench.sync.signin import microsoft, oauth
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.microsoft import MicrosoftSettings
from workbench.sync.signin.oauth import OAuthSettings
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.refusal import refusal
from workbench.sync.signin.token import Token

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel)
LIFE = timedelta(seconds=1000)
DEAD = "invalid_grant"
DIED = 9


def context() -> BaseContext:
    """The way to start them that is quick where there is one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    quick = multiprocessing.get_context("forkserver")
    quick.set_forkserver_preload([__name__])
    return quick


class Platform:
    """Gives the next token for the newest renewal only; counts in a file, so that processes count together."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._count = desk.folder / "renewals"
        self._count.touch()
        self.error: Exception | None = None

    def __call__(self, token: Token) -> Token:
        with self._count.open("a") as counted:
            counted.write("x")
        if self.error is not None:
            raise self.error
        if token.refresh != f"renewal-{self.count - 1}":
            raise refusal(DEAD)
        return a_token(self.count, at=self._desk.clock.now())

    @property
    def count(self) -> int:
        return len(self._count.read_text())


def a_token(number: int, *, at: datetime = NOW) -> Token:
    """The token that comes with this renewal."""
    return Token(f"access-{number}", at, at + LIFE, f"renewal-{number}")


def renew(folder: Path, refused: Mapping[str, str], begin: Barrier, said: Connection) -> None:
    """Renews the refused token at the same moment as others, and says what came of it."""
    database = a_database(folder)
    desk = a_desk(folder, database=database)
    begin.wait()
    said.send(Refreshing(desk, "token", Platform(desk)).renew(refused))
    database.close()


def hold(folder: Path, said: Connection) -> None:
    """Takes both locks of the account and keeps them until it is killed."""
    desk = a_desk(folder)
    with desk.renewing(), desk.signing_in():
        said.send(True)
        said.recv()


def die_with_a_token(folder: Path, now: datetime, authority: Path, settings: MicrosoftSettings | OAuthSettings) -> None:
    """Renews, and dies in the moment in which the platform's answer is there."""
    trust = ssl.create_default_context(cafile=str(authority))
    desk = replace(a_desk(folder, clock=FixedClock(now)), transport=_Dies(httpx2.HTTPTransport(verify=trust)))
    if isinstance(settings, MicrosoftSettings):
        signer = microsoft.signer(desk, settings, settings.resources[0].name)
    else:
        signer = oauth.signer(desk, settings)
    signer.renew(signer.headers())


class _Dies(httpx2.BaseTransport):
    """A line in whose process the light goes out as soon as a token has come."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._inner.handle_request(request)
        if request.method == "POST":
            answer.read()
            os._exit(DIED)
        return answer
