"""Accounts run by themselves when due, when a link appears and after waking; never when a person said no."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.settled import settle
from workbench.errors import LineError
from workbench.models.kinds import AccountKind
from workbench.sync.accounts import AccountLimits
from workbench.sync.records import CommunityRecord
from workbench.sync.schedule import Link, Occasion, Standing
from workbench.ui.context import Context
from workbench.ui.link import Told
from workbench.ui.status_row import LineAccount, StatusRow, read_status
from workbench.ui.sync_clock import SyncClock, due
from workbench.workspace import Workspace

PATIENCE = 30_000  # milliseconds: the work starts a process, which takes its time on a busy machine
HOUR = timedelta(hours=1)
HOURLY = LineAccount(1, "Forum", Standing(every_minutes=60, tried_at=NOW - 2 * HOUR), followed=3)
NOBODY_ANSWERS = "http://127.0.0.1:9/archives/"


def a_status(*lines: LineAccount, paused: bool = False) -> StatusRow:
    return StatusRow(len(lines), 0, 0, None, 0, lines=lines, is_all_paused=paused)


def names(status: StatusRow, *, link: Link = Link.OPEN, begun=None, occasion: Occasion = Occasion.HOUR) -> list[str]:
    return [line.name for line in due(status, link=link, now=NOW, begun=begun, occasion=occasion)]


def test_only_what_is_due_and_followed_runs():
    resting = replace(HOURLY, name="Resting", standing=replace(HOURLY.standing, tried_at=NOW))
    empty = replace(HOURLY, name="Empty", followed=0)
    by_hand = replace(HOURLY, name="By hand", standing=Standing())
    assert names(a_status(HOURLY, resting, empty, by_hand)) == ["Forum"]
    assert names(a_status(HOURLY), link=Link.METERED) == ["Forum"]
    assert names(a_status(HOURLY), link=Link.NONE) == []


def test_what_was_begun_here_rests_for_its_hour_however_it_ended():
    cut = replace(HOURLY, standing=replace(HOURLY.standing, error_code="line"))
    for line in (HOURLY, cut):
        for occasion in Occasion:
            assert names(a_status(line), begun={1: NOW - HOUR / 2}, occasion=occasion) == []
        assert names(a_status(line), begun={1: NOW - HOUR}) == ["Forum"]
    ahead = replace(HOURLY, standing=replace(HOURLY.standing, tried_at=NOW + 9 * HOUR))
    assert names(a_status(ahead), begun={1: NOW - HOUR / 2}) == [], "a clock that was put back starts no storm"


@pytest.fixture
def hourly(workspace: Workspace) -> Workspace:
    """An account that is due, at an address where nobody answers."""
    account = workspace.accounts.add(AccountKind.HYPERKITTY, "Lists", base_url=NOBODY_ANSWERS)
    workspace.mirror.ensure_community(account, CommunityRecord("team@lists.example.org", "Team"))
    workspace.accounts.set_limits(account, AccountLimits(every_minutes=60))
    return workspace


@pytest.fixture
def clock(hourly: Workspace, context: Context) -> SyncClock:
    made = SyncClock(context)
    made.start()
    return made


def look(clock: SyncClock, context: Context) -> None:
    now = context.workspace.clock.now()
    clock.look(read_status(context.workspace.database, now=now))


def test_nothing_runs_before_the_window_says_so(hourly: Workspace, context: Context):
    clock = SyncClock(context)
    look(clock, context)
    assert context.sources.on_line() is None


def test_a_due_account_runs_once_and_again_after_its_hour(qtbot, context: Context, clock: SyncClock):
    sources, told = context.sources, []
    context.told.connect(lambda words, _action: told.append(words))
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        look(clock, context)
        look(clock, context)
        sources.on_line().stop()
    assert ended.args[0].is_by_itself
    settle(qtbot, context.jobs)
    assert told == [], "what nobody asked for says nothing"
    look(clock, context)
    assert sources.on_line() is None
    context.workspace.clock.advance(timedelta(minutes=2))
    look(clock, context)
    assert sources.on_line() is None
    context.workspace.clock.advance(HOUR)
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        look(clock, context)
        sources.on_line().stop()
    settle(qtbot, context.jobs)


def test_a_link_that_appears_is_used_at_once(qtbot, hourly: Workspace, context: Context):
    hourly.accounts.tried(hourly.accounts.list()[0].id, error=LineError("no answer"))
    told = [Told(is_connected=False)]
    context.sources.link._ask = lambda: told[-1]
    context.sources.link.look()
    clock = SyncClock(context)
    clock.start()
    look(clock, context)
    assert context.sources.on_line() is None
    told.append(Told(is_connected=True))
    with qtbot.waitSignal(context.sources.ended, timeout=PATIENCE):
        context.sources.link.look()
        context.sources.on_line().stop()
    settle(qtbot, context.jobs)


def test_pausing_everything_stops_what_runs_and_is_kept(qtbot, context: Context, clock: SyncClock):
    with qtbot.waitSignal(context.sources.ended, timeout=PATIENCE) as ended:
        look(clock, context)
        clock.pause_all(is_paused=True)
    assert ended.args[0].is_stopping
    settle(qtbot, context.jobs)
    context.workspace.clock.advance(2 * HOUR)
    look(clock, context)
    assert context.sources.on_line() is None
    clock.pause_all(is_paused=False)
    settle(qtbot, context.jobs)
    with qtbot.waitSignal(context.sources.ended, timeout=PATIENCE):
        look(clock, context)
        context.sources.stop_syncs()
    settle(qtbot, context.jobs)
    look(clock, context)
    assert context.sources.on_line() is None, "what a person stopped rests"


def test_after_waking_up_whoever_was_not_tried_for_long_runs(qtbot, hourly: Workspace, context: Context):
    account = hourly.accounts.list()[0].id
    hourly.accounts.set_limits(account, AccountLimits(every_minutes=1440))
    hourly.accounts.tried(account)
    clock = SyncClock(context)
    clock.start()
    look(clock, context)
    hourly.clock.advance(timedelta(minutes=1))
    look(clock, context)
    assert context.sources.on_line() is None
    hourly.clock.advance(2 * HOUR)
    with qtbot.waitSignal(context.sources.ended, timeout=PATIENCE):
        look(clock, context)
        context.sources.on_line().stop()
    settle(qtbot, context.jobs)
