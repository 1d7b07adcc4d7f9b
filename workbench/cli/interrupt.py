"""Ctrl+C as a polite stop: the first asks the work to end at its next safe point, the second ends it at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from workbench.cancel import CancelToken


@contextmanager
def stop_on_interrupt(cancel: CancelToken) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM cancel the token; a second one raises KeyboardInterrupt."""

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
