"""run_in_worker: long source work in a process of its own, so that it never keeps the window from painting.

One JSON object a line, both ways. The child reads {"profile", "key", "task"}, then perhaps the line "cancel"; it writes
{"progress"} lines and one last {"results"}, {"trial"}, {"error"} or {"bug"}. An order of {"profile", "network"} has
numbers only to work on (`network_work`) and is answered with {"network"}; one of {"profile", "key", "ahead"} is
answered with {"ahead"} (`working_ahead`), one of {"profile", "key", "measures"} with {"measures"} (`measures_beside`).
The key travels through the pipe only: what a process was started with can be read by others.
"""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass, replace
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from workbench import errors
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, WorkbenchError, WorkStoppedError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.operations.analytics import import_analytics
from workbench.operations.engage import import_engage_export
from workbench.operations.sources import import_mailing_list, install_sample
from workbench.operations.sync import SyncOrder, check_completeness, sync_accounts
from workbench.operations.tables import TableOrder, Trial, import_mapped_table
from workbench.paths import WORKER_VERB, own_command
from workbench.progress import Progress, Report, Wait, silent
from workbench.sync.engine import RunResult
from workbench.sync.mirror import Applied
from workbench.workspace import Workspace

CANCEL_LINE: Final = b"cancel\n"
KILL_SECONDS: Final = 10.0
"""How long a child may take to come to its next safe point after a stop, or to leave after its answer."""
_LOOK_SECONDS: Final = 0.05


class TaskKind(StrEnum):
    """What a child can be asked to do."""

    MAIL = "mail"
    SAMPLE = "sample"
    SYNC = "sync"
    TABLE = "table"
    TRIAL = "trial"
    CHECK = "check"
    ENGAGE_EXPORT = "engage-export"
    ANALYTICS = "analytics"


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: `name` is a community for files, an account for a sync or check (None: all that apply)."""

    kind: TaskKind
    name: str | None = None
    paths: tuple[Path, ...] = ()
    table: TableOrder | None = None
    order: SyncOrder | None = None
    views: str = ""  # of exports of Google Analytics: the column of page views, where it is not known
    file_limit: int | None = (
        None  # of mail: how large files may be that are kept, where it is not the account that says
    )

    def perform(self, workspace: Workspace, *, report: Report, cancel: CancelToken) -> list[RunResult]:
        """Does it here; refuses as the operation it stands for."""
        if self.kind is TaskKind.SAMPLE:
            return install_sample(workspace, report=report, cancel=cancel)
        if self.kind is TaskKind.SYNC:
            return sync_accounts(workspace, name=self.name, order=self.order, report=report, cancel=cancel)
        if self.kind is TaskKind.CHECK:
            return self._check(workspace, report=report, cancel=cancel)
        if self.table is not None:
            return [import_mapped_table(workspace, self.table, report=report, cancel=cancel)]
        return self._import(workspace, report=report, cancel=cancel)

    def _import(self, workspace: Workspace, *, report: Report, cancel: CancelToken) -> list[RunResult]:
        paths, name = self.paths, self.name or ""
        if self.kind is TaskKind.ENGAGE_EXPORT:
            return import_engage_export(workspace, paths=paths, report=report, cancel=cancel).results
        if self.kind is TaskKind.ANALYTICS:
            return [import_analytics(workspace, paths=paths, site=name, views=self.views, report=report, cancel=cancel)]
        limit = self.file_limit
        return [
            import_mailing_list(workspace, paths=paths, community=name, file_limit=limit, report=report, cancel=cancel)
        ]

    def _check(self, workspace: Workspace, *, report: Report, cancel: CancelToken) -> list[RunResult]:
        order = self.order or SyncOrder()
        done = check_completeness(
            workspace,
            name=self.name,
            community=order.community,
            trusts_gone=order.trusts_gone,
            report=report,
            cancel=cancel,
        )
        return done.results

    def packed(self) -> dict[str, Any]:
        """As it travels; paths are made absolute."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "paths": [str(path.absolute()) for path in self.paths],
            "table": None if self.table is None else self.table.packed(),
            "order": None if self.order is None else self.order.packed(),
            "views": self.views,
            "file_limit": self.file_limit,
        }

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> "Task":
        """The task that `packed` made."""
        kind, table, order = TaskKind(packed["kind"]), packed["table"], packed["order"]
        return cls(
            kind,
            packed["name"],
            tuple(Path(path) for path in packed["paths"]),
            None if table is None else TableOrder.unpacked(table),
            None if order is None else SyncOrder.unpacked(order),
            packed["views"],
            packed["file_limit"],
        )


def run_in_worker(
    workspace: Workspace, task: Task, *, report: Report = silent, cancel: CancelToken | None = None
) -> list[RunResult]:
    """Does the task in a child process and answers as the operation would; blocks, so call it off the main thread.

    The workspace must be open for writing: the child works under its lock. A stop is handed on, and the child is ended
    by force when it does not heed it within ten seconds (CancelledError). Refuses as the operation does, with
    WorkStoppedError when the child ends by itself without an answer, and with RuntimeError, which names a class only,
    for a mistake of ours.
    """
    answer = _asked(workspace, task, report=report, cancel=cancel)
    return [unpacked_result(one) for one in answer["results"]]


def try_in_worker(
    workspace: Workspace, order: TableOrder, *, report: Report = silent, cancel: CancelToken | None = None
) -> Trial:
    """Reads a table in a child process and writes nothing; answers and refuses as `try_table` does, and as above."""
    answer = _asked(workspace, Task(TaskKind.TRIAL, table=order), report=report, cancel=cancel)
    return Trial.unpacked(answer["trial"])


