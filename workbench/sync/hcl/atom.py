"""What HCL Connections' Atom feeds say: pages and entries, the people in them, and the messages they make.

Shapes: the Atom dialect of IBM Connections 4.0 and later. Namespaces are declared again on every child, values may
stand between blanks, and the hosts in links are not to be trusted; see `HclSite`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from workbench.sync.api_client import Answer
from workbench.sync.gate import Cause, line, parse_xml
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.pagination import query_of
from workbench.sync.people import UNKNOWN_NAME, address_key, clean_name, name_handle
from workbench.sync.records import GoneRecord, MessageRecord, PersonRecord, Rejected

ATOM: Final = "{http://www.w3.org/2005/Atom}"
SNX: Final = "{http://www.ibm.com/xmlns/prod/sn}"
THREAD: Final = "{http://purl.org/syndication/thread/1.0}"
SEARCH: Final = "{http://a9.com/-/spec/opensearch/1.1/}"
TYPE: Final = "http://www.ibm.com/xmlns/prod/sn/type"
FLAGS: Final = "http://www.ibm.com/xmlns/prod/sn/flags"
LSID: Final = "urn:lsid:ibm.com:"
FORUM: Final = "forum:"
POST: Final = "blogs:entry-"
COMMENT: Final = "blogs:comment-"
TOPIC: Final = "forum-topic"
REPLY: Final = "forum-reply"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, or a document of its own; `id` is without the prefix that all of them share.

    What an entry is, only its `kind` tells: a topic, too, answers something, namely its forum. `replies` is how many
    the platform counts below it; `source` is the topic of a reply or the blog post of a comment, "" where nobody says.
    """

    node: Element
    id: str
    kind: str
    flags: frozenset[str]
    published: datetime | None
    updated: datetime | None
    parent: str
    source: str
    replies: int | None

    @property
    def number(self) -> str:
        """The bare UUID of a topic, a reply or a forum."""
        return self.id.removeprefix(FORUM)

    @property
    def changed(self) -> int:
        """When it last changed, in milliseconds since 1970; 0 where it does not say."""
        moment = self.updated or self.published
        return 0 if moment is None else millis(moment)

    def text(self, name: str) -> str:
        """The stripped text of a child element; "" without it."""
        return text_of(self.node, name)

    def link(self, rel: str) -> str | None:
        """Where the link of this relation leads, whatever host it names."""
        found = (link.get("href") for link in self.node.findall(ATOM + "link") if link.get("rel") == rel)
        return next(found, None)

    def title(self) -> str:
        """The title as one line of plain text."""
        element = self.node.find(ATOM + "title")
        if element is None:
            return ""
        words = "".join(element.itertext())
        plain = html_text(clean_html(words)) if element.get("type") == "html" else words
        return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a feed. `next` is the number of the page behind it, None at the end.

    `total` and `size` are what the platform says of the whole list and of a page; None where it does not.
    """

    node: Element
    entries: tuple[Entry, ...]
    total: int | None
    size: int | None
    next: int | None
    served_at: datetime


def read_page(answer: Answer, *, number: int, first: int) -> Page:
    """The page in `answer`, asked for as page `number` of a list whose first page is called `first`.

    Refuses (LineError) what is no feed.
    """
    root = parse_xml(answer.body)
    if root.tag != ATOM + "feed":
        raise line(Cause.BAD_REPLY, "the reply is not a feed")
    entries = tuple(read_entry(node) for node in root.findall(ATOM + "entry"))
    total, size = _count(text_of(root, SEARCH + "totalResults")), _count(text_of(root, SEARCH + "itemsPerPage"))
    served = answer.served_at or _moment(text_of(root, ATOM + "updated"))
    if served is None:
        raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
    return Page(root, entries, total, size, _next(root, entries, total, size, number=number, first=first), served)


def read_document(answer: Answer) -> Entry:
    """The entry that is a document of its own; refuses (LineError) what is none."""
    root = parse_xml(answer.body)
    if root.tag != ATOM + "entry":
        raise line(Cause.BAD_REPLY, "the reply is not an entry")
    return read_entry(root)


def read_entry(node: Element) -> Entry:
    """An entry; what it does not say is empty."""
    categories = [(item.get("scheme"), item.get("term") or "") for item in node.findall(ATOM + "category")]
    answers = node.find(THREAD + "in-reply-to")
    kind = next((term for scheme, term in categories if scheme == TYPE), "")
    counts = [_count(link.get(THREAD + "count") or "") for link in node.findall(ATOM + "link")]
    return Entry(
        node=node,
        id=_id(text_of(node, ATOM + "id")),
        kind=kind,
        flags=frozenset(term for scheme, term in categories if scheme == FLAGS),
        published=_moment(text_of(node, ATOM + "published")),
        updated=_moment(text_of(node, ATOM + "updated")),
        parent="" if answers is None else _id(answers.get("ref") or ""),
        source=_source(node, answers) if kind == REPLY else _post(node),
        replies=next((count for count in counts if count is not None), None),
    )


def _post(node: Element) -> str:
    """The blog post a comment stands under; the source of a post itself is the blog."""
    source = _id(node.findtext(f"{ATOM}source/{ATOM}id") or "")
    return source if source.startswith(POST) else ""


def _source(node: Element, answers: Element | None) -> str:
    """The topic a reply stands under: told with what it answers, or by the page that shows it."""
    told = "" if answers is None else _id(answers.get("source") or "")
    if told.startswith(FORUM):
        return told
    pages = (link.get("href") or "" for link in node.findall(ATOM + "link") if link.get("rel") == "alternate")
    topics = (query_of(page).get("id", "") for page in pages if urlsplit(page).path.endswith("/html/topic"))
    return next((FORUM + topic for topic in topics if topic), "")


def person_in(node: Element, name: str) -> PersonRecord | None:
    """The person under the child element `name`; None where it names nobody.

    Known by the platform's user id, because addresses are hidden on many sites, change, and hold free text elsewhere.
    """
    element = node.find(ATOM + name)
    if element is None:
        return None
    shown = clean_name(text_of(element, ATOM + "name"))
    handle = text_of(element, SNX + "userid")
    if not handle and not shown:
        return None
    is_system = handle.startswith("-")
    return PersonRecord(
        handle=handle or name_handle(shown),
        name=shown or UNKNOWN_NAME,
        address_key=address_key(text_of(element, ATOM + "email")),
        is_bot=is_system,
    )


def message_of(entry: Entry, community: str, *, root: str = "") -> MessageRecord | GoneRecord | None:
    """The message an entry is; `root` is the first of its thread, "" where the entry itself has to tell.

    A deleted reply stays in its place while others answer it, with a flag and words that are not its author's. None
    for an entry that says neither when it was written nor by whom.
    """
    if "deleted" in entry.flags:
        return GoneRecord(entry.id, community)
    author, at = person_in(entry.node, "author"), entry.published or entry.updated
    if author is None or at is None or not entry.id:
        return None
    text, html = words_of(entry.node)
    opens = entry.kind == TOPIC or entry.id.startswith(POST)
    above = dict.fromkeys(name for name in (entry.parent, root, entry.source) if name and name != entry.id)
    return MessageRecord(
        remote_id=entry.id,
        community=community,
        author=author,
        sent_at=at,
        sent_at_is_guess=entry.published is None,
        subject=entry.title(),
        text=text,
        html=html,
        references=() if opens else tuple(above),
        # A topic's time of change moves with every answer to it, so it says nothing of the topic itself.
        version=None if entry.kind == TOPIC or entry.updated is None else entry.updated.isoformat(),
        is_accepted=not opens and "answer" in entry.flags,
    )


def rejected(entry: Entry, source: str, position: int) -> Rejected:
    """An entry that `message_of` could not read."""
    if entry.published is None and entry.updated is None:
        return Rejected(source, position, "no_date", "An entry does not say when it was written.")
    return Rejected(source, position, "no_author", "An entry does not say who wrote it, or has no id.")


def words_of(node: Element) -> tuple[str, str | None]:
    """The plain text of an entry's content, with its cleaned HTML where that says more; of its summary without one."""
    content = node.find(ATOM + "content")
    if content is None or not "".join(content.itertext()).strip():
        summary = node.find(ATOM + "summary")
        content = content if summary is None else summary
    if content is None:
        return "", None
    kind, written = content.get("type", "text"), "".join(content.itertext())
    if kind != "html":
        return written.strip(), None
    clean = clean_html(written.strip())
    return html_text(clean), clean if "<" in clean else None


