"""MailLine: hands one mail to a person's own mail server (SMTP submission, RFC 6409) and says what is certain then.

A mail counts as taken only once the server has answered the single dot that ends it (RFC 5321, 4.2.5): until that dot
is sent nothing can have been accepted, and from there until the answer nobody knows.
"""

import ipaddress
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from workbench.errors import BadInputError, LineError, PlatformBusyError, RefusedError, SignInError, UnsettledError
from workbench.sync.causes import Cause, line
from workbench.sync.cutting import Dial
from workbench.sync.meter import Meter
from workbench.sync.writing import SAID_CAP

if TYPE_CHECKING:
    from io import BufferedReader

STALL_SECONDS: Final = 30.0
VERDICT_SECONDS: Final = 300.0
"""A server may look for viruses before it answers the end of a mail; RFC 5321 asks for ten minutes of patience."""
REPLIES_CAP: Final = 65_536
PIECE: Final = 4096
NAME: Final = "[127.0.0.1]"
"""How we greet: the name of this machine is nobody's business."""


class Security(StrEnum):
    """How the line to the server is made secure."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and as whom; without a `user` nobody signs in.

    Refuses (BadInputError) a line without security that leaves this machine.
    """

    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.security is Security.NONE and not _is_loopback(self.host):
            message = "mail goes over a secure line only, except to a server on this very machine"
            raise BadInputError(message)


class Hook:
    """Cuts the talk that hangs on it, if there is one; `cut` may be called from any thread, as often as one likes."""

    def __init__(self) -> None:
        self.dial = Dial()
        self.socket: socket.socket | None = None

    def cut(self) -> None:
        """Sends away who waits for a line, and ends the talk as if the line had broken there."""
        self.dial.drop()
        line = self.socket
        if line is not None:
            with suppress(OSError):  # closed already
                # Not the method of the TLS socket, which would take its state from under the thread that reads.
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def submit(
    server: MailServer,
    mail: bytes,
    *,
    sender: str,
    recipient: str,
    meter: Meter | None = None,
    context: ssl.SSLContext | None = None,
    hook: Hook | None = None,
) -> None:
    """Hands `mail` over, once; returns when the server has taken it. `context` is the system's trust unless given.

    The talk hangs on `hook`, by which it can be cut; where it stood then decides what is certain, as after any cut.

    Not taken: LineError (`details["left"]` is False), SignInError, PlatformBusyError (4xx), BudgetSpentError and
    RefusedError (5xx, with the server's words in `details["said"]`). Perhaps taken: UnsettledError.
    """
    if meter is not None:
        meter.allows()
    talk: _Talk | None = None
    try:
        with _not_taken():
            talk = _Talk(server, context or _context(server), hook or Hook())
            talk.open()
            talk.announce(mail, sender=sender, recipient=recipient)
            talk.pour(mail)
        talk.settle()
    finally:
        if talk is not None:
            talk.close()
            if meter is not None:
                meter.note(1, talk.bytes_in, talk.bytes_out)


def greet(
    server: MailServer,
    *,
    meter: Meter | None = None,
    context: ssl.SSLContext | None = None,
    hook: Hook | None = None,
) -> None:
    """Connects, makes the line secure and signs in, as before a mail, and takes leave without one.

    Raises LineError, SignInError, PlatformBusyError and BudgetSpentError as `submit` does.
    """
    if meter is not None:
        meter.allows()
    talk: _Talk | None = None
    try:
        with _not_taken():
            talk = _Talk(server, context or _context(server), hook or Hook())
            talk.open()
            talk.docmd("QUIT")
    finally:
        if talk is not None:
            talk.close()
            if meter is not None:
                meter.note(1, talk.bytes_in, talk.bytes_out)


@contextmanager
def _not_taken() -> Iterator[None]:
    """What breaks in here left the server without a whole mail."""
    try:
        yield
    except (OSError, smtplib.SMTPException, ValueError) as error:
        failure = _line_error(error)
        failure.details["left"] = False
        raise failure from error


