"""What the status bar and the clock of syncs read in one go."""

from datetime import timedelta

from tests.builders import NOW
from workbench.errors import LineError, SignInError
from workbench.models.kinds import AccountKind, OutboxState, RunState
from workbench.models.moments import to_day
from workbench.sync.accounts import AccountLimits
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord
from workbench.ui.status_row import ALL_PAUSED, read_status
from workbench.workspace import Workspace


def test_an_empty_profile_has_never_synced(workspace: Workspace):
    status = read_status(workspace.database, now=NOW)
    assert (status.communities, status.held_back, status.last_success_at, status.bytes_today) == (0, 0, None, 0)
    assert (status.lines, status.posts, status.decisions, status.waiting) == ((), {}, 0, 0)


def test_files_bring_no_lines_and_nothing_waits(filled: Workspace, water_id):
    run = filled.mirror.start_run(water_id)
    filled.mirror.end_run(run, RunState.DONE, totals=Applied())
    status = read_status(filled.database, now=NOW)
    assert (status.communities, status.last_success_at, status.lines, status.waiting) == (2, NOW, (), 0)


def test_an_account_on_a_line_comes_with_all_that_decides_over_its_next_run(workspace: Workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", base_url="https://forum.example.org")
    water = workspace.mirror.ensure_community(account, CommunityRecord("c1", "Water"))
    workspace.accounts.set_limits(account, AccountLimits(daily_cap=5_000, every_minutes=60))
    workspace.accounts.tried(account, error=SignInError("ended"))
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO trafficday (account_id, day, requests, bytes_in, bytes_out) VALUES (?, ?, 3, 1000, 200)",
            (account, to_day(NOW.date())),
        )
    status = read_status(workspace.database, now=NOW)
    (line,) = status.lines
    assert (line.standing.spent_today, line.standing.daily_cap, line.standing.every_minutes) == (1200, 5_000, 60)
    assert (line.needs_sign_in, line.followed, status.sign_ins, status.waiting) == (True, 1, 1, 1)
    assert (status.bytes_today, line.standing.is_broken_off) == (1200, False)
    assert read_status(workspace.database, now=NOW + timedelta(days=1)).bytes_today == 0
    workspace.accounts.tried(account)
    workspace.mirror.start_run(water)  # the program ends before it does
    assert read_status(workspace.database, now=NOW).lines[0].standing.is_broken_off


def test_an_account_whose_line_broke_says_so_until_a_try_comes_to_its_end(workspace: Workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", base_url="https://forum.example.org")
    water = workspace.mirror.ensure_community(account, CommunityRecord("c1", "Water"))
    broken = LineError("the line broke")

    def run(state: RunState, error: LineError | None = None) -> bool:
        workspace.mirror.end_run(workspace.mirror.start_run(water), state, totals=Applied(), error=error)
        return read_status(workspace.database, now=NOW).lines[0].has_failed

    assert not run(RunState.DONE)
    assert run(RunState.PARTLY, broken)
    assert not run(RunState.DONE)
    workspace.accounts.tried(account, error=broken)
    assert read_status(workspace.database, now=NOW).lines[0].is_cut
    workspace.accounts.tried(account)
    assert not read_status(workspace.database, now=NOW).lines[0].has_failed


def test_posts_are_counted_without_drafts_and_those_sent(filled: Workspace, water_id):
    filled.outbox.save_topic(water_id, subject="Draft", text="A draft")
    filled.outbox.queue(filled.outbox.save_topic(water_id, subject="Pumps", text="Which pump?"))
    assert read_status(filled.database, now=NOW).posts == {OutboxState.QUEUED: 1}


def test_pausing_everything_is_kept_in_the_profile(workspace: Workspace):
    assert not read_status(workspace.database, now=NOW).is_all_paused
    workspace.notes.set_preference(ALL_PAUSED, "true")
    assert read_status(workspace.database, now=NOW).is_all_paused
