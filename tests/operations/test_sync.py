"""Sync as an operation: accounts on a line, sent and fetched one after the other, counted, limited, checked."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.loopback import served
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, FakeSite, Mail, history
from tests.sync.played import NEWS, Page, Played, a_community, told
from tests.sync.wire import Wire
from workbench.cancel import CancelToken
from workbench.errors import (
    BadInputError,
    BudgetSpentError,
    LineError,
    ManyGoneError,
    PlatformBusyError,
    SignInError,
)
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.operations.seating import Line
from workbench.operations.sources import add_hyperkitty, change_account, community_names
from workbench.operations.sync import SyncOrder, check_completeness, discover, sync_accounts
from workbench.progress import Progress
from workbench.queries.history import list_history
from workbench.queries.sync_status import list_accounts
from workbench.queries.traffic import TrafficRow, spent
from workbench.sync.accounts import AccountLimits
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.connectors import hyperkitty
from workbench.sync.engine import WHOLE_ACCOUNT
from workbench.sync.schedule import Link
from workbench.sync.seat import Seat
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        yield workspace


def test_sync_brings_what_is_new_and_nothing_twice(workspace: Workspace):
    site = FakeSite({FISHERS: history(9)}, now=NOW)
    with served(site) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (first,) = sync_accounts(workspace)
        site.deliver(Mail("new@example.org", NOW, NOW))
        (second,) = sync_accounts(workspace, name=" FISHERS ")
    assert (first.state, first.totals.added) == (RunState.DONE, 9)
    assert (second.state, second.totals.added) == (RunState.DONE, 1)
    assert min(first.totals.requests, second.totals.requests) > 0


def test_paused_account_is_left_out_unless_it_is_named(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)}, now=NOW)) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (account,) = workspace.accounts.list()
        workspace.accounts.pause(account.id)
        assert sync_accounts(workspace) == []
        assert sync_accounts(workspace, name="Fishers")[0].totals.added == 3


def test_stop_ends_the_sync_of_all_accounts(workspace: Workspace):
    other = "board@example.org"
    told: list[Progress] = []
    cancel = CancelToken()

    def report(progress: Progress) -> None:
        told.append(progress)
        if progress.read:
            cancel.cancel()

    with served(FakeSite({FISHERS: history(3), other: history(3)}, now=NOW)) as root:
        for address in (FISHERS, other):
            add_hyperkitty(workspace, url=f"{root}list/{address}/", name=address)
        for account in workspace.accounts.list():
            workspace.accounts.tried(account.id, error=LineError("the line broke"))
        results = sync_accounts(workspace, report=report, cancel=cancel)
        assert [result.state for result in results] == [RunState.CANCELLED]
        # The one that answered has left its broken line behind; of the other nobody knows yet.
        with workspace.database.read() as reader:
            stand = {row.name: (row.error_code, row.last_state) for row in list_accounts(reader)}
        assert stand == {other: (None, RunState.CANCELLED), FISHERS: ("line", RunState.FAILED)}
        assert [result.state for result in sync_accounts(workspace)] == [RunState.DONE, RunState.DONE]
    assert all((progress.fraction or 0) <= 0.5 for progress in told)


def test_list_that_is_gone_is_noted_and_the_others_stay(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)}, now=NOW)) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        sync_accounts(workspace)
        site_of_another = FakeSite(now=NOW)
    with served(site_of_another) as root:
        add_hyperkitty(workspace, url=f"{root}list/gone@example.org/", name="Gone")
        (gone,) = sync_accounts(workspace, name="Gone", line=Line(sleep=lambda seconds: None))
    assert gone.state is RunState.FAILED
    assert gone.error is not None
    assert len(community_names(workspace)) == 2


@pytest.fixture
def fishers(workspace: Workspace):
    """A list of nine mails on loopback, followed by an account of its own."""
    site = FakeSite({FISHERS: history(9)}, now=NOW)
    with served(site) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        yield site


def account_of(workspace: Workspace):
    (entry,) = workspace.accounts.list()
    return entry


def scalar(workspace: Workspace, sql: str):
    with workspace.database.read() as reader:
        return reader.scalar(sql)


def test_nothing_new_costs_one_request_and_says_so(workspace: Workspace, fishers: FakeSite):
    sync_accounts(workspace)
    fishers.paths()
    (result,) = sync_accounts(workspace)
    assert (result.state, result.error, result.totals.records) == (RunState.DONE, None, 0)
    assert len(fishers.paths()) == 1
    assert scalar(workspace, "SELECT count(*) FROM syncrun") == 1
    assert Changes.ACCOUNTS in result.totals.changes


def test_what_an_account_costs_is_kept_by_day(workspace: Workspace, fishers: FakeSite):
    (result,) = sync_accounts(workspace)
    with workspace.database.read() as reader:
        today = spent(reader, account_of(workspace).id, today=NOW.date()).today
    assert today == TrafficRow(result.totals.requests, result.totals.bytes_in, result.totals.bytes_out)
    assert today.requests == len(fishers.asked)


def test_the_daily_limit_ends_a_sync_calmly_and_it_goes_on_when_it_is_raised(workspace: Workspace, fishers: FakeSite):
    workspace.accounts.set_limits(account_of(workspace).id, AccountLimits(daily_cap=900))
    results = sync_accounts(workspace)
    assert [type(result.error) for result in results] == [BudgetSpentError]
    assert account_of(workspace).tried_at == NOW
    asked = len(fishers.asked)
    assert isinstance(sync_accounts(workspace)[0].error, BudgetSpentError)
    assert len(fishers.asked) == asked
    workspace.accounts.set_limits(account_of(workspace).id, AccountLimits())
    assert sync_accounts(workspace)[0].state is RunState.DONE
    assert scalar(workspace, "SELECT count(*) FROM event") == 9


def test_a_budget_for_one_run_ends_that_run(workspace: Workspace, fishers: FakeSite):
    (result,) = sync_accounts(workspace, order=SyncOrder(budget=900))
    assert isinstance(result.error, BudgetSpentError)
    assert sync_accounts(workspace)[0].error is None


def test_a_platform_that_asked_us_to_wait_is_left_alone_until_then_unless_it_is_named(
    workspace: Workspace, fishers: FakeSite
):
    fishers.fault = lambda request: httpx2.Response(503, headers={"Retry-After": "3600"})
    (busy,) = sync_accounts(workspace)
    assert isinstance(busy.error, PlatformBusyError)
    assert account_of(workspace).not_before == NOW + timedelta(hours=1)
    fishers.fault = None
    asked = len(fishers.asked)
    (waiting,) = sync_accounts(workspace)
    assert isinstance(waiting.error, PlatformBusyError)
    assert (waiting.community_id, waiting.error.details["seconds"]) == (WHOLE_ACCOUNT, 3600.0)
    assert len(fishers.asked) == asked
    assert sync_accounts(workspace, name="Fishers")[0].totals.added == 9
    assert account_of(workspace).not_before is None


def test_only_accounts_that_are_due_run_by_schedule(workspace: Workspace, fishers: FakeSite):
    order = SyncOrder(is_scheduled=True)
    assert sync_accounts(workspace, order=order) == []
    workspace.accounts.set_limits(account_of(workspace).id, AccountLimits(every_minutes=60))
    assert sync_accounts(workspace, order=replace(order, link=Link.NONE)) == []
    assert sync_accounts(workspace, order=order)[0].totals.added == 9
    assert sync_accounts(workspace, order=order) == []


def test_a_sync_may_be_restricted_to_one_community(workspace: Workspace, fishers: FakeSite):
    with pytest.raises(BadInputError, match="no followed community called “Nets”"):
        sync_accounts(workspace, order=SyncOrder(community="Nets"))
    assert sync_accounts(workspace, order=SyncOrder(community=" fishers "))[0].totals.added == 9


def test_a_narrower_run_is_not_taken_for_the_whole(workspace: Workspace, fishers: FakeSite):
    sync_accounts(workspace, order=SyncOrder(since=NOW.date()))
    assert scalar(workspace, "SELECT count(mark) FROM communitystate") == 0
    sync_accounts(workspace, order=SyncOrder(link=Link.METERED))
    assert scalar(workspace, "SELECT count(mark) FROM communitystate") == 0
    sync_accounts(workspace)
    assert scalar(workspace, "SELECT count(mark) FROM communitystate") == 1


def test_an_order_travels_to_another_process_as_it_is():
    for order in (
        SyncOrder(),
        SyncOrder("Nets", NOW.date(), 5, link=Link.METERED, is_text_only=True, trusts_gone=True),
    ):
        assert SyncOrder.unpacked(json.loads(json.dumps(order.packed()))) == order


def test_an_account_lists_its_communities_before_anything_is_fetched(workspace: Workspace, fishers: FakeSite):
    (row,) = discover(workspace, name="fishers")
    assert (row.name, row.platform_messages, row.messages, row.is_mine) == ("Fishers", 9, 0, True)
    assert scalar(workspace, "SELECT count(*) FROM event") == 0


def test_a_platform_without_a_list_to_compare_with_says_so(workspace: Workspace, fishers: FakeSite):
    change_account(workspace, account_of(workspace).id, settings={"list": FISHERS, "has_api": "no"})
    done = check_completeness(workspace)
    assert done.results == []
    assert done.unchecked == {"Fishers": "Edits and removals of messages that were fetched earlier are not checked."}
    with pytest.raises(BadInputError):
        check_completeness(workspace, name="X")


def comparing(monkeypatch: pytest.MonkeyPatch, **played) -> list[Played]:
    """A platform in the place of the mailing list that has such a list; every connector that was made of it."""
    made: list[Played] = []

    def connect(seat: Seat) -> Played:
        made.append(Played([a_community(FISHERS, messages=2)], **played))
        return made[-1]

    monkeypatch.setattr(hyperkitty, "PLATFORM", replace(hyperkitty.PLATFORM, connect=connect))
    return made


def test_numbers_that_do_not_agree_call_for_a_check_and_a_week_does_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    clock = a_clock(NOW)
    pages: dict[tuple[str, str], list[Page]] = {(FISHERS, NEWS.name): [Batch(told(FISHERS, "m1"))]}
    checks: dict[str, list[Page]] = {FISHERS: [Batch(told(FISHERS, "m2"))]}
    made = comparing(monkeypatch, pages=pages, checks=checks)
    with a_workspace(tmp_path, clock=clock) as workspace:
        add_hyperkitty(workspace, url=f"https://lists.example.org/archives/list/{FISHERS}/")
        sync_accounts(workspace)
        assert not [one for one in made[-1].asked if "check" in one]
        clock.advance(timedelta(days=1))
        results = sync_accounts(workspace)  # the platform says two, and one is here
        assert sum(result.totals.added for result in results) == 1
        assert made[-1].asked[-1] == f"{FISHERS} check 0"
        clock.advance(timedelta(days=2))
        sync_accounts(workspace)
        assert f"{FISHERS} check 0" not in made[-1].asked
        clock.advance(timedelta(days=5))
        assert len(sync_accounts(workspace)) == 1  # a check that found nothing says nothing
        assert f"{FISHERS} check 0" in made[-1].asked


def test_a_check_by_hand_asks_before_much_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    names = [f"m{number}" for number in range(40)]
    pages: dict[tuple[str, str], list[Page]] = {(FISHERS, NEWS.name): [Batch(told(FISHERS, *names))]}
    nothing = Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset()),))
    comparing(monkeypatch, pages=pages, checks={FISHERS: [nothing]})
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        add_hyperkitty(workspace, url=f"https://lists.example.org/archives/list/{FISHERS}/")
        sync_accounts(workspace)
        (asking,) = check_completeness(workspace).results
        assert isinstance(asking.error, ManyGoneError)
        (done,) = check_completeness(workspace, community=f"The {FISHERS}", trusts_gone=True).results
        assert (done.error, done.totals.gone) == (None, 40)


def test_the_same_line_leaves_the_same_trace(tmp_path: Path):
    traces = []
    for folder in ("one", "two"):
        site = FakeSite({FISHERS: history(200)})
        line = Line(transport=Wire(site.answer), jitter=lambda: 0.0, sleep=lambda seconds: None)
        (tmp_path / folder).mkdir()
        with a_workspace(tmp_path / folder, clock=a_clock(NOW)) as workspace:
            add_hyperkitty(workspace, url=f"https://lists.example.org/archives/list/{FISHERS}/")
            sync_accounts(workspace, line=line)
            traces.append((scalar(workspace, "SELECT trace FROM syncrun"), site.paths()))
    assert traces[0] == traces[1]
    assert "new" in traces[0][0]
    assert FISHERS not in traces[0][0]


def test_try_that_reached_nobody_stands_in_the_history(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    class Unreached(Played):
        def communities(self):
            message = "no answer"
            raise LineError(message)

    monkeypatch.setattr(
        hyperkitty, "PLATFORM", replace(hyperkitty.PLATFORM, connect=lambda _seat: Unreached([a_community(FISHERS)]))
    )
    add_hyperkitty(workspace, url=f"https://lists.example.org/archives/list/{FISHERS}/", name="Fishers")
    (result,) = sync_accounts(workspace)
    assert (result.state, result.community_id, result.account) == (RunState.FAILED, WHOLE_ACCOUNT, "Fishers")
    assert Changes.RUNS in result.totals.changes
    with workspace.database.read() as reader:
        (row,) = list_history(reader, limit=5)
    assert (row.community, row.state, row.error_reason) == ("Fishers, all communities", RunState.FAILED, "no answer")


def test_sync_that_broke_inside_a_community_stands_there_and_not_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    pages: dict[tuple[str, str], list[Page]] = {(FISHERS, NEWS.name): [Batch(told(FISHERS, "m1")), SignInError("over")]}
    comparing(monkeypatch, pages=pages)
    add_hyperkitty(workspace, url=f"https://lists.example.org/archives/list/{FISHERS}/", name="Fishers")
    sync_accounts(workspace)
    with workspace.database.read() as reader:
        (row,) = list_history(reader, limit=5)
    assert (row.community, row.state, row.error_code) == (f"The {FISHERS}", RunState.PARTLY, SignInError.code)
