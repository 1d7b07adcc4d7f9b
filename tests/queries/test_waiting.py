"""Communities wait once they were not read to their end for longer than their account usually takes."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from workbench.models.kinds import AccountKind
from workbench.models.moments import to_micros
from workbench.queries.waiting import count_left_unread, waiting_by_account
from workbench.sync.accounts import AccountLimits
from workbench.sync.platforms import TITLES
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as found:
        yield found


def add(workspace: Workspace, *ages: timedelta | None, kind: AccountKind = AccountKind.DISCOURSE) -> int:
    """An account whose communities were read so long ago, or never."""
    account = workspace.accounts.add(kind, f"{kind} {len(workspace.accounts.list())}")
    for number, age in enumerate(ages):
        community = workspace.mirror.ensure_community(account, CommunityRecord(f"c{number}", f"Community {number}"))
        if age is not None:
            with workspace.database.write() as session:
                session.connection().exec_driver_sql(
                    "INSERT INTO communitystate (community_id, synced_at) VALUES (?, ?)",
                    (community, to_micros(NOW - age)),
                )
    return account


def waiting(workspace: Workspace) -> dict[int, int]:
    with workspace.database.read() as reader:
        return waiting_by_account(reader, kinds=TITLES, now=NOW)


def test_those_never_read_and_those_read_too_long_ago_wait(workspace: Workspace):
    by_hand = add(workspace, None, timedelta(hours=23), timedelta(hours=25))
    hourly = add(workspace, timedelta(minutes=50), timedelta(minutes=70))
    workspace.accounts.set_limits(hourly, AccountLimits(every_minutes=60))
    assert waiting(workspace) == {by_hand: 2, hourly: 1}


def test_nothing_waits_that_is_paused_not_followed_or_lives_in_files(workspace: Workspace):
    paused, other = add(workspace, None), add(workspace, None)
    add(workspace, None, kind=AccountKind.TABLE)
    workspace.accounts.pause(paused)
    with workspace.database.read() as reader:
        (community,) = reader.one("SELECT id FROM community WHERE account_id = ?", (other,))
    workspace.accounts.follow(other, [community], is_followed=False)
    assert waiting(workspace) == {}
    with workspace.database.read() as reader:
        assert count_left_unread(reader, kinds=TITLES) == 1
