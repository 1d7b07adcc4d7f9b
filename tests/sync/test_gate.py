"""Gate: broken, foreign and hostile replies are refused before anything is parsed; whole ones pass."""

import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import (
    ForbiddenError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    SkipStreamError,
    WorkbenchError,
)
from workbench.sync import gate
from workbench.sync.gate import Cause, Expect, Reply, admit, inflate, load_json, retry_after, take

ORIGIN = "https://lists.example.org:443"
JSON = {"content-type": "application/json"}
PACKED = {"content-type": "application/json", "content-encoding": "gzip"}
FILE = {"content-type": "application/gzip"}
LIST = json.dumps([{"id": number} for number in range(500)]).encode()
WHOLE = gzip.compress(LIST, mtime=0)


def reply(raw: bytes, headers: dict[str, str] | None = None, *, status: int = 200, origin: str = ORIGIN) -> Reply:
    return Reply(status, ORIGIN, origin, JSON if headers is None else headers, raw)


def cause_of(answer: Reply, expect: Expect = Expect.JSON) -> str:
    with pytest.raises(LineError) as caught:
        load_json(admit(answer, expect))
    return str(caught.value.details["cause"])


def test_a_whole_reply_passes_in_every_coding():
    length = {"content-length": str(len(LIST))}
    assert admit(reply(LIST, JSON | length), Expect.JSON) == LIST
    assert admit(reply(WHOLE, PACKED | {"content-length": str(len(WHOLE))}), Expect.JSON) == LIST
    assert admit(reply(zlib.compress(LIST), JSON | {"content-encoding": "deflate"}), Expect.JSON) == LIST
    assert admit(reply(WHOLE, FILE), Expect.GZIP) == LIST
    assert admit(reply(gzip.compress(WHOLE), FILE | {"content-encoding": "gzip"}), Expect.GZIP) == LIST


