"""Waiting: a pause ends with a stop."""

import threading

import pytest

from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.sync.signin.waiting import pause


def test_a_stop_ends_a_pause_that_has_not_begun_or_has():
    cancel = CancelToken()
    timer = threading.Timer(0.05, cancel.cancel)
    timer.start()
    with pytest.raises(CancelledError):
        pause(3600, cancel)
    timer.join()
    with pytest.raises(CancelledError):
        pause(0, cancel)


def test_a_pause_without_a_stop_ends_by_itself():
    pause(0.01, CancelToken())
