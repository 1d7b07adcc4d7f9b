"""Head counts: kept by name and day, the latest one up to a day counts, and each has somebody who stands for it."""

from datetime import date

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.operations.head_counts import set_head_count
from workbench.queries.frames_plans import HeadCount, head_count


@pytest.fixture
def workspace(tmp_path):
    workspace = a_workspace(tmp_path)
    yield workspace
    workspace.close()


def test_the_latest_count_up_to_a_day_is_the_one_that_counts(workspace):
    for people, on in ((100, date(2025, 1, 1)), (120, date(2026, 1, 1)), (125, date(2026, 1, 1))):
        set_head_count(workspace, people=people, on=on, source="Staff list")
    with workspace.database.read() as reader:
        assert head_count(reader, (), on=date(2024, 12, 31)) is None
        assert head_count(reader, (), on=date(2025, 6, 1)) == HeadCount(100, date(2025, 1, 1), "Staff list")
        assert head_count(reader, (), on=date(2026, 6, 1)).people == 125
    set_head_count(workspace, people=90, on=date(2025, 1, 1), source="Staff list", holds_before=True)
    with workspace.database.read() as reader:
        assert head_count(reader, (), on=date(2023, 1, 1)).people == 90


@pytest.mark.parametrize(("people", "source"), [(0, "Staff list"), (10, " ")])
def test_nobody_and_a_number_nobody_stands_for_are_refused(workspace, people, source):
    with pytest.raises(BadInputError):
        set_head_count(workspace, people=people, on=date(2026, 1, 1), source=source)
