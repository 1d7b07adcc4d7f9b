"""Viva Engage: messages, likes and people by Yammer's REST interface, communities and comings and goings by Graph.

Messages exist in Yammer alone and come newest first, twenty a page, by ids; by design some are left out of a page,
which a thread's own figures give away. Either service may refuse this account while the other goes on.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from workbench.errors import ForbiddenError, NotFoundError, SignInError, SkipStreamError
from workbench.models.kinds import AccountKind, PostKind
from workbench.progress import Progress
from workbench.sync.connector import Abilities, Batch, Cursor, Held, Stage, Stream
from workbench.sync.engage import graph as engage_graph
from workbench.sync.engage.feeds import IN_GROUP, LIMITS, EngageFeeds, Told, refusal
from workbench.sync.engage.graph import EngageGraph
from workbench.sync.engage.members import REFUSALS, EngageMembers, Standing
from workbench.sync.engage.messages import PAGE_SIZE, Feed
from workbench.sync.engage.overview import FOLLOWING, NOWHERE, EngageOverview
from workbench.sync.engage.position import Gap, Position
from workbench.sync.engage.posting import EngagePosts
from workbench.sync.file_door import FetchedFile, FileDoor
from workbench.sync.pace import Limit
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import CommunityRecord, Record
from workbench.sync.seat import Seat

YAMMER: Final = "https://www.yammer.com/api/v1"
GRAPH: Final = "https://graph.microsoft.com/v1.0"
WEB: Final = "https://www.yammer.com"
LIKED_PAGES: Final = 1
CHECKED: Final = 100
SINGLES: Final = 40

GRAPH_LIMITS: Final = (Limit("graph", 20, 10.0),)

MESSAGES: Final = Stream("messages", "Messages", Stage.FIRST)
MEMBERS: Final = Stream("members", "Members", Stage.MEMBERS)
LIKES: Final = Stream("likes", "Likes", Stage.EXTRAS)


class VivaEngageConnector:
    """One account at one network. Construction opens nothing."""

    kind: ClassVar[AccountKind] = AccountKind.VIVA_ENGAGE
    abilities: ClassVar[Abilities] = Abilities(
        edits=True, deletes=True, leavers=True, reactions=True, silent_members=True, mentions=True
    )
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES, MEMBERS, LIKES)
    sends: ClassVar[frozenset[PostKind]] = frozenset(PostKind)
    repeats_safely: ClassVar[frozenset[PostKind]] = frozenset({PostKind.LIKE})

    def __init__(self, seat: Seat) -> None:
        settings = seat.settings
        self._yammer = seat.client(seat.base_url or YAMMER, resource="yammer", limits=LIMITS, refusal=refusal)
        self._entra = seat.client(
            settings.get("graph") or GRAPH, resource="graph", limits=GRAPH_LIMITS, refusal=engage_graph.refusal
        )
        self._files = FileDoor(self._yammer, seat.client)
        self._graph = EngageGraph(self._entra)
        self._feeds = EngageFeeds(self._yammer, everybody=settings.get("everybody") or IN_GROUP)
        self._overview = EngageOverview(self._feeds, path=settings.get("overview") or FOLLOWING)
        self._members = EngageMembers(self._yammer, self._graph)
        self._posts = EngagePosts(self._yammer, web=settings.get("web") or WEB)
        self._only_mine = settings.get("communities") != "all"
        self._oldest = seat.reach.oldest
        self._days: dict[str, str] = {}
        self._begun: set[str] = set()
        self._refused: SignInError | SkipStreamError | None = None

    def communities(self) -> Iterable[CommunityRecord]:
        """Yammer's groups, the last to say something first; if Yammer refuses, Graph's, without marks and counts."""
        try:
            listed = list(self._feeds.communities(only_mine=self._only_mine))
            yield from sorted(listed, key=lambda record: -self._feeds.told(record.remote_id).last)
        except REFUSALS as error:
            try:
                found = list(self._graph.communities())
            except REFUSALS:
                raise error from None
            self._refused = error
            for item in found:
                yield CommunityRecord(item.number or item.id, item.name, item.description)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """What is new since the cursor; messages go on backwards from there, as far as is wanted."""
        told = self._feeds.told(community)
        if stream == MEMBERS:
            has_addresses = self._feeds.has_addresses
            for batch in self._members.pull(
                community, name=told.name, count=told.members, has_addresses=has_addresses, since=since
            ):
                yield self._counted(batch)
            return
        self._require_yammer()
        yield from self._messages(community, since, told) if stream == MESSAGES else self._likes(community, since)

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """The newest messages again with likes and words, what is missing among them one by one, then all members."""
        self._require_yammer()
        wanted = {int(number) for number in held.newest(CHECKED) if number.isdigit()}
        seen: set[int] = set()
        updates: dict[int, int] = {}
        for feed in self._feeds.newest(community, pages=len(wanted) // PAGE_SIZE + 1):
            seen |= set(feed.ids)
            updates |= feed.updates
            yield self._batch(feed.records, feed=feed)
        missing = sorted((number for number in wanted - seen if seen and number > min(seen)), reverse=True)
        for number in missing[:SINGLES]:  # pages leave messages out, so that only its own address tells
            yield self._batch(self._feeds.single(community, number))
        counts = held.threads(str(thread) for thread in updates)
        for thread, count in updates.items():
            if thread in seen and counts.get(str(thread), 0) < count:
                for feed in self._feeds.thread(community, thread):
                    yield self._batch(feed.records, feed=feed)
        told = self._feeds.told(community)
        standing = Standing(group=self._members.find_group(community, told.name))
        for batch in self._members.whole(
            community, standing, count=told.members, has_addresses=self._feeds.has_addresses
        ):
            yield replace(self._counted(batch), cursor=None)

    def file(self, address: str, *, most: int, may_leave: bool = False) -> FetchedFile:
        """See `FileDoor`."""
        return self._files.fetch(address, most=most, may_leave=may_leave)

    def send(self, posting: Posting) -> Sent:
        """Hands it over, once."""
        return self._posts.send(posting)

    def find(self, posting: Posting) -> Sent | None:
        """Looks for it among our own posts, by its words."""
        return self._posts.find(posting)

    def link(self, posting: Posting) -> str | None:
        """The thread's page."""
        return self._posts.link(posting)

    def _require_yammer(self) -> None:
        if self._refused is not None:
            message = "Yammer refuses this account, so messages and likes cannot be read; members still can"
            raise ForbiddenError(message) from self._refused

    def _messages(self, community: str, since: Cursor | None, told: Told) -> Iterator[Batch]:
        position = Position.of(since)
        is_top = False
        if told.on is not None and told.messages == position.told is not None and told.last <= position.high:
            is_top = True  # the communities page says so already
            position.reached_top(told.on, told=told.messages)
            self._days[community] = told.on.isoformat()
            yield self._at(position, told=told)
        else:
            yield from self._first(community, position, told)
        while not is_top:
            held = position.high
            feed = self._feeds.page(community, {"newer_than": str(position.anchor)} if position.anchor else {})
            is_news = position.looked(feed)
            # Of many newer ones the newest twenty may come or the oldest: what lies next to them tells.
            goes_on = len(feed.ids) >= PAGE_SIZE or position.high < told.last
            is_top = not held or not is_news or not goes_on
            if is_top:
                position.reached_top(feed.today, told=told.messages)
            if not held:
                self._begun.add(community)
            self._days[community] = feed.today.isoformat()
            yield self._at(position, feed=feed, told=told)
            if not is_top and position.is_apart(held) and position.high >= told.last:
                batch, is_top = self._below_news(community, position, told, on=feed.today)
                yield batch
        while True:
            thread = position.unwhole()
            if thread is not None:
                yield from self._mended(community, thread, position, told)
            elif position.gaps and not self._is_far(position.gaps[0]):
                yield self._below(community, position, told)
            else:
                return

    def _first(self, community: str, position: Position, told: Told) -> Iterator[Batch]:
        """What the overview has of it, which promises nothing; its own pages wait if that was its newest.

        So do those of a community in which nobody spoke for long: the others come first, at so few calls a minute.
        """
        fresh = 0 if told.messages is None else told.messages - (position.told or 0)
        if told.on is None or (position.high and fresh <= PAGE_SIZE):
            return  # its first page shows all of it
        records = self._overview.of(community, since=position.high)
        is_shown, note = self._overview.shows(community), self._overview.take_note()
        if records or is_shown or note or told.is_quiet:
            progress = Progress(position.read, "messages", total=told.messages, fraction=0.0)
            then = Stage.NEWS if is_shown or told.is_quiet else Stage.FIRST
            yield replace(self._batch(records), progress=progress, then=then, note=note)

    def _below_news(self, community: str, position: Position, told: Told, *, on: date) -> tuple[Batch, bool]:
        """The page below a full one of news, and whether that one was the newest when it was read `on` that day.

        Below the oldest twenty of many newer ones lies nothing new.
        """
        read = position.read
        feed = self._feeds.below(community, position.gaps[0].ceiling, floor=position.gaps[0].floor)
        position.filled(feed)
        is_top = position.read > read
        if is_top:
            position.reached_top(on, told=told.messages)
        return self._at(position, feed=feed, told=told), is_top

    def _below(self, community: str, position: Position, told: Told) -> Batch:
        """The next page of the newest gap; the one behind it is begun, unless something else comes first."""
        is_history = not position.gaps[0].floor
        feed = self._feeds.below(community, position.gaps[0].ceiling, floor=position.gaps[0].floor)
        position.filled(feed)
        if is_history and position.unwhole() is None and position.gaps and not self._is_far(position.gaps[0]):
            self._feeds.begin(community, {"older_than": str(position.gaps[0].ceiling)})
        return self._at(position, feed=feed, told=told)

    def _mended(self, community: str, thread: int, position: Position, told: Told) -> Iterator[Batch]:
        """A thread of which pages left something out, read by itself."""
        updates = None
        try:
            for feed in self._feeds.thread(community, thread):
                updates = feed.updates.get(thread) if updates is None else updates
                yield self._batch(feed.records, feed=feed)
        except (NotFoundError, ForbiddenError):
            updates = None  # gone meanwhile, or not for us: what the pages showed is all there is
        position.close(thread, updates)
        yield self._at(position, told=told)

    def _likes(self, community: str, since: Cursor | None) -> Iterator[Batch]:
        """The newest page again, once a day: likes and edits on it move nothing else."""
        today = self._days.get(community)
        is_read = since is None and community in self._begun  # all of it came just now
        if today is not None and (is_read or since == _liked_on(today)):
            yield Batch((), _liked_on(today), then=Stage.EXTRAS)
            return
        for feed in self._feeds.newest(community, pages=LIKED_PAGES):
            today = feed.today.isoformat()
            yield replace(self._batch(feed.records, feed=feed), then=Stage.EXTRAS)
        yield Batch((), _liked_on(today or ""), then=Stage.EXTRAS)

    def _is_far(self, gap: Gap) -> bool:
        """Whether what lies in the gap is older than what is wanted; news never is."""
        return not gap.floor and self._oldest is not None and gap.day < self._oldest

    def _at(self, position: Position, *, told: Told, feed: Feed | None = None) -> Batch:
        """What a page brought, with where the reading stands after it."""
        is_news = position.unwhole() is not None or (bool(position.gaps) and bool(position.gaps[0].floor))
        is_over = not is_news and (not position.gaps or self._is_far(position.gaps[0]))
        total = max(told.messages, position.read) if told.messages else None
        fraction = 1.0 if is_over else None if total is None else min(0.99, position.read / total)
        return replace(
            self._batch(() if feed is None else feed.records, feed=feed),
            cursor=position.cursor(),
            covered=position.covered(),
            progress=Progress(position.read, "messages", total=total, fraction=fraction),
            censuses=(),  # of what was just read for the first time there is nothing to take back
            then=Stage.NEWS if is_news else Stage.HISTORY,
            is_from_start=True if is_over and not position.gaps else None,
        )

    def _batch(self, records: Iterable[Record], *, feed: Feed | None = None) -> Batch:
        rejected, likes = ((), ()) if feed is None else (feed.rejected, feed.likes)
        return self._counted(Batch(tuple(records), rejected=rejected, censuses=likes))

    def _counted(self, batch: Batch) -> Batch:
        """The batch with what went over both wires since the one before."""
        spent = (self._yammer.take_traffic(), self._entra.take_traffic())
        return replace(
            batch,
            bytes_in=sum(traffic.bytes_in for traffic in spent),
            bytes_out=sum(traffic.bytes_out for traffic in spent),
            requests=sum(traffic.requests for traffic in spent),
        )


