"""Loopback: the address of this computer to which the browser brings the platform's answer (RFC 8252, section 7.3)."""

import hmac
import queue
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlsplit

from typing_extensions import override

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import SignInError

OPEN_SECONDS: Final = 300.0
LONGEST_FORM: Final = 65_536
_LOOK_SECONDS: Final = 0.1
_PAGE: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Community Workbench</title>"
    "<body style='font:1.1rem system-ui;margin:4rem auto;max-width:30rem'><p>{text}</p>"
)
_TAKEN: Final = "You can close this window."
_OVER: Final = "This sign-in is over. You can close this window."
_FOREIGN: Final = "This answer does not belong to the sign-in that is open."


class Loopback:
    """Listens on a free port of this computer alone, for one answer that carries exactly `state`.

    Takes it from the address or from a form. Other answers are turned away and the listening goes on. It ends with the
    answer, after five minutes, or when it is left.
    """

    def __init__(self, state: str, *, clock: Clock, host: str = "127.0.0.1") -> None:
        self._clock = clock
        self._server = _Server(state)
        self._ends_at = clock.monotonic() + OPEN_SECONDS
        # Some platforms know registered clients by this name only; the socket is on the address all the same.
        self.address = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_LOOK_SECONDS,), daemon=True)
        self._thread.start()

    def wait(self, cancel: CancelToken) -> dict[str, str]:
        """The fields of the answer without `state`. Refuses after five minutes (SignInError); stops when cancelled."""
        while True:
            cancel.check()
            if self._clock.monotonic() >= self._ends_at:
                message = "nobody finished the sign-in within five minutes"
                raise SignInError(message)
            try:
                return self._server.answers.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue

    def close(self) -> None:
        """Stops listening; doing it twice is harmless."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.close_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    """A thread for each connection: browsers open some ahead of time and send nothing on them."""

    daemon_threads = False
    # On Windows a second server could otherwise listen on the same port.
    allow_reuse_address = False

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._state = state
        self._guard = threading.Lock()
        self._is_answered = False
        self._open: set[socket.socket] = set()
        self.answers: queue.Queue[dict[str, str]] = queue.Queue()

    def fits(self, state: str) -> bool:
        """Whether this is the state the sign-in was begun with."""
        return hmac.compare_digest(state.encode(), self._state.encode())

    def claim(self) -> bool:
        """True once: for the answer that counts."""
        with self._guard:
            was_answered, self._is_answered = self._is_answered, True
        return not was_answered

    @override
    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    @override
    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is no event of ours; the default prints it."""

    def close_all(self) -> None:
        """Closes the port and what is still open on it, then waits for the threads."""
        with self._guard:
            idle = tuple(self._open)
        for connection in idle:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                continue
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Speaks to the browser; writes no log, because addresses carry the answer."""

    server: _Server
    timeout = 10
    server_version = "workbench"
    sys_version = ""

    def do_GET(self) -> None:
        """An answer in the address."""
        self._take(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """An answer in a form."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > LONGEST_FORM:
            self._say(400, _FOREIGN)
            return
        self._take(self.rfile.read(int(length)).decode("ascii", "replace"))

    def _take(self, text: str) -> None:
        pairs = parse_qsl(text, keep_blank_values=True)
        fields = dict(pairs)
        # A field given twice is nobody's honest answer; another host name leads here by a trick of the name service.
        if len(fields) != len(pairs) or not self._is_our_name() or not self.server.fits(fields.pop("state", "")):
            self._say(400, _FOREIGN)
        elif not self.server.claim():
            self._say(410, _OVER)
        else:
            self._say(200, _TAKEN)
            self.server.answers.put(fields)

    def _is_our_name(self) -> bool:
        port = self.server.server_port
        return self.headers.get("Host", "") in {f"127.0.0.1:{port}", f"localhost:{port}"}

    def _say(self, status: int, text: str) -> None:
        body = _PAGE.format(text=text).encode()
        self.send_response(status)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Connection": "close",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the default prints the address, which carries the answer."""
