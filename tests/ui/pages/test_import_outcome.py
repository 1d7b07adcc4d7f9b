"""The end of an import in words: what came, what did not, and whether one can go on."""

from typing import Any

import pytest

from workbench.errors import CancelledError, SourceError
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.sync.engine import RunResult
from workbench.sync.mirror import Applied
from workbench.ui.pages.import_outcome import outcome_words
from workbench.ui.source_work import Work, WorkKind
from workbench.ui.theme import Meaning


def ended(state: RunState = RunState.DONE, error=None, **totals: Any) -> Work:
    return Work(WorkKind.IMPORT, "Pumps", results=(RunResult(state, Applied(**totals), 1, error),), is_running=False)


@pytest.mark.parametrize(
    ("work", "title", "meaning", "can_go_on"),
    [
        (ended(added=6), "Pumps is here", Meaning.GOOD, False),
        (ended(unchanged=6), "Pumps was up to date already", Meaning.GOOD, False),
        (ended(unchanged=6, changes=Changes.FILES), "Pumps has its files now", Meaning.GOOD, False),
        (ended(added=6, rejected=1), "Pumps is here, but for a few items", Meaning.WATCH, False),
        (
            ended(RunState.CANCELLED, CancelledError(), added=2),
            "Stopped. A part of Pumps is here.",
            Meaning.NEUTRAL,
            True,
        ),
        (
            ended(RunState.FAILED, SourceError("this is not a mail archive")),
            "A file could not be read",
            Meaning.BAD,
            False,
        ),
        (ended(RunState.PARTLY, SourceError("cut short"), added=2), "A file could not be read", Meaning.WATCH, True),
    ],
)
def test_each_end_has_its_words(qapp, work: Work, title: str, meaning: Meaning, can_go_on: bool):
    words = outcome_words(work)
    assert words.title.startswith(title)
    assert (words.meaning, words.can_go_on) == (meaning, can_go_on)


def test_work_stopped_before_it_began_can_go_on(qapp):
    assert outcome_words(Work(WorkKind.IMPORT, "Pumps", is_running=False)).can_go_on