def text_of(node: Element, name: str) -> str:
    """The stripped text of a child element; "" without it."""
    return (node.findtext(name) or "").strip()


def millis(moment: datetime) -> int:
    """Milliseconds since 1970, in which Forums count."""
    return (moment - _EPOCH) // _MILLISECOND


def from_millis(number: int) -> datetime:
    """The aware moment of `millis`."""
    return _EPOCH + number * _MILLISECOND


def links_in(node: Element) -> Mapping[str, str]:
    """{target: relation} of all links of a page and its entries."""
    return {link.get("href") or "": link.get("rel") or "" for link in node.iter(ATOM + "link")}


def _next(
    root: Element, entries: tuple[Entry, ...], total: int | None, size: int | None, *, number: int, first: int
) -> int | None:
    """The page behind this one: as its link says, or where its counts leave more. Of a link only the number counts."""
    if not entries:
        return None
    for link in root.findall(ATOM + "link"):
        if link.get("rel") == "next":
            told = _count(query_of(link.get("href") or "").get("page", ""))
            return number + 1 if told is None or told <= number else told
    through = (number - first + 1) * (size or len(entries))
    return number + 1 if total is not None and through < total else None


def _id(text: str) -> str:
    return text.strip().removeprefix(LSID)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _count(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() else None
