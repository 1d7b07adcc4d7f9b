"""Engage exports as a person asks for them: an account of their own, a live one, and wrong files."""

import zipfile

import pytest

from tests.builders import a_clock, a_workspace
from tests.sync.importers.engage import BOATS, NOW, WATER, a_row, a_zip, an_export
from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.engage import ENGAGE_EXPORT_ACCOUNT, import_engage_export, look_at_engage_export
from workbench.operations.worker import Task, TaskKind, run_in_worker
from workbench.queries.sources import list_sources
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        yield workspace


def places(workspace: Workspace) -> list[tuple[str, str, AccountKind]]:
    with workspace.database.read() as reader:
        return [(source.community, source.account, source.kind) for source in list_sources(reader)]


def test_each_community_of_an_export_becomes_one_and_what_is_left_out_is_counted(tmp_path, workspace):
    rows = [
        a_row(1),
        a_row(2, group_id=BOATS),
        a_row(3, group_id=""),
        a_row(4, group_id="", in_private_conversation="true"),
        a_row(5, message_type="system"),
    ]
    path = an_export(tmp_path / "a.zip", rows, Files_csv=b"file_id\n1\n")
    done = import_engage_export(workspace, paths=[path])
    own = (ENGAGE_EXPORT_ACCOUNT, AccountKind.VIVA_ENGAGE_EXPORT)
    assert places(workspace) == [("Water points", *own), ("Boats", *own), ("All Company", *own)]
    assert [result.totals.added for result in done.results] == [1, 1, 1]
    assert (done.private, done.system, done.passed_over) == (1, 1, 2)
    again = import_engage_export(workspace, paths=[path])
    assert (sum(result.totals.added for result in again.results), again.private) == (0, 1)
    assert len(workspace.accounts.list()) == 1


def test_history_goes_into_the_live_account_that_has_the_communities(tmp_path, workspace):
    other = workspace.accounts.add(AccountKind.VIVA_ENGAGE, "Another network")
    live = workspace.accounts.add(AccountKind.VIVA_ENGAGE, "Our network")
    workspace.mirror.ensure_community(other, CommunityRecord("1", "Elsewhere"))
    workspace.mirror.ensure_community(live, CommunityRecord(WATER, "Water"))
    # Groups.csv of a slice names only what was changed in it.
    import_engage_export(workspace, paths=[an_export(tmp_path / "a.zip", [a_row(1)], groups=[])])
    assert places(workspace)[1:] == [("Water", "Our network", AccountKind.VIVA_ENGAGE)]
    with workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM event") == 1
    import_engage_export(workspace, paths=[an_export(tmp_path / "b.zip", [a_row(2, group_id="5")], groups=[])])
    assert workspace.accounts.find(AccountKind.VIVA_ENGAGE_EXPORT, ENGAGE_EXPORT_ACCOUNT) is not None


def test_a_wrong_file_leaves_nothing_behind(tmp_path, workspace):
    good = an_export(tmp_path / "a.zip", [a_row(1)])
    bad = a_zip(tmp_path / "b.zip", {"../Messages.csv": b"id\n1\n"})
    for work in (
        lambda: look_at_engage_export(paths=[good, bad], now=NOW),
        lambda: import_engage_export(workspace, paths=[good, bad]),
    ):
        with pytest.raises(SourceError) as caught:
            work()
        assert caught.value.details == {"path": "b.zip", "fault": "unsafe_name"}
    with pytest.raises(BadInputError):
        import_engage_export(workspace, paths=[tmp_path / "nowhere.zip"])
    assert workspace.accounts.list() == ()


def test_an_account_of_which_nothing_could_be_read_is_taken_away_again(tmp_path, workspace):
    rows = [a_row(n, message_type="system", body=f"{n} " * 900) for n in range(300)]
    data = bytearray(an_export(tmp_path / "a.zip", rows, groups=[], packing=zipfile.ZIP_STORED).read_bytes())
    data[-20_000] ^= 0x55
    (tmp_path / "a.zip").write_bytes(data)
    (result,) = import_engage_export(workspace, paths=[tmp_path / "a.zip"]).results
    assert result.state is RunState.FAILED
    assert isinstance(result.error, SourceError)
    assert places(workspace) == []
    assert workspace.accounts.list() == ()


def test_a_worker_does_the_same(tmp_path, workspace):
    task = Task(TaskKind.ENGAGE_EXPORT, paths=(an_export(tmp_path / "a.zip", [a_row(1)], groups=[]),))
    (result,) = run_in_worker(workspace, task)
    assert (result.state, result.totals.added) == (RunState.DONE, 1)
    assert places(workspace) == [("Water points", ENGAGE_EXPORT_ACCOUNT, AccountKind.VIVA_ENGAGE_EXPORT)]
