"""A HyperKitty that speaks real HTTP on loopback: the site in memory of tests/sync, behind a socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
from typing_extensions import override

from tests.sync.connectors.hyperkitty_site import ROOT, FakeSite
from tests.sync.wire import raw_body

HOST = ROOT.partition("/archives/")[0]


@contextmanager
def served(site: FakeSite) -> Iterator[str]:
    """The root address of the archive while it is served."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.answer(httpx2.Request("GET", HOST + self.path))
            body = raw_body(reply)
            self.send_response(reply.status_code)
            for name, value in reply.headers.items():
                if name.lower() not in {"content-length", "transfer-encoding", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def send_response(self, code: int, message: str | None = None) -> None:
            """With the site's clock, not this machine's."""
            self.send_response_only(code, message)
            self.send_header("Date", f"{site.now:%a, %d %b %Y %H:%M:%S} GMT")

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/archives/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
