"""A piece of work: its counts over all results, and what went wrong first."""

from workbench.errors import LineError, SourceError
from workbench.models.kinds import RunState
from workbench.sync.engine import RunResult
from workbench.sync.mirror import Applied
from workbench.ui.work import Work, WorkKind


def test_counts_and_errors_are_those_of_all_results():
    cut = LineError("cut")
    results = (RunResult(RunState.DONE, Applied(added=2), 7), RunResult(RunState.PARTLY, Applied(added=3), 8, cut))
    work = Work(WorkKind.SYNC, "Forum", results=results)
    assert (work.total("added"), work.first_error) == (5, cut)
    work.error = SourceError("gone")
    assert work.first_error is work.error
    assert Work(WorkKind.SYNC, "Forum").first_error is None
    assert not work.is_stopping
    assert work.progress is None
