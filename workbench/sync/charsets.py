"""Bytes → text: the declared charset first, then UTF-8, and only then a guess; what comes out has no surrogates."""

import codecs
import re
from binascii import Error as Base64Error
from email.header import decode_header

import charset_normalizer

_ALIASES = {
    # what mail says → the superset that real senders mean by it
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "utf8mb4": "utf-8",
}
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "iso8859_5",
    "iso8859_6", "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874", "utf_16",
)  # fmt: skip
_SAMPLE = 20_000
_LONGEST_HEADER = 8_000  # the standard decoder takes quadratic time
_TOO_FEW = 24  # letters outside ASCII: with fewer a statistical guess is worse than the commonest charset
_STATEFUL = re.compile(rb"[\x1b+~]")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode_bytes(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; never refuses. `declared` is believed unless it is unknown or does not fit."""
    codec = _codec(declared)
    if data.isascii() and (codec is None or not _STATEFUL.search(data)) and b"\x00" not in data:
        return data.decode("ascii")
    for name in (codec, "utf-8") if codec else ("utf-8",):
        try:
            return scrub(data.decode(name))
        except (UnicodeError, ValueError, LookupError):  # not this charset: try the next
            continue
    return scrub(data.decode(likely_charset(data), "replace"))


def decode_header_text(value: str, charset: str | None = None) -> str:
    """A header as people read it: encoded words and stray bytes decoded, folding undone; never refuses.

    `value` is as the e-mail parser gives it, bytes outside ASCII as surrogate escapes. `charset` is tried for those.
    """
    value = value[:_LONGEST_HEADER]
    if "=?" not in value:
        text = value if value.isascii() else _unescaped(value, charset)
        return " ".join(text.split())
    # Broken mailers glue encoded words to their neighbours; the standard decoder wants blanks between them.
    spaced = _ENCODED_WORD.sub(_apart, value)
    try:
        pieces = decode_header(spaced)
    except (ValueError, Base64Error):  # an encoded word that is none: shown as it stands
        return " ".join(_unescaped(value, charset).split())
    text = "".join(_piece(piece, named, charset) for piece, named in pieces)
    return " ".join(scrub(text).split())


def scrub(text: str) -> str:
    """`text` without NUL and other control characters (tab and line ends stay) and without lone surrogates."""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
    if not text.isascii() and _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
    return text


def _apart(match: re.Match[str]) -> str:
    before = match.start() > 0 and not match.string[match.start() - 1].isspace()
    after = match.end() < len(match.string) and not match.string[match.end()].isspace()
    return f"{' ' if before else ''}{match[0]}{' ' if after else ''}"


def _piece(piece: bytes | str, named: str | None, charset: str | None) -> str:
    if isinstance(piece, str):
        return _unescaped(piece, charset)
    if named is None:  # the plain text between encoded words comes as raw-unicode-escape bytes
        return _unescaped(piece.decode("ascii", "surrogateescape"), charset)
    return decode_bytes(piece, named)


def _unescaped(value: str, charset: str | None) -> str:
    if value.isascii():
        return scrub(value)
    try:
        return decode_bytes(value.encode("ascii", "surrogateescape"), charset)
    except UnicodeEncodeError:  # already real text
        return scrub(value)


def _codec(declared: str | None) -> str | None:
    """The codec Python should use for a declared charset, or None where it says nothing usable."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
        b"".decode(codec)  # refuses codecs such as "hex" that are no charsets
    except (LookupError, ValueError):  # ValueError: a NUL or a letter outside ASCII in the name
        return None
    # "us-ascii" with 8-bit letters is a lie told by mailers without a setting.
    return None if codec == "ascii" else codec


def likely_charset(data: bytes) -> str:
    """The likeliest charset of bytes that are neither what was declared nor UTF-8; the commonest where too few tell."""
    sample = data[:_SAMPLE]
    if len(sample) - len(re.sub(rb"[\x80-\xff]", b"", sample)) < _TOO_FEW:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_LIKELY), enable_fallback=False).best()
    return best.encoding if best is not None else "cp1252"
