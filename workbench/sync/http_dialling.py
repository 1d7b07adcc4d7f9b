"""Dialling for HTTP: the library's own network, whose connects and handshakes can be given up at any moment."""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2
from typing_extensions import override

from workbench.sync.cutting import Dial


def dial_by(client: httpx2.Client, dial: Dial) -> None:
    """Lets a client make its connections by `dial`, those through a proxy too."""
    # The library takes a network of our own only where one gives up what it reads of proxies from the system.
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - as said above
        pool = getattr(transport, "_pool", None)
        if isinstance(pool, httpcore2.ConnectionPool):
            pool._network_backend = _Network(dial)  # noqa: SLF001 - as said above


class _Network(httpcore2.SyncBackend):
    def __init__(self, dial: Dial) -> None:
        self._dial = dial

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        connect = super().connect_tcp
        with _told():
            made = self._dial.make(lambda: connect(host, port, timeout, local_address, socket_options), close=_close)
        return _Stream(made, self._dial)


class _Stream(httpcore2.NetworkStream):
    """A stream of the library whose handshake can be given up."""

    def __init__(self, inner: httpcore2.NetworkStream, dial: Dial) -> None:
        self._inner, self._dial = inner, dial

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout)

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    @override
    def close(self) -> None:
        self._inner.close()

    @override
    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    @override
    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner, line = self._inner, self._inner.get_extra_info("socket")
        with _told():
            made = self._dial.secure(line, lambda: inner.start_tls(ssl_context, server_hostname, timeout), close=_close)
        return _Stream(made, self._dial)


def _close(stream: httpcore2.NetworkStream) -> None:
    stream.close()


@contextmanager
def _told() -> Iterator[None]:
    """Says as the library would that there is no connection."""
    try:
        yield
    except ConnectionAbortedError as error:
        raise httpcore2.ConnectError(str(error)) from error
