"""Topics and replies sent to HCL Connections, which knows no key of ours: what was sent is proved by its words."""

import re
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlsplit

from workbench.errors import BadInputError, LineError, NotFoundError, RefusedError, UnsettledError
from workbench.models.kinds import PostKind
from workbench.sync.api_client import Answer
from workbench.sync.gate import Expect
from workbench.sync.hcl.atom import (
    ATOM,
    FORUM,
    LSID,
    REPLY,
    SNX,
    THREAD,
    TOPIC,
    TYPE,
    Entry,
    millis,
    person_in,
    read_document,
    words_of,
)
from workbench.sync.hcl.site import REPLIES, HclSite, Listing
from workbench.sync.posting import Posting, Sent
from workbench.sync.writing import unsettled

PAGES: Final = 3
TITLE_LENGTH: Final = 80
TELLING: Final = 40
"""So many letters two people do not write alike; shorter words prove nothing where the site does not say who we are."""

_NO_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEDIA: Final = "application/atom+xml; charset=utf-8"


class HclPosts:
    """Sends for one account of one site; `root` is its address with a slash."""

    def __init__(self, site: HclSite, *, root: str) -> None:
        self._site, self._root = site, root

    def send(self, posting: Posting) -> Sent:
        """Hands it over, once; what waits for a moderator is said to be held."""
        if posting.kind is PostKind.REPLY:
            topic = _topic(posting)
            path, query, parent = "replies", {"topicUuid": topic}, posting.parent or posting.root or ""
            content = document(posting, kind=REPLY, parent=parent)
        else:
            path, query = "topics", {"forumUuid": self._forum(posting)}
            content = document(posting, kind=TOPIC)
        path = self._site.forums + path
        answer = self._site.client.send("POST", path, query, content=(_MEDIA, content), expect=Expect.ATOM)
        return self._arrived(answer, posting)

    def find(self, posting: Posting) -> Sent | None:
        """Looks at the newest topics of the community, or the newest replies to the topic, for our own same words.

        A proxy may hide a post for half a minute, so that one look which finds nothing proves nothing.
        """
        listing = self._recent(posting)
        since = 0 if posting.since is None else millis(posting.since)
        me = self._site.me()
        wanted = comparable(posting.text)
        if me is None and len(wanted) < TELLING:
            return None
        at: int | None = listing.dialect.first
        for _ in range(PAGES):
            page = self._site.page(listing, at, since=since, fresh=True)
            for entry in page.entries:
                if _is_since(entry, since) and _is_by(entry, me) and _is_same(entry, posting, wanted):
                    return self._sent(entry, posting)
            at = page.next
            if at is None:
                break
        return None

    def link(self, posting: Posting) -> str | None:
        """The page of the topic, at the message that is answered; for a new one that of the community."""
        place = posting.root or ""
        if place.startswith(FORUM):
            return self._page(place, posting.parent or place)
        if posting.community:
            return f"{self._root}communities/service/html/communityview?communityUuid={posting.community}"
        return None

    def _forum(self, posting: Posting) -> str:
        """The forum of the community that is as old as any: the one it was made with."""
        if not posting.community:
            message = "it is not said to which community this goes"
            raise BadInputError(message)
        forums = self._site.forums_of(posting.community)
        if not forums:
            message = "this community has no forum"
            raise NotFoundError(message)
        return min(forums, key=lambda forum: (forum.published is None, forum.published or 0, forum.id)).number

    def _recent(self, posting: Posting) -> Listing:
        newest = {"sortBy": "created", "sortOrder": "desc"}
        if posting.kind is PostKind.REPLY:
            return Listing(self._site.forums + "replies", REPLIES, {"topicUuid": _topic(posting), **newest})
        return Listing(self._site.forums + "topics", REPLIES, {"communityUuid": posting.community, **newest})

    def _arrived(self, answer: Answer, posting: Posting) -> Sent:
        try:
            return self._sent(read_document(answer), posting)
        except LineError as error:
            location = parse_qs(urlsplit(answer.headers.get("location", "")).query)
            number = next(iter((*location.get("replyUuid", ()), *location.get("topicUuid", ()))), "")
            if not number:
                raise unsettled(error) from error
            name = FORUM + number
            return Sent(name, self._page(posting.root or name, name))

    def _sent(self, entry: Entry, posting: Posting) -> Sent:
        if not entry.number:
            message = "the answer does not say what it was kept as"
            raise UnsettledError(message)
        moderation = entry.node.find(SNX + "moderation")
        status = "active" if moderation is None else moderation.get("status", "active")
        return Sent(entry.id, self._page(posting.root or entry.id, entry.id), is_held=status != "active")

    def _page(self, topic: str, message: str) -> str:
        mark = "" if message == topic else f"#{message.removeprefix(FORUM)}"
        return f"{self._root}forums/html/topic?id={topic.removeprefix(FORUM)}{mark}"


def document(posting: Posting, *, kind: str, parent: str = "") -> bytes:
    """The Atom entry to send: a title, which the platform wants of replies too, the text as HTML, and what it is."""
    answers = "" if not parent else f'<thr:in-reply-to ref="{escape(LSID + parent)}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><entry xmlns="{ATOM[1:-1]}" xmlns:thr="{THREAD[1:-1]}">'
        f'<title type="text">{_xml(title_of(posting))}</title>'
        f'<content type="html">{_xml(html_of(posting.text))}</content>'
        f'<category scheme="{TYPE}" term="{kind}"/>{answers}</entry>'
    ).encode()


def title_of(posting: Posting) -> str:
    """The subject, marked as an answer if it is one; without a subject the beginning of the text."""
    subject = " ".join(posting.subject.split())
    if posting.kind is PostKind.REPLY:
        return subject if subject.lower().startswith("re:") else f"Re: {subject}".strip()
    return subject or " ".join(posting.text.split())[:TITLE_LENGTH]


def html_of(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, and lines stay lines."""
    paragraphs = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in paragraphs if part)


def comparable(text: str) -> str:
    """Letters and digits alone: the site rewrites links, blanks and marks.

    Words without any ("👍") are compared as they are: else they would all be the same.
    """
    return "".join(sign for sign in text.casefold() if sign.isalnum()) or " ".join(text.split())


def _is_since(entry: Entry, since: int) -> bool:
    return entry.published is None or millis(entry.published) >= since


def _is_by(entry: Entry, me: str | None) -> bool:
    author = person_in(entry.node, "author")
    return me is None or (author is not None and author.handle == me)


def _is_same(entry: Entry, posting: Posting, wanted: str) -> bool:
    if comparable(words_of(entry.node)[0]) != wanted:
        return False
    if posting.kind is PostKind.REPLY:
        return entry.kind == REPLY and entry.parent == (posting.parent or posting.root)
    return entry.kind == TOPIC and comparable(entry.title()) == comparable(title_of(posting))


def _topic(posting: Posting) -> str:
    root = posting.root or ""
    if not root.startswith(FORUM):
        message = "Comments on a blog are written on its own page." if root else "it is not said what this answers"
        raise RefusedError(message) if root else BadInputError(message)
    return root.removeprefix(FORUM)


def _xml(text: str) -> str:
    """Text as XML carries it, without the characters that it cannot carry."""
    return escape(_NO_XML.sub("", text), quote=False)
