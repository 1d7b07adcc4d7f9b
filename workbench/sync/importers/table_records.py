"""RowReader: the fields of one row of a mapped table → a member, a message or an act, or why it is held back."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

from workbench.models.kinds import EventKind
from workbench.sync.importers.cells import Unclear, folded, moment_of
from workbench.sync.importers.table_mapping import ColumnMapping, F, TableKind, header_word
from workbench.sync.importers.table_walk import Refusal
from workbench.sync.importers.table_words import BLANK, KINDS, NO
from workbench.sync.mail_dates import believable
from workbench.sync.people import address_key, author, clean_name, is_automatic, plain_address
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, PersonRecord, Record
from workbench.sync.subjects import subject_key

_NO_PERSON: Final[Refusal] = ("no_person", "this row names nobody")
_NO_DATE: Final[Refusal] = ("bad_time", "the date cannot be read; write it as 2026-01-05")
_UNLIKELY: Final[Refusal] = ("bad_time", "the date lies before 1980 or in the future")
_OPEN_DATE: Final[Refusal] = ("day_or_month", "the day or the month may come first in this date; say which it is")

Fields = Mapping[str, str]


class RowReader:
    """Reads rows of one community as `mapping` says. `roots` are the first messages of threads: {thread: remote id}."""

    def __init__(
        self,
        mapping: ColumnMapping,
        *,
        community: str,
        now: datetime | None,
        names: frozenset[str] | None = None,
        roots: Mapping[bytes, str] | None = None,
    ) -> None:
        self._mapping, self._community, self._now = mapping, community, now
        self._names, self._roots = names, roots or {}

    def __call__(self, fields: Fields) -> Record | Refusal | None:
        """The record of a row; None for one that is not meant: a sum, somebody who did not come, another community."""
        kind = self._mapping.kind
        if not fields or not self._is_meant(fields) or (kind is TableKind.ATTENDANCE and not _came(fields)):
            return None
        person = person_in(fields)
        if person is None:
            return _NO_PERSON
        if kind is TableKind.MEMBERS:
            return self._member(fields, person)
        at = self._moment(" ".join(filter(None, (_known(fields, F.DATE), _known(fields, F.TIME)))))
        if not isinstance(at, datetime):
            return at or _NO_DATE
        make = {TableKind.ATTENDANCE: self._attendance, TableKind.POSTS: self._message, TableKind.EVENTS: self._event}
        return make[kind](fields, person, at)

    def _is_meant(self, fields: Fields) -> bool:
        name = fields.get(F.COMMUNITY, "")
        return self._names is None or not name or name.casefold() in self._names

    def _moment(self, text: str) -> datetime | Refusal | None:
        """The moment in a cell; None where it is empty."""
        if not text:
            return None
        found = moment_of(text, self._mapping.day_order)
        if isinstance(found, Unclear):
            return _OPEN_DATE if found is Unclear.DAY_OR_MONTH else _NO_DATE
        return believable(found, self._now) or _UNLIKELY

    def _member(self, fields: Fields, person: PersonRecord) -> MemberRecord | Refusal:
        joined, left = (self._moment(_known(fields, field)) for field in (F.JOINED, F.LEFT))
        for moment in (joined, left):
            if isinstance(moment, tuple):
                return moment
        return MemberRecord(
            self._community,
            person,
            joined_at=joined if isinstance(joined, datetime) else None,
            left_at=left if isinstance(left, datetime) else None,
            role=_known(fields, F.ROLE) or None,
        )

    def _message(self, fields: Fields, person: PersonRecord, at: datetime) -> MessageRecord | Refusal:
        subject, text = fields.get(F.SUBJECT, ""), fields.get(F.TEXT, "")
        if not subject and not text:
            return "no_text", "this row has neither a subject nor a text"
        own = fields.get(F.ID) or _made_id("post", person.handle, at.isoformat(), subject, text)
        references = self._references(fields, own)
        key = subject_key(subject)
        is_threaded = F.THREAD in fields or F.REPLY_TO in fields
        return MessageRecord(
            own,
            self._community,
            person,
            at,
            subject,
            text,
            references=references,
            subject_key=key.key if key.is_reply and not is_threaded else None,
            thread_subject_key=None if is_threaded else key.key,
        )

    def _event(self, fields: Fields, person: PersonRecord, at: datetime) -> MessageRecord | ActRecord | Refusal:
        name = KINDS.get(header_word(fields.get(F.KIND, "")))
        kind = EventKind[name.upper()] if name else self._mapping.act
        if kind is None:
            return "unknown_kind", f"no kind of event is called this; known are {', '.join(_kind_names())}"
        if kind in {EventKind.POST, EventKind.REPLY}:
            message = self._message(fields, person, at)
            if kind is EventKind.REPLY and isinstance(message, MessageRecord) and not message.references:
                return "no_parent", "a reply that does not say what it answers"
            return message
        given = fields.get(F.ID) or _made_id(kind.name, person.handle, at.isoformat(), fields.get(F.REPLY_TO, ""))
        target = next(iter(self._references(fields, "")), None)
        return ActRecord(given, self._community, kind, person, at, target=target)

    def _attendance(self, fields: Fields, person: PersonRecord, at: datetime) -> ActRecord | Refusal:
        title = " ".join(fields.get(F.EVENT, "").casefold().split())
        if not title:
            return "no_event", "this row does not say which event was attended"
        own = _made_id("attend", person.handle, title, at.date().isoformat())
        return ActRecord(own, self._community, EventKind.ATTEND, person, at)

    def _references(self, fields: Fields, own: str) -> tuple[str, ...]:
        """What a message answers, the nearest first: its parent, then the first message of its thread."""
        thread = fields.get(F.THREAD, "")
        root = self._roots.get(thread_key(thread)) if thread else None
        named = (fields.get(F.REPLY_TO), root)
        return tuple(dict.fromkeys(reference for reference in named if reference and reference != own))


def person_in(fields: Fields) -> PersonRecord | None:
    """Who a row is about: known by the digest of an address, else by a handle, else by name; None for nobody.

    A "name" beside a given name is the family name, as in French and Russian tables, and the other way round.
    """
    whole, given, family = (_known(fields, field) for field in (F.NAME, F.GIVEN, F.FAMILY))
    name = whole if not (given or family) or (given and family) else ""
    name = name or " ".join(filter(None, (given, whole if not (given and family) else "", family)))
    handle = _known(fields, F.ADDRESS)
    key = address_key(handle.partition(";")[0].partition(",")[0]) if "@" in handle else None
    office = _known(fields, F.OFFICE) or None
    told_of = (F.REGION, F.ORGANISATION, F.LANGUAGES, F.TIME_ZONE, F.LEVEL)
    facts: dict[str, Any] = {field.value: _known(fields, field) or None for field in told_of}
    if not handle and name:
        told = author(name)
        return PersonRecord(told.handle, told.name, told.address_key, office, is_bot=told.is_bot, **facts)
    if key is not None:
        address = plain_address(handle.partition(";")[0].partition(",")[0])
        shown = clean_name(name) or clean_name(address or "")
        return PersonRecord(key, shown, key, office, is_bot=is_automatic(address, shown), **facts)
    shown = clean_name(name) or clean_name(handle)
    return PersonRecord(handle, shown, None, office, **facts) if handle and shown else None


def thread_key(thread: str) -> bytes:
    """A short stand-in for what a thread is called: a long table has many."""
    return blake2b(thread.encode("utf-8", "replace"), digest_size=8).digest()


def _came(fields: Fields) -> bool:
    """Whether somebody attended; a table without such a column lists those who did."""
    if F.ATTENDED not in fields:
        return True
    answer = folded(fields[F.ATTENDED]).strip()
    return bool(answer) and answer not in NO


def _known(fields: Fields, field: F) -> str:
    """A cell, "" where it holds only a mark for nothing."""
    value = fields.get(field, "")
    return "" if folded(value).strip() in BLANK else value


def _made_id(*parts: str) -> str:
    """An id of what a row says: the same row has it in the next file too."""
    return "row:" + blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _kind_names() -> list[str]:
    return [kind.name.lower() for kind in EventKind]
