"""Gate: broken, foreign and hostile replies are refused before anything is parsed; whole ones pass."""

import gzip
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import zstandard
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
from workbench.sync.gate import (
    Cause,
    Expect,
    Reply,
    admit,
    body_of,
    inflate,
    is_page,
    load_json,
    part_of,
    retry_after,
    skew_of,
    take,
)

ORIGIN = "https://lists.example.org:443"
JSON = {"content-type": "application/json"}
PACKED = {"content-type": "application/json", "content-encoding": "gzip"}
FILE = {"content-type": "application/gzip"}
LIST = json.dumps([{"id": number} for number in range(500)]).encode()
WHOLE = gzip.compress(LIST, mtime=0)
PAGE = b"<!DOCTYPE html>\n<html>Sign in</html>"
zstd = zstandard.ZstdCompressor(write_checksum=True).compress


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
    assert admit(reply(brotli.compress(LIST), JSON | {"content-encoding": "br"}), Expect.JSON) == LIST
    assert admit(reply(zstd(LIST), JSON | {"content-encoding": "zstd"}), Expect.JSON) == LIST
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
    "br cut": (reply(brotli.compress(LIST)[:-1], JSON | {"content-encoding": "br"}), Cause.CUT),
    "br with something behind it": (reply(brotli.compress(LIST) + b"x", JSON | {"content-encoding": "br"}), Cause.CUT),
    "br bomb": (
        reply(brotli.compress(bytes(60_000_000), quality=5), JSON | {"content-encoding": "br"}),
        Cause.TOO_LARGE,
    ),
    "zstd cut": (reply(zstd(LIST)[:-1], JSON | {"content-encoding": "zstd"}), Cause.CUT),
    "zstd with a wrong checksum": (
        reply(zstd(LIST)[:-4] + b"\0\0\0\0", JSON | {"content-encoding": "zstd"}),
        Cause.CUT,
    ),
    "zstd with something behind it": (reply(zstd(LIST) + b"x", JSON | {"content-encoding": "zstd"}), Cause.CUT),
    "zstd bomb": (reply(zstd(bytes(60_000_000)), JSON | {"content-encoding": "zstd"}), Cause.TOO_LARGE),
    "a coding nobody asked for": (reply(LIST, JSON | {"content-encoding": "compress"}), Cause.BAD_REPLY),
    "401 of a portal": (reply(PAGE, {"content-type": "text/html"}, status=401), Cause.PORTAL),
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


@pytest.mark.parametrize(
    ("kind", "expect"),
    [
        ("application/vnd.api+json", Expect.JSONAPI),
        ("application/json; charset=utf-8", Expect.JSONAPI),
        ("application/atom+xml", Expect.ATOM),
        ("application/atomcat+xml;charset=UTF-8", Expect.ATOM),
        ("text/xml", Expect.ATOM),
        ("text/plain", Expect.TEXT),
        ("text/csv", Expect.CSV),
        ("text/html", Expect.HTML),
    ],
)
def test_each_kind_is_carried_by_its_content_types(kind: str, expect: Expect):
    assert admit(reply(b"<words/>", {"content-type": kind}), expect) == b"<words/>"
    other = Expect.CSV if expect is not Expect.CSV else Expect.JSON
    assert cause_of(reply(b"words", {"content-type": kind}), other) in (Cause.BAD_REPLY, Cause.PORTAL)


@pytest.mark.parametrize(
    ("kind", "expect"), [("text/plain", Expect.TEXT), ("text/csv", Expect.CSV), ("text/xml", Expect.ATOM)]
)
def test_a_page_under_the_name_of_something_else_is_a_portals(kind: str, expect: Expect):
    assert cause_of(reply(b"\xef\xbb\xbf \n" + PAGE, {"content-type": kind}), expect) == Cause.PORTAL
    assert cause_of(reply(b"<html lang='en'>", {"content-type": kind}), expect) == Cause.PORTAL


