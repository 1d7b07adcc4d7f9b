"""Working ahead: the whole network first, then its largest communities, only where it pays, and stopped at once."""

import threading
from datetime import timedelta

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import a_circle_of_friends
from workbench.cancel import CancelToken
from workbench.clock import SystemClock
from workbench.errors import CancelledError
from workbench.operations.kept import kept_measures
from workbench.operations.page_measures import first_questions
from workbench.operations.working_ahead import is_worth_it, keep_up, work_ahead, work_ahead_beside
from workbench.workspace import Workspace

DAYS = ((NOW - timedelta(days=90)).date(), NOW.date())


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


def kept(workspace: Workspace) -> int:
    with workspace.database.read() as reader:
        return int(reader.scalar("SELECT count(*) FROM keptresult"))


def test_a_small_profile_is_left_alone_until_something_took_long(workspace):
    a_circle_of_friends(workspace)
    with workspace.database.read() as reader:
        assert not is_worth_it(reader)
    told: list[str] = []
    keep_up(workspace, say=told.append)
    assert (kept(workspace), told) == (0, [])
    with kept_measures(workspace.database, long_seconds=0.0) as (reader, measures):
        question = next(first_questions(DAYS, now=NOW))
        measures(reader, question.keys[:1], scope=(), windows=question.windows, as_of=NOW)
    with workspace.database.read() as reader:
        assert is_worth_it(reader)
    keep_up(workspace, say=told.append)
    assert (kept(workspace) > 50, len(told)) == (True, 1)


def test_the_largest_communities_follow_until_one_is_quick_or_time_is_up(workspace):
    first = a_circle_of_friends(workspace)
    a_circle_of_friends(workspace, "Fire circle")
    assert work_ahead(workspace, seconds=0.0) == 0
    whole = kept(workspace)
    assert work_ahead(workspace, long_seconds=60.0) == 1
    one = kept(workspace)
    assert work_ahead(workspace, long_seconds=0.0) == 2
    assert whole < one < kept(workspace)
    with kept_measures(workspace.database) as (reader, measures):
        for question in first_questions(DAYS, now=NOW):
            measures(reader, question.keys, scope=(first,), windows=question.windows, as_of=NOW)
    assert measures.seconds == 0.0


def test_a_stop_ends_it_between_two_questions(workspace):
    a_circle_of_friends(workspace)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        work_ahead(workspace, cancel=cancel)
    assert kept(workspace) == 0


def test_a_child_keeps_it_for_the_window(tmp_path):
    with a_workspace(tmp_path, clock=SystemClock()) as workspace:
        a_circle_of_friends(workspace)
        assert work_ahead_beside(workspace, days=DAYS) == 1
        assert kept(workspace) > 50
        before = kept(workspace)
        cancel = CancelToken()
        threading.Timer(0.05, cancel.cancel).start()
        with pytest.raises(CancelledError):
            work_ahead_beside(workspace, cancel=cancel)
        assert kept(workspace) == before
