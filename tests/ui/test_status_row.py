"""What the status bar reads in one go."""

from tests.builders import NOW
from tests.ui.conftest import WATER
from workbench.models.kinds import RunState
from workbench.sync.mirror import Applied
from workbench.ui.status_row import read_status
from workbench.workspace import Workspace


def test_an_empty_profile_has_never_synced(workspace: Workspace):
    status = read_status(workspace.database, now=NOW)
    assert (status.communities, status.held_back, status.last_success_at, status.bytes_today) == (0, 0, None, 0)


def test_todays_bytes_count_what_went_over_the_line(filled: Workspace, water_id):
    run = filled.mirror.start_run(water_id)
    filled.mirror.end_run(run, RunState.DONE, totals=Applied(requests=3, bytes_in=1000, bytes_out=200))
    status = read_status(filled.database, now=NOW)
    assert status.bytes_today == 1200
    assert status.communities == 2
    assert status.last_success_at == NOW
    assert WATER
