"""Reconcile: what was edited or deleted long ago is seen, whatever the cursor says."""

import pytest

from tests.builders import NOW
from tests.sync.mirrored import Mirrored, a_message, a_mirror
from tests.sync.played import Page, Played, a_community, history
from workbench.cancel import CancelToken
from workbench.errors import LineError, ManyGoneError
from workbench.models.kinds import RunState
from workbench.queries.sync_status import list_states
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.engine import RunResult
from workbench.sync.reconcile import HeldMessages, check_community
from workbench.sync.records import GoneRecord


def a_talk(tmp_path, count: int = 5) -> Mirrored:
    """A thread of m0 and its answers, an hour apart, version 1."""
    mirrored = a_mirror(tmp_path)
    first = a_message("m0", version="1")
    mirrored.apply(
        first, *(a_message(f"m{n}", hours=n, references=("m0",), version="1") for n in range(1, count)), cursor="5"
    )
    return mirrored


def check(mirrored: Mirrored, *pages: Page, **options) -> tuple[RunResult, Played]:
    played = Played([a_community("water")], checks={"water": pages})
    result = check_community(
        played,
        played,
        mirrored.mirror,
        mirrored.database,
        community_id=mirrored.community_id,
        remote_id="water",
        **options,
    )
    return result, played


def only_state(mirrored: Mirrored):
    with mirrored.database.read() as reader:
        (row,) = list_states(reader)
    return row


def test_a_check_sees_what_is_held_as_it_goes_along(tmp_path):
    mirrored = a_talk(tmp_path)
    held = HeldMessages(mirrored.database, mirrored.community_id)
    assert held.versions(["m1", "m2", "unknown"]) == {"m1": "1", "m2": "1"}
    assert held.threads(["m0", "unknown"]) == {"m0": 5}
    assert held.newest(2) == ("m4", "m3")
    mirrored.apply(GoneRecord("m4", "water"))
    assert held.versions(["m4"]) == {}
    assert held.threads(["m0"]) == {"m0": 4}
    assert held.newest(1) == ("m3",)


def test_edits_and_deletions_of_long_ago_are_found(tmp_path):
    mirrored = a_talk(tmp_path)
    edited = a_message("m1", hours=1, references=("m0",), version="2", text="Edited")
    everything = Census(CensusOf.MESSAGES, frozenset({"m0", "m1", "m2", "m3"}))
    result, played = check(mirrored, Batch((edited,)), Batch((), censuses=(everything,)))
    assert (result.state, result.totals.changed, result.totals.gone) == (RunState.DONE, 1, 1)
    assert played.held["water"].versions(["m1", "m4"]) == {"m1": "2"}
    assert mirrored.mirror.cursor(mirrored.community_id, "messages") == "5"
    assert only_state(mirrored).checked_at == NOW
    assert history(mirrored) == [("water", "done", 0, None)]


@pytest.mark.parametrize("ending", [LineError("cut"), None])
def test_a_check_that_got_to_its_end_is_noted_and_no_other(tmp_path, ending: Exception | None):
    mirrored = a_talk(tmp_path)
    result, _ = check(mirrored, Batch(()), *([] if ending is None else [ending]))
    assert (result.error is None) is (ending is None)
    assert (only_state(mirrored).checked_at is None) is (ending is not None)


def test_a_check_remembers_what_the_numbers_still_differ_by(tmp_path):
    mirrored = a_talk(tmp_path)
    mirrored.mirror.ensure_community(mirrored.account_id, a_community("water", messages=8))
    check(mirrored, Batch((a_message("m9", hours=9),)))
    assert only_state(mirrored).checked_gap == -2


def test_a_stop_ends_a_check(tmp_path):
    cancel = CancelToken()
    cancel.cancel()
    result, played = check(a_talk(tmp_path), Batch(()), cancel=cancel)
    assert (result.state, played.asked) == (RunState.CANCELLED, [])


def test_much_that_is_gone_is_kept_until_somebody_looked(tmp_path):
    mirrored = a_talk(tmp_path, count=40)
    almost_nothing = Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset({"m0"})),))
    result, _ = check(mirrored, almost_nothing)
    assert isinstance(result.error, ManyGoneError)
    assert result.totals.gone == 0
    assert only_state(mirrored).held == {"messages": (39, 40)}
    result, _ = check(mirrored, almost_nothing, trusts_gone=True)
    assert (result.state, result.totals.gone) == (RunState.DONE, 39)
    assert only_state(mirrored).held == {}


def test_a_check_that_finds_everything_again_takes_the_question_back(tmp_path):
    mirrored = a_talk(tmp_path, count=40)
    check(mirrored, Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset()),)))
    everything = frozenset(f"m{n}" for n in range(40))
    threads = Batch((), censuses=(Census(CensusOf.MESSAGES, everything, root="m0"),))
    result, _ = check(mirrored, threads)
    assert (result.state, only_state(mirrored).held) == (RunState.DONE, {})


def test_a_mistake_of_ours_is_noted_and_raised_on(tmp_path):
    mirrored = a_talk(tmp_path)
    with pytest.raises(ZeroDivisionError):
        check(mirrored, ZeroDivisionError())
    assert history(mirrored) == [("water", "failed", 0, None)]
