"""Pages of Yammer's REST interface: communities, feeds, threads and single messages; what its refusals mean."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

from workbench.errors import LineError, NotFoundError, PlatformBusyError, SignInError, WorkbenchError
from workbench.sync.api_client import ApiClient
from workbench.sync.engage.messages import PAGE_SIZE, Feed, is_true, moment_of, number_of, read_feed, read_moment
from workbench.sync.gate import Cause, Expect, Reply, body_of, line, load_json, retry_after, take
from workbench.sync.pace import Limit
from workbench.sync.pagination import Page, walk
from workbench.sync.records import CommunityRecord, GoneRecord, Record

GROUPS_PAGE: Final = 50
BUSY_SECONDS: Final = 30.0
IN_GROUP: Final = "in_group"
QUIET: Final = timedelta(days=90)
"""What pages of the window begin with."""

# Ten calls in thirty seconds for messages, and as many for everything else together.
LIMITS: Final = (
    Limit("messages", 10, 33.0, paths=("messages",)),
    Limit("others", 10, 33.0, paths=("groups", "users", "threads", "networks")),
)
"""The platform allows ten in thirty seconds where it counts them; on a slow line the first of ten arrives late, which
brings the eleventh closer to it than it left us."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the communities page says of one of them, on the server's day `on`.

    `last_on` is the day of its last message, where the page tells it.
    """

    name: str = ""
    members: int | None = None
    messages: int | None = None
    last: int = 0
    is_everybody: bool = False
    on: date | None = None
    last_on: date | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was said for so long that no screen a person opens first would show it."""
        return self.on is not None and self.last_on is not None and self.on - self.last_on > QUIET


