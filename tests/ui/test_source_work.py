"""Imports and the sample as jobs: results, one of a kind at a time, stops, actions that follow what is there."""

from pathlib import Path

import pytest

from tests.ui.mail_files import an_archive, an_ugly_archive
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.progress import Progress
from workbench.queries.communities import list_communities
from workbench.ui.context import Context
from workbench.ui.jobs import Job
from workbench.ui.source_work import SourceWork, Work, WorkKind
from workbench.ui.work_words import said_at_end

PATIENCE = 30_000  # milliseconds: the work starts a process, which takes its time on a busy machine


@pytest.fixture
def sources(qtbot, context: Context) -> SourceWork:
    context.sources.start()
    settle(qtbot, context.jobs)
    return context.sources


def test_an_import_tells_what_came_and_pages_hear_of_it(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    heard = []
    context.bus.changed.connect(heard.append)
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        assert sources.import_mail([an_archive(tmp_path / "pumps")], community="Pumps") is not None
    work = ended.args[0]
    assert (work.total("added"), work.results[0].state) == (6, RunState.DONE)
    assert said_at_end(work) == "Pumps: 6 messages added"
    assert any(Changes.EVENTS in changes and Changes.ACCOUNTS in changes for changes in heard)
    assert not work.is_running


def test_a_second_import_has_to_wait_for_the_first(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        sources.import_mail([an_archive(tmp_path / "one")], community="One")
        assert sources.import_mail([an_archive(tmp_path / "two")], community="Two") is None
        assert "has to wait" in told[0]


def test_what_cannot_be_read_is_an_error_in_words(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        sources.import_mail([tmp_path / "nowhere"], community="Nowhere")
    assert said_at_end(ended.args[0]) == "“nowhere” is not there."


def test_what_was_held_back_is_counted(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        sources.import_mail([an_ugly_archive(tmp_path / "pumps")], community="Pumps")
    assert said_at_end(ended.args[0]) == "Pumps: 6 messages added, 1 held back"


def test_a_stopped_import_goes_on_when_it_is_run_again(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    folder = an_archive(tmp_path / "pumps")
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        sources.import_mail([folder], community="Pumps").stop()
    assert said_at_end(ended.args[0]).startswith("Stopped")
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        sources.import_mail([folder], community="Pumps")
    with context.workspace.database.read() as reader:
        assert [row.messages for row in list_communities(reader, as_of=context.workspace.clock.now())] == [6]


def test_actions_follow_what_is_there(qtbot, context: Context, sources: SourceWork):
    enabled = lambda one: context.actions.action(one).isEnabled()  # noqa: E731 - two words used six times
    assert (enabled("sync.now"), enabled("sample.install"), enabled("sample.remove")) == (False, True, False)
    context.workspace.accounts.add(AccountKind.HYPERKITTY, "Live", base_url="https://lists.example.org/archives/")
    context.workspace.accounts.add(AccountKind.SAMPLE, "Sample network")
    context.bus.publish(Changes.ACCOUNTS)
    settle(qtbot, context.jobs)
    assert (enabled("sync.now"), enabled("sample.install"), enabled("sample.remove")) == (True, False, True)


def test_removing_takes_the_account_and_its_messages_away(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        sources.import_mail([an_archive(tmp_path / "pumps")], community="Pumps")
    account_id = context.workspace.accounts.find(AccountKind.MAILING_LIST, "Pumps")
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        sources.remove(account_id, "Pumps")
    assert ended.args[0].kind is WorkKind.REMOVE
    assert said_at_end(ended.args[0]) == "Pumps was removed"
    assert context.workspace.accounts.list() == ()


def test_what_somebody_has_seen_is_not_told_again(qtbot, tmp_path: Path, context: Context, sources: SourceWork):
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    sources.ended.connect(lambda work: setattr(work, "is_seen", True))
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        sources.import_mail([an_archive(tmp_path / "pumps")], community="Pumps")
    settle(qtbot, context.jobs)
    assert told == []


def test_a_paused_account_says_so(qtbot, context: Context, sources: SourceWork):
    account_id = context.workspace.accounts.add(AccountKind.HYPERKITTY, "Live", base_url="https://lists.example.org/")
    with qtbot.waitSignal(context.bus.changed):
        sources.pause(account_id, is_paused=True)
    assert context.workspace.accounts.get(account_id).is_paused
    settle(qtbot, context.jobs)


def add_lists(context: Context, *names: str) -> None:
    """Archives at an address where nobody answers."""
    for name in names:
        context.workspace.accounts.add(AccountKind.HYPERKITTY, name, base_url="http://127.0.0.1:9/archives/")


def test_syncs_and_checks_go_one_after_the_other(qtbot, context: Context, sources: SourceWork):
    add_lists(context, "One", "Two")
    told, ended = [], []
    context.told.connect(lambda words, _action: told.append(words))
    sources.ended.connect(lambda work: ended.append((work.kind, work.subject)))
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        assert sources.sync("One") is not None
        assert sources.sync("One") is None
        assert sources.check("Two") is None
        assert told == ["Two is next, once what runs is done"]
        assert sources.waits("Two")
        assert not sources.waits("One")
        sources.on_line().stop()
    assert sources.on_line().subject == "Two"
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE):
        sources.stop_syncs()
    assert ended == [(WorkKind.SYNC, "One"), (WorkKind.CHECK, "Two")]
    settle(qtbot, context.jobs)


def test_pausing_an_account_stops_it_and_forgets_its_turns(qtbot, context: Context, sources: SourceWork):
    add_lists(context, "One", "Two")
    account = context.workspace.accounts.find(AccountKind.HYPERKITTY, "Two")
    with qtbot.waitSignal(sources.ended, timeout=PATIENCE) as ended:
        work = sources.sync("One")
        sources.sync("Two")
        sources.pause(account, "Two", is_paused=True)
        assert not sources.waits("Two")
        assert not work.is_stopping
        sources.pause(context.workspace.accounts.find(AccountKind.HYPERKITTY, "One"), "One", is_paused=True)
    assert ended.args[0] is work
    assert said_at_end(work).startswith("Stopped")
    settle(qtbot, context.jobs)
    assert sources.on_line() is None


def test_pausing_the_one_of_all_that_is_read_lets_the_others_go_on(qtbot, context: Context, sources: SourceWork):
    add_lists(context, "One", "Two")
    job = Job(context, "sync", lambda: None, lambda _: None, None, None, None, "Syncing", "sync")
    work = sources._newest[WorkKind.SYNC] = Work(WorkKind.SYNC, "", job, accounts=["One"])
    for name, turns in (("Two", 0), ("One", 1)):  # whose turn is still to come just loses it
        sources.pause(context.workspace.accounts.find(AccountKind.HYPERKITTY, name), name, is_paused=True)
        settle(qtbot, context.jobs)
        assert len(sources._turns) == turns
    work.is_running = False


def test_what_a_sync_costs_is_told_while_nothing_arrives(context: Context, sources: SourceWork):
    heard: list[Changes] = []
    work = sources._newest[WorkKind.SYNC] = Work(WorkKind.SYNC, "Team")
    context.bus.changed.connect(heard.append)
    sources._tell_arrived()
    sources._on_progress(work, Progress(0, "", stage="Asking what is new", account="Team"))
    sources._tell_arrived()
    assert heard.pop() == Changes.RUNS, "what only says what it waits for brings nothing to read again"
    sources._on_progress(work, Progress(1, "new item", stage="What is new", account="Team", read=3))
    sources._tell_arrived()
    assert heard[0] == Changes.RUNS
    assert Changes.EVENTS in heard[1]
    assert sources._arrived.isActive()
    sources._arrived.stop()
    work.is_running = False
    sources._tell_arrived()
    assert not sources._arrived.isActive()
