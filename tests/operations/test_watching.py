"""Watching by operation: days are today's where none is given, and an idea with nobody is not asked after."""

from datetime import date

from tests.builders import NOW, a_workspace
from workbench.operations.watching import hand_idea, keep_idea, keep_output
from workbench.queries.watching import list_ideas, list_outputs


def test_without_a_day_it_is_today(tmp_path):
    with a_workspace(tmp_path) as workspace:
        keep_output(workspace, title="Guide", kind="page", threads=())
        alone = keep_idea(workspace, words="Seals", threads=())
        keep_idea(workspace, words="Pumps", unit="Supply", threads=())
        with workspace.database.read() as reader:
            assert [row.day for row in list_outputs(reader)] == [NOW.date()]
            assert {row.words: row.handed_on for row in list_ideas(reader)} == {"Seals": None, "Pumps": NOW.date()}
        hand_idea(workspace, idea_id=alone.id, unit="Training", on=date(2024, 3, 1))
        with workspace.database.read() as reader:
            assert {row.unit for row in list_ideas(reader)} == {"Supply", "Training"}
