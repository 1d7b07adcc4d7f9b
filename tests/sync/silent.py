"""Places on loopback where nobody answers: a port whose queue is full, and one that takes a line and keeps silent."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress


@contextmanager
def a_full_port() -> Iterator[int]:
    """A port at which a connect neither succeeds nor fails while the block lasts."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(8):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            with suppress(BlockingIOError):
                filler.connect(listener.getsockname())
        yield listener.getsockname()[1]


@contextmanager
def a_silent_port(heard: threading.Event) -> Iterator[int]:
    """A port that takes lines and says nothing; `heard` is set with the first byte on one of them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):  # the end of the block, or of a line
                while True:
                    line, _ = listener.accept()
                    with line:
                        while line.recv(4096):
                            heard.set()

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