def _line_error(error: Exception) -> LineError:
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return line(Cause.TLS, "no secure connection could be made to the mail server")
    if isinstance(error, socket.gaierror):
        return line(Cause.NO_ANSWER, "the name of the mail server is not known here")
    if isinstance(error, ConnectionRefusedError):
        return line(Cause.NO_ANSWER, "the mail server does not answer")
    return line(Cause.CUT, "the line to the mail server broke")


class _Talk(smtplib.SMTP):
    """One conversation, counted in bytes below TLS's own; opens nothing until `open`."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None, hook: Hook) -> None:
        super().__init__(local_hostname=NAME, timeout=STALL_SECONDS)
        self._server, self._context, self._hook = server, context, hook
        self._host = server.host  # what the certificate has to name
        self.bytes_in = self.bytes_out = 0

    def open(self) -> None:
        """Connects, makes the line secure, greets and signs in."""
        _require(self.connect(self._server.host, self._server.port), "the mail server takes no mail now")
        _require(self.ehlo(), "the mail server does not speak as mail servers do")
        if self._server.security is Security.STARTTLS:
            if not self.has_extn("starttls"):
                raise line(Cause.TLS, "the mail server offers no secure line")
            _require(self.docmd("STARTTLS"), "the mail server offers no secure line")
            self._secure()
            _require(self.ehlo(), "the mail server does not speak as mail servers do")
        if self._server.user:
            self._sign_in()

    def announce(self, mail: bytes, *, sender: str, recipient: str) -> None:
        """Says from whom and to whom; refuses here what the server says it would not take."""
        limit = self.esmtp_features.get("size", "")
        if limit.isascii() and limit.isdigit() and 0 < int(limit) < len(mail):
            message = "it is longer than the mail server takes"
            raise RefusedError(message)
        sized = [f"size={len(mail)}"] if self.has_extn("size") else []
        _take(self.mail(sender, sized))
        _take(self.rcpt(recipient))
        _take(self.docmd("DATA"), wanted=354)

    def pour(self, mail: bytes) -> None:
        """Sends all of it but the dot that ends it, in pieces, so that a slow line is not taken for a dead one."""
        body = b"\r\n".join(b"." + row if row.startswith(b".") else row for row in mail.split(b"\r\n"))
        for start in range(0, len(body), PIECE):
            self.send(body[start : start + PIECE])
        if not body.endswith(b"\r\n"):
            self.send(b"\r\n")

    def settle(self) -> None:
        """Sends the dot and hears the verdict."""
        try:
            self.send(b".\r\n")
            if self.sock is not None:
                self.sock.settimeout(VERDICT_SECONDS)
            answer = self.getreply()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            failure = _line_error(error)
            raise UnsettledError(failure.reason, cause=str(failure.details["cause"])) from error
        _take(answer, is_end=True)

    def _sign_in(self) -> None:
        """By name and password in UTF-8, which the library's own way does not take."""
        if not self.has_extn("auth"):
            message = "the mail server takes no name and password on this line"
            raise SignInError(message)
        ways = self.esmtp_features.get("auth", "").upper().split()
        name, password = self._server.user.encode(), self._server.password.encode()
        if "PLAIN" in ways:
            answer = self.docmd("AUTH", "PLAIN " + b64encode(b"\0" + name + b"\0" + password).decode())
        else:
            answer = self.docmd("AUTH", "LOGIN " + b64encode(name).decode())
            if answer[0] == 334:  # noqa: PLR2004 - the status for going on
                answer = self.docmd(b64encode(password).decode())
        if 400 <= answer[0] < 500:  # noqa: PLR2004 - the class of what passes
            raise PlatformBusyError(status=answer[0])
        if not 200 <= answer[0] < 300:  # noqa: PLR2004 - the class of success
            message = "the mail server does not accept this name and password"
            raise SignInError(message, status=answer[0])

    def _secure(self) -> None:
        """What came before is forgotten: somebody in between may have said it."""
        if self._context is not None and self.sock is not None:
            plain, context = self.sock, self._context
            self.sock = self._shaken(plain, context)
        self.file = None
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False

    @override
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # type: ignore[misc]  # of the library
        """The library's place for another kind of connection."""
        dial = self._hook.dial
        plain = self._hook.socket = dial.make(
            lambda: socket.create_connection((host, port), timeout), close=socket.socket.close
        )
        if self._server.security is not Security.TLS or self._context is None:
            return plain
        try:
            return self._shaken(plain, self._context)
        except BaseException:
            plain.close()
            raise

    def _shaken(self, plain: socket.socket, context: ssl.SSLContext) -> socket.socket:
        """The line made secure, on the hook from then on."""
        self._hook.socket = made = self._hook.dial.secure(
            plain, lambda: context.wrap_socket(plain, server_hostname=self._host), close=socket.socket.close
        )
        return made

    @override
    def close(self) -> None:
        """Takes it off the hook."""
        self._hook.socket = None
        super().close()

    @override
    def send(self, s: Any) -> None:
        """Counts what goes out."""
        self.bytes_out += len(s)
        super().send(s)

    @override
    def getreply(self) -> tuple[int, bytes]:
        """Counts what comes in, and ends the talk with a server that does not end."""
        if self.file is None and self.sock is not None:
            self.file = _Replies(self.sock.makefile("rb"), self)
        return super().getreply()


