"""The courier: sends for every account that has something waiting, tries a broken one once, and looks now and then."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.operations.test_account_sync import WORLD, an_account, today
from tests.platforms.discourse import Discourse
from tests.platforms.world import a_world
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import add_topic, outbox_rows
from workbench.operations.sending_first import LOOKS_EVERY, Courier
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(WORLD.now)) as workspace:
        yield workspace


def a_topic(workspace: Workspace) -> None:
    with workspace.database.read() as reader:
        place = reader.scalar("SELECT name FROM community ORDER BY id LIMIT 1")
    add_topic(workspace, community=place, subject="Welcome to all of you here", text="Tell us what you work on.")


def test_what_waits_is_sent_for_others_and_for_nobody_twice(workspace: Workspace):
    with Discourse(a_world(messages=30)) as forum:
        account = an_account(workspace, forum, "Forum")
        a_topic(workspace)
        courier = Courier(workspace, workspace.accounts.list())
        assert courier.send_for_others(account) is Changes.NOTHING
        assert courier.has_mail(account)
        assert Changes.OUTBOX in courier.send_for_others(account + 1)
        assert [row.state for row in outbox_rows(workspace)] == [OutboxState.SENT]
        asked = len(forum.asked)
        courier.send_for_others(account + 1)
        assert (len(forum.asked), courier.has_mail(account)) == (asked, False)


def test_an_account_that_cannot_be_reached_is_tried_once_and_keeps_its_item(workspace: Workspace):
    with Discourse(a_world(messages=30)) as forum:
        account = an_account(workspace, forum, "Forum")
        a_topic(workspace)
        workspace.accounts.set_settings(account, {}, base_url="http://127.0.0.1:1/")
        spent, courier = today(workspace, account), Courier(workspace, workspace.accounts.list())
        for _ in range(2):
            courier.send_for_others(account + 1)
    (row,) = outbox_rows(workspace)
    assert (row.state, row.attempts <= 1, today(workspace, account)) == (OutboxState.QUEUED, True, spent)


def test_a_stop_lets_nothing_out_and_the_next_look_comes_half_a_minute_later(workspace: Workspace):
    with Discourse(a_world(messages=30)) as forum:
        account = an_account(workspace, forum, "Forum")
        a_topic(workspace)
        cancel = CancelToken()
        courier = Courier(workspace, workspace.accounts.list(), cancel=cancel)
        assert not courier.is_time()
        workspace.clock.advance(timedelta(seconds=LOOKS_EVERY))
        assert (courier.is_time(), courier.is_time()) == (True, False)
        cancel.cancel()
        with suppress(CancelledError):  # raised, or heeded before anything left
            courier.send_for_others(account + 1)
    assert [row.state for row in outbox_rows(workspace)] == [OutboxState.QUEUED]