BROKEN = {
    "gzip cut before its trailer": (reply(WHOLE[:-8], PACKED), Cause.CUT),
    "gzip cut inside its trailer": (reply(WHOLE[:-3], PACKED), Cause.CUT),
    "gzip cut in the middle": (reply(WHOLE[: len(WHOLE) // 2], PACKED), Cause.CUT),
    "gzip cut inside its header": (reply(WHOLE[:7], PACKED), Cause.CUT),
    "gzip of nothing at all": (reply(b"", PACKED), Cause.CUT),
    "gzip with a wrong checksum": (reply(WHOLE[:-8] + b"\0\0\0\0" + WHOLE[-4:], PACKED), Cause.CUT),
    "gzip with a wrong length": (reply(WHOLE[:-4] + b"\0\0\0\0", PACKED), Cause.CUT),
    "gzip with something behind it": (reply(WHOLE + b"more", PACKED), Cause.CUT),
    "a second gzip member cut": (reply(WHOLE + WHOLE[:-1], PACKED), Cause.CUT),
    "not gzip at all": (reply(LIST, PACKED), Cause.CUT),
    "deflate cut": (reply(zlib.compress(LIST)[:-2], JSON | {"content-encoding": "deflate"}), Cause.CUT),
    "a coding nobody asked for": (reply(LIST, JSON | {"content-encoding": "br"}), Cause.BAD_REPLY),
    "a gzip file cut": (reply(WHOLE[:-8], PACKED), Cause.CUT),
    "shorter than announced": (reply(LIST[:-1], JSON | {"content-length": str(len(LIST))}), Cause.CUT),
    "longer than announced": (reply(LIST + b" ", JSON | {"content-length": str(len(LIST))}), Cause.CUT),
    "a length that is no number": (reply(LIST, JSON | {"content-length": "-1"}), Cause.CUT),
    "a sign-in page as 200": (reply(b"<html>", {"content-type": "text/html"}), Cause.PORTAL),
    "a sign-in page with a charset": (reply(b"<html>", {"content-type": "Text/HTML; charset=utf-8"}), Cause.PORTAL),
    "a page without a type": (reply(b"\n <!doctype html>", {}), Cause.PORTAL),
    "HTML labelled JSON": (reply(b"<html>Sign in</html>"), Cause.BAD_REPLY),
    "network sign-in required": (reply(b"", status=511), Cause.PORTAL),
    "another host": (reply(LIST, origin="https://portal.example.net:443"), Cause.PORTAL),
    "the same host without TLS": (reply(LIST, origin="http://lists.example.org:80"), Cause.PORTAL),
    "a picture": (reply(LIST, {"content-type": "image/png"}), Cause.BAD_REPLY),
    "a deep nest": (reply(b"[" * 100_000 + b"]" * 100_000), Cause.BAD_REPLY),
    "a deep nest that never closes": (reply(b'[{"a":' * 50_000), Cause.BAD_REPLY),
    "NaN": (reply(b"[NaN]"), Cause.BAD_REPLY),
    "minus infinity": (reply(b"[-Infinity]"), Cause.BAD_REPLY),
    "an endless number": (reply(b"[" + b"9" * 10_000 + b"]"), Cause.BAD_REPLY),
    "half a list": (reply(LIST[:-20]), Cause.BAD_REPLY),
    "bad UTF-8": (reply(b'["\xff\xfe"]'), Cause.BAD_REPLY),
    "two values": (reply(b"[] []"), Cause.BAD_REPLY),
    "nothing": (reply(b""), Cause.BAD_REPLY),
    "a NUL": (reply(b"[\0]"), Cause.BAD_REPLY),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_reply_is_a_broken_line_and_never_empty(kind: str):
    answer, cause = BROKEN[kind]
    assert cause_of(answer) == cause


def test_a_gzip_file_cut_in_any_place_is_refused():
    for end in range(len(WHOLE)):
        assert cause_of(reply(WHOLE[:end], FILE), Expect.GZIP) == Cause.CUT


def test_a_bomb_is_refused_before_it_fills_the_memory():
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(10)) + packer.flush()
    assert len(bomb) < 200_000
    assert cause_of(reply(bomb, FILE), Expect.GZIP) == Cause.TOO_LARGE


def test_members_and_padding_are_read_as_one_file():
    assert inflate(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0") == b"one two"


@given(st.binary(max_size=3_000), st.integers(min_value=0, max_value=3))
def test_what_was_packed_comes_out_again(data: bytes, repeats: int):
    assert inflate(gzip.compress(data * 10**repeats)) == data * 10**repeats


@given(st.binary(max_size=300))
def test_any_bytes_are_json_or_refused(body: bytes):
    try:
        value = json.loads(body)
    except ValueError:
        with pytest.raises(LineError):
            load_json(body)
    else:
        assert repr(value) == repr(load_json(body)) or "nan" in repr(value) or "inf" in repr(value)


def test_brackets_inside_strings_are_not_nesting():
    text = "[{" * 1000 + '"\\'
    assert load_json(json.dumps({"subject": text}).encode()) == {"subject": text}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SignInError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (410, NotFoundError),
        (429, PlatformBusyError),
        (503, PlatformBusyError),
        (400, SkipStreamError),
        (418, SkipStreamError),
        (408, LineError),
        (204, LineError),
        (304, LineError),
        (500, LineError),
        (504, LineError),
        (599, LineError),
    ],
)
def test_each_status_has_its_error(status: int, error: type[WorkbenchError]):
    with pytest.raises(error) as caught:
        gate.refuse_status(reply(b"", status=status))
    assert type(caught.value) is error
    assert caught.value.details["status"] == status


def test_403_with_a_time_to_wait_means_too_fast():
    with pytest.raises(PlatformBusyError) as caught:
        gate.refuse_status(reply(b"", {"retry-after": "9"}, status=403))
    assert caught.value.details["seconds"] == 9


def test_retry_after_is_read_in_both_forms_by_the_servers_own_clock():
    date = {"date": "Tue, 10 Mar 2026 12:00:00 GMT"}
    assert retry_after({"retry-after": " 30 "}) == 30
    assert retry_after(date | {"retry-after": "Tue, 10 Mar 2026 12:01:30 GMT"}) == 90
    assert retry_after(date | {"retry-after": "Tue, 10 Mar 2026 11:00:00 GMT"}) == 0
    for nonsense in ("", "-5", "soon", "١٢", "9" * 40 + "x"):
        assert retry_after({"retry-after": nonsense} | date) is None
    assert retry_after({"retry-after": "9" * 40}) == 86_400 * 31


@pytest.mark.parametrize("item", [None, [], 7, {"count": "7"}, {"count": None}, {"count": True}, {}])
def test_a_field_of_another_shape_is_refused(item: object):
    with pytest.raises(LineError):
        take(item, "count", int)


def test_a_field_is_taken():
    assert take({"count": 7}, "count", int) == 7
