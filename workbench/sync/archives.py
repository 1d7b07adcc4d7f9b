"""Mail in a stream of bytes: where one mail of an mbox or pipermail file ends and the next begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.sync.mail_dates import ENVELOPE

MESSAGE_BYTES = 25_000_000
"""A mail longer than this is held back unless told otherwise."""
_SNIFFED = 65_536
_BOM = b"\xef\xbb\xbf"
_LONGEST_ENVELOPE = 1000
_LOOK_AHEAD = 200
_KEPT_OF_LONG = _LONGEST_ENVELOPE + _LOOK_AHEAD + 16  # enough to see the next mail begin
_HEADER = re.compile(rb">?[!-9;-~]{1,76}[ \t]*:|>From ")
_MAIL_HEADER = re.compile(
    rb"(?:[!-9;-~]{1,76}[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:from|date|subject|message-id|received|return-path)[ \t]*:",
    re.IGNORECASE,
)
_SAME_SENDER = re.compile(rb"From (\S.*?)  .*\n>?From: ([^\n]*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One mail: `raw` without its "From " line, or None with a `fault` (`too_large`, `not_mail`) saying why not."""

    start: int
    end: int
    raw: bytes | None
    envelope: str | None = None
    fault: str = ""


def looks_like_mail(head: bytes) -> bool:
    """Whether the first bytes of a file are, or soon lead to, a mail; empty counts: servers hand out empty months."""
    text = head.removeprefix(_BOM).lstrip(b"\r\n")
    if not text or _MAIL_HEADER.match(text) is not None:
        return True
    return (
        _separator(text, 0, is_start=True) is True or _next_separator(bytearray(text), 0, is_last=False)[0] is not None
    )


def pieces(chunks: Iterable[bytes], *, start: int = 0, limit: int = MESSAGE_BYTES) -> Iterator[Piece | None]:
    """The mails in a stream that begins at a mail (or at the file's start), in order, with their offsets.

    A new mail begins at a "From " line with a name and a date that stands after a blank line and before a header;
    pipermail sometimes forgets the blank line, so there the same sender in the next "From:" line will do.
    What is longer than `limit` is passed by, not held. None after every chunk, so that a caller can report and stop.
    A stream that breaks off raises what its chunks raise; the mail it broke in is not given out.
    """
    buffer = bytearray()
    base = at = start  # offset of buffer[0]; offset of the mail being collected
    scan = 0
    dropped = False
    for chunk in _with_end(chunks):
        buffer += chunk or b""
        while True:
            where, scan = _next_separator(buffer, scan, is_last=chunk is None)
            if where is None:
                break
            if base + where > at:
                is_long = dropped or base + where - at > limit
                yield _piece(buffer, at, base, where, is_long=is_long, is_first=at == 0)
            at, dropped = base + where, False
        done = max(at - base, 0)
        dropped = dropped or len(buffer) - done > limit
        if dropped:
            done = max(len(buffer) - _KEPT_OF_LONG, 0)
        del buffer[:done]
        base, scan = base + done, max(scan - done, 0)
        yield None
    if buffer:
        yield _piece(buffer, at, base, len(buffer), is_long=dropped, is_first=at == 0)


def _with_end(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from chunks
    yield None


def _piece(buffer: bytearray, at: int, base: int, end: int, *, is_long: bool, is_first: bool) -> Piece | None:
    """The mail that began at offset `at` and ends at buffer[end]; blank lines alone are none."""
    if is_long:
        return Piece(at, base + end, None, fault="too_large")
    raw = bytes(buffer[at - base : end])
    if is_first:
        raw = raw.removeprefix(_BOM)
    text = raw.lstrip(b"\r\n")
    if not text:
        return None
    if text.startswith(b"From ") and ENVELOPE.fullmatch(text.partition(b"\n")[0].rstrip(b"\r")):
        line, _, rest = text.partition(b"\n")
        return Piece(at, base + end, rest, line[5:].rstrip(b"\r").decode("ascii", "replace"))
    if _MAIL_HEADER.match(text[:_SNIFFED]):
        return Piece(at, base + end, text)
    return Piece(at, base + end, None, fault="not_mail")


def _next_separator(buffer: bytearray, scan: int, *, is_last: bool) -> tuple[int | None, int]:
    """Where the next mail begins at or after `scan`, and where to look on; None with more to come or nothing found."""
    while True:
        newline = buffer.find(b"\nFrom ", scan)
        if newline < 0:
            return None, max(scan, len(buffer) - len(b"\nFrom "))
        verdict = _separator(buffer, newline + 1, is_start=False)
        if verdict is None and not is_last:
            return None, newline
        scan = newline + 1
        if verdict:
            return scan, scan


def _separator(buffer: bytes | bytearray, at: int, *, is_start: bool) -> bool | None:
    """Whether a mail begins at `at`, where "From " stands; None if the buffer ends before that can be said."""
    end = buffer.find(b"\n", at, at + _LONGEST_ENVELOPE)
    if end < 0:
        return None if len(buffer) < at + _LONGEST_ENVELOPE else False
    line = bytes(buffer[at:end]).rstrip(b"\r")
    if ENVELOPE.fullmatch(line) is None:
        return False
    ahead = bytes(buffer[end + 1 : end + 1 + _LOOK_AHEAD])
    if b"\n" not in ahead and len(ahead) < _LOOK_AHEAD:
        return None
    if _HEADER.match(ahead) is None:
        return False
    before = bytes(buffer[max(0, at - 3) : at])
    if is_start or before.endswith((b"\n\n", b"\n\r\n")) or before in (b"\n", b"\r\n"):
        return True
    senders = _SAME_SENDER.match(line + b"\n" + ahead)
    return senders is not None and senders[1].strip() in senders[2]
