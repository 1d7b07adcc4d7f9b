"""What the Sync page reads: accounts with the coverage of each community, runs, what was held back."""

from datetime import timedelta

from tests.builders import NOW
from tests.ui.conftest import COLD, WATER
from tests.ui.pages.sync_line import add_lists, community_of, tell_state
from workbench.errors import BudgetSpentError, CancelledError, LineError, WorkbenchError
from workbench.models.kinds import AccountKind, RunState
from workbench.sync.account_meter import AccountMeter
from workbench.sync.accounts import AccountLimits
from workbench.sync.connector import Batch
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord, Rejected
from workbench.ui.pages.sync_data import keep_gone, read_sync
from workbench.ui.pages.sync_words import standing
from workbench.ui.status_row import read_status


def test_coverage_counts_days_and_gaps_up_to_today(filled):
    data = read_sync(filled.database, now=NOW)
    covers = {cover.name: cover for cover in data.accounts[0].covers}
    water = covers[WATER]
    assert (water.first, water.last) == (NOW.date() - timedelta(days=400), NOW.date())
    assert (water.days, water.unknown_days) == (401, 10)
    assert water.knows(NOW.date() - timedelta(days=30), NOW.date())
    assert not water.knows(NOW.date() - timedelta(days=60), NOW.date())
    assert water.known_until == NOW.date()
    assert (covers[COLD].messages, covers[COLD].known) == (0, ())


def test_runs_and_held_back_items_come_with_their_counts(filled, water_id):
    run_id = filled.mirror.start_run(water_id)
    batch = Batch((), rejected=(Rejected("2024.mbox", 12, "not_mail", "not the beginning of a mail"),))
    filled.mirror.end_run(run_id, RunState.DONE, totals=filled.mirror.apply(water_id, "messages", batch) + Applied())
    data = read_sync(filled.database, now=NOW)
    assert data.accounts[0].last_run.rejected == 1
    assert (data.held_back_total, data.held_back[0].source) == (1, "2024.mbox")


def test_a_day_that_is_not_over_is_not_missing(filled, water_id):
    tomorrow = NOW + timedelta(days=1)
    cover = next(one for one in read_sync(filled.database, now=tomorrow).accounts[0].covers if one.name == WATER)
    assert (cover.last, cover.unknown_days) == (NOW.date(), 10)


def test_what_lives_on_a_line_comes_first_with_its_state_and_cost(filled):
    account = add_lists(filled, "Lists of water", every=60)
    data = read_sync(filled.database, now=NOW)
    view = data.accounts[0]
    assert (view.account.id, view.waiting, view.asks) == (account, 1, ())
    state = view.covers[0].state
    assert (state.messages, state.platform_messages, state.platform_members) == (1, 2, 4)
    assert (view.spent.today.bytes, view.spent.month.bytes) == (0, 0)


def test_what_a_person_keeps_is_asked_about_again_only_with_other_numbers(filled):
    add_lists(filled, "Lists of water")
    community = community_of(filled, "Lists of water")
    tell_state(filled, community, held={"members": (340, 400)})
    (asked,) = read_sync(filled.database, now=NOW).accounts[0].asks
    assert asked.held == {"members": (340, 400)}
    keep_gone(filled, asked)
    assert read_sync(filled.database, now=NOW).accounts[0].asks == ()
    tell_state(filled, community, held={"members": (350, 400)})
    assert read_sync(filled.database, now=NOW).accounts[0].asks[0].held == {"members": (350, 400)}


def test_a_used_up_day_is_over_as_soon_as_there_is_more_to_spend(workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    place = workspace.mirror.ensure_community(account, CommunityRecord("1", "Water"))
    error = BudgetSpentError("the data for today is used up", of="day", spent=52, limit=60)
    workspace.accounts.set_limits(account, AccountLimits(daily_cap=60))
    workspace.mirror.end_run(workspace.mirror.start_run(place), RunState.PARTLY, totals=Applied(), error=error)
    workspace.accounts.tried(account, error=error)

    def stands(now=NOW) -> tuple[str, bool]:
        (view,) = read_sync(workspace.database, now=now).accounts
        return standing(view, now=now, is_running=False).title, view.spent_until is not None

    assert stands() == ("Data used up", True)
    assert stands(NOW + timedelta(days=1)) == ("Stopped", False)
    workspace.accounts.set_limits(account, AccountLimits(daily_cap=50))
    assert stands() == ("Data used up", True)
    workspace.accounts.set_limits(account, AccountLimits(daily_cap=90))
    assert stands() == ("Stopped", False)


def test_an_account_stands_as_the_worst_of_its_followed_communities(workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    places = [workspace.mirror.ensure_community(account, CommunityRecord(name, name)) for name in ("a", "b", "c")]

    def run(place: int, state: RunState) -> None:
        workspace.mirror.end_run(workspace.mirror.start_run(places[place]), state, totals=Applied())

    def stands(now=NOW) -> str:
        (view,) = read_sync(workspace.database, now=now).accounts
        return standing(view, now=now, is_running=False).title

    run(0, RunState.CANCELLED)
    run(1, RunState.CANCELLED)
    run(2, RunState.DONE)
    assert stands() == "Stopped"
    run(0, RunState.DONE)
    assert stands() == "Stopped"
    workspace.mirror.settle(places[0], mark=None)
    workspace.mirror.settle(places[2], mark=None)
    run(1, RunState.DONE)
    assert stands(NOW + timedelta(hours=1)) == "Not finished"  # nobody read the second to its end
    workspace.mirror.settle(places[1], mark=None)
    assert stands() == "Up to date"


def test_what_runs_cost_is_told_beside_what_the_day_cost(workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    place = workspace.mirror.ensure_community(account, CommunityRecord("1", "Water"))
    run = workspace.mirror.start_run(place)
    workspace.mirror.end_run(run, RunState.DONE, totals=Applied(requests=2, bytes_in=50_000, bytes_out=2_000))
    meter = AccountMeter(workspace.database, workspace.clock, account_id=account)
    meter.note(5, 70_000, 3_000)
    meter.keep()
    data = read_sync(workspace.database, now=NOW)
    assert (data.cost, data.cost_of_runs, data.cost_of_removed) == (73_000, 52_000, 0)
    workspace.accounts.forget(account)
    data = read_sync(workspace.database, now=NOW)
    assert (data.cost, data.cost_of_runs, data.cost_of_removed) == (73_000, 0, 73_000)


def test_a_stop_is_told_in_place_of_what_the_line_cut_before(workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    places = [workspace.mirror.ensure_community(account, CommunityRecord(name, name)) for name in ("Water", "Wells")]

    def ran(place, state: RunState, error: WorkbenchError) -> tuple[str, bool]:
        run = workspace.mirror.start_run(place)
        workspace.mirror.end_run(run, state, totals=Applied(), error=error)
        (view,) = read_sync(workspace.database, now=NOW).accounts
        cut = read_status(workspace.database, now=NOW).lines[0].is_cut
        return standing(view, now=NOW, is_running=False).title, cut

    assert ran(places[0], RunState.PARTLY, LineError("the line broke")) == ("Partly done", True)
    assert ran(places[1], RunState.CANCELLED, CancelledError()) == ("Stopped", False)
    assert ran(places[1], RunState.PARTLY, LineError("the line broke")) == ("Partly done", True)
