"""Engine: what was applied of one community is kept however a run ends, and the next run goes on from there."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import pytest

from tests.sync.mirrored import LIST, Mirrored, a_message, a_mirror, snapshot
from tests.sync.played import runs
from workbench.cancel import CancelToken
from workbench.errors import (
    ForbiddenError,
    LineError,
    SourceError,
    WorkbenchError,
)
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.progress import Progress
from workbench.sync.connector import Abilities, Batch, Connector, Cursor, Stream
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.records import CommunityRecord, Record, Rejected

ARCHIVE = tuple(a_message(f"m{n}", by=f"p{n % 3}", hours=n, references=(f"m{n - 1}",)) for n in range(10))


class Script(Connector):
    """A source that yields two messages at a time and fails where it is told to."""

    kind: ClassVar[AccountKind] = AccountKind.MAILING_LIST
    abilities: ClassVar[Abilities] = Abilities()
    streams: ClassVar[tuple[Stream, ...]] = (Stream("people", "People"), Stream("messages", "Messages"))

    def __init__(
        self, *, errors: dict[tuple[str, int], Exception] | None = None, rejected: tuple[Rejected, ...] = ()
    ) -> None:
        self._errors = errors or {}
        self._rejected = rejected
        self.starts: list[Cursor | None] = []

    def communities(self) -> Iterable[CommunityRecord]:
        return [LIST]

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        self.starts.append(since)
        told: tuple[Record, ...] = ARCHIVE if stream.name == "messages" else ()
        for start in range(int(since or 0), max(len(told), 1), 2):
            if (stream.name, start) in self._errors:
                raise self._errors[stream.name, start]
            held_back = self._rejected if told and start == 0 else ()
            yield Batch(told[start : start + 2], Cursor(str(start + 2)), held_back, requests=1, bytes_in=100)


class Editing(Script):
    """The same, of a platform where people edit what they wrote."""

    abilities: ClassVar[Abilities] = Abilities(edits=True)


def run(mirrored: Mirrored, connector: Connector, **options) -> RunResult:
    return sync_community(connector, mirrored.mirror, community=LIST, account_id=mirrored.account_id, **options)


def test_every_stream_is_read_to_its_end(tmp_path):
    mirrored = a_mirror(tmp_path)
    seen: list[Progress] = []
    result = run(mirrored, Script(), report=seen.append)
    assert (result.state, result.error, result.totals.added) == (RunState.DONE, None, 10)
    assert (result.totals.requests, result.totals.bytes_in) == (6, 600)
    assert Changes.RUNS | Changes.EVENTS in result.totals.changes
    assert result.community_id == mirrored.community_id
    assert runs(mirrored) == [("done", 10, None, 1)]
    assert [progress.done for progress in seen] == [0, 2, 4, 6, 8, 10]


def test_a_second_run_with_nothing_new_starts_at_the_cursor(tmp_path):
    mirrored = a_mirror(tmp_path)
    run(mirrored, Script())
    again = Script()
    result = run(mirrored, again)
    assert again.starts == ["2", "10"]
    assert (result.state, result.totals.records) == (RunState.DONE, 0)


def test_cancelled_run_resumes_at_last_stored_batch(tmp_path):
    whole = a_mirror(tmp_path / "whole")
    run(whole, Script())
    mirrored = a_mirror(tmp_path / "halves")
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done == 4:
            cancel.cancel()

    result = run(mirrored, Script(), report=stop, cancel=cancel)
    assert (result.state, result.totals.added) == (RunState.CANCELLED, 4)
    assert runs(mirrored) == [("cancelled", 4, "cancelled", 1)]
    resumed = Script()
    assert run(mirrored, resumed).state == RunState.DONE
    assert resumed.starts == ["2", "4"]
    assert snapshot(mirrored) == snapshot(whole)


def test_a_run_cancelled_before_it_began_reads_nothing(tmp_path):
    mirrored = a_mirror(tmp_path)
    cancel = CancelToken()
    cancel.cancel()
    connector = Script()
    assert run(mirrored, connector, cancel=cancel).state == RunState.CANCELLED
    assert connector.starts == []


def test_a_stream_that_cannot_be_read_is_left_out_and_noted(tmp_path):
    mirrored = a_mirror(tmp_path)
    result = run(mirrored, Script(errors={("people", 0): ForbiddenError("members are hidden")}))
    assert (result.state, result.totals.added) == (RunState.PARTLY, 10)
    assert isinstance(result.error, ForbiddenError)
    assert runs(mirrored) == [("partly", 10, "forbidden", 1)]


@pytest.mark.parametrize("error", [LineError("cut"), SourceError("truncated", path="a.gz")])
def test_a_source_that_breaks_keeps_what_was_read(tmp_path, error: WorkbenchError):
    mirrored = a_mirror(tmp_path)
    result = run(mirrored, Script(errors={("messages", 6): error}))
    assert (result.state, result.totals.added, result.error) == (RunState.PARTLY, 6, error)
    assert runs(mirrored) == [("partly", 6, error.code, 1)]
    assert run(mirrored, Script()).totals.added == 4


def test_a_run_that_held_something_back_is_partly_done_and_the_next_one_done(tmp_path):
    mirrored = a_mirror(tmp_path)
    connector = Script(rejected=(Rejected("a.mbox", 120, "no_date", "no date"),))
    result = run(mirrored, connector)
    assert (result.state, result.error, result.totals.rejected) == (RunState.PARTLY, None, 1)
    again = run(mirrored, connector)
    assert (again.state, again.totals.records, again.totals.rejected) == (RunState.DONE, 0, 0)
    assert runs(mirrored) == [("partly", 10, None, 1), ("done", 0, None, 1)]
    assert mirrored.scalar("SELECT count(*) FROM quarantine") == 1


@pytest.mark.parametrize(("kind", "text"), [(Script, "Words of m0"), (Editing, "Edited")])
def test_only_a_source_with_edits_changes_what_was_read(tmp_path, monkeypatch, kind: type[Script], text: str):
    mirrored = a_mirror(tmp_path)
    run(mirrored, kind())
    edited = (a_message("m0", by="p0", text="Edited"), *ARCHIVE[1:])
    monkeypatch.setattr(f"{__name__}.ARCHIVE", edited)
    mirrored.apply(cursor="0")
    run(mirrored, kind())
    query = "SELECT b.text FROM body b JOIN event e ON e.id = b.event_id WHERE e.remote_id = 'm0'"
    assert mirrored.scalar(query) == text


def test_a_source_that_gives_nothing_failed(tmp_path):
    mirrored = a_mirror(tmp_path)
    errors: dict[tuple[str, int], Exception] = {("people", 0): ForbiddenError(), ("messages", 0): ForbiddenError()}
    assert run(mirrored, Script(errors=errors)).state == RunState.FAILED
    assert run(mirrored, Script(errors={("people", 0): LineError("no answer")})).state == RunState.FAILED


def test_a_bug_is_written_down_and_raised_on(tmp_path):
    mirrored = a_mirror(tmp_path)
    with pytest.raises(ZeroDivisionError):
        run(mirrored, Script(errors={("messages", 4): ZeroDivisionError()}))
    assert runs(mirrored) == [("failed", 4, None, 1)]
