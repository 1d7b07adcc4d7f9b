"""Cutting: what a stop ends at once: a line that is coming into being, and whatever is on its way."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError as FutureCancelledError
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from typing import Final, TypeVar

from workbench.cancel import CancelToken

T = TypeVar("T")

LOOK_SECONDS: Final = 0.1
SPARED_LOOKS: Final = 6
"""So often a stop looks away from what is being sent: most answers come within that, and then nobody has to search."""


class Dial:
    """Makes connections in threads of their own, so that whoever waits for one can be sent away at any moment.

    The search for a name cannot be interrupted, nor a connect; they end by themselves, unheard. Use from any thread.
    """

    def __init__(self) -> None:
        self._waiting: set[Future[object]] = set()
        self._lock = threading.Lock()

    def make(self, connect: Callable[[], T], *, close: Callable[[T], None]) -> T:
        """What `connect` makes. ConnectionAbortedError after `drop`: what is made later is then closed by `close`."""
        made: Future[T] = Future()
        with self._lock:
            self._waiting.add(made)  # type: ignore[arg-type]  # only ever cancelled there
        threading.Thread(target=_settle, args=(made, connect, close), name="dial", daemon=True).start()
        try:
            return made.result()
        except FutureCancelledError:
            message = "nobody waits for this connection any more"
            raise ConnectionAbortedError(message) from None
        finally:
            with self._lock:
                self._waiting.discard(made)

    def secure(self, line: socket.socket, shake_hands: Callable[[], T], *, close: Callable[[T], None]) -> T:
        """What a handshake makes of `line`, which it takes from its owner; as `make`, but `drop` breaks it off."""
        if isinstance(line, ssl.SSLSocket):  # a tunnel in a tunnel; nobody gets at its inner end
            return self.make(shake_hands, close=close)
        with line.dup() as same:
            try:
                return self.make(shake_hands, close=close)
            except ConnectionAbortedError:
                with suppress(OSError):  # closed already
                    same.shutdown(socket.SHUT_RDWR)
                raise

    def drop(self) -> None:
        """Sends away whoever waits."""
        with self._lock:
            waiting = list(self._waiting)
        for made in waiting:
            made.cancel()


def _settle(made: Future[T], connect: Callable[[], T], close: Callable[[T], None]) -> None:
    try:
        result = connect()
    except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
        _tell(made.set_exception, error)
        return
    if not _tell(made.set_result, result):
        close(result)


def _tell(tell: Callable[[T], None], what: T) -> bool:
    """Whether somebody still waited for it."""
    try:
        tell(what)
    except InvalidStateError:
        return False
    return True


@contextmanager
def cut_by(
    cancel: CancelToken, drop: Callable[[], object], *, spares: Callable[[], bool] | None = None
) -> Iterator[None]:
    """While the block lasts, a stop calls `drop` until it is over: a connection may just be coming into being.

    While `spares` holds, something is being sent: its answer has half a second to come before it is cut too.
    """
    over = threading.Event()

    def watch() -> None:
        looks = 0
        while not over.wait(LOOK_SECONDS):
            if cancel.is_cancelled:
                looks += 1
                if spares is None or looks > SPARED_LOOKS or not spares():
                    drop()

    watcher = threading.Thread(target=watch, name="stop-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
