"""A forum on loopback that gives keys when the test says so, and a platform that asks for every kind of setting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.builders import NOW
from tests.platforms.discourse import Discourse
from tests.platforms.server import Asked, Told
from tests.platforms.world import a_world
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Abilities
from workbench.sync.connectors.discourse import DiscourseConnector
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay

SETTINGS = (
    Setting("address", "Address of the site", SettingKind.ADDRESS),
    Setting("user", "Name", hint="As you sign in."),
    Setting("token", "Secret word", SettingKind.SECRET),
    Setting("pages", "Pages", SettingKind.NUMBER, default="4", is_required=False),
    Setting("deep", "Look deeper", SettingKind.SWITCH, default="yes"),
    Setting("kind", "Kind", SettingKind.CHOICE, default="a", choices=(("a", "First"), ("b", "Second"))),
)
WAYS = (
    SignInWay(SignInKind.OAUTH, "In the browser", "Opens it.", (Setting("client_id", "Application"),)),
    SignInWay(SignInKind.BASIC, "A password", "", (Setting("password", "Password", SettingKind.SECRET),)),
)
SITE = Platform(
    kind=AccountKind.OPEN_SOCIAL,
    title="Site",
    about="A site of groups.",
    abilities=Abilities(),
    connect=DiscourseConnector,
    settings=SETTINGS,
    sign_in=WAYS,
    cannot=("It shows no likes.",),
)


class Forum(Discourse):
    """Waits with each key until the test lets a person say yes."""

    NAME = "forum"

    def __init__(self) -> None:
        super().__init__(a_world(people=12, groups=4, messages=40, end=NOW))
        self.may_poll = threading.Event()
        self.before = self._hold

    def say_yes(self) -> None:
        """A person allows the access."""
        self.desk.approve()
        self.may_poll.set()

    def go_astray(self) -> None:
        """From now on the page of a network that wants a sign-in answers in its place."""
        page = Told(200, b"<!doctype html><title>Welcome to our network</title>", "text/html")
        self.before = lambda _asked: page

    def _hold(self, asked: Asked) -> Told | None:
        if asked.path.startswith("/user-api-key/device/poll"):
            # `respond` holds its lock meanwhile, so nothing else is answered until then.
            self.may_poll.wait(timeout=20)
        return None


@contextmanager
def a_forum() -> Iterator[Forum]:
    """It runs until the block is left."""
    forum = Forum()
    forum.start()
    try:
        yield forum
    finally:
        forum.may_poll.set()
        forum.stop()
