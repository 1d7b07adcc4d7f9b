"""What was decided about an item: kept, taken back, or refused."""

from datetime import timedelta

import pytest

from tests.builders import NOW, a_workspace
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.operations.today_marks import MarkState, is_away, mark, unmark
from workbench.queries.today import MarkRow, today_marks
from workbench.workspace import Workspace

DAY = timedelta(days=1)


def marks(workspace: Workspace) -> list[MarkRow]:
    with workspace.database.read() as reader:
        return list(today_marks(reader).values())


def test_the_last_decision_holds_until_it_is_taken_back(tmp_path):
    with a_workspace(tmp_path) as workspace:
        mark(workspace, keys=["answer:1", "greet:2"], state=MarkState.DONE)
        assert mark(workspace, keys=["answer:1"], state=MarkState.SNOOZED, until=NOW + DAY) is Changes.TODAY
        assert unmark(workspace, keys=["greet:2", "card:3"]) is Changes.TODAY
        (kept,) = marks(workspace)
        assert (kept.key, kept.state, kept.until) == ("answer:1", "snoozed", NOW + DAY)
        unmark(workspace, keys=["answer:1"])
        (kept,) = marks(workspace)
        assert not is_away(kept, NOW)


@pytest.mark.parametrize(
    ("key", "state", "until"),
    [
        ("nothing:1", MarkState.DONE, None),
        ("answer:1", MarkState.SNOOZED, None),
        ("answer:1", MarkState.SNOOZED, NOW - DAY),
        ("answer:1", MarkState.DONE, NOW + DAY),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(tmp_path, key: str, state: MarkState, until):
    with a_workspace(tmp_path) as workspace:
        with pytest.raises(BadInputError):
            mark(workspace, keys=[key], state=state, until=until)
        assert not marks(workspace)
