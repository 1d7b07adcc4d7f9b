"""Records on their way into the mirror: cut so that no event occurs twice in a part, with digests and features."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.models.hashtags import hashtags_in
from workbench.models.moments import to_micros
from workbench.sync.features import is_question, own_words
from workbench.sync.lookups import digest, remote_key, storable
from workbench.sync.records import (
    ActRecord,
    GoneActRecord,
    GoneRecord,
    MemberRecord,
    MessageRecord,
    PersonRecord,
    Record,
)
from workbench.sync.threads import MOST_REFERENCES, Newcomer


@dataclass(slots=True)
class Draft:
    """A message on its way in: the record with what was worked out from it."""

    record: MessageRecord
    key: bytes
    content_key: bytes
    at: int
    subject: str
    text: str
    html: str | None
    raw: str | None
    id: int = 0
    person_id: int = 0
    own: str | None = None

    def own_words(self) -> str:
        """What its author wrote of it, worked out once."""
        if self.own is None:
            self.own = own_words(self.text)
        return self.own

    def features(self, *, is_root: bool) -> tuple[bool, int]:
        """Whether it asks something, and how long its own words are; a reply only repeats the subject."""
        words = self.own_words()
        return is_question(words) or (is_root and is_question(self.subject)), len(words.strip())

    def tags(self) -> tuple[str, ...]:
        """The hashtags of its own words; of its subject only where it claims to answer nothing: answers repeat it."""
        if "#" not in self.text and "#" not in self.subject and "\uff03" not in self.text:
            return ()
        opens = not self.record.references and self.record.subject_key is None
        return hashtags_in(f"{self.subject}\n{self.own_words()}" if opens else self.own_words())


@dataclass(slots=True)
class ActDraft:
    """Any other event on its way in."""

    record: ActRecord
    key: bytes
    content_key: bytes
    at: int
    id: int = 0
    person_id: int = 0
    target_person_id: int | None = None


def parts(records: Iterable[Record]) -> Iterator[tuple[list[Record], int]]:
    """The records cut so that no event occurs twice in a part, each part with how many exact repeats were left out."""
    part: list[Record] = []
    repeats = 0
    seen: dict[tuple[bool, str], Record] = {}
    for record in records:
        if isinstance(record, MessageRecord | ActRecord | GoneRecord | GoneActRecord):
            key = (isinstance(record, ActRecord | GoneActRecord), record.remote_id)
            earlier = seen.get(key)
            if earlier == record:
                repeats += 1
                continue
            if earlier is not None:
                yield part, repeats
                part, repeats, seen = [], 0, {}
            seen[key] = record
        part.append(record)
    if part or repeats:
        yield part, repeats


def drafted(record: Record) -> Draft | ActDraft | bytes | None:
    """The record with its digests; only the digest for what is gone, None for people."""
    if isinstance(record, MessageRecord):
        return _drafted_message(record)
    if isinstance(record, ActRecord):
        at = to_micros(record.at)
        target = record.target or ""
        handle = record.target_person.handle if record.target_person is not None else ""
        content_key = digest(record.person.handle, str(int(record.kind)), str(at), target, handle)
        return ActDraft(record, _key(record), content_key, at)
    return _key(record) if isinstance(record, GoneRecord | GoneActRecord) else None


def _drafted_message(record: MessageRecord) -> Draft:
    at = to_micros(record.sent_at)
    subject, text = storable(record.subject), storable(record.text)
    html = None if record.html is None else storable(record.html)
    raw = None if record.raw is None else storable(record.raw)
    when = f"{at}{'?' if record.sent_at_is_guess else ''}"
    # Not their addresses, which platforms sign anew with each answer.
    files = [part for file in record.attachments for part in (file.remote_id, file.name)]
    marks = ("accepted",) if record.is_accepted else ()
    content_key = digest(record.author.handle, when, subject, text, html or "", raw or "", *files, *marks)
    return Draft(record, _key(record), content_key, at, subject, text, html, raw)


def _key(record: MessageRecord | ActRecord | GoneRecord | GoneActRecord) -> bytes:
    # Platforms number likes and messages apart: the same id may stand for one of each.
    is_act = isinstance(record, ActRecord | GoneActRecord)
    return remote_key("act", record.remote_id) if is_act else remote_key(record.remote_id)


def newcomer(draft: Draft) -> Newcomer:
    """What threading has to know of a message."""
    record = draft.record
    subject = record.subject_key or record.thread_subject_key
    return Newcomer(
        id=draft.id,
        key=draft.key,
        person_id=draft.person_id,
        at=draft.at,
        references=tuple(remote_key(reference) for reference in record.references[:MOST_REFERENCES]),
        subject_key=remote_key(subject) if subject else None,
        is_reply=bool(record.subject_key),
    )


def people_in(records: Iterable[Record]) -> Iterable[PersonRecord]:
    """Everybody the records name."""
    for record in records:
        if isinstance(record, MessageRecord):
            yield record.author
        elif isinstance(record, ActRecord):
            yield record.person
            if record.target_person is not None:
                yield record.target_person
        elif isinstance(record, MemberRecord):
            yield record.person
        elif isinstance(record, PersonRecord):
            yield record
