"""Codings: what was packed comes out whole; what is cut, damaged or too large is refused in every coding."""

import gzip
import json
import random
import zlib
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import LineError
from workbench.sync.causes import Cause
from workbench.sync.codings import CODINGS, decoded, inflate, inflated_part

LIST = json.dumps([{"id": number} for number in range(500)]).encode()


def without_frame(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def streamed(data: bytes) -> bytes:
    """As servers send it that do not know the length beforehand."""
    packer = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without its frame": ("deflate", without_frame),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstandard.ZstdCompressor(write_checksum=True).compress),
    "zstd without a checksum": ("zstd", zstandard.ZstdCompressor().compress),
    "zstd of unknown length": ("zstd", streamed),
}


def cause_of(raw: bytes, coding: str, **options: int) -> str:
    with pytest.raises(LineError) as caught:
        decoded(raw, coding, **options)
    return str(caught.value.details["cause"])


@pytest.mark.parametrize("kind", PACKERS)
def test_what_was_packed_comes_out_whole(kind: str):
    coding, pack = PACKERS[kind]
    large = random.Random(7).randbytes(1_500_000) + bytes(1_500_000)
    for data in (b"", b"x", LIST, large):
        assert decoded(pack(data), f" {coding.upper()} ") == data


def test_every_coding_we_ask_for_is_opened():
    assert set(CODINGS.split(", ")) <= {coding for coding, _ in PACKERS.values()}


@pytest.mark.parametrize("kind", PACKERS)
def test_a_body_cut_in_any_place_is_refused(kind: str):
    coding, pack = PACKERS[kind]
    whole = pack(LIST)
    for end in range(len(whole)):
        assert cause_of(whole[:end], coding) == Cause.CUT


@pytest.mark.parametrize("kind", PACKERS)
def test_something_behind_the_end_is_refused(kind: str):
    coding, pack = PACKERS[kind]
    assert cause_of(pack(LIST) + b"more of it", coding) == Cause.CUT


@pytest.mark.parametrize("kind", PACKERS)
def test_a_body_that_is_not_packed_at_all_is_refused(kind: str):
    coding, _ = PACKERS[kind]
    assert cause_of(b"<html>Sign in</html>" * 20, coding) == Cause.CUT


@pytest.mark.parametrize("kind", PACKERS)
def test_a_bomb_is_refused_before_it_fills_the_memory(kind: str):
    coding, pack = PACKERS[kind]
    bomb = pack(bytes(60_000_000))
    assert len(bomb) < 100_000
    assert cause_of(bomb, coding) == Cause.TOO_LARGE


def test_a_window_larger_than_the_web_allows_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert cause_of(packer.compress(LIST) + packer.flush(), "zstd") == Cause.CUT


def test_frames_that_follow_each_other_are_one_body():
    pack = zstandard.ZstdCompressor().compress
    assert decoded(pack(b"one ") + pack(b"two"), "zstd") == b"one two"
    assert inflate(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0") == b"one two"


def test_a_coding_nobody_asked_for_is_refused():
    for coding in ("compress", "gzip, br", "dcb"):
        assert cause_of(LIST, coding) == Cause.BAD_REPLY
    assert decoded(LIST, "") == decoded(LIST, "Identity") == LIST


@given(st.binary(max_size=3_000), st.integers(min_value=0, max_value=3), st.sampled_from(sorted(PACKERS)))
def test_any_bytes_come_out_again(data: bytes, repeats: int, kind: str):
    coding, pack = PACKERS[kind]
    assert decoded(pack(data * 10**repeats), coding) == data * 10**repeats


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_any_bytes_are_opened_or_refused(raw: bytes, coding: str):
    with suppress(LineError):  # the only error there may be
        assert isinstance(decoded(raw, coding), bytes)


@given(st.integers(0, 2_000))
def test_of_a_file_that_broke_off_what_came_is_read(end: int):
    packed = gzip.compress(LIST, mtime=0)
    part = inflated_part(packed[:end])
    assert LIST.startswith(part)
    assert (part == LIST) is (end >= len(packed) - 8)
    assert len(inflated_part(packed, cap=100)) == 100


def test_of_a_damaged_file_nothing_is_read():
    packed = gzip.compress(LIST, mtime=0)
    assert inflated_part(b"<html>" + packed) == b""
    assert inflated_part(packed[:10] + b"\xff" * 40) == b""
