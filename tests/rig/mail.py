"""Mail: a mail server in the memory of the rig, reached where a program would open a socket, under the same faults."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO, RawIOBase
from unittest.mock import patch

from typing_extensions import override

from tests.platforms.server import Asked, Told
from tests.rig.fake_net import LineFault, Net
from workbench.sync import mail_line

_SAYS = {"EHLO": b"250 mail.example.org\r\n", "DATA": b"354 go on\r\n", "QUIT": b"221 goodbye\r\n"}
_END = b"\r\n.\r\n"


@contextmanager
def mail_over(net: Net, deliver: Callable[[bytes], object]) -> Iterator[None]:
    """While the block lasts, mail goes to `deliver` over `net`: a mail is an exchange there as any other."""

    def connect(address: tuple[str, int], timeout: float) -> _Line:
        _ = (address, timeout)
        net.pass_time(net.round_trip)
        if not net.is_online:
            net.trace.append("mail: no line")
            raise ConnectionRefusedError
        return _Line(net, deliver)

    with patch.object(mail_line.socket, "create_connection", connect):
        yield


class _Line(socket.socket):
    """One talk. The platform hears a mail when its last dot came; a fault befalls that moment."""

    def __init__(self, net: Net, deliver: Callable[[bytes], object]) -> None:
        super().__init__()
        self._net, self._deliver = net, deliver
        self._said = BytesIO(b"220 mail.example.org\r\n")
        self._mail: bytes | None = None

    @override
    def sendall(self, data: bytes, flags: int = 0, /) -> None:  # type: ignore[override]  # bytes are all we send
        if self._mail is None:
            verb = data.split(maxsplit=1)[0].upper().decode()
            self._mail = b"" if verb == "DATA" else None
            self._say(_SAYS.get(verb, b"250 ok\r\n"))
            return
        self._mail += data
        if self._mail.endswith(_END):
            mail, self._mail = self._mail.removesuffix(_END[2:]), None
            self._hand_over(mail.replace(b"\r\n..", b"\r\n."))

    @override
    def makefile(self, *_args: object, **_options: object) -> "_Answers":  # type: ignore[override]  # what is read of it
        return _Answers(lambda: self._said)

    def _say(self, words: bytes) -> None:
        self._said = BytesIO(words)

    def _hand_over(self, mail: bytes) -> None:
        net, asked = self._net, Asked("MAIL", "/mail", {}, {}, mail, ())
        if net.before is not None:
            net.before(asked)
        fault = net.next_fault(asked)
        net.pass_time(net.round_trip + fault.seconds)
        if fault.sleep:
            net.clock.jump(timedelta(seconds=fault.sleep))
        net.trace.append(f"MAIL: {fault.name}")
        if fault.refuse is not None or fault.lose == "request":
            raise ConnectionResetError
        self._deliver(mail)
        if net.after is not None:
            net.after(asked, Told(250, b""))
        self._say(b"" if _is_broken(fault) else b"250 taken\r\n")


class _Answers(RawIOBase):
    """What the server said last, and then nothing."""

    def __init__(self, said: Callable[[], BytesIO]) -> None:
        super().__init__()
        self._said = said

    @override
    def readline(self, size: int | None = -1, /) -> bytes:
        return self._said().readline(-1 if size is None else size)


def _is_broken(fault: LineFault) -> bool:
    return fault.lose == "answer" or fault.freeze or fault.cut_after is not None
