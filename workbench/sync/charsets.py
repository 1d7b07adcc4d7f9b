"""Bytes → text: the declared charset first, then UTF-8, and only then a guess; what comes out has no surrogates."""

import codecs
import re
from email.errors import HeaderParseError
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
_ENCODED_RUN = re.compile(rf"{_ENCODED_WORD.pattern}(?:\s*{_ENCODED_WORD.pattern})*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode_bytes(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; never refuses. `declared` is believed unless it is unknown or does not fit."""
    codec = _codec(declared)
    if data.isascii() and (codec is None or not _STATEFUL.search(data)):
        return scrub(data.decode("ascii"))
    for name in (codec, "utf-8") if codec else ("utf-8",):
        try:
            return scrub(data.decode(name))
        except (UnicodeError, ValueError, LookupError):  # not this charset: try the next
            text = _without_cut_letter(data, name)
            if text:
                return scrub(text)
    return scrub(data.decode(likely_charset(data), "replace"))


def decode_header_text(value: str, charset: str | None = None) -> str:
    """A header as people read it: encoded words and stray bytes decoded, folding undone; never refuses.

    `value` is as the e-mail parser gives it, bytes outside ASCII as surrogate escapes. `charset` is tried for those.
    """
    value = value[:_LONGEST_HEADER]
    if "=?" not in value:
        return " ".join(_unescaped(value, charset).split())
    parts: list[str] = []
    end = 0
    # Run by run, because the standard decoder wants blanks around encoded words and broken mailers leave them out.
    for run in _ENCODED_RUN.finditer(value):
        parts += (_unescaped(value[end : run.start()], charset), _decoded_run(run[0]))
        end = run.end()
    parts.append(_unescaped(value[end:], charset))
    return " ".join("".join(parts).split())


def scrub(text: str) -> str:
    """`text` without NUL and other control characters (tab and line ends stay) and without lone surrogates."""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
    if not text.isascii() and _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
    return text


def _without_cut_letter(data: bytes, name: str) -> str:
    """The text before a letter that the end of `data` cuts in two, "" where that is not all that is wrong.

    Mail caught half written ends like this. Only what holds whole letters outside ASCII too is believed: a single odd
    byte at the end is rather a letter of another charset.
    """
    try:
        text = codecs.getincrementaldecoder(name)().decode(data)
    except (UnicodeError, ValueError, LookupError):  # not this charset
        return ""
    return "" if text.isascii() else text


def _decoded_run(run: str) -> str:
    """Encoded words in a row; letters cut in two between words of one charset are put together again."""
    try:
        pieces = decode_header(" ".join(_ENCODED_WORD.findall(run)))
    except (ValueError, HeaderParseError):  # an encoded word that is none: shown as it stands
        return run
    return "".join(decode_bytes(piece if isinstance(piece, bytes) else piece.encode(), name) for piece, name in pieces)


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
