"""What a page of Yammer messages says: the messages with their likes and mentions, and what leads to the next page.

Shapes: Yammer REST v1. Every key may be missing and any may be added; a page's references hold its people and threads.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from workbench.models.kinds import EventKind
from workbench.sync.api_client import Answer
from workbench.sync.connector import Census, CensusOf
from workbench.sync.engage.files import attached
from workbench.sync.gate import Cause, line, load_json, take
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.people import UNKNOWN_NAME, address_key, clean_name, name_handle
from workbench.sync.records import ActRecord, MessageRecord, PersonRecord, Rejected

PAGE_SIZE: Final = 20
SUBJECT_LENGTH: Final = 80

_MENTION: Final = re.compile(r"\[\[user:(\d+)\]\]")
_ORDINARY: Final = (None, "update")


@dataclass(frozen=True, slots=True)
class Feed:
    """One page, newest first. `ids` has every message on it, also those that are not for us; `threads` is by id.

    `goes_on`: below the last of it there may be more. `has_addresses` says whether the people it describes come with
    e-mail addresses, by which other services know them; None where it describes nobody.
    """

    ids: tuple[int, ...]
    threads: Mapping[int, int]
    updates: Mapping[int, int]
    days: Mapping[int, date]
    records: tuple[MessageRecord | ActRecord, ...]
    rejected: tuple[Rejected, ...]
    likes: tuple[Census, ...]
    goes_on: bool
    today: date
    me: int | None = None
    has_addresses: bool | None = None

    def day_of(self, number: int) -> date:
        """The day a message was sent; where it does not say so, that of the oldest one that does."""
        return self.days.get(number) or min(self.days.values(), default=self.today)


def read_feed(answer: Answer, community: str | None, *, source: str) -> Feed:
    """The page in `answer`, as far as it belongs to `community`; of a feed over all communities (None), what names one.

    Messages to single people, and those of other communities, are not taken. Refuses (LineError) what is no page.
    """
    value = load_json(answer.body)
    items: list[object] = take(value, "messages", list)
    meta: dict[str, Any] = take(value, "meta", dict)
    references = _references(value)
    reader = _Reader(community, references.people, source)
    for item in items:
        reader.page(item)
    # Asked for whole threads, the platform puts their answers here and not among the messages.
    for item in _extended(value):
        reader.message(item)
    if items and not reader.threads:
        raise line(Cause.BAD_REPLY, "the reply is not a list of messages")
    older = meta.get("older_available")
    me = meta.get("current_user_id")
    return Feed(
        ids=tuple(reader.threads),
        threads=reader.threads,
        updates=references.updates,
        days=reader.days,
        records=tuple(reader.records.values()),
        rejected=tuple(reader.rejected),
        likes=tuple(reader.likes),
        # Some pages leave the key out: a full one may then be followed by another, a short one is the last.
        goes_on=bool(items) and (is_true(older) if older is not None else len(items) >= PAGE_SIZE),
        today=moment_of(answer).date(),
        me=me if isinstance(me, int) else None,
        has_addresses=any(who.address_key for who in references.people.values()) if references.people else None,
    )


def moment_of(answer: Answer) -> datetime:
    """The server's clock when it answered; refuses (LineError) an answer that does not tell."""
    if answer.served_at is None:
        raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
    return answer.served_at.astimezone(UTC)


def is_true(value: object) -> bool:
    """A flag, which some parts of the platform write as text."""
    return value is True or (isinstance(value, str) and value.casefold() == "true")


