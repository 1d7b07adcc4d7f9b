"""A bad line on loopback: passes bytes on to a server, counts requests, and breaks connections where it is told to."""

import socket
import threading
from types import TracebackType
from typing import Self


class Relay:
    """Listens on `port`; `cuts` are the bytes of answers that the next connections still get before they break."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cuts: list[int] = []
        self.broken = 0
        self.requests = 0
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            left = self.cuts.pop(0) if self.cuts else None
            for job in (
                lambda c=client, s=server: self._ask(c, s),
                lambda c=client, s=server, n=left: self._answer(s, c, n),
            ):
                thread = threading.Thread(target=job)
                thread.start()
                self._threads.append(thread)

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        while data := _received(client):
            self.requests += data.count(b"GET /")
            _passed_on(server, data)
        _closed(server)

    def _answer(self, server: socket.socket, client: socket.socket, left: int | None) -> None:
        while data := _received(server):
            if left is not None and len(data) > left:
                _passed_on(client, data[:left])
                self.broken += 1
                break
            left = None if left is None else left - len(data)
            _passed_on(client, data)
        _closed(client)
        _closed(server)


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(65_536)
    except OSError:  # the other side is gone: the end, as far as this side goes
        return b""


def _passed_on(line: socket.socket, data: bytes) -> None:
    try:
        line.sendall(data)
    except OSError:  # gone: the reading side finds out by itself
        return


def _closed(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # already closed by the other side
        return
    finally:
        line.close()
