"""Seldom: our default until somebody chose, then what was chosen."""

from tests.builders import a_workspace
from workbench.queries.seldom import SELDOM_KEY, USUAL_SELDOM, Seldom, seldom


def test_the_limits_are_ours_until_others_are_chosen(tmp_path):
    with a_workspace(tmp_path) as workspace:
        with workspace.database.read() as reader:
            assert seldom(reader) == USUAL_SELDOM == Seldom(3, 30)
        workspace.notes.set_preference(SELDOM_KEY, "[5, 45]")
        with workspace.database.read() as reader:
            assert seldom(reader) == Seldom(fewest=5, gap_days=45)
