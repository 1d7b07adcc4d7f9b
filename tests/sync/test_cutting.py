"""Cutting: whoever waits for a connection can be sent away, and what comes too late is closed."""

import threading

import pytest

from workbench.cancel import CancelToken
from workbench.sync.cutting import Dial, cut_by


def test_a_connection_is_handed_over_and_a_failure_too():
    dial, closed = Dial(), list[str]()
    assert dial.make(lambda: "line", close=closed.append) == "line"
    with pytest.raises(ZeroDivisionError):
        dial.make(lambda: str(1 / 0), close=closed.append)
    dial.drop()
    assert closed == []


def test_who_waits_is_sent_away_and_what_comes_later_is_closed():
    dial, may_end, is_closed = Dial(), threading.Event(), threading.Event()
    begun = threading.Event()

    def connect() -> str:
        begun.set()
        may_end.wait(10)
        return "line"

    threading.Thread(target=lambda: begun.wait(10) and dial.drop()).start()
    with pytest.raises(ConnectionAbortedError):
        dial.make(connect, close=lambda line: is_closed.set())
    may_end.set()
    assert is_closed.wait(10)


def test_a_stop_cuts_again_and_again_until_the_work_is_over():
    cancel, cuts, is_cut = CancelToken(), list[int](), threading.Event()

    def cut() -> None:
        cuts.append(1)
        if len(cuts) == 3:
            is_cut.set()

    with cut_by(cancel, cut):
        assert not cuts
        cancel.cancel()
        assert is_cut.wait(10)
    after = len(cuts)
    with cut_by(CancelToken(), cut):
        assert len(cuts) == after


def test_what_is_being_sent_is_spared_for_a_moment_and_no_longer():
    cancel, asked, is_cut = CancelToken(), list[int](), threading.Event()

    def spares() -> bool:
        asked.append(1)
        return True

    with cut_by(cancel, is_cut.set, spares=spares):
        cancel.cancel()
        assert is_cut.wait(10)
    assert len(asked) > 2