def read_moment(text: object) -> datetime | None:
    """`2022/11/11 20:59:56 +0000`, or ISO 8601 with any number of decimals; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.replace("/", "-").replace(" +", "+").replace(" -", "-"))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def person(item: Mapping[str, Any], number: int) -> PersonRecord:
    """A person from a user object; the e-mail address only as its digest."""
    address = item.get("email") or _first_address(item)
    kind = item.get("type")
    return PersonRecord(
        handle=str(number),
        name=clean_name(_text(item.get("full_name"))),
        address_key=address_key(address) if isinstance(address, str) else None,
        office=_text(item.get("location")).strip() or None,
        is_bot=isinstance(kind, str) and kind != "user",
    )


def number_of(item: object, name: str = "id") -> int | None:
    """A 64-bit id under this name; None where there is none."""
    value = item.get(name) if isinstance(item, dict) else None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    return value if isinstance(value, int) and _is_id(value) else None


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 63


@dataclass(frozen=True, slots=True)
class _References:
    people: Mapping[int, PersonRecord]
    updates: Mapping[int, int]


def _references(value: object) -> _References:
    """Whom and what threads the page's references describe."""
    listed = value.get("references") if isinstance(value, dict) else None
    people: dict[int, PersonRecord] = {}
    updates: dict[int, int] = {}
    for item in listed if isinstance(listed, list) else ():
        number = number_of(item)
        if number is None:
            continue
        if item.get("type") == "thread":
            stats = item.get("stats")
            count = stats.get("updates") if isinstance(stats, dict) else None
            if isinstance(count, int):
                updates[number] = count
        elif "full_name" in item and item.get("type") != "group":
            people[number] = person(item, number)
    return _References(people, updates)


def _extended(value: object) -> Iterator[object]:
    threads = value.get("threaded_extended") if isinstance(value, dict) else None
    for items in threads.values() if isinstance(threads, dict) else ():
        yield from items if isinstance(items, list) else ()


class _Reader:
    """Takes a page's messages one by one; what is wrong with one keeps no other from being taken."""

    def __init__(self, community: str | None, people: Mapping[int, PersonRecord], source: str) -> None:
        self._community, self._people, self._source = community, people, source
        self.threads: dict[int, int] = {}
        self.days: dict[int, date] = {}
        self.records: dict[str, MessageRecord | ActRecord] = {}
        self.rejected: list[Rejected] = []
        self.likes: list[Census] = []

    def page(self, item: object) -> None:
        """An item of the page itself, which also leads to the next page."""
        number = number_of(item)
        if number is None:
            self._reject(0, "no_id", "This message has no number.")
            return
        self.threads[number] = number_of(item, "thread_id") or number
        self.message(item)

    def message(self, item: object) -> None:
        """The records of one message."""
        number = number_of(item)
        home = self._home(item) if isinstance(item, dict) else None
        if number is None or not isinstance(item, dict) or home is None:
            return
        sent_at = read_moment(item.get("created_at")) or read_moment(item.get("published_at"))
        if sent_at is None:
            self._reject(number, "no_date", "This message has no date that can be read.")
            return
        self.days[number] = sent_at.date()
        author = self._author(item)
        if item.get("message_type") == "system" or is_true(item.get("system_message")):
            # The platform wrote it ("… has #joined the … network", in the network's language): it tells of the network
            # or of what the community is called now, never of who came to this community.
            return
        record = _message(item, number, home, author, sent_at)
        self.records[record.remote_id] = record
        self._mentions(item, record)
        self._liked_by(item, record)

    def _home(self, item: Mapping[str, Any]) -> str | None:
        """The community of a message; None for one that is not for us."""
        if is_true(item.get("direct_message")) or item.get("conversation_id") is not None:
            return None
        group = item.get("group_id")  # old messages to everybody have none
        if group is None or self._community is None:
            return self._community if group is None else str(group)
        return self._community if str(group) == self._community else None

    def _author(self, item: Mapping[str, Any]) -> PersonRecord:
        sender = number_of(item, "sender_id")
        if sender is None:
            return PersonRecord(name_handle(UNKNOWN_NAME), UNKNOWN_NAME)
        is_bot = item.get("sender_type") not in (None, "user")
        known = self._people.get(sender)
        if known is None:
            return PersonRecord(str(sender), "", is_bot=is_bot)
        return PersonRecord(known.handle, known.name, known.address_key, known.office, is_bot or known.is_bot)

    def _mentions(self, item: Mapping[str, Any], record: MessageRecord) -> None:
        """Whom it names in its words, and whom it was sent to by name besides ("cc")."""
        notified = item.get("notified_user_ids")
        named = [int(number) for number in _MENTION.findall(_body(item, "parsed"))]
        named += [number for number in notified if _is_id(number)] if isinstance(notified, list) else []
        for number in dict.fromkeys(named):
            whom = self._people.get(number) or PersonRecord(str(number), "")
            act = ActRecord(
                f"mention:{record.remote_id}:{number}",
                record.community,
                EventKind.MENTION,
                record.author,
                record.sent_at,
                target=record.remote_id,
                target_person=whom,
            )
            self.records[act.remote_id] = act

    def _liked_by(self, item: Mapping[str, Any], record: MessageRecord) -> None:
        liked = item.get("liked_by")
        count = liked.get("count") if isinstance(liked, dict) else None
        names = liked.get("names") if isinstance(liked, dict) else None
        handles = set()
        for liker in names if isinstance(names, list) else ():
            number = number_of(liker, "user_id")
            if number is None:
                continue
            handles.add(str(number))
            who = self._people.get(number) or PersonRecord(str(number), clean_name(_text(liker.get("full_name"))))
            # The platform does not say when somebody liked it: never before it was written.
            act = ActRecord(
                f"like:{record.remote_id}:{number}",
                record.community,
                EventKind.REACTION,
                who,
                record.sent_at,
                target=record.remote_id,
            )
            self.records[act.remote_id] = act
        if count == len(handles) and count is not None:  # else only the first names are shown
            self.likes.append(Census(CensusOf.REACTIONS, frozenset(handles), root=record.remote_id))

    def _reject(self, position: int, code: str, reason: str) -> None:
        self.rejected.append(Rejected(self._source, position, code, reason))


