"""A forum at the end of a bad line: it can be cut, cut later, or lose answers, and counts what it answered."""

from collections.abc import Callable
from datetime import date

from typing_extensions import override

from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.server import Asked, Told
from tests.platforms.world import World
from workbench.clock import SystemClock
from workbench.ids import AccountId
from workbench.models.kinds import AccountKind
from workbench.operations.signin import WAY
from workbench.operations.sources import add_account
from workbench.operations.sync import discover, sync_accounts
from workbench.sync.accounts import AccountLimits
from workbench.sync.platforms import SignInKind
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import PREFIX
from workbench.sync.signin.user_api_key import NAME
from workbench.workspace import Workspace

ACCOUNT = "Field forum"


class LineIsGoneError(Exception):
    """Drops the connection without a word."""


class Forum(Discourse):
    """`heard` is what was asked and whose answer arrived.

    It lives in the present: what is posted stands there from now on.
    """

    NAME = "forum on a bad line"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.heard: list[Asked] = []
        self.cut_at: int | None = None
        # A reply of its own, an exception for none at all, or None to let it through; and whether an answer is lost.
        self.fault: Callable[[Asked], Told | None] | None = None
        self.lose: Callable[[Asked, Told], bool] | None = None
        self._port = 0
        self.before, self.after = self._came, self._goes

    def cut_after(self, answers: int) -> None:
        """The line goes away after so many answers more."""
        self.cut_at = self.answered + answers

    @override
    def stop(self) -> None:
        if self._server is not None:
            self._port = self._server.server_address[1]
        super().stop()

    def come_back(self) -> None:
        """The line is there again, at the same address."""
        self.cut_at = None
        if self._server is None:
            self.start(self._port)

    def _came(self, asked: Asked) -> Told | None:
        self.world.now = SystemClock().now()
        if self.cut_at is not None and self.answered >= self.cut_at:
            self.stop()
            raise LineIsGoneError
        return None if self.fault is None else self.fault(asked)

    def _goes(self, asked: Asked, reply: Told) -> Told:
        if self.lose is not None and self.lose(asked, reply):
            raise LineIsGoneError
        self.heard.append(asked)
        return reply

    @property
    def answered(self) -> int:
        """How many answers came through."""
        return len(self.heard)

    @property
    def bytes(self) -> int:
        """What went over the line, both ways."""
        return self.bytes_in + self.bytes_out


def follow(workspace: Workspace, forum: Forum, *names: str, is_member: bool = False) -> AccountId:
    """An account of the forum with these communities followed; with a key of its own where `is_member`."""
    settings = {"address": forum.address, "people": "no", "calls_per_minute": "6000"}
    account_id = add_account(workspace, kind=AccountKind.DISCOURSE, name=ACCOUNT, settings=settings)
    way, secrets = SignInKind.NOTHING, SecretStore(workspace.database, workspace.clock)
    if is_member:
        way = SignInKind.USER_API_KEY
        secrets.put(account_id, f"{PREFIX}{NAME}", f'{{"key": "{KEY}", "client": "journey"}}')
    secrets.put(account_id, PREFIX + WAY, way.value)
    states = discover(workspace, name=ACCOUNT)
    workspace.accounts.follow(account_id, [row.community_id for row in states if row.name in names])
    return account_id


def first_sync(workspace: Workspace, forum: Forum, *names: str, since: date) -> None:
    """The first sync over a good line, without a window: 90 days, text only."""
    account_id = follow(workspace, forum, *names)
    workspace.accounts.set_limits(account_id, AccountLimits(since, is_text_only=True))
    sync_accounts(workspace, name=ACCOUNT)
