"""Codings: compressed replies opened piece by piece, each held to its end, its checksum and a largest size."""

import zlib
from collections.abc import Callable, Iterator

from workbench.sync.causes import Cause, line

INFLATED_CAP = 50_000_000
CODINGS = "gzip, deflate, br, zstd"
"""What we ask for: the codings whose end can be checked."""

_STEP = 1 << 18


def decoded(raw: bytes, coding: str, *, cap: int = INFLATED_CAP) -> bytes:
    """`raw` out of its content coding; refuses cut, damaged and huge bodies, and codings we did not offer."""
    name = coding.strip().lower()
    if name in ("identity", ""):
        return raw
    if name not in _OPENERS:
        raise line(Cause.BAD_REPLY, "the reply is in a coding we did not ask for")
    out = bytearray()
    for piece in _OPENERS[name](raw):
        out += piece
        if len(out) > cap:
            raise line(Cause.TOO_LARGE, "the reply unpacks to more than we accept")
    return bytes(out)


def inflate(raw: bytes, *, cap: int = INFLATED_CAP) -> bytes:
    """The content of a gzip body, every member checked to its CRC and length; refuses cut, damaged and huge ones."""
    return decoded(raw, "gzip", cap=cap)


def inflated_part(raw: bytes, *, cap: int = INFLATED_CAP) -> bytes:
    """What can be read of a gzip body that broke off, `cap` bytes at most; nothing of one that is damaged.

    The checksum at the end is missing, so that the line must have kept the order of its bytes, as TLS and TCP do.
    """
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw, cap)
    except zlib.error:
        return b""


def _zlib(raw: bytes, *, wbits: int) -> Iterator[bytes]:
    """One stream of zlib after the other, as gzip files may hold, and the padding some archives put behind them."""
    at = 0
    try:
        while True:
            member = zlib.decompressobj(wbits)
            while not member.eof:
                piece = member.unconsumed_tail
                if not piece:
                    piece = raw[at : at + _STEP]
                    at += len(piece)
                got = member.decompress(piece, _STEP)
                yield got
                if not piece and not got:
                    raise line(Cause.CUT, "the compressed reply ends too early")
            at -= len(member.unused_data)
            while raw[at : at + 1] == b"\0":
                at += 1
            if at >= len(raw):
                return
    except zlib.error as error:
        raise line(Cause.CUT, "the compressed reply is damaged") from error


def _gzip(raw: bytes) -> Iterator[bytes]:
    return _zlib(raw, wbits=zlib.MAX_WBITS | 16)


def _deflate(raw: bytes) -> Iterator[bytes]:
    """With zlib's frame, as the standard says; without it, as some servers send it (RFC 9110, 8.4.1.2)."""
    is_framed = len(raw) > 1 and raw[0] & 0x0F == zlib.DEFLATED and (raw[0] << 8 | raw[1]) % 31 == 0
    return _zlib(raw, wbits=zlib.MAX_WBITS if is_framed else -zlib.MAX_WBITS)


def _brotli(raw: bytes) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - without types; loaded only where a server chose it

    opener = brotli.Decompressor()
    try:
        yield opener.process(raw, output_buffer_limit=_STEP)
        while not opener.is_finished():
            got = opener.process(b"", output_buffer_limit=_STEP)
            if not got and not opener.is_finished():
                raise line(Cause.CUT, "the compressed reply ends too early")
            yield got
    except brotli.error as error:
        raise line(Cause.CUT, "the compressed reply is damaged") from error


def _zstd(raw: bytes) -> Iterator[bytes]:
    """Frame after frame. Bytes go in by few, because four of them may stand for 128 kB (RFC 8878, 3.1.1.2)."""
    import zstandard  # noqa: PLC0415 - only where a server chose it

    at = 0
    try:
        while True:
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
            while not frame.eof:
                piece = raw[at : at + _ZSTD_STEP]
                if not piece:
                    raise line(Cause.CUT, "the compressed reply ends too early")
                at += len(piece)
                yield frame.decompress(piece)
            at -= len(frame.unused_data)
            if at >= len(raw):
                return
    except zstandard.ZstdError as error:
        raise line(Cause.CUT, "the compressed reply is damaged") from error


_ZSTD_STEP = 256
_ZSTD_WINDOW = 1 << 23
"""The largest window a server may ask of a client that speaks HTTP (RFC 9659)."""

_OPENERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