def _liked_on(day: str) -> Cursor:
    return Cursor(json.dumps({"version": 1, "day": day}))


_SETTINGS: Final = (
    Setting(
        "client_id",
        "Application ID",
        hint="The registered application, as a number with hyphens. Your Microsoft 365 administrators know it.",
    ),
    Setting(
        "tenant",
        "Organisation",
        hint="The domain your organisation signs in with, such as example.org.",
        default="organizations",
    ),
    Setting("login", "Address of the sign-in", SettingKind.ADDRESS, default="https://login.microsoftonline.com"),
    Setting(
        "yammer_scope",
        "Permission for Yammer",
        SettingKind.CHOICE,
        hint="Which one is right depends on how the application was registered.",
        default="https://api.yammer.com/.default",
        choices=(
            ("https://api.yammer.com/.default", "Whatever was agreed to"),
            ("https://api.yammer.com/user_impersonation", "user_impersonation"),
            ("https://www.yammer.com/access_as_user", "access_as_user"),
        ),
    ),
    Setting(
        "graph_scopes",
        "Permissions for Microsoft Graph",
        default="https://graph.microsoft.com/Community.Read.All https://graph.microsoft.com/GroupMember.Read.All"
        " https://graph.microsoft.com/User.ReadBasic.All",
    ),
)
_FACTS: Final = {
    "authority": "{login}/{tenant}",
    "scopes yammer": "{yammer_scope}",
    "scopes graph": "{graph_scopes}",
}

