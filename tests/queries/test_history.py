"""The history: runs of communities, and tries of accounts that never came to one."""

from datetime import timedelta

from tests.builders import a_clock
from tests.queries.network import NOW
from workbench.errors import LineError, SignInError
from workbench.models.kinds import AccountKind, RunState
from workbench.queries.history import list_history
from workbench.queries.sync_status import list_runs
from workbench.sync.accounts import AccountStore
from workbench.sync.mirror import Applied, MirrorStore

HOUR = timedelta(hours=1)


def test_try_that_came_to_no_community_stands_among_the_runs(network):
    water = network.community("Water")
    other = AccountStore(network.database, a_clock(NOW)).add(AccountKind.DISCOURSE, "Forum")
    for at, error in ((NOW, LineError("no answer")), (NOW + 3 * HOUR, SignInError("refused"))):
        changes = AccountStore(network.database, a_clock(at)).tried(other, error=error, since=at - timedelta(seconds=9))
        assert changes
    mirror = MirrorStore(network.database, a_clock(NOW + HOUR))
    mirror.end_run(mirror.start_run(water), RunState.DONE, totals=Applied())
    with network.read() as reader:
        rows = list_history(reader, limit=10)
        assert [row.id for row in list_history(reader, limit=1)] == [rows[0].id]
        assert len(list_runs(reader)) == 1
    assert [(row.community, row.state, row.error_code) for row in rows] == [
        ("Forum, all communities", RunState.FAILED, SignInError.code),
        ("Water", RunState.DONE, None),
        ("Forum, all communities", RunState.FAILED, LineError.code),
    ]
    assert (rows[2].started_at, rows[2].ended_at) == (NOW - timedelta(seconds=9), NOW)
    assert (rows[2].error_reason, rows[2].trace) == ("no answer", None)
    assert len({row.id for row in rows}) == 3


def test_tries_of_an_account_that_is_gone_are_gone(network):
    store = AccountStore(network.database, a_clock(NOW))
    other = store.add(AccountKind.DISCOURSE, "Forum")
    store.tried(other, error=LineError("no answer"), since=NOW)
    store.forget(other)
    with network.read() as reader:
        assert list_history(reader, limit=10) == []
