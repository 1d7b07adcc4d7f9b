"""A server's handler that sends a reply without a length in chunks, as sites send what they make while they send it."""

import io
import re
from http.server import ThreadingHTTPServer
from socketserver import StreamRequestHandler
from typing import Final

import httpx2
from typing_extensions import override

from tests.sync.wire import Wire

CHUNKED: Final = {"Transfer-Encoding": "chunked"}
"""The header that a stand-in gives such a reply."""
_LENGTH: Final = re.compile(rb"\r\nContent-Length: \d+")
_CHUNK: Final = 8192


def send_chunks(server: ThreadingHTTPServer) -> None:
    """Has a stand-in's server send replies with the header `CHUNKED` so from now on."""
    handler = server.RequestHandlerClass
    assert isinstance(handler, type)
    server.RequestHandlerClass = type("Chunking", (_Chunking, handler), {})


def without_length(wire: Wire) -> Wire:
    """The same wire, where such a reply has no length either: its transport states one for whatever is whole."""

    def through(request: httpx2.Request) -> httpx2.Response:
        reply = wire.handle_request(request)
        if "Transfer-Encoding" in reply.headers:
            reply.headers.pop("Content-Length", None)
        return reply

    return Wire(through)


class _Chunking(StreamRequestHandler):
    """Stands before the handler of a stand-in, which writes each reply whole, with its length."""

    @override
    def setup(self) -> None:
        super().setup()
        self.wfile = _Line(self.wfile)


class _Line(io.BufferedIOBase):
    def __init__(self, line: io.BufferedIOBase) -> None:
        self._line = line

    @override
    def write(self, packet: bytes, /) -> int:  # type: ignore[override]  # a stand-in writes bytes and nothing else
        head, gap, body = packet.partition(b"\r\n\r\n")
        if b"\r\nTransfer-Encoding: chunked" in head:
            chunks = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
            # Without a body it is the answer to HEAD, which has no last chunk either.
            ended = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b"")] if chunks else []
            packet = _LENGTH.sub(b"", head) + gap + b"".join(ended)
        self._line.write(packet)
        return len(packet)

    @override
    def flush(self) -> None:
        self._line.flush()

    @override
    def close(self) -> None:
        self._line.close()
        super().close()
