"""The child's side of `worker`: reads one order, works beside the window that gave it, and says how far it came."""

import io
import json
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from workbench.cancel import CancelToken
from workbench.clock import Clock, SystemClock
from workbench.errors import ProfileBusyError, WorkbenchError
from workbench.models.lock import ProfileLock
from workbench.operations.measures_beside import MEASURES_ORDER, measures_packed
from workbench.operations.network_work import NETWORK_ORDER, work_out_packed
from workbench.operations.tables import try_table
from workbench.operations.worker import CANCEL_LINE, Task, TaskKind, packed_error, packed_progress, packed_results
from workbench.operations.working_ahead import AHEAD_ORDER, days_told, work_ahead
from workbench.paths import log_folder
from workbench.progress import Progress, Report
from workbench.workspace import Workspace


def main() -> int:
    """Serves whoever started this process, on its standard streams; the exit code says nothing."""
    # Ctrl+C in a terminal reaches every process of the group; when to stop is for the window to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)  # whoever looks at the window comes first
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up between our lines.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # Unbuffered: a thread that waits in a buffered reader keeps the interpreter from ending.
    orders = io.FileIO(0, "rb", closefd=False)
    with answers:
        serve(orders, answers, clock=SystemClock())
    return 0


def serve(orders: IO[bytes] | io.RawIOBase, answers: IO[bytes], *, clock: Clock) -> None:
    """Carries out the one order in `orders` and writes progress and the last word to `answers`.

    The end of `orders` means that whoever gave it is gone: then the work stops as if that had been asked for.
    """
    order = json.loads(orders.readline())
    profile, cancel = Path(order["profile"]), CancelToken()
    lock = ProfileLock(profile)
    heeds = (orders, cancel, None if _only_works_out(order) else lock)
    threading.Thread(target=_heed, args=heeds, name="orders", daemon=True).start()

    def report(progress: Progress) -> None:
        if not _write(answers, packed_progress(progress)):
            cancel.cancel()

    try:
        _write(answers, _outcome(order, profile, clock=clock, report=report, cancel=cancel))
    finally:
        lock.free()


def _outcome(
    order: dict[str, Any], profile: Path, *, clock: Clock, report: Report, cancel: CancelToken
) -> dict[str, Any]:
    """The last word: results, an error of our tree, or the class of a mistake of ours."""
    try:
        if NETWORK_ORDER in order:
            return {NETWORK_ORDER: work_out_packed(order[NETWORK_ORDER], report=report, cancel=cancel)}
        key = bytes.fromhex(order["key"])
        if MEASURES_ORDER in order:
            return {MEASURES_ORDER: measures_packed(profile, key, order[MEASURES_ORDER])}
        with Workspace.open_beside(profile, key, clock=clock) as workspace:
            return _beside(order, workspace, report=report, cancel=cancel)
    except WorkbenchError as error:
        return {"error": packed_error(error)}
    except Exception as error:  # noqa: BLE001 - the window hears of it, and the log gets the place
        _write_down(error, profile, clock)
        return {"bug": type(error).__name__}


def _beside(order: dict[str, Any], workspace: Workspace, *, report: Report, cancel: CancelToken) -> dict[str, Any]:
    """What may write, beside whoever holds the lock."""
    if AHEAD_ORDER in order:
        return {AHEAD_ORDER: work_ahead(workspace, days=days_told(order[AHEAD_ORDER]), cancel=cancel)}
    task = Task.unpacked(order["task"])
    if task.kind is TaskKind.TRIAL and task.table is not None:
        return {"trial": try_table(task.table, now=workspace.clock.now(), report=report, cancel=cancel).packed()}
    return packed_results(task.perform(workspace, report=report, cancel=cancel))


def _only_works_out(order: dict[str, Any]) -> bool:
    """Whether nothing is written: then nobody who opens the profile next has to wait for us."""
    return NETWORK_ORDER in order or MEASURES_ORDER in order


def _heed(orders: IO[bytes] | io.RawIOBase, cancel: CancelToken, lock: ProfileLock | None) -> None:
    """Waits for the stop, or for the end of whoever would ask for it."""
    line = orders.readline()
    cancel.cancel()
    if lock is not None and (line != CANCEL_LINE or not orders.readline()):
        # Whoever held the lock for us is gone: until the batch at hand is stored it is ours, if nobody was quicker.
        with suppress(ProfileBusyError):
            lock.take()


def _write(answers: IO[bytes], line: dict[str, Any]) -> bool:
    """Whether somebody is left who reads it."""
    try:
        answers.write(json.dumps(line).encode() + b"\n")
        answers.flush()
    except OSError:
        return False
    return True


def _write_down(error: Exception, profile: Path, clock: Clock) -> None:
    from workbench.logs import Log  # noqa: PLC0415 - only for a mistake of ours

    log = Log(log_folder(profile), clock=clock)
    log.failure("worker.failed", error)
    log.close()