def _message(
    item: Mapping[str, Any], number: int, community: str, author: PersonRecord, sent_at: datetime
) -> MessageRecord:
    thread, answered = number_of(item, "thread_id"), number_of(item, "replied_to_id")
    above = dict.fromkeys(str(other) for other in (answered, thread) if other is not None and other != number)
    text, html = _words(item)
    kind = item.get("message_type")
    return MessageRecord(
        remote_id=str(number),
        community=community,
        author=author,
        sent_at=sent_at,
        subject="" if above else _text(item.get("title")).strip() or _opening(text),
        text=text,
        html=html,
        references=tuple(above),
        raw=None if kind in _ORDINARY or not isinstance(kind, str) else json.dumps({"message_type": kind}),
        attachments=attached(item),
    )


def _words(item: Mapping[str, Any]) -> tuple[str, str | None]:
    """The plain text, and the HTML only where the platform gives nothing plainer."""
    plain = _body(item, "plain")
    if plain:
        return plain, None
    rich = clean_html(_body(item, "rich"))
    if rich:
        return html_text(rich), rich
    return _body(item, "parsed") or _text(item.get("content_excerpt")), None


def _opening(text: str) -> str:
    """Messages have no subject: the first line stands for one, cut at a word."""
    first = next((words for words in (" ".join(row.split()) for row in text.splitlines()) if words), "")
    if len(first) <= SUBJECT_LENGTH:
        return first
    return (first[:SUBJECT_LENGTH].rpartition(" ")[0] or first[:SUBJECT_LENGTH]) + "…"


def _body(item: Mapping[str, Any], name: str) -> str:
    body = item.get("body")
    return _text(body.get(name)) if isinstance(body, dict) else ""


def _text(value: object) -> str:
    # Half characters, which JSON can carry and a database cannot.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _first_address(item: Mapping[str, Any]) -> object:
    contact = item.get("contact")
    listed = contact.get("email_addresses") if isinstance(contact, dict) else None
    addresses: Iterable[Any] = listed if isinstance(listed, list) else ()
    return next((entry.get("address") for entry in addresses if isinstance(entry, dict)), None)
