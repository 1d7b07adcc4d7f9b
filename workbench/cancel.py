"""CancelToken: a stop that work checks between batches."""

import threading

from workbench.errors import CancelledError


class CancelToken:
    """Set from any thread; work calls `check` where stopping leaves nothing half done."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop at its next check."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raises CancelledError once a stop was asked for."""
        if self._event.is_set():
            raise CancelledError
