"""One e-mail as bytes → a MessageRecord or Rejected; shared by the mailing-list importer and the HyperKitty connector.

Only a name, a handle and a digest of the address leave this file (people.py), never an address.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from hashlib import blake2b

from workbench.sync.archives import MESSAGE_BYTES
from workbench.sync.charsets import decode_header_text, scrub
from workbench.sync.mail_body import BodyText, multipart_body, single_body
from workbench.sync.mail_dates import ENVELOPE, sent_moment
from workbench.sync.people import author
from workbench.sync.records import MessageRecord, PersonRecord, Rejected
from workbench.sync.subjects import subject_key

MESSAGE_LINES = 500_000
HEAD_BYTES = 1_000_000
REFERENCES = 30
ID_LENGTH = 255  # HyperKitty cuts ids here too, so both sources name the same mail alike
_SUBJECT_LENGTH = 1000
_FROM_LENGTH = 2000
_NO_ID = "no-id."

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STRAY_LINE = re.compile(r"(?m)^(?![ \t]|[!-9;-~]{1,76}[ \t]*:)[^\n]+")
_KNOWN_HEADER = re.compile(r"(?im)^(?:message-id|date|from|subject|in-reply-to|references|content-type):")
_ANGLE_ID = re.compile(r"<([^<>]+)>")
_DISGUISED_AT = re.compile(r"\s+at\s+")
_BLANKS = re.compile(r"\s+")
_PARSER = HeaderParser(policy=compat32)


def message_record(
    raw: bytes,
    *,
    community: str,
    envelope: str | None,
    source: str,
    position: int,
    now: datetime | None = None,
    previous_at: datetime | None = None,
    file_limit: int = 0,
) -> MessageRecord | Rejected:
    """The mail in `raw`: headers, blank line, body, as it stands in an mbox (">From " included).

    `envelope` is its "From " line without the "From ", or None. `previous_at` is the moment of the mail before it, the
    last resort for a date. `now` bounds believable dates. `source` and `position` say where it stands, for quarantine.
    Attached files come with their content where that has at most `file_limit` bytes.
    Rejected: `too_large`, `too_deep` (parts in parts without end), `no_date`, `not_mail` (no header at all).
    """
    if b"\n>From " in raw:
        raw = raw.replace(b"\n>From ", b"\nFrom ")
    end = _HEAD_END.search(raw)
    head, data = (raw, b"") if end is None else (raw[: end.start()], raw[end.end() :])
    if len(raw) > MESSAGE_BYTES or len(head) > HEAD_BYTES:
        limit = f"{MESSAGE_BYTES // 1_000_000} MB, or its header than {HEAD_BYTES // 1_000_000} MB"
        return Rejected(source, position, "too_large", f"a mail longer than {limit}")
    headers, data = _opened(head, data)
    if not headers:
        return Rejected(source, position, "not_mail", "no header that a mail has")
    moment = sent_moment(headers.get("date"), envelope, now=now, previous_at=previous_at)
    if moment is None:
        return Rejected(
            source, position, "no_date", "no believable date in the mail, its envelope or the mail before it"
        )
    content = _content(headers)
    try:
        body = _body(content, raw, data, file_limit)
    except RecursionError:
        return Rejected(source, position, "too_deep", "parts are nested too deep to be a mail")
    if body is None:
        return Rejected(source, position, "too_large", f"more than {MESSAGE_LINES:,} lines in a mail of several parts")
    sent_at, is_guess = moment
    person = _author(headers, envelope, content.get_param("charset"))
    subject = decode_header_text(headers.get("subject", ""))[:_SUBJECT_LENGTH]
    remote_id = _own_id(headers.get("message-id"))
    if remote_id is None:
        remote_id = _made_up_id(person, None if is_guess else sent_at, subject, body)
    key = subject_key(subject)
    return MessageRecord(
        remote_id=remote_id,
        community=community,
        author=person,
        sent_at=sent_at,
        subject=subject,
        text=body.text,
        html=body.html,
        references=_references(headers, remote_id),
        subject_key=key.key if key.is_reply else None,
        thread_subject_key=key.key,
        sent_at_is_guess=is_guess,
        attachments=body.files,
    )


def message_ids(value: str | None) -> list[str]:
    """The ids in angle brackets in a header, without the brackets, in the order they stand."""
    if not value or "<" not in value:
        return []
    return [tidy for found in _ANGLE_ID.findall(value) if (tidy := _tidy_id(found))]


def _opened(head: bytes, data: bytes) -> tuple[dict[str, str], bytes]:
    """The first header of each lower-case name, bytes outside ASCII as surrogate escapes, and the body's bytes."""
    text = head.decode("ascii", "surrogateescape")
    stray = _STRAY_LINE.search(text)
    if stray is not None and _KNOWN_HEADER.search(text, stray.end()):
        # A folded header whose second line lost its indent would hide the headers below it.
        text = _STRAY_LINE.sub(r" \g<0>", text)
    elif stray is not None:
        data = text[stray.start() :].encode("ascii", "surrogateescape") + b"\n\n" + data
        text = text[: stray.start()]
    headers: dict[str, str] = {}
    for name, value in _PARSER.parsestr(text).raw_items():
        headers.setdefault(name.strip().lower(), value)
    return headers, data


