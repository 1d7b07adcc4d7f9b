"""A sign-in as a job of the window: asked, given up, refused, and begun again."""

import urllib.request
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode

import pytest
from typing_extensions import override

from tests.builders import NOW
from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import World
from tests.ui.pages.account_parts import Forum, a_forum
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.signin import way_used
from workbench.sync.platforms import SignInKind, SignInWay, platform
from workbench.sync.signin.prompt import PromptKind
from workbench.ui.sign_in_work import SignInState, SignInWork

KEY = platform(AccountKind.DISCOURSE).sign_in[0]


@pytest.fixture
def forum():
    with a_forum() as running:
        yield running


@pytest.fixture
def account(context, forum: Forum):
    return context.workspace.accounts.add(AccountKind.DISCOURSE, "Forum", forum.address)


@pytest.fixture
def work(context):
    return SignInWork(context)


def test_the_person_is_asked_and_then_it_is_done(qtbot, context, forum, account, work):
    told = []
    context.bus.changed.connect(told.append)
    work.start(account, KEY)
    assert work.state is SignInState.STARTING
    qtbot.waitUntil(lambda: work.state is SignInState.ASKING)
    assert (work.prompt.kind, work.prompt.code) == (PromptKind.CODE, "ABCD-2345")
    assert work.seconds_left() == pytest.approx(600)
    forum.say_yes()
    qtbot.waitUntil(lambda: work.state is SignInState.DONE)
    assert (work.prompt, work.refused, way_used(context.workspace, account)) == (None, (), SignInKind.USER_API_KEY)
    qtbot.waitUntil(lambda: any(changes & Changes.ACCOUNTS for changes in told))


def test_giving_up_is_at_once_and_leaves_nothing(qtbot, context, forum, account, work):
    work.start(account, KEY)
    qtbot.waitUntil(lambda: work.state is SignInState.ASKING)
    work.stop()
    assert (work.state, work.prompt) == (SignInState.STOPPED, None)
    forum.say_yes()
    settle(qtbot, context.jobs)
    assert work.state is SignInState.STOPPED


def test_a_platform_that_is_not_there_is_an_error_and_it_can_begin_again(qtbot, context, forum, account, work):
    forum.stop()
    work.start(account, KEY)
    qtbot.waitUntil(lambda: work.state is SignInState.FAILED)
    assert work.error.code == "line"
    assert work.seconds_left() is None


def test_what_a_sign_in_costs_is_counted(qtbot, context, forum, account, work):
    forum.say_yes()
    forum.after = lambda asked, reply: (forum.desk.approve(), reply)[1]
    work.start(account, KEY)
    qtbot.waitUntil(lambda: work.state is SignInState.DONE)
    with context.workspace.database.read() as reader:
        assert reader.scalar("SELECT sum(requests) FROM trafficday WHERE account_id = ?", (account,)) >= 3


class Provider(StandIn):
    """An OAuth provider whose person always agrees, or never."""

    NAME = "provider"
    SWITCHES: ClassVar[Mapping[str, str]] = {"refuses": "the person says no"}

    @override
    def answer(self, asked: Asked) -> Told:
        if asked.path == "/token":
            return told({"access_token": "planted", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r"})
        word = {"error": "access_denied"} if self.is_on("refuses") else {"code": "c"}
        back = urlencode({**word, "state": asked.query["state"]})
        return Told(302, b"", "text/html", {"Location": f"{asked.query['redirect_uri']}?{back}"})


def browse(address: str) -> None:
    """A browser that follows where it is sent."""
    with urllib.request.urlopen(address, timeout=10) as page:
        page.read()


@pytest.mark.parametrize(("switches", "state"), [({}, SignInState.DONE), ({"refuses": True}, SignInState.FAILED)])
def test_the_way_through_the_browser_ends_where_the_person_says(qtbot, context, work, switches, state):
    facts = {"authorize": "{address}/authorize", "token": "{address}/token", "scopes": "read"}
    with Provider(World(now=NOW), **switches) as provider:
        account = context.workspace.accounts.add(
            AccountKind.OPEN_SOCIAL, "Site", provider.address, {"client_id": "1234"}
        )
        work.start(account, SignInWay(SignInKind.OAUTH, "Browser", facts=facts))
        qtbot.waitUntil(lambda: work.state is SignInState.ASKING)
        assert work.prompt.kind is PromptKind.OPEN
        assert work.seconds_left() == pytest.approx(300)
        browse(work.prompt.address)
        qtbot.waitUntil(lambda: work.state is state, timeout=20_000)
    assert (work.error is None) is not switches.get("refuses", False)
