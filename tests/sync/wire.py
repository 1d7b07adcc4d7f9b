"""A wire that ends in a function: what a platform answers, handed to ApiClient unread as a socket would."""

from collections.abc import Callable, Iterator

import httpx2
from typing_extensions import override

Answer = Callable[[httpx2.Request], httpx2.Response]


class _Unread(httpx2.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    @override
    def __iter__(self) -> Iterator[bytes]:
        yield self._body


class Wire(httpx2.BaseTransport):
    """Answers every request by a function; `asked` keeps them."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[httpx2.Request] = []

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        reply = self._answer(request)
        return httpx2.Response(reply.status_code, headers=reply.headers, stream=_Unread(raw_body(reply)))


def raw_body(reply: httpx2.Response) -> bytes:
    """The body as it was given, still in its content coding."""
    stream = reply.stream
    assert isinstance(stream, httpx2.SyncByteStream)
    return b"".join(stream)