class EngageFeeds:
    """Reads pages for one run. `everybody` is where the community of the whole network has its messages."""

    def __init__(self, client: ApiClient, *, everybody: str = IN_GROUP) -> None:
        self._client, self._everybody = client, everybody
        self._told: dict[str, Told] = {}
        self.has_addresses: bool | None = None
        """Whether people come with e-mail addresses; None as long as nobody came."""

    def told(self, community: str) -> Told:
        """What `communities` said of it; nothing where it has not been asked."""
        return self._told.get(community, Told())

    def communities(self, *, only_mine: bool) -> Iterator[CommunityRecord]:
        """Yammer's groups, fifty a page, with a mark that a new message, a deleted one or another member changes."""

        def fetch(page: int) -> Page[CommunityRecord, int]:
            query = {"mine": "1", "page": str(page)} if only_mine else {"page": str(page)}
            answer = self._client.get("groups.json", query, expect=Expect.JSON)
            items = load_json(answer.body)
            if not isinstance(items, list):
                raise line(Cause.BAD_REPLY, "the reply is not a list of communities")
            on = moment_of(answer).date()
            return Page([self._community(item, on) for item in items], page + 1 if len(items) >= GROUPS_PAGE else None)

        for records in walk(1, fetch, key=lambda record: record.remote_id):
            yield from records

    def newest_of_all(self) -> dict[str, int]:
        """The id of each community's last message, newest first, as the communities page told; of those with any."""
        last = {community: told.last for community, told in self._told.items() if told.last}
        return dict(sorted(last.items(), key=lambda item: item[1], reverse=True))

    def page(self, community: str, query: Mapping[str, str]) -> Feed:
        """One page of a community."""
        return self._read(community, self._path(community), query)

    def across(self, path: str, query: Mapping[str, str]) -> Feed:
        """One page of a feed over several communities."""
        return self._read(None, path, query)

    def below(self, community: str, ceiling: int, *, floor: int) -> Feed:
        """The page below `ceiling`, which ends with the message `floor` where that is known (not 0)."""
        query = {"older_than": str(ceiling)}
        if floor:
            # Both bounds save what is known already. That they may be given together is not written down: a page that
            # is not what lies next below the ceiling, or might not be, is asked for without the lower one.
            feed = self.page(community, {**query, "newer_than": str(floor - 1)})
            is_full = len(feed.ids) >= PAGE_SIZE
            if max(feed.ids, default=0) < ceiling and not (is_full and min(feed.ids) <= floor):
                return feed
        return self.page(community, query)

    def begin(self, community: str, query: Mapping[str, str]) -> None:
        """Lets a page be fetched in the background."""
        self._client.ahead(self._path(community), query, expect=Expect.JSON)

    def newest(self, community: str, *, pages: int) -> Iterator[Feed]:
        """The newest pages of a community, so many at most."""
        for _, feed in zip(range(pages), self._down(community, self._path(community)), strict=False):
            yield feed

    def thread(self, community: str, thread: int) -> Iterator[Feed]:
        """All pages of a thread, by the id of its first message."""
        return self._down(community, f"messages/in_thread/{thread}.json")

    def single(self, community: str, number: int) -> tuple[Record, ...]:
        """A message by itself, or that it is gone, also when it was moved to another community."""
        path = f"messages/{number}.json"
        try:
            answer = self._client.get(path, {}, expect=Expect.JSON)
        except NotFoundError:
            return (GoneRecord(str(number), community),)
        page = json.dumps({"messages": [load_json(answer.body)], "meta": {}})
        feed = read_feed(replace(answer, body=page.encode()), community, source=path)
        return feed.records if feed.records or feed.rejected else (GoneRecord(str(number), community),)

    def _down(self, community: str, path: str) -> Iterator[Feed]:
        query: dict[str, str] = {}
        lowest = 0
        while True:
            feed = self._read(community, path, query)
            yield feed
            if not feed.goes_on:
                return
            if lowest and min(feed.ids) >= lowest:
                raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")
            lowest = min(feed.ids)
            query = {"older_than": str(lowest)}

    def _read(self, community: str | None, path: str, query: Mapping[str, str]) -> Feed:
        feed = read_feed(self._client.get(path, query, expect=Expect.JSON), community, source=path)
        self.has_addresses = self.has_addresses or feed.has_addresses
        return feed

    def _path(self, community: str) -> str:
        if self._everybody != IN_GROUP and self.told(community).is_everybody:
            return self._everybody
        return f"messages/in_group/{quote(community, safe='')}.json"

    def _community(self, item: object, on: date) -> CommunityRecord:
        remote_id, name = str(_number(item)), take(item, "full_name", str)
        stats = take(item, "stats", dict)
        last = number_of(stats, "last_message_id") or 0
        members, messages = _count(stats, "members"), _count(stats, "updates")
        said = read_moment(stats.get("last_message_at"))
        self._told[remote_id] = Told(
            name,
            members,
            messages,
            last,
            is_true(_field(item, "company_group")),
            on,
            None if said is None else said.date(),
        )
        description, url = _field(item, "description"), _field(item, "web_url")
        return CommunityRecord(
            remote_id=remote_id,
            name=name,
            description=description if isinstance(description, str) else "",
            url=url if isinstance(url, str) else None,
            mark=json.dumps([last, messages, members]),
            messages=messages,
            members=members,
            told_on=on,
        )


def refusal(reply: Reply) -> WorkbenchError | None:
    """Yammer's words for a token it does not take, and for too many calls; the rest is left to the common table."""
    if reply.status == 429 and retry_after(reply.headers) is None:  # noqa: PLR2004 - a status is its own name
        return PlatformBusyError(status=429, seconds=BUSY_SECONDS)
    if reply.status == 400 and reply.media_type.endswith("json"):  # noqa: PLR2004 - as above
        try:
            error = _field(load_json(body_of(reply)), "error")
        except LineError:
            return None  # the common table says what is wrong with it
        if _field(error, "type") == "OAuthException":
            return SignInError(status=400)
    return None


def _field(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, dict) else None


def _count(stats: Mapping[str, object], name: str) -> int | None:
    value = stats.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _number(item: object) -> int:
    number = number_of(item)
    if number is None:
        raise line(Cause.BAD_REPLY, "the reply is not a list of communities")
    return number