PLATFORM: Final = Platform(
    kind=AccountKind.VIVA_ENGAGE,
    calls_per_minute=18,  # ten in thirty-three seconds, as its limit on messages says
    page=(20, 20),
    title="Viva Engage",
    about="Communities, conversations, likes and members of a Microsoft Viva Engage (Yammer) network.",
    abilities=VivaEngageConnector.abilities,
    connect=VivaEngageConnector,
    settings=(
        Setting("address", "Address of Yammer", SettingKind.ADDRESS, default=YAMMER),
        Setting("graph", "Address of Microsoft Graph", SettingKind.ADDRESS, default=GRAPH),
        Setting("web", "Address of its pages", SettingKind.ADDRESS, default=WEB, is_required=False),
        Setting(
            "communities",
            "Communities",
            SettingKind.CHOICE,
            default="mine",
            choices=(("mine", "Those I belong to"), ("all", "All I can see")),
        ),
        Setting(
            "everybody",
            "Where the community of everybody is read",
            SettingKind.CHOICE,
            hint="In some networks it has no pages of its own.",
            default=IN_GROUP,
            choices=(
                (IN_GROUP, "Like every other community"),
                ("messages/general.json", "General messages"),
                ("messages.json", "All messages"),
            ),
        ),
        Setting(
            "overview",
            "Where the newest of all communities is read",
            SettingKind.CHOICE,
            hint="A few pages that make the first screen; every community is read by itself as well.",
            default=FOLLOWING,
            choices=(
                (FOLLOWING, "What I follow"),
                ("messages/my_feed.json", "My feed"),
                ("messages.json", "All public messages"),
                (NOWHERE, "Nowhere"),
            ),
        ),
    ),
    sign_in=(
        SignInWay(
            SignInKind.MICROSOFT,
            "Microsoft, in the browser",
            about="Opens your organisation's sign-in page. The first time, an administrator may have to agree.",
            settings=_SETTINGS,
            facts=_FACTS,
        ),
        SignInWay(
            SignInKind.MICROSOFT_CODE,
            "Microsoft, with a code",
            about="Shows a code to type on another device. Some organisations do not allow it.",
            settings=_SETTINGS,
            facts=_FACTS,
        ),
    ),
    cannot=(
        "Viva Engage leaves some messages out of what it shows to programs, above all in long conversations.",
        "Deleted messages are found by the check for completeness only, which looks at the newest hundred messages.",
        "New likes and edits are seen on the newest messages only.",
        "Of many likes on one message only the first names are shown, and never when a like was given.",
        "Of reactions only likes are shown, and not which kind somebody chose.",
        "It does not say when a member joined or left a community; the day it was noticed stands for it.",
        "Private messages are not kept.",
    ),
)
