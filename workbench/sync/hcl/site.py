"""One HCL Connections site in one run: its addresses, the dialect of each of its applications, and its refusals."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from workbench.errors import LineError, SignInError, SkipStreamError, WorkbenchError
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch
from workbench.sync.gate import Cause, Expect, Reply, body_of, is_page, line, load_json, take
from workbench.sync.hcl.atom import ATOM, SNX, Entry, Page, from_millis, links_in, read_document, read_page
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.pagination import PAGE_CAP
from workbench.sync.records import CommunityRecord

MOST_BACKS: Final = 20
"""So often pages are read again in one walk, which an outdated answer of a cache could else make endless."""

_LOGIN: Final = re.compile(rb"j_security_check|j_password|pkmslogin\.form|name=[\"']password[\"']", re.IGNORECASE)
_STOPPED: Final = re.compile(rb"\bSRVE0255E\b")
_BLOG: Final = re.compile(r"/blogs/.+/entries/atom")
_PERSON: Final = "urn:lsid:lconn.ibm.com:profiles.person:"


def _as_millis(moment: int) -> str:
    return str(moment)


def _as_text(moment: int) -> str:
    return from_millis(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one application pages and understands `since`; a `since` in another unit is silently taken for none.

    `first` is the number of its first page, `margin` how long a proxy may still show yesterday's answer, and more.
    """

    first: int
    size: int
    since: Callable[[int], str]
    margin: timedelta


COMMUNITIES: Final = Dialect(first=1, size=100, since=_as_text, margin=timedelta(minutes=2))
FORUMS: Final = Dialect(first=1, size=50, since=_as_millis, margin=timedelta(minutes=2))
REPLIES: Final = Dialect(first=1, size=100, since=_as_millis, margin=timedelta(minutes=2))
MEMBERS: Final = Dialect(first=1, size=500, since=_as_text, margin=timedelta(minutes=2))
BLOGS: Final = Dialect(first=0, size=50, since=_as_text, margin=timedelta(minutes=12))


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the site, as long as it is: a path with what is asked of it."""

    path: str
    dialect: Dialect
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What the list of communities says of one of them, on the server's day `on`."""

    members: int | None = None
    updated: str = ""
    on: date | None = None


