"""A server on loopback that answers with bytes as given, however broken, plain or over TLS."""

import re
import socket
import ssl
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Self


class RawServer:
    """One reply per connection, then the line is closed; `asked` keeps the requests as bytes, with their bodies.

    The last reply is repeated. A reply b"" closes the line without a word; None says nothing until the client hangs
    up, and sets `is_stuck` meanwhile.
    """

    def __init__(self, replies: Iterable[bytes | None], *, tls: ssl.SSLContext | None = None) -> None:
        self._replies = list(replies)
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.asked: list[bytes] = []
        self.is_stuck = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            with line:
                line.settimeout(10)
                try:
                    with self._tls.wrap_socket(line, server_side=True) if self._tls else line as secured:
                        self._answer(secured)
                except OSError:  # the client went away, as some tests want
                    continue

    def _answer(self, line: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request and not request.startswith(b"\x16"):  # a TLS greeting has no end of lines
            piece = line.recv(65_536)
            if not piece:
                return
            request += piece
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", request)
        whole = request.find(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
        while len(request) < whole and (piece := line.recv(65_536)):
            request += piece
        self.asked.append(request)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if reply is None:
            self.is_stuck.set()
            line.recv(1)
            return
        line.sendall(reply)
        line.shutdown(socket.SHUT_WR)
        line.close()
