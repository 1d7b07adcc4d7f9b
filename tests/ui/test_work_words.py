"""How work ended, in one line: what came, what stood in the way, and why nothing was read."""

import pytest

from tests.builders import NOW
from workbench.errors import BudgetSpentError, LineError, SourceError
from workbench.models.kinds import RunState
from workbench.sync.engine import WHOLE_ACCOUNT, RunResult
from workbench.sync.mirror import Applied
from workbench.ui.work import Work, WorkKind
from workbench.ui.work_words import said_at_end


def test_a_check_says_what_it_found():
    results = (RunResult(RunState.DONE, Applied(added=2, gone=1), 7), RunResult(RunState.DONE, Applied(), 8))
    assert said_at_end(Work(WorkKind.CHECK, "Forum", results=results)) == "Forum: 2 communities compared, 2 new, 1 gone"
    assert said_at_end(Work(WorkKind.CHECK, "Forum", results=results[1:])).endswith("compared, nothing differs")
    assert "no list to compare with" in said_at_end(Work(WorkKind.CHECK, "Lists"))


@pytest.mark.parametrize(
    ("subject", "results", "says"),
    [
        ("Forum", [RunResult(RunState.DONE, Applied(added=24), 7)], "Forum: 24 new items"),
        (
            "Forum",
            [RunResult(RunState.DONE, Applied(added=24, messages=18), 7)],
            "Forum: 18 new messages and 6 other items",
        ),
        ("", [RunResult(RunState.DONE, Applied(added=1, rejected=2), 7)], "1 new item, 2 held back"),
        ("Forum", [RunResult(RunState.DONE, Applied(), 7)], "Forum: Nothing new"),
        (
            "",
            [
                RunResult(RunState.PARTLY, Applied(added=147), 7, LineError()),
                RunResult(RunState.FAILED, Applied(), 8, LineError()),
            ],
            "Stopped by the line. 147 new items are here; the rest comes with the next sync.",
        ),
    ],
)
def test_a_sync_counts_items_and_says_where_the_line_stopped_it(qapp, subject, results, says: str):
    assert said_at_end(Work(WorkKind.SYNC, subject, results=tuple(results))) == says


@pytest.mark.parametrize("error", [LineError(), SourceError()])
def test_a_sync_that_brought_nothing_says_what_stood_in_the_way(qapp, error: Exception):
    failed = Work(WorkKind.SYNC, "Forum", results=(RunResult(RunState.FAILED, Applied(), 7, error),))
    assert "new item" not in said_at_end(failed)


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ([], "No account is there to sync, or all of them are paused."),
        (
            [RunResult(RunState.DONE, Applied(), WHOLE_ACCOUNT, account=name) for name in ("Forum", "Lists")],
            "Forum and Lists follow no community yet, so nothing was fetched.",
        ),
        (
            [
                RunResult(RunState.DONE, Applied(), WHOLE_ACCOUNT, account="Forum"),
                RunResult(RunState.DONE, Applied(), 7),
            ],
            "Nothing new",
        ),
    ],
)
def test_a_sync_with_nothing_to_read_says_why(qapp, results, says: str):
    assert said_at_end(Work(WorkKind.SYNC, "", results=tuple(results))) == says


@pytest.mark.parametrize(
    ("added", "says"),
    [
        (0, "Forum: today's data is used up (52 kB of 60 kB). It goes on tomorrow at 00:00."),
        (7, "Forum: 7 new items, then today's data is used up (52 kB of 60 kB). It goes on tomorrow at 00:00."),
    ],
)
def test_a_used_up_day_is_no_day_without_news(qapp, added: int, says: str):
    error = BudgetSpentError("the data for today is used up", of="day", spent=52_000, limit=60_000)
    told = RunResult(RunState.PARTLY, Applied(added=added), WHOLE_ACCOUNT, error, "Forum")
    assert said_at_end(Work(WorkKind.SYNC, "", results=(told,)), now=NOW) == says