class _Replies:
    """The lines of a server, of which there are never many."""

    def __init__(self, stream: "BufferedReader", talk: _Talk) -> None:
        self._stream, self._talk = stream, talk

    def readline(self, limit: int) -> bytes:
        """The next line; OSError once the server has said too much."""
        row = self._stream.readline(limit)
        self._talk.bytes_in += len(row)
        if self._talk.bytes_in > REPLIES_CAP:
            message = "the mail server does not stop talking"
            raise OSError(message)
        return row

    def close(self) -> None:
        """Closes the stream."""
        self._stream.close()


def _require(answer: tuple[int, bytes], otherwise: str) -> None:
    """What is wrong here concerns the server, not the mail."""
    code = answer[0]
    if code == 421 or 450 <= code < 500:  # noqa: PLR2004 - what passes
        raise PlatformBusyError(status=code)
    if not 200 <= code < 300:  # noqa: PLR2004 - the class of success
        raise LineError(otherwise, cause=Cause.BAD_REPLY, status=code, left=False)


def _take(answer: tuple[int, bytes], *, wanted: int | None = None, is_end: bool = False) -> None:
    """What the server says of this mail, as it is certain: go on, not now, not at all; `is_end` after its last dot."""
    code, told = answer
    if code == wanted or (wanted is None and 200 <= code < 300):  # noqa: PLR2004 - the class of success
        return
    if 400 <= code < 500:  # noqa: PLR2004 - the class of what passes
        raise PlatformBusyError(status=code)
    if code == 530:  # noqa: PLR2004 - authentication required
        message = "the mail server wants a name and a password"
        raise SignInError(message, status=code)
    if 500 <= code < 600:  # noqa: PLR2004 - the class of refusals
        message = f"{code}, the mail server does not take it"
        raise RefusedError(message, status=code, said=_said(told))
    message = "the mail server's answer means nothing"
    if is_end:
        raise UnsettledError(message, status=code)
    raise LineError(message, cause=Cause.BAD_REPLY, status=code, left=False)


def _said(told: bytes) -> str:
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in told.decode("utf-8", "replace")).split())
    return text if len(text) <= SAID_CAP else text[: SAID_CAP - 1] + "…"


def _context(server: MailServer) -> ssl.SSLContext | None:
    """The same trust as the wire's: that of the operating system."""
    if server.security is Security.NONE:
        return None
    import httpx2  # noqa: PLC0415 - loaded by whoever opened a client, and not needed on loopback

    return httpx2.create_ssl_context()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
