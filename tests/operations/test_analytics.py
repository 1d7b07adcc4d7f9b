"""Exports of Google Analytics as a person asks for them: a site of its own, by hand and in the worker, and refusals."""

import pytest

from tests.builders import NOW, a_workspace
from tests.sync.importers.analytics_files import EXPLORATION, a_file
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.analytics import import_analytics, look_at_analytics
from workbench.operations.worker import Task, TaskKind, run_in_worker
from workbench.queries.sources import list_sources
from workbench.sync.records import CommunityRecord


@pytest.fixture(name="workspace")
def _workspace(tmp_path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


def test_files_become_a_site_and_the_next_ones_join_it(tmp_path, workspace):
    result = import_analytics(workspace, paths=[a_file(tmp_path)], site=" Our  site ")
    assert result.state is RunState.DONE
    assert result.totals.changes & Changes.VIEWS
    import_analytics(workspace, paths=[a_file(tmp_path, EXPLORATION, "b.csv")], site="our site")
    with workspace.database.read() as reader:
        (source,) = list_sources(reader)
        assert (source.community, source.kind) == ("Our site", AccountKind.ANALYTICS_FILE)
        assert reader.scalar("SELECT count(*) FROM pageday") == 5
        assert reader.scalar("SELECT count(*) FROM pagerange") == 4


def test_the_worker_does_the_same(tmp_path, workspace):
    task = Task(TaskKind.ANALYTICS, "Our site", paths=(a_file(tmp_path),))
    assert Task.unpacked(task.packed()) == task
    (result,) = run_in_worker(workspace, task)
    assert (result.state, result.totals.added) == (RunState.DONE, 1)


@pytest.mark.parametrize("kind", [AccountKind.GOOGLE_ANALYTICS, AccountKind.MAILING_LIST])
def test_a_name_of_something_else_is_refused(tmp_path, workspace, kind):
    account = workspace.accounts.add(kind, "Account")
    workspace.mirror.ensure_community(account, CommunityRecord("1", "Our site"))
    with pytest.raises(BadInputError, match="another name"):
        import_analytics(workspace, paths=[a_file(tmp_path)], site="Our site")


def test_a_wrong_file_is_refused_and_leaves_nothing(tmp_path, workspace):
    path = a_file(tmp_path, "nothing,of,use\n1,2,3\n")
    with pytest.raises(BadInputError):
        look_at_analytics(paths=[path], site="Our site", now=NOW)
    with pytest.raises(BadInputError):
        import_analytics(workspace, paths=[path], site="Our site")
    assert not workspace.accounts.list()
