"""Ctrl+C: the first is a polite stop, the second ends the work, and afterwards all is as before."""

import signal

import pytest

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_first_signal_cancels_and_second_interrupts(number: signal.Signals):
    cancel = CancelToken()
    with stop_on_interrupt(cancel):
        signal.raise_signal(number)
        assert cancel.is_cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)


def test_handlers_are_put_back():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with pytest.raises(ValueError, match="in the work"), stop_on_interrupt(CancelToken()):
        int("in the work")
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
