"""Work in a child process: the same outcome as at home, stops, deaths and refusals, and a key nobody else sees."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.builders import KEY, a_workspace
from tests.cli.archives import a_folder_of_mail
from tests.cli.loopback import served
from tests.sync.connectors.hyperkitty_site import FISHERS, FakeSite, history
from workbench.cancel import CancelToken
from workbench.clock import SystemClock
from workbench.errors import BadInputError, CancelledError, LineError, SourceError, WorkbenchError, WorkStoppedError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.operations.sources import add_hyperkitty, import_mailing_list
from workbench.operations.sync import SyncOrder
from workbench.operations.tables import TableOrder, look_into_table, try_table
from workbench.operations.worker import (
    Task,
    TaskKind,
    packed_error,
    packed_results,
    run_in_worker,
    try_in_worker,
    unpacked_error,
    unpacked_result,
)
from workbench.paths import WORKER_VERB
from workbench.progress import Progress
from workbench.sync.engine import RunResult
from workbench.sync.mirror import Applied
from workbench.sync.schedule import Link
from workbench.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
MANY = {"files": 12, "mails": 1000}  # several batches: seconds of work after the first one is told of
TOTAL = 12_000
SOME = {"files": 3, "mails": 1000}
TABLES = ("event", "person", "body", "quarantine", "coverage", "streamcursor")
MOMENTS = {"created_at", "seen_at", "updated_at"}  # when it was stored


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=SystemClock()) as workspace:
        yield workspace


def mail_task(folder: Path) -> Task:
    return Task(TaskKind.MAIL, "Water", (folder,))


def stored(workspace: Workspace) -> int:
    with workspace.database.read() as reader:
        return int(reader.scalar("SELECT count(*) FROM event"))


def the_child() -> psutil.Process:
    """Not those that other tests left for their own use, such as a fork server."""
    (child,) = (one for one in psutil.Process().children() if WORKER_VERB in one.cmdline())
    return child


def wait_for_end(process_id: int) -> None:
    """Of a process nobody may be there to bury, as in a container without an init."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(process_id)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            with suppress(psutil.TimeoutExpired):
                process.wait(0.1)


def test_import_in_a_child_is_the_same_as_at_home(tmp_path: Path, workspace: Workspace):
    folder = a_folder_of_mail(tmp_path / "mail", files=3, mails=9)
    (folder / "part-009.mbox").write_bytes(bytes(range(256)) * 40)
    told: list[Progress] = []
    results = run_in_worker(workspace, mail_task(folder), report=told.append)
    (tmp_path / "home").mkdir()
    with a_workspace(tmp_path / "home", clock=SystemClock()) as home:
        assert results == [import_mailing_list(home, paths=[folder], community="Water")]
        assert results[0].state is RunState.PARTLY
        with workspace.database.read() as here, home.database.read() as there:
            for name in TABLES:
                columns = {row[1] for row in here.rows(f"PRAGMA table_info({name})")} - MOMENTS
                sql = f"SELECT {', '.join(sorted(columns))} FROM {name} ORDER BY 1, 2, 3"
                assert here.rows(sql) == there.rows(sql), name
    assert told[-1].fraction == 1.0
    assert run_in_worker(workspace, mail_task(folder))[0].totals.added == 0


def test_stopped_child_leaves_what_it_stored_and_a_second_run_completes_it(tmp_path: Path, workspace: Workspace):
    folder, cancel = a_folder_of_mail(tmp_path / "mail", **MANY), CancelToken()
    (stopped,) = run_in_worker(workspace, mail_task(folder), report=lambda _progress: cancel.cancel(), cancel=cancel)
    assert stopped.state is RunState.CANCELLED
    assert 0 < stopped.totals.added == stored(workspace) < TOTAL
    (rest,) = run_in_worker(workspace, mail_task(folder))
    assert (rest.state, stopped.totals.added + rest.totals.added) == (RunState.DONE, TOTAL)
    assert stored(workspace) == TOTAL


def test_killed_child_is_told_in_words_and_loses_nothing(tmp_path: Path, workspace: Workspace):
    folder = a_folder_of_mail(tmp_path / "mail", **MANY)
    with pytest.raises(WorkStoppedError, match="what was stored is kept"):
        run_in_worker(workspace, mail_task(folder), report=lambda _progress: the_child().kill())
    kept = stored(workspace)
    assert 0 < kept < TOTAL
    (rest,) = run_in_worker(workspace, mail_task(folder))
    assert (rest.state, stored(workspace)) == (RunState.DONE, TOTAL)
    assert rest.totals.added == TOTAL - kept


def test_child_that_does_not_heed_a_stop_is_ended_and_that_is_a_stop(tmp_path: Path, workspace: Workspace):
    folder, cancel = a_folder_of_mail(tmp_path / "mail", **MANY), CancelToken()

    def stop(_progress: Progress) -> None:
        cancel.cancel()
        the_child().kill()  # as the last resort does, ten seconds later

    with pytest.raises(CancelledError):
        run_in_worker(workspace, mail_task(folder), report=stop, cancel=cancel)
    assert stored(workspace) < TOTAL


def test_error_of_the_window_ends_the_child(tmp_path: Path, workspace: Workspace):
    def broken(_progress: Progress) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        run_in_worker(workspace, mail_task(a_folder_of_mail(tmp_path / "mail")), report=broken)
    assert not [one for one in psutil.Process().children() if WORKER_VERB in one.cmdline()]


def test_what_the_task_refuses_arrives_as_it_was_refused(tmp_path: Path, workspace: Workspace):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInputError) as refused:
        run_in_worker(workspace, mail_task(tmp_path / "empty"))
    with pytest.raises(BadInputError) as at_home:
        import_mailing_list(workspace, paths=[tmp_path / "empty"], community="Water")
    assert (refused.value.reason, refused.value.details) == (at_home.value.reason, at_home.value.details)
    with pytest.raises(BadInputError, match="no account called “X”"):
        run_in_worker(workspace, Task(TaskKind.SYNC, "X"))