def _asked(workspace: Workspace, task: Task, *, report: Report, cancel: CancelToken | None) -> dict[str, Any]:
    """The last word of a child that was given the task; raises what it says went wrong."""
    order = {"profile": str(workspace.profile.absolute()), "key": workspace.database.key.hex()}
    return ask_child(order | {"task": task.packed()}, report=report, cancel=cancel)


def ask_child(
    order: Mapping[str, Any], *, report: Report, cancel: CancelToken | None, patience: float = KILL_SECONDS
) -> dict[str, Any]:
    """The last word of a child that was given this order; blocks, and refuses as `run_in_worker` does.

    `order` names the profile, and has the key only where the child has to open it. After a stop it has `patience`
    seconds to come to its next safe point.
    """
    with _child() as child:
        _tell(child, json.dumps(order).encode() + b"\n")
        answer = _listen(child, report=report, cancel=cancel or CancelToken(), patience=patience)
    if answer is None:
        if cancel is not None and cancel.is_cancelled:
            raise CancelledError  # it did not come to a safe point in time, and was ended: that was asked for
        message = "the work stopped unexpectedly; what was stored is kept; run it again"
        raise WorkStoppedError(message)
    if "error" in answer:
        raise unpacked_error(answer["error"])
    if "bug" in answer:
        message = f"{answer['bug']} in the worker"
        raise RuntimeError(message)
    return answer


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """A child of ours, gone when the block ends: by itself after its answer, by force when the block raises."""
    child = subprocess.Popen(  # noqa: S603 - our own program
        [*own_command(), WORKER_VERB],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a trace may carry what people wrote; the child writes mistakes to the log
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with child:
        try:
            yield child
            child.wait(KILL_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
        except BaseException:
            child.kill()
            raise
        finally:
            # What a child that is gone did not read any more is still in the buffer.
            with suppress(OSError):
                _stream(child.stdin).close()


def _tell(child: subprocess.Popen[bytes], line: bytes) -> None:
    # A child that is gone is noticed where it is listened to.
    with suppress(OSError):
        _stream(child.stdin).write(line)
        _stream(child.stdin).flush()


def _listen(
    child: subprocess.Popen[bytes], *, report: Report, cancel: CancelToken, patience: float
) -> dict[str, Any] | None:
    """Hands progress on until the last word of the child, and the stop to the child; None when it had no last word."""
    lines: SimpleQueue[bytes] = SimpleQueue()
    # Of its own, because a read from a pipe cannot look at the token meanwhile.
    ear = threading.Thread(target=_read, args=(_stream(child.stdout), lines.put), name="worker-ear", daemon=True)
    last_resort = threading.Timer(patience, child.kill)
    last_resort.daemon = True
    is_told = False
    ear.start()
    try:
        while True:
            if cancel.is_cancelled and not is_told:
                is_told = True
                _tell(child, CANCEL_LINE)
                last_resort.start()
            try:
                line = lines.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            said = _parsed(line)
            if said is None or "progress" not in said:
                return said
            report(unpacked_progress(said["progress"]))
    finally:
        last_resort.cancel()


def _read(stream: IO[bytes], put: Callable[[bytes], None]) -> None:
    """Every line, and an empty one at the end."""
    # The pipe is closed under us when the child is ended by force.
    with suppress(OSError, ValueError):
        for line in stream:
            put(line)
    put(b"")


def _parsed(line: bytes) -> dict[str, Any] | None:
    """What a line says; None for the end, and for half a line of a child that was killed."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        message = "a child without pipes"
        raise RuntimeError(message)
    return stream


def packed_progress(progress: Progress) -> dict[str, Any]:
    """A line of progress."""
    return {"progress": astuple(progress)}


def unpacked_progress(packed: Sequence[Any]) -> Progress:
    """What `packed_progress` made."""
    progress = Progress(*packed)
    return progress if progress.wait is None else replace(progress, wait=Wait(progress.wait))


def packed_results(results: Sequence[RunResult]) -> dict[str, Any]:
    """The last line of work that came to its end."""
    return {
        "results": [
            {
                "state": one.state.value,
                "totals": asdict(one.totals) | {"changes": one.totals.changes.value},
                "community_id": one.community_id,
                "account": one.account,
                "error": None if one.error is None else packed_error(one.error),
            }
            for one in results
        ]
    }


def unpacked_result(packed: Mapping[str, Any]) -> RunResult:
    """One of the results that `packed_results` made."""
    totals = dict(packed["totals"])
    return RunResult(
        state=RunState(packed["state"]),
        totals=Applied(**totals | {"changes": Changes(totals["changes"])}),
        community_id=CommunityId(packed["community_id"]),
        account=packed["account"],
        error=None if packed["error"] is None else unpacked_error(packed["error"]),
    )


def packed_error(error: WorkbenchError) -> dict[str, Any]:
    """An error by the name of its class, or of the nearest one that every process knows."""
    name = next(kind.__name__ for kind in type(error).__mro__ if vars(errors).get(kind.__name__) is kind)
    return {"class": name, "reason": error.reason, "details": error.details}


def unpacked_error(packed: Mapping[str, Any]) -> WorkbenchError:
    """The error that `packed_error` made."""
    kind: type[WorkbenchError] = getattr(errors, packed["class"])
    return kind(packed["reason"], **packed["details"])
