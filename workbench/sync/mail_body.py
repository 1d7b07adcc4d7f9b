"""The body of a mail: parts chosen, transfer encodings undone however broken, lines unflowed, attachments named."""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from workbench.sync.charsets import decode_bytes, decode_header_text, scrub
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.records import AttachmentRecord

PART_BYTES = 8_000_000
"""More of one text part than this is cut off, and the text says so: memory has to stay flat."""
_DEPTH = 40
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=\s]*")
_BLANKS_AND_PADDING = b" \t\r\n\f\v="
_QUOTE_MARKS = re.compile(r">*")
_KILOBYTE = 1000
SIGNATURE_MARK = "-- "
_HTML_OF_MAIL = "attachment.html"


@dataclass(frozen=True, slots=True)
class BodyText:
    """`html` only where there was no plain text; `text` is then made from it. `files` are named in the text as well."""

    text: str
    html: str | None = None
    files: tuple[AttachmentRecord, ...] = ()


@dataclass(slots=True)
class _Parts:
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    html_files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[AttachmentRecord] = field(default_factory=list)
    file_limit: int = 0


def single_body(content: Message, data: bytes, *, file_limit: int = 0) -> BodyText:
    """The body of a mail of one part; `content` carries its headers, `data` the bytes as they stand in the file.

    Files come with their content where that has at most `file_limit` bytes.
    """
    parts = _Parts(file_limit=file_limit)
    _take(content, data, parts)
    return _joined(parts)


def multipart_body(message: Message, *, file_limit: int = 0) -> BodyText:
    """The body of a parsed mail of several parts; parts nested deeper than any mail program makes are left out."""
    parts = _Parts(file_limit=file_limit)
    for leaf in _leaves(message, depth=0):
        _take(leaf, _bytes_as_sent(leaf), parts)
    return _joined(parts)


def _leaves(message: Message, *, depth: int) -> Iterator[Message]:
    content = message.get_payload()
    if not isinstance(content, list) or message.get_content_maintype() == "message":
        yield message
    elif depth < _DEPTH:
        for part in content:
            if isinstance(part, Message):
                yield from _leaves(part, depth=depth + 1)


def _bytes_as_sent(part: Message) -> bytes | None:
    """The bytes of a leaf, still in their transfer encoding; None for an attached mail."""
    encoding = part.get("Content-Transfer-Encoding")
    # The parser's own decoder gives up on the first broken letter, and without it bytes are replaced, not kept:
    # a part that claims no encoding is handed out as it stands.
    del part["Content-Transfer-Encoding"]
    data = part.get_payload(decode=True)
    if encoding is not None:
        part["Content-Transfer-Encoding"] = str(encoding).strip()
    return data if isinstance(data, bytes) else None


def _take(part: Message, data: bytes | None, parts: _Parts) -> None:
    """Sorts one leaf into text, HTML or a line that names it."""
    if data is None:
        _attach(part, None, parts)
        return
    kind = part.get_content_type()
    disposition = (part.get_content_disposition() or "").lower()
    if kind in ("text/plain", "text/html") and disposition != "attachment":
        text = _text(part, data)
        (parts.plain if kind == "text/plain" else parts.html).append(text)
    elif kind == "text/html":
        # HyperKitty hands out mail that was only HTML as an empty text with "attachment.html".
        parts.html_files.append(_text(part, data))
        _attach(part, data, parts)
    elif kind not in _SIGNATURES:
        _attach(part, data, parts)


def _joined(parts: _Parts) -> BodyText:
    words = [text for text in parts.plain if text.strip()]
    notes = parts.notes
    html = None
    if not words:
        html_parts = parts.html or parts.html_files[:1]
        if html_parts is not parts.html and html_parts:
            notes = [note for note in notes if not note.startswith(f"[attachment: {_HTML_OF_MAIL}")]
        html = "\n".join(clean_html(source) for source in html_parts).strip() or None
        words = [html_text(html)] if html else []
    text = "\n\n".join(part.strip("\n") for part in words)
    if notes:
        text = "\n".join(filter(None, (text, *notes)))
    return BodyText(text.rstrip(), html, tuple(parts.files))