def test_nothing_is_expected_as_204_or_as_an_empty_success():
    assert admit(reply(b"", {}, status=204), Expect.NOTHING) == b""
    assert admit(reply(b" \n"), Expect.NOTHING) == b""
    assert cause_of(reply(b"{}"), Expect.NOTHING) == Cause.BAD_REPLY
    assert cause_of(reply(PAGE, {"content-type": "text/html"}), Expect.NOTHING) == Cause.PORTAL
    assert cause_of(reply(b"", {}, status=304), Expect.NOTHING) == Cause.BAD_REPLY


def test_a_status_that_has_no_body_is_taken_where_it_was_accepted():
    length = {"content-length": "5000"}
    assert admit(reply(b"", length, status=304), Expect.JSON, accepts=(200, 304)) == b""
    assert admit(reply(b"", {}, status=204), Expect.JSON, accepts=(201, 204)) == b""
    assert cause_of(reply(b"", {}, status=204)) == Cause.BAD_REPLY


def test_401_of_the_platform_is_told_from_a_page():
    for kind, body in (("application/json", b"{}"), ("text/html", b""), ("text/xml", b"<error/>")):
        with pytest.raises(SignInError):
            admit(reply(body, {"content-type": kind}, status=401), Expect.JSON)
    with pytest.raises(SignInError):
        admit(reply(PAGE, {"content-type": "text/html"}, status=401), Expect.HTML)


def test_a_page_is_known_by_its_type_or_its_look():
    assert is_page(reply(PAGE, {}))
    assert is_page(reply(b"x", {"content-type": "application/xhtml+xml"}))
    assert not is_page(reply(b"<feed/>", {"content-type": "application/atom+xml"}))
    assert not is_page(reply(b" ", {"content-type": "text/html"}))


def test_the_body_of_an_error_is_unpacked_too():
    assert body_of(reply(WHOLE, PACKED, status=403)) == LIST
    with pytest.raises(LineError):
        body_of(reply(LIST, JSON | {"content-length": "7"}, status=403))


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


@pytest.mark.parametrize(
    ("date", "age", "took", "skew"),
    [
        ("Tue, 10 Mar 2026 12:07:00 GMT", "", 0, 420),
        ("Tue, 10 Mar 2026 11:53:00 GMT", "", 0, -419),
        ("Tue, 10 Mar 2026 11:53:00 GMT", "", 500, 0),
        ("Tue, 10 Mar 2026 11:53:00 GMT", "360", 0, -59),
        ("Tue, 10 Mar 2026 12:07:00 GMT", "later", 900, 420),
        ("", "", 0, None),
    ],
)
def test_the_way_of_an_answer_and_a_cache_are_not_held_against_a_clock(date, age, took, skew):
    now = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    answer = replace(reply(LIST, {"date": date, "age": age}), asked_at=now - timedelta(seconds=took))
    found = skew_of(answer, now=now)
    assert found == (None if skew is None else timedelta(seconds=skew))


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


def test_a_reply_that_was_cut_is_refused_whatever_came_of_it():
    assert cause_of(replace(reply(LIST), is_cut=True)) == Cause.CUT
    assert cause_of(replace(reply(WHOLE, FILE), is_cut=True), Expect.GZIP) == Cause.CUT


def test_the_beginning_of_a_file_is_given_out_and_of_nothing_else():
    half = replace(reply(WHOLE[: len(WHOLE) // 2], FILE), is_cut=True)
    assert LIST.startswith(part_of(half, Expect.GZIP))
    assert part_of(half, Expect.GZIP)
    assert part_of(half, Expect.JSON) == b""
    for other in (
        replace(half, status=500),
        replace(half, origin="https://portal.example.org:443"),
        replace(half, headers={"content-type": "text/html"}),
        replace(half, headers=FILE | {"content-encoding": "br"}),
    ):
        assert part_of(other, Expect.GZIP) == b""
