"""A mail server on loopback that takes mail as a submission server does, and can be told to misbehave.

It keeps what it took in `mails`; `deliver` is called with each, before the answer, so that a test can pass it on.
"""

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from typing_extensions import override


@dataclass(frozen=True)
class Taken:
    """One mail as it was handed over, dots undone, with CRLF ends of line."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    user: str | None
    is_secure: bool


@dataclass
class Behaviour:
    """`says` gives another answer to a command (its first word; GREETING, AUTH, and DOT for the end of a mail).

    `hangs_up` names the place where the line ends: GREETING, a command, BODY (in the middle of the mail) or DOT, where
    the mail is taken and nobody told.
    """

    features: tuple[str, ...] = ("8BITMIME", "AUTH PLAIN LOGIN")
    logins: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    hangs_up: str = ""
    keeps_silent: str = ""
    never_ends: bool = False


class MailServer:
    """Runs while its block lasts, at `port`; with a `context` the line is secure from the start, or by STARTTLS."""

    def __init__(self, *, context: ssl.SSLContext | None = None, starts_secure: bool = False) -> None:
        self.behaviour = Behaviour()
        self.mails: list[Taken] = []
        self.heard: list[str] = []
        self.connections = 0
        self.is_silent = threading.Event()
        self.deliver: Callable[[Taken], None] = lambda mail: None
        self.on_connect: Callable[[], None] = lambda: None
        self.context, self.starts_secure = context, starts_secure
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.mail_server = self
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    mail_server: MailServer

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of ours."""


class _HangUpError(Exception):
    pass


class _Conversation(socketserver.StreamRequestHandler):
    """What one client says, in order."""

    server: _Server
    timeout = 10

    @override
    def handle(self) -> None:
        self._mail_server = self.server.mail_server
        self._mail_server.connections += 1
        self._mail_server.on_connect()
        self._user: str | None = None
        self._sender, self._recipients = "", []
        self._is_secure = False
        try:
            if self._mail_server.starts_secure:
                self._secure()
            self._say("GREETING", "220 mail.example.org at your service")
            while row := self.rfile.readline(2000):
                self._obey(row.decode("utf-8").rstrip("\r\n"))
        except (_HangUpError, OSError):
            return

    def _say(self, place: str, usual: str) -> bool:
        """Answers, or hangs up; whether the answer was the usual one."""
        behaviour = self._mail_server.behaviour
        if behaviour.hangs_up == place:
            raise _HangUpError
        if behaviour.keeps_silent == place:
            self._mail_server.is_silent.set()
            while self.rfile.readline(2000):
                pass
            raise _HangUpError
        while behaviour.never_ends and place == "EHLO":
            self.wfile.write(b"250-and another thing\r\n" * 1000)
        said = behaviour.says.get(place, usual)
        self.wfile.write(said.encode() + b"\r\n")
        return said == usual

    def _obey(self, row: str) -> None:
        verb, _, rest = row.partition(" ")
        verb = verb.upper()
        self._mail_server.heard.append(verb)
        match verb:
            case "EHLO":
                self._greet()
            case "STARTTLS":
                if self._say(verb, "220 go on"):
                    self._secure()
            case "AUTH":
                self._sign_in(rest)
            case "MAIL":
                needs_user = self._mail_server.behaviour.logins and self._user is None
                self._say(verb, "530 sign in first" if needs_user else "250 ok")
                self._sender, self._recipients = _address(rest), []
            case "RCPT":
                self._say(verb, "250 ok")
                self._recipients.append(_address(rest))
            case "DATA":
                if self._say(verb, "354 go on"):
                    self._take()
            case _:
                self._say(verb, "250 ok" if verb != "QUIT" else "221 goodbye")

    def _greet(self) -> None:
        rows = ["mail.example.org", *self._mail_server.behaviour.features]
        if self._mail_server.context is not None and not self._is_secure:
            rows.append("STARTTLS")
        self._say("EHLO", "\r\n".join(f"250{' ' if row is rows[-1] else '-'}{row}" for row in rows))

    def _sign_in(self, rest: str) -> None:
        way, _, first = rest.partition(" ")
        if way == "PLAIN":
            _, name, password = b64decode(first).decode().split("\0")
        else:
            name = b64decode(first).decode()
            self._say("PASSWORD", "334 UGFzc3dvcmQ6")
            password = b64decode(self.rfile.readline()).decode()
        if self._mail_server.behaviour.logins.get(name) != password:
            self._say("AUTH", "535 5.7.8 wrong name or password")
        elif self._say("AUTH", "235 welcome"):
            self._user = name

    def _take(self) -> None:
        rows: list[bytes] = []
        while (row := self.rfile.readline()) != b".\r\n":
            if not row or self._mail_server.behaviour.hangs_up == "BODY":
                raise _HangUpError
            rows.append(row.removeprefix(b"."))
        mail = Taken(self._sender, tuple(self._recipients), b"".join(rows), self._user, self._is_secure)
        said = self._mail_server.behaviour.says.get("DOT", "250 taken")
        if said.startswith("2"):
            self._mail_server.mails.append(mail)
            self._mail_server.deliver(mail)
        self._say("DOT", "250 taken")

    def _secure(self) -> None:
        if self._mail_server.context is None:
            raise _HangUpError
        self.connection = self._mail_server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self._is_secure = True

    @override
    def finish(self) -> None:
        """Closes what STARTTLS opened, too."""
        self.rfile.close()
        self.wfile.close()
        self.connection.close()


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
