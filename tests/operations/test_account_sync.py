"""One account in one run: a daily limit that holds, and answers that go out before anybody's history is read."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.server import Asked, StandIn, Told
from tests.platforms.world import a_world
from workbench.errors import BudgetSpentError
from workbench.ids import AccountId
from workbench.models.kinds import AccountKind, OutboxState
from workbench.operations.outbox import add_topic, outbox_rows
from workbench.operations.seating import Line
from workbench.operations.sources import add_account
from workbench.operations.sync import SyncOrder, discover, sync_accounts
from workbench.queries.traffic import spent
from workbench.sync.accounts import AccountLimits
from workbench.sync.secrets import SecretStore
from workbench.workspace import Workspace

WORLD = a_world(messages=900)


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(WORLD.now)) as workspace:
        yield workspace


def an_account(workspace: Workspace, forum: Discourse, name: str, *, key: bool = True) -> AccountId:
    """An account of this forum with everything followed."""
    settings = {"address": forum.address, "calls_per_minute": "6000"}
    account = add_account(workspace, kind=AccountKind.DISCOURSE, name=name, settings=settings)
    secrets = SecretStore(workspace.database, workspace.clock)
    secrets.put_all(
        account,
        {"signin.way": "user-api-key", "signin.key": f'{{"key": "{KEY}", "client": "test"}}'}
        if key
        else {"signin.way": "nothing"},
    )
    workspace.accounts.follow(account, [row.community_id for row in discover(workspace, name=name)])
    return account


def today(workspace: Workspace, account: AccountId) -> int:
    with workspace.database.read() as reader:
        return spent(reader, account, today=workspace.clock.now().date()).today.bytes


@pytest.mark.parametrize("cap", [30_000, 60_000, 150_000])
def test_no_page_begins_that_would_cross_the_limit_of_the_day(workspace: Workspace, cap: int):
    with Discourse(a_world(messages=900)) as forum:
        account = an_account(workspace, forum, "Forum")
        workspace.accounts.set_limits(account, AccountLimits(daily_cap=cap))
        results = sync_accounts(workspace)
        assert any(isinstance(result.error, BudgetSpentError) for result in results)
        assert sum(result.totals.added for result in results) > 0
        assert 0.6 * cap < today(workspace, account) <= cap
        sync_accounts(workspace, name="Forum")
        assert today(workspace, account) <= cap


def test_a_limit_smaller_than_a_page_still_brings_one_a_day(workspace: Workspace):
    with Discourse(a_world(messages=900)) as forum:
        account = an_account(workspace, forum, "Forum")
        before = today(workspace, account)
        workspace.accounts.set_limits(account, AccountLimits(daily_cap=before + 3_000))
        results = sync_accounts(workspace)
        assert sum(result.totals.added for result in results) > 0
        assert sum(asked.method == "GET" for asked in forum.asked) < 12
        assert isinstance(sync_accounts(workspace)[-1].error, BudgetSpentError)


def posts_among(heard: list[tuple[str, Asked]]) -> list[str]:
    """Who was asked, as a letter for each run of the same; capitals for posts."""
    letters = [name.upper() if asked.method == "POST" else name for name, asked in heard]
    return [letter for letter, _ in itertools.groupby(letters)]


@pytest.mark.parametrize("name", [None, "A"])
def test_answers_of_every_account_go_out_before_the_history_of_any(workspace: Workspace, name: str | None):
    heard: list[tuple[str, Asked]] = []
    with Discourse(a_world(messages=60)) as first, Discourse(a_world(messages=60, seed=8)) as second:
        for letter, forum in (("a", first), ("b", second)):
            account = an_account(workspace, forum, letter.upper())
            for row in discover(workspace, name=letter.upper()):
                workspace.accounts.follow(account, [row.community_id])
            listen(forum, letter, heard)
        with workspace.database.read() as reader:
            place = reader.scalar("SELECT name FROM community WHERE account_id = 2 ORDER BY id LIMIT 1")
        add_topic(workspace, community=place, subject="Welcome to all of you here", text="Tell us what you work on.")
        sync_accounts(workspace, name=name, order=SyncOrder(sends_for_all=True))
    assert [row.state for row in outbox_rows(workspace)] == [OutboxState.SENT]
    assert "B" in posts_among(heard)[:3]
    assert posts_among(heard).index("B") < posts_among(heard).index("a")


def test_what_is_written_while_a_history_is_read_goes_out_between_two_pages(workspace: Workspace):
    with Discourse(a_world(messages=400)) as forum:
        an_account(workspace, forum, "Forum")
        heard: list[tuple[str, Asked]] = []
        listen(forum, "f", heard)

        def write(asked: Asked) -> Told | None:
            if len(heard) == 4:
                with workspace.database.read() as reader:
                    place = reader.scalar("SELECT name FROM community ORDER BY id LIMIT 1")
                add_topic(workspace, community=place, subject="Welcome to all of you here", text="Tell us more of it.")
                workspace.clock.advance(timedelta(seconds=40))
            return None

        forum.before = write
        sync_accounts(workspace, line=Line())
    told = posts_among(heard)
    assert told == ["f", "F", "f"]


def listen(forum: StandIn, letter: str, heard: list[tuple[str, Asked]]) -> None:
    """Notes who was asked for what, in order."""

    def after(asked: Asked, reply: Told) -> Told:
        heard.append((letter, asked))
        return reply

    forum.after = after
