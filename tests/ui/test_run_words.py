"""A run of the history in words: how it went, how long it took, what to do when it failed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from workbench.errors import LineError, WorkbenchError
from workbench.models.kinds import RunState
from workbench.queries.sync_status import RunRow
from workbench.ui.run_words import cost_words, duration, error_of, run_facts, run_title, run_words
from workbench.ui.theme import Meaning

RUN = RunRow(
    id=1, community_id=1, community="Pumps", account_id=1, account="Pumps", state=RunState.DONE, started_at=NOW,
    ended_at=NOW + timedelta(seconds=12), added=6, changed=0, unchanged=3, rejected=0, requests=0, bytes_in=0,
    bytes_out=0, error_code=None, error_reason=None,
)  # fmt: skip


def test_a_run_that_went_well_says_how_long_it_took(qapp):
    words, details = run_words(RUN, is_running=False)
    assert "done in 12\N{NO-BREAK SPACE}s; 3 were already there" in words
    assert details == ""


def test_a_failed_run_says_what_to_do_next_and_keeps_details_apart(qapp):
    failed = replace(RUN, state=RunState.FAILED, error_code="line", error_reason="no answer from 127.0.0.1")
    words, details = run_words(failed, is_running=False)
    assert "Check the connection" in words
    assert "127.0.0.1" not in words
    assert "127.0.0.1" in details


def test_a_run_without_an_end_was_interrupted_unless_it_is_still_going_on():
    running = replace(RUN, state=RunState.RUNNING, ended_at=None)
    assert run_title(running, is_running=False) == ("Interrupted", Meaning.WATCH)
    assert run_title(running, is_running=True)[0] == "Running"


def test_a_run_that_held_something_back_says_so():
    assert run_title(replace(RUN, rejected=2), is_running=False)[1] is Meaning.WATCH


def test_a_used_up_day_is_called_the_same_as_on_the_card_and_no_failure():
    for state in (RunState.FAILED, RunState.PARTLY):
        ended = replace(RUN, state=state, error_code="budget_spent", error_reason="the data for today is used up")
        assert run_title(ended, is_running=False) == ("Data used up", Meaning.WATCH)


def test_errors_of_the_history_come_back_as_their_class():
    assert isinstance(error_of("line", "cut"), LineError)
    assert type(error_of("from a later version", None)) is WorkbenchError


@pytest.mark.parametrize(("seconds", "words"), [(0.42, "0.4 s"), (12, "12 s"), (180, "3 min")])
def test_durations_have_the_unit_one_would_say(qapp, seconds: float, words: str):
    assert duration(seconds).replace("\N{NO-BREAK SPACE}", " ") == words


def test_what_a_run_cost_and_brought_leaves_out_what_is_none(qapp):
    cost = replace(RUN, requests=2, bytes_in=32_000, bytes_out=2_100, gone=1, rejected=3)
    assert run_facts(cost) == "2 requests · 32 kB down · 2 kB up · 6 new · 1 gone · 3 held back"
    assert run_facts(replace(RUN, added=0)) == "Nothing new."


def test_run_that_was_cut_short_with_its_account_says_so(qapp):
    words, details = run_words(replace(RUN, state=RunState.PARTLY), is_running=False)
    assert words.endswith("ended before everything was read. What came is kept; the next sync goes on from there.")
    assert details == ""
    held_back = run_words(replace(RUN, state=RunState.PARTLY, rejected=2), is_running=False)[0]
    assert "partly done in 12" in held_back


@pytest.mark.parametrize(
    ("cost", "of_runs", "of_removed", "words"),
    [
        (0, 0, 0, ""),
        (5_000, 5_000, 0, "Used today: 5 kB."),
        (5_000, 0, 0, "Used today: 5 kB. 5 kB went to lists of communities, sign-ins, answers sent and files."),
        (
            73_000,
            52_000,
            0,
            "Used today: 73 kB. 52 kB of it stands with the runs of today. 21 kB went to lists of communities, sign-ins, "
            "answers sent and files.",
        ),
        (557_000, 0, 557_000, "Used today: 557 kB. 557 kB was used by accounts that have been removed since."),
    ],
)
def test_what_runs_cost_adds_up_to_the_day(qapp, cost: int, of_runs: int, of_removed: int, words: str):
    said = cost_words(cost, of_runs=of_runs, of_removed=of_removed)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == words
