"""Watching: threads to keep an eye on, outputs and ideas, as the window and the command line keep them."""

from collections.abc import Sequence
from datetime import date

from workbench.clock import local_day
from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.notes.watching import RowBefore, WatchStore
from workbench.workspace import Workspace


def watch_thread(workspace: Workspace, *, thread_id: EventId, note: str, look_on: date | None = None) -> RowBefore:
    """Puts a thread on the watch list with a note why, to be looked at again on a day. Refuses no note."""
    return _store(workspace).watch(thread_id, note=note, look_on=look_on)


def close_watch(workspace: Workspace, *, watch_id: str, done: str) -> RowBefore:
    """Says what was done, so that it need not be watched any more. Refuses no words."""
    return _store(workspace).close(watch_id, done=done)


def forget_watch(workspace: Workspace, *, watch_id: str) -> RowBefore:
    """Takes a thread off the watch list with its note."""
    return _store(workspace).remove("thread_watch", watch_id)


def keep_output(
    workspace: Workspace, *, title: str, kind: str, day: date | None = None, link: str = "", threads: Sequence[EventId]
) -> RowBefore:
    """Keeps what was made out of threads, today where no day is given."""
    on = _today(workspace) if day is None else day
    return _store(workspace).add_output(title=title, kind=kind, day=on, link=link, threads=threads)


def change_output(
    workspace: Workspace,
    *,
    output_id: str,
    title: str | None = None,
    kind: str | None = None,
    day: date | None = None,
    link: str | None = None,
    threads: Sequence[EventId] = (),
) -> RowBefore:
    """Changes what is given, and adds threads it came from too."""
    store = _store(workspace)
    return store.change_output(output_id, title=title, kind=kind, day=day, link=link, threads=threads)


def forget_output(workspace: Workspace, *, output_id: str) -> RowBefore:
    """Forgets an output."""
    return _store(workspace).remove("output", output_id)


def keep_idea(
    workspace: Workspace, *, words: str, unit: str = "", handed_on: date | None = None, threads: Sequence[EventId]
) -> RowBefore:
    """Keeps an idea; with a unit it is handed on, today where no day is given."""
    on = handed_on if handed_on is not None or not unit.strip() else _today(workspace)
    return _store(workspace).add_idea(words=words, unit=unit, handed_on=on, threads=threads)


def hand_idea(workspace: Workspace, *, idea_id: str, unit: str, on: date | None = None) -> RowBefore:
    """Says to whom an idea was handed; 30 days later it is asked after."""
    return _store(workspace).hand_idea(idea_id, unit=unit, on=_today(workspace) if on is None else on)


def decide_idea(
    workspace: Workspace, *, idea_id: str, outcome: str, on: date | None = None, words: str = ""
) -> RowBefore:
    """Says whether it was adopted, not adopted, or is open again."""
    day = _today(workspace) if on is None else on
    return _store(workspace).decide_idea(idea_id, outcome=outcome, on=day, words=words)


def forget_idea(workspace: Workspace, *, idea_id: str) -> RowBefore:
    """Forgets an idea."""
    return _store(workspace).remove("idea", idea_id)


def put_row_back(workspace: Workspace, before: RowBefore) -> Changes:
    """Undoes one of these."""
    return _store(workspace).put_back(before)


def _store(workspace: Workspace) -> WatchStore:
    return WatchStore(workspace.database, workspace.clock)


def _today(workspace: Workspace) -> date:
    return local_day(workspace.clock.now())