def _content(headers: dict[str, str]) -> Message:
    """A message with only the headers that say what the body is."""
    content = Message(policy=compat32)
    for name in ("content-type", "content-transfer-encoding", "content-disposition"):
        if name in headers:
            content[name] = headers[name]
    return content


def _body(content: Message, raw: bytes, data: bytes, file_limit: int) -> BodyText | None:
    """The readable body; None if it has more lines than the parser may hold in memory."""
    # The standard parser walks line by line, which one part does not need: its bytes are the body.
    if content.get_content_maintype() not in ("multipart", "message"):
        return single_body(content, data, file_limit=file_limit)
    if raw.count(b"\n") > MESSAGE_LINES:
        return None
    return multipart_body(message_from_bytes(raw, policy=compat32), file_limit=file_limit)


def _author(headers: dict[str, str], envelope: str | None, charset: object) -> PersonRecord:
    value = headers.get("from") or headers.get("sender") or headers.get("reply-to") or ""
    if not value.strip() and envelope:
        found = ENVELOPE.fullmatch(b"From " + envelope.encode("ascii", "replace"))
        value = (found["sender"] or b"").decode() if found else ""
    stand_in = headers.get("x-original-from") or headers.get("reply-to") or ""
    return author(
        value[:_FROM_LENGTH], charset=charset if isinstance(charset, str) else None, stand_in=stand_in[:_FROM_LENGTH]
    )


def _references(headers: dict[str, str], own: str) -> tuple[str, ...]:
    """Ancestors, the nearest first: a single In-Reply-To is the parent, then References from the last to the first."""
    answered = message_ids(headers.get("in-reply-to"))
    line = message_ids(headers.get("references"))[::-1]
    ids: Iterable[str] = (*answered, *line) if len(answered) == 1 else (*line, *answered)
    return tuple(reference for reference in dict.fromkeys(ids) if reference != own)[:REFERENCES]


def _own_id(value: str | None) -> str | None:
    """The Message-ID without brackets; a bare word is taken as it stands; None where there is none."""
    if value is None:
        return None
    angle = message_ids(value)
    return angle[0] if angle else _tidy_id(value.strip().strip("<>")) or None


def _tidy_id(text: str) -> str:
    text = scrub(text if text.isascii() else decode_header_text(text))
    return (
        _BLANKS.sub("", _DISGUISED_AT.sub("@", text))[:ID_LENGTH]
        if " " in text or len(text) > ID_LENGTH
        else text.strip()
    )


def _made_up_id(person: PersonRecord, sent_at: datetime | None, subject: str, body: BodyText) -> str:
    """The same for the same mail wherever it is found, so that reading it twice adds nothing."""
    said = "\x1f".join((person.handle, sent_at.isoformat() if sent_at else "", subject, " ".join(body.text.split())))
    return _NO_ID + blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