def _attach(part: Message, data: bytes | None, parts: _Parts) -> None:
    """Names a part in the text, and as a file; the HTML of a mail as HyperKitty hands it out is none."""
    try:
        name = part.get_filename() or part.get_content_type()
    except (LookupError, ValueError, TypeError):  # a file name in a charset nobody knows
        name = part.get_content_type()
    name = decode_header_text(name)
    shown = name[:120].replace("[", "(").replace("]", ")")
    size = None if data is None else len(data) * 3 // 4 if _transfer(part) == "base64" else len(data)
    said = "" if size is None else f", {max(1, round(size / _KILOBYTE))} kB"
    parts.notes.append(f"[attachment: {shown}{said}]")
    if part.get_content_type() == "text/html" and name == _HTML_OF_MAIL:
        return
    content = None
    if data is not None and size is not None and size <= parts.file_limit * 2:  # with the line ends of the encoding
        content, _ = _decoded(_transfer(part), data)
        size = len(content)
    is_kept = content is not None and len(content) <= parts.file_limit
    number = str(len(parts.files) + 1)
    parts.files.append(
        AttachmentRecord(number, name, part.get_content_type(), size, content=content if is_kept else None)
    )


def _transfer(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _text(part: Message, data: bytes) -> str:
    """One text part, readable: newlines only, no control characters, flowed lines joined."""
    content, rest = _decoded(_transfer(part), data)
    cut = len(content) - PART_BYTES
    charset = _parameter(part, "charset")
    if charset is None and part.get_content_type() == "text/html":
        meta = _META_CHARSET.search(content[:2048])
        charset = meta[1].decode() if meta else None
    text = decode_bytes(content[:PART_BYTES], charset)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (_parameter(part, "format") or "").lower() == "flowed":
        text = unflowed(text, delete_space=(_parameter(part, "delsp") or "").lower() == "yes")
    if rest:
        text = f"{text.rstrip()}\n{decode_bytes(rest, charset)}"
    if cut > 0:
        text += f"\n[text cut here: {cut // _KILOBYTE} kB more]"
    return text


def _parameter(part: Message, name: str) -> str | None:
    value = part.get_param(name)
    if isinstance(value, tuple):  # RFC 2231: charset, language, value
        value = value[2]
    return scrub(value).strip() if isinstance(value, str) else None


def _decoded(encoding: str, data: bytes) -> tuple[bytes, bytes]:
    """The bytes behind a transfer encoding, as many as can be had, and plain lines found behind them (list footers)."""
    if encoding == "quoted-printable":
        return quopri.decodestring(data), b""
    if encoding == "base64":
        return _from_base64(data)
    return data, b""


def _from_base64(data: bytes) -> tuple[bytes, bytes]:
    good = data
    rest = b""
    if not _BASE64_LINE.fullmatch(data):
        lines = data.splitlines(keepends=True)
        count = next((i for i, line in enumerate(lines) if not _BASE64_LINE.fullmatch(line)), len(lines))
        good, rest = b"".join(lines[:count]), b"".join(lines[count:])
        if not good.strip():
            return data, b""
    letters = good.translate(None, _BLANKS_AND_PADDING)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), rest


def unflowed(text: str, *, delete_space: bool) -> str:
    """RFC 3676: a line ending in a blank goes on in the next line of the same quote depth; "-- " never does."""
    paragraphs: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        marks = _QUOTE_MARKS.match(line)
        depth = len(marks[0]) if marks else 0
        words = line[depth:].removeprefix(" ") if line != SIGNATURE_MARK else line
        goes_on = words.endswith(" ") and words != SIGNATURE_MARK
        if depth == open_depth and words != SIGNATURE_MARK:
            paragraphs[-1].append(words)
        else:
            paragraphs.append([f"{'>' * depth} {words}" if depth else words])
        if goes_on and delete_space:
            paragraphs[-1][-1] = paragraphs[-1][-1][:-1]
        open_depth = depth if goes_on else -1
    return "\n".join("".join(paragraph) for paragraph in paragraphs)
