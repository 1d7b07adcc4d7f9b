"""Discourse: categories with their topics, answers and likes; groups and the directory with their people."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, Final
from urllib.parse import quote

from workbench.errors import BadInputError, NotFoundError, SkipStreamError
from workbench.models.kinds import AccountKind, PostKind
from workbench.sync.connector import Abilities, Batch, Cursor, Held, Stage, Stream
from workbench.sync.discourse.check import CategoryCheck
from workbench.sync.discourse.forum import Forum, refusal
from workbench.sync.discourse.people import begin_groups, everybody, group_members, groups
from workbench.sync.discourse.place import Place
from workbench.sync.discourse.sending import Sending
from workbench.sync.discourse.shapes import CATEGORY, EVERYBODY, GROUP
from workbench.sync.discourse.walk import CategoryPull
from workbench.sync.file_door import FetchedFile, FileDoor
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.pace import Limit
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Seat

MINUTE: Final = 60.0
DAY: Final = 86_400.0
CALLS_PER_MINUTE: Final = 18
CALLS_PER_DAY: Final = 2_800
LIKES_PER_RUN: Final = 40
"""Requests; each tells who likes one post."""


class DiscourseConnector:
    """Reads a forum with a member's key, or what it shows to everybody."""

    kind: ClassVar[AccountKind] = AccountKind.DISCOURSE
    abilities: ClassVar[Abilities] = Abilities(
        edits=True,
        deletes=True,
        leavers=True,
        join_dates=True,
        reactions=True,
        silent_members=True,
        mentions=True,
        accepted_answers=True,
    )
    streams: ClassVar[tuple[Stream, ...]] = (Stream("forum", "Posts and people"),)
    sends: ClassVar[frozenset[PostKind]] = frozenset(PostKind)
    repeats_safely: ClassVar[frozenset[PostKind]] = frozenset((PostKind.LIKE,))

    def __init__(self, seat: Seat) -> None:
        limits = (
            Limit("minute", max(1, _number(seat, "calls_per_minute", CALLS_PER_MINUTE)), MINUTE),
            Limit("day", max(1, _number(seat, "calls_per_day", CALLS_PER_DAY)), DAY),
        )
        self._root = seat.base_url.rstrip("/") + "/"
        client = seat.client(self._root, limits=limits, refusal=refusal)
        self._forum, self._files = Forum(client), FileDoor(client, seat.client)
        self._sending = Sending(self._forum, root=self._root)
        self._oldest = seat.reach.oldest
        self._likes = 0 if seat.reach.is_text_only else _number(seat, "likes_per_run", LIKES_PER_RUN)
        self._has_people = seat.settings.get("people", "yes") != "no"

    def communities(self) -> Iterable[CommunityRecord]:
        """The categories; then, unless that is switched off, the groups and everybody as the directory has them.

        None has a mark: the counts of categories are renewed by the forum when it pleases.
        """
        if self._has_people:
            begin_groups(self._forum)
        for category in self._forum.categories().values():
            yield CommunityRecord(
                remote_id=f"{CATEGORY}{category.id}",
                name=category.name,
                description=html_text(clean_html(category.description)),
                url=f"{self._root}c/{category.slug}/{category.id}",
                messages=category.posts,
            )
        if self._has_people:
            yield from self._groups()
            yield CommunityRecord(EVERYBODY, "Everybody (directory)", url=f"{self._root}u", messages=0, is_mine=False)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Of a category its posts and who likes them; of a group, or everybody, the people."""
        _ = stream  # there is only one, whose parts follow one another
        if community.startswith(CATEGORY):
            pull = CategoryPull(self._forum, _category(community), oldest=self._oldest, likes=self._likes)
            yield from pull.run(Place.of(since))
            return
        yield Batch((), then=Stage.MEMBERS)
        if community == EVERYBODY:
            yield from everybody(self._forum, since)
        else:
            yield from group_members(self._forum, _group(community), since)

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """Topics whose counts differ or that had something new this month, read whole; people, always whole."""
        if community.startswith(CATEGORY):
            yield from CategoryCheck(self._forum, _category(community), likes=self._likes).run(held)
        elif community == EVERYBODY:
            yield from _without_cursors(everybody(self._forum, None))
        else:
            yield from _without_cursors(group_members(self._forum, _group(community), None))

    def file(self, address: str, *, most: int, may_leave: bool = False) -> FetchedFile:
        """See `FileDoor`."""
        return self._files.fetch(address, most=most, may_leave=may_leave)

    def send(self, posting: Posting) -> Sent:
        """See `Sending`."""
        return self._sending.send(posting)

    def find(self, posting: Posting) -> Sent | None:
        """See `Sending`."""
        return self._sending.find(posting)

    def link(self, posting: Posting) -> str | None:
        """See `Sending`."""
        return self._sending.link(posting)

    def _groups(self) -> Iterator[CommunityRecord]:
        try:
            yield from groups(self._forum, root=self._root)
        except SkipStreamError:
            return  # a forum may keep its list of groups to itself; its categories are there all the same


def _without_cursors(batches: Iterator[Batch]) -> Iterator[Batch]:
    return (replace(batch, cursor=None) for batch in batches)


def _category(community: str) -> int:
    number = community.removeprefix(CATEGORY)
    if not (number.isascii() and number.isdigit()):
        raise NotFoundError
    return int(number)


def _group(community: str) -> str:
    name = community.removeprefix(GROUP)
    if name == community:
        raise NotFoundError
    return quote(name, safe="")


def _number(seat: Seat, name: str, default: int) -> int:
    text = seat.settings.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        message = "a setting of this account is not a number"
        raise BadInputError(message, setting=name)
    return int(text)


PLATFORM: Final = Platform(
    kind=AccountKind.DISCOURSE,
    calls_per_minute=CALLS_PER_MINUTE,
    title="Discourse",
    about=(
        "A Discourse forum: its categories with topics, answers and likes. A group is a community of people only; what"
        " they write stands in the categories."
    ),
    abilities=DiscourseConnector.abilities,
    connect=DiscourseConnector,
    settings=(
        Setting(
            "address",
            "Address of the forum",
            SettingKind.ADDRESS,
            hint="Such as https://forum.example.org, with the folder if it lies in one",
        ),
        Setting(
            "people",
            "Groups and the directory",
            SettingKind.SWITCH,
            hint="Offers groups as communities of people. Switched off, each look at the forum costs one request less.",
            default="yes",
            is_required=False,
        ),
        Setting(
            "likes_per_run",
            "Posts to ask for likes at a time",
            SettingKind.NUMBER,
            hint="Who likes a post costs one request for each post; 0 asks for none.",
            default=str(LIKES_PER_RUN),
            is_required=False,
        ),
        Setting(
            "calls_per_minute",
            "Requests a minute",
            SettingKind.NUMBER,
            hint="A forum allows a member's key 20 unless its administrator changed that.",
            default=str(CALLS_PER_MINUTE),
            is_required=False,
        ),
        Setting(
            "calls_per_day",
            "Requests a day",
            SettingKind.NUMBER,
            hint="A forum allows a member's key 2,880 unless its administrator changed that.",
            default=str(CALLS_PER_DAY),
            is_required=False,
        ),
    ),
    sign_in=(
        SignInWay(
            SignInKind.USER_API_KEY,
            "A key of your own",
            about="The forum asks you in the browser whether this program may read and write for you.",
            facts={"scopes": "read write"},
        ),
        SignInWay(SignInKind.NOTHING, "No sign-in", about="What the forum shows to everybody; nothing can be sent."),
    ),
    cannot=(
        "Who is in a category is not shown; who wrote there is.",
        "Edits, deletions, later likes and notices of moderators are found by the check for completeness only.",
        "A deleted topic is mostly answered like one closed to this account: what is here of it stays.",
        "When a like was given is not shown; the day of the post stands for it.",
        "Reactions are read where the forum counts them as likes; which one somebody chose is not kept.",
        "Whom a post mentions is told only where the forum lets people show a status.",
        "The directory ends after 550 people.",
        "Who left a group, and when, is noticed when the list of its members changes.",
        "How often a post was read, whispers of the staff and private messages are not read.",
    ),
)