def test_sync_runs_in_a_child_as_well(workspace: Workspace):
    with served(FakeSite({FISHERS: history(9)}, now=workspace.clock.now())) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (result,) = run_in_worker(workspace, Task(TaskKind.SYNC))
    assert (result.state, result.totals.added, stored(workspace)) == (RunState.DONE, 9, 9)
    assert result.totals.requests > 0


def test_check_runs_in_a_child_as_well(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)})) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (result,) = run_in_worker(workspace, Task(TaskKind.CHECK, "Fishers"))
        assert (result.state, result.totals.gone) == (RunState.DONE, 0)
        with pytest.raises(BadInputError):
            run_in_worker(workspace, Task(TaskKind.CHECK, "X"))


def test_key_is_in_no_place_where_other_programs_look(tmp_path: Path, workspace: Workspace):
    seen: list[str] = []

    def look(_progress: Progress) -> None:
        child = the_child()
        seen.extend([*child.cmdline(), *child.environ().values()])

    run_in_worker(workspace, mail_task(a_folder_of_mail(tmp_path / "mail", **SOME)), report=look)
    assert "_worker" in seen
    assert not [text for text in seen if KEY.hex() in text.lower()]


WINDOW = """
import os, signal, sys
from pathlib import Path
import psutil
from workbench.operations.worker import Task, TaskKind, run_in_worker
from workbench.vault import KeyFile
from workbench.workspace import Workspace

folder = Path(sys.argv[1])
workspace = Workspace.open(folder / "profile", key=KeyFile(folder / "key"))

def die(_progress):
    print(*(child.pid for child in psutil.Process().children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

run_in_worker(workspace, Task(TaskKind.MAIL, "Water", (folder / "mail",)), report=die)
"""


def test_child_of_a_killed_window_stops_by_itself_and_leaves_the_profile_free(tmp_path: Path):
    a_workspace(tmp_path).close()
    a_folder_of_mail(tmp_path / "mail", **MANY)
    command = [sys.executable, "-c", WINDOW, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        child = int(window.stdout.readline())
    wait_for_end(child)
    with a_workspace(tmp_path) as again, again.database.read() as reader:
        assert reader.scalar("SELECT state FROM syncrun") == "cancelled"
        assert 0 < reader.scalar("SELECT count(*) FROM event") < TOTAL


def test_notes_are_written_while_a_child_imports(tmp_path: Path, workspace: Workspace):
    written: list[int] = []

    def write(_progress: Progress) -> None:
        workspace.notes.set_preference("told", str(len(written)))
        written.append(stored(workspace))

    (result,) = run_in_worker(workspace, mail_task(a_folder_of_mail(tmp_path / "mail", **SOME)), report=write)
    assert (result.state, stored(workspace)) == (RunState.DONE, 3000)
    assert written == sorted(written)
    assert written[0] > 0  # a batch is seen as soon as it is stored


def test_child_of_a_closed_window_changes_nothing(tmp_path: Path, workspace: Workspace):
    folder = a_folder_of_mail(tmp_path / "mail")
    workspace.close()
    with pytest.raises(WorkbenchError, match="nobody holds this profile open"):
        run_in_worker(workspace, mail_task(folder))
    with a_workspace(tmp_path) as again:
        assert stored(again) == 0


def test_results_and_errors_travel_whole():
    class HomemadeError(LineError):
        pass

    error = SourceError("it ends too early", path="a.mbox", fault="cut")
    totals = Applied(1, 2, 3, 4, 5, 6, 7, Changes.EVENTS | Changes.RUNS)
    sent = RunResult(RunState.PARTLY, totals, CommunityId(8), error, "Forum")
    (packed,) = packed_results([sent])["results"]
    back = unpacked_result(packed)
    assert (back.state, back.totals, back.community_id) == (sent.state, sent.totals, sent.community_id)
    assert back.account == "Forum"
    assert (type(back.error), back.error.reason, back.error.details) == (SourceError, error.reason, error.details)
    assert type(unpacked_error(packed_error(HomemadeError("cut")))) is LineError


@pytest.mark.parametrize(
    "task",
    [
        Task(TaskKind.SAMPLE),
        Task(TaskKind.SYNC),
        Task(TaskKind.SYNC, "A", order=SyncOrder(budget=5, link=Link.METERED)),
        Task(TaskKind.CHECK, "A", order=SyncOrder("W", trusts_gone=True)),
        Task(TaskKind.MAIL, "W", (Path("/a"),)),
    ],
)
def test_tasks_travel_whole(task: Task):
    assert Task.unpacked(task.packed()) == task


def test_table_is_tried_and_imported_in_a_child_as_at_home(tmp_path: Path, workspace: Workspace):
    path = tmp_path / "t.csv"
    path.write_text("Author,Date,Text\nAmina Example,2026-01-05,Hello\nBo Sample,soon,Hi\n", encoding="utf-8")
    order = TableOrder(path, "Water", look_into_table(workspace, path=path).proposed())
    told: list[Progress] = []
    trial = try_in_worker(workspace, order, report=told.append)
    assert trial == try_table(order, now=SystemClock().now())
    assert (trial.rows, trial.rejected_count, [progress.done for progress in told]) == (1, 1, [1])
    assert stored(workspace) == 0
    (result,) = run_in_worker(workspace, Task(TaskKind.TABLE, "Water", table=order))
    assert (result.state, result.totals.added) == (RunState.PARTLY, 1)
    path.unlink()
    with pytest.raises(BadInputError):
        try_in_worker(workspace, order)