class HclSite:
    """Asks one site through `client`. Under OAuth some applications have their addresses in a folder of its own."""

    def __init__(self, client: ApiClient, *, is_oauth: bool) -> None:
        self.client = client
        folder = "oauth/" if is_oauth else ""
        self.communities = f"communities/service/atom/{folder}"
        self.forums = f"forums/{folder}atom/"
        self._people = f"connections/opensocial/{'oauth' if is_oauth else 'basic'}/rest/people/"
        self._told: dict[str, Told] = {}

    def told(self, community: str) -> Told:
        """What `mine` said of a community; nothing where it has not been asked."""
        return self._told.get(community, Told())

    def mine(self) -> Iterator[CommunityRecord]:
        """The communities this account belongs to. They have no marks: what is written in one does not change it."""
        entries, _ = self.whole(Listing(self.communities + "communities/my", COMMUNITIES))
        for entry, served in entries:
            uuid = entry.text(SNX + "communityUuid")
            if not uuid:
                raise line(Cause.BAD_REPLY, "the reply is not a list of communities")
            count = entry.text(SNX + "membercount")
            members = int(count) if count.isascii() and count.isdigit() else None
            self._told[uuid] = Told(members, entry.text(ATOM + "updated"), served)
            page = entry.link("alternate")
            about = entry.text(ATOM + "content")
            yield CommunityRecord(
                remote_id=uuid,
                name=entry.title(),
                description=html_text(clean_html(about)),
                url=None if page is None else self.client.below(page),
                members=members,
            )

    def topics(self, community: str) -> Listing:
        """The topics of all forums of a community, the one that changed last first."""
        query = {"communityUuid": community, "sortBy": "modified", "sortOrder": "desc"}
        return Listing(self.forums + "topics", FORUMS, query)

    def together(self, forum: str) -> Listing:
        """The topics and replies of a forum in one list, what changed last first; not every site has it."""
        query = {"forumUuid": forum, "sortBy": "modified", "sortOrder": "desc"}
        return Listing(self.forums + "entries", REPLIES, query)

    def forums_of(self, community: str) -> list[Entry]:
        """The forums of a community."""
        listing = Listing(self.forums + "forums", REPLIES, {"communityUuid": community})
        return [entry for entry, _ in self.whole(listing)[0]]

    def replies(self, topic: str) -> Listing:
        """The replies to a topic at whatever depth, the oldest first."""
        return Listing(self.forums + "replies", REPLIES, {"topicUuid": topic, "sortBy": "created", "sortOrder": "asc"})

    def members(self, community: str) -> Listing:
        """The members of a community, in the order they joined."""
        query = {"communityUuid": community, "sortField": "created", "asc": "true"}
        return Listing(self.communities + "community/members", MEMBERS, query)

    def posts(self, blog: str) -> Listing:
        """The posts of a blog, the one that changed last first; nothing is answered without a language."""
        return Listing(blog, BLOGS, {"lang": "en_us", "sortBy": "modified", "sortOrder": "desc"})

    def comments(self, blog: str) -> Listing:
        """All comments in a blog: a new one moves neither its post nor the list of posts."""
        return self.posts(blog.removesuffix("entries/atom") + "comments/atom")

    def blog_of(self, community: str) -> str | None:
        """The path of the posts of a community's blog, as its list of applications links to it; None without one."""
        path = self.communities + "community/remoteApplications"
        try:
            page = self.page(Listing(path, COMMUNITIES, {"communityUuid": community}))
        except SkipStreamError:
            return None
        paths = (urlsplit(self.client.below(link)).path for link in links_in(page.node))
        found = (match[0] for path in paths if (match := _BLOG.search(path)) is not None)
        return next((path.removeprefix("/") for path in found), None)

    def page(
        self,
        listing: Listing,
        number: int | None = None,
        *,
        since: int = 0,
        size: int | None = None,
        fresh: bool = False,
    ) -> Page:
        """A page of a list, only with what changed since a moment in milliseconds if one is given.

        `fresh` asks caches on the way to let the question through. Refuses (SignInError) the site's own sign-in page.
        """
        first = listing.dialect.first
        at = first if number is None else number
        query = _query(listing, at, since, size)
        headers = {"Cache-Control": "no-cache"} if fresh else {}
        try:
            answer = self.client.get(listing.path, query, expect=Expect.ATOM, headers=headers)
        except LineError as error:
            self._refuse_sign_in(listing.path, query, error)
            raise
        return read_page(answer, number=at, first=first)

    def begin(self, listing: Listing, *, since: int = 0) -> None:
        """Lets the first page of a list be fetched in the background."""
        query = _query(listing, listing.dialect.first, since, None)
        self.client.ahead(listing.path, query, expect=Expect.ATOM, headers={})

    def whole(
        self, listing: Listing, *, since: int = 0, size: int | None = None
    ) -> tuple[list[tuple[Entry, date]], bool]:
        """Every entry of a list with the server's day, each once, and whether that certainly is all of it.

        Pages are cut by number, so that an entry taken out meanwhile moves another one past us. The total gives that
        away, and what lies before is read again.
        """
        found: dict[str, tuple[Entry, date]] = {}
        at: int | None = listing.dialect.first
        total: int | None = None
        backs = through = 0
        for _ in range(PAGE_CAP):
            page = self.page(listing, at, since=since, size=size, fresh=backs > 0)
            number = listing.dialect.first if at is None else at
            following, through = after(page, number, through, first=listing.dialect.first)
            is_gap = following is not None and following <= number and backs < MOST_BACKS
            found |= {entry.id: (entry, page.served_at.date()) for entry in page.entries}
            back = missed(page, total)
            total, backs = page.total, backs + (bool(back) or is_gap)
            if back and backs < MOST_BACKS:
                at = max(listing.dialect.first, (at or 0) - back)
            elif is_gap:
                at = following
            elif page.next is None:
                is_whole = backs < MOST_BACKS and (total is None or len(found) >= total)
                return list(found.values()), is_whole
            else:
                at = page.next
        raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")

    def document(self, path: str, query: Mapping[str, str]) -> Entry:
        """One thing by itself."""
        return read_document(self.client.get(path, query, expect=Expect.ATOM))

    def me(self) -> str | None:
        """The user id of this account; None where the site does not tell."""
        try:
            answer = self.client.get(f"{self._people}@me/@self", {}, expect=Expect.JSON)
        except SkipStreamError:
            return None
        return take(take(load_json(answer.body), "entry", dict), "id", str).removeprefix(_PERSON)

    def counted(self, batch: Batch) -> Batch:
        """The batch with what went over the wire since the one before."""
        spent = self.client.take_traffic()
        return replace(batch, bytes_in=spent.bytes_in, bytes_out=spent.bytes_out, requests=spent.requests)

    def _refuse_sign_in(self, path: str, query: Mapping[str, str], error: LineError) -> None:
        """Raises SignInError if a web page came from the site itself, and the page asks for a password.

        Everybody on the way can show a page; only the site can show its own sign-in form under its own name.
        """
        if error.details.get("cause") != Cause.PORTAL:
            return
        try:
            answer = self.client.get(path, query, expect=Expect.HTML, attempts=1)
        except WorkbenchError:
            return  # then the first error says more
        if _LOGIN.search(answer.body):
            message = "the site shows its sign-in page instead of an answer"
            raise SignInError(message) from error


def missed(page: Page, total: int | None) -> int:
    """How many pages to go back because entries were taken out since the list had this `total`: 0 for none."""
    if total is None or page.total is None or page.total >= total:
        return 0
    return -(-(total - page.total) // max(1, page.size or len(page.entries)))


def after(page: Page, number: int, through: int, *, first: int) -> tuple[int | None, int]:
    """The page to read after page `number` of a list read `through` so many entries, and how far it is read then.

    A page of another size than those before leaves a gap, or overlaps: the page to go on from is then an earlier one.
    """
    size = page.size or len(page.entries)
    start = (number - first) * size
    if not size or start > through:
        return (first + through // size if size else page.next), through
    through = max(through, start + len(page.entries))
    return page.next, through


def refusal(reply: Reply) -> WorkbenchError | None:
    """A refused password, which comes as a web page, and an application that is not running; else the common table."""
    if not is_page(reply):
        return None
    if reply.status == 401:  # noqa: PLR2004 - a status is its own name
        is_ours = "www-authenticate" in reply.headers or _LOGIN.search(body_of(reply)) is not None
        return SignInError(status=401) if is_ours else None
    if reply.status == 403 and _LOGIN.search(body_of(reply)):  # noqa: PLR2004 - as above
        return SignInError(status=403)
    if reply.status in (404, 503) and _STOPPED.search(body_of(reply)):
        return line(Cause.SERVER, "this part of the site is not running")
    return None


def _query(listing: Listing, at: int, since: int, size: int | None) -> dict[str, str]:
    query = {**listing.query, "page": str(at), "ps": str(size or listing.dialect.size)}
    return {**query, "since": listing.dialect.since(since)} if since else query
