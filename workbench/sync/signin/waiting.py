"""Waiting: pauses between two looks that end within a fifth of a second of a stop."""

import time

from workbench.cancel import CancelToken

_STEP = 0.2


def pause(seconds: float, cancel: CancelToken) -> None:
    """Waits; raises CancelledError as soon as a stop was asked for."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        cancel.check()
        time.sleep(min(left, _STEP))
    cancel.check()
