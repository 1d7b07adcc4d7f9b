"""CancelToken: asked once, seen everywhere."""

import threading

import pytest

from workbench.cancel import CancelToken
from workbench.errors import CancelledError


def test_check_passes_until_a_stop_is_asked_for():
    token = CancelToken()
    token.check()
    assert not token.is_cancelled
    token.cancel()
    token.cancel()
    assert token.is_cancelled
    with pytest.raises(CancelledError):
        token.check()


def test_stop_is_seen_from_another_thread():
    token = CancelToken()
    thread = threading.Thread(target=token.cancel)
    thread.start()
    thread.join()
    assert token.is_cancelled
