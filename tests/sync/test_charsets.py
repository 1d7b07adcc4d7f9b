"""Bytes to text: lying, missing and unknown charsets, broken encoded words, and nothing unprintable left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.sync.charsets import decode_bytes, decode_header_text, likely_charset, scrub

RUSSIAN = "Добрый день, коллеги. Кто знает, где взять новую форму отчёта?"


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"plain", None, "plain"),
        (b"plain", "x-unknown", "plain"),
        ("Jörg".encode(), "us-ascii", "Jörg"),
        ("Jörg".encode(), None, "Jörg"),
        (b"J\xf6rg", None, "Jörg"),
        (b"J\xf6rg", "utf-8", "Jörg"),
        (b"J\xf6rg", "no-such-charset", "Jörg"),
        (b"J\xf6rg", "hex", "Jörg"),
        (b"\x93so\x94", "iso-8859-1", "“so”"),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        ("示例".encode("gb18030"), "gb2312", "示例"),
        ("مثال".encode("cp1256"), '"windows-1256"', "مثال"),
        (b"\x1b$B$3$s\x1b(B", "iso-2022-jp", "こん"),
        (b"a\x00b", None, "ab"),
    ],
)
def test_declared_charset_first_then_utf8_then_the_likeliest(data, declared, text):
    assert decode_bytes(data, declared) == text


def test_long_text_without_a_charset_is_recognised():
    data = (RUSSIAN * 3).encode("cp1251")
    assert decode_bytes(data) == RUSSIAN * 3
    assert likely_charset(b"\xe9t\xe9") == "cp1252"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("=?utf-8?q?J=C3=B6rg?= =?utf-8?q?_Example?=", "Jörg Example"),
        ("Re:=?utf-8?q?J=C3=B6rg?=,ok", "Re:Jörg,ok"),
        ("=?iso-8859-1?Q?caf=E9?=\n  =?no-such?B?w6k=?=", "caféé"),
        ("=?utf-8?b?a?= b", "=?utf-8?b?a?= b"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("a\n\t b", "a b"),
        ("=?utf-7?q?+2AA-?=", "\ufffd"),
    ],
)
def test_headers_are_read_however_broken(header, text):
    assert decode_header_text(header) == text


def test_bytes_between_encoded_words_survive():
    raw = b"caf\xc3\xa9 =?utf-8?q?J=C3=B6rg?=".decode("ascii", "surrogateescape")
    assert decode_header_text(raw) == "café Jörg"


@given(data=st.binary(max_size=200), declared=st.one_of(st.none(), st.text(max_size=12)))
def test_whatever_comes_in_clean_text_comes_out(data, declared):
    for text in (decode_bytes(data, declared), decode_header_text(data.decode("ascii", "surrogateescape"), declared)):
        assert text.encode().decode() == text
        assert "\x00" not in text


def test_control_characters_go_and_line_ends_stay():
    assert scrub("a\x07\tb\r\nc\ud800") == "a\tb\r\nc\ufffd"


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("会议在星期一".encode()[:-1], "utf-8", "会议在星期"),
        ("会议在星期一".encode()[:-2], None, "会议在星期"),
        ("会议在星期一".encode("gb18030")[:-1], "gb2312", "会议在星期"),
        (b"caf\xe9", "utf-8", "café"),
        (b"caf\xe9 - na\xefve", "utf-8", "café - naïve"),
    ],
)
def test_a_letter_cut_in_two_at_the_end_does_not_spoil_the_rest(data, declared, text):
    assert decode_bytes(data, declared) == text
