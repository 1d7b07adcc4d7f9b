"""Drupal and Open Social: groups, their topics, comments and members by JSON:API, and sending under keys of our own."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from workbench.errors import BadInputError, NotFoundError
from workbench.models.kinds import AccountKind, PostKind
from workbench.sync.connector import Abilities, Batch, Cursor, Held, Stage, Stream
from workbench.sync.file_door import FetchedFile, FileDoor
from workbench.sync.open_social.check import GroupCheck
from workbench.sync.open_social.members import GroupMembers
from workbench.sync.open_social.position import Position
from workbench.sync.open_social.sending import Sending
from workbench.sync.open_social.shapes import Ref, read_group
from workbench.sync.open_social.site import Site, refusal
from workbench.sync.open_social.walk import GroupWalk
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Seat

MESSAGES: Final = Stream("messages", "Topics and comments", Stage.NEWS)
MEMBERS: Final = Stream("members", "Members", Stage.MEMBERS)

PATH: Final = "jsonapi"
FORMAT: Final = "basic_html"
VISIBILITY: Final = "group"
KINDS: Final = {"topics": ("topic",), "events": ("topic", "event")}
SIGNED: Final = ("user", "client_id")
"""Settings that only an account with a sign-in has."""


class OpenSocialConnector:
    """One account at one site. Construction opens nothing."""

    kind: ClassVar[AccountKind] = AccountKind.OPEN_SOCIAL
    abilities: ClassVar[Abilities] = Abilities(
        edits=True, deletes=True, leavers=True, join_dates=True, silent_members=True
    )
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES, MEMBERS)
    sends: ClassVar[frozenset[PostKind]] = frozenset({PostKind.TOPIC, PostKind.REPLY})
    repeats_safely: ClassVar[frozenset[PostKind]] = sends

    def __init__(self, seat: Seat) -> None:
        settings = seat.settings
        self._root = seat.base_url.rstrip("/") + "/"
        client = seat.client(self._root, refusal=refusal)
        self._files = FileDoor(client, seat.client)
        self._site = Site(
            client,
            clock=seat.clock,
            path=settings.get("path") or PATH,
            wants_me=any(settings.get(name) for name in SIGNED),
        )
        self._kinds = KINDS.get(settings.get("reads", ""), KINDS["topics"])
        self._oldest = seat.reach.oldest
        self._sending = Sending(
            self._site,
            root=self._root,
            text_format=settings.get("format") or FORMAT,
            visibility=settings.get("visibility") or VISIBILITY,
            topic_type=settings.get("topic_type") or "",
        )

    def communities(self) -> Iterable[CommunityRecord]:
        """The groups this account may see; the site keeps neither marks nor counts of them."""
        for page in self._site.groups():
            found = (read_group(row, root=self._root) for row in page.rows)
            yield from (group for group in found if group is not None)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Topics and comments, or members, since the cursor."""
        self._site.begin()
        group = _group(community)
        if stream == MEMBERS:
            yield from GroupMembers(self._site, group).pull(since)
        else:
            walk = GroupWalk(self._site, group, kinds=self._kinds, oldest=self._oldest)
            yield from walk.run(Position.of(since))

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """Every message by when it was last saved, what is missing one by one, then all members."""
        self._site.begin()
        yield from GroupCheck(self._site, _group(community), kinds=self._kinds, oldest=self._oldest).run(held)

    def file(self, address: str, *, most: int, may_leave: bool = False) -> FetchedFile:
        """A file of a topic or event; see `FileDoor.fetch`."""
        return self._files.fetch(address, most=most, may_leave=may_leave)

    def send(self, posting: Posting) -> Sent:
        """Hands it over; a second time it is known to be there."""
        if posting.kind not in self.sends:
            message = "likes cannot be sent to this platform"
            raise BadInputError(message)
        return self._sending.send(posting)

    def find(self, posting: Posting) -> Sent | None:
        """Asks for it by its key."""
        return self._sending.find(posting)

    def link(self, posting: Posting) -> str | None:
        """The page of the topic or group."""
        return self._sending.link(posting)


def _group(community: str) -> Ref:
    group = Ref.of(community)
    if group is None:
        message = "this is no group of the site"
        raise NotFoundError(message)
    return group


PLATFORM: Final = Platform(
    kind=AccountKind.OPEN_SOCIAL,
    title="Drupal or Open Social",
    about="Groups of an Open Social site (or of Drupal with groups): topics, comments and members.",
    abilities=OpenSocialConnector.abilities,
    connect=OpenSocialConnector,
    settings=(
        Setting(
            "address",
            "Address of the site",
            SettingKind.ADDRESS,
            hint="As in the browser, without a language such as /en. JSON:API has to be switched on there.",
        ),
        Setting("path", "Path of JSON:API", hint="Only if the site has moved it.", default=PATH, is_required=False),
        Setting(
            "reads",
            "What is read",
            SettingKind.CHOICE,
            default="topics",
            choices=(("topics", "Topics and their comments"), ("events", "Events too, with their comments")),
        ),
        Setting(
            "visibility",
            "Who may see topics sent from here",
            SettingKind.CHOICE,
            default=VISIBILITY,
            choices=(("group", "The group"), ("community", "Everybody signed in"), ("public", "Everybody")),
        ),
        Setting(
            "topic_type",
            "Kind of topic sent from here",
            hint="As the site names it, such as Discussion; empty for its first one.",
            is_required=False,
        ),
        Setting("format", "Text format", default=FORMAT, is_required=False),
    ),
    sign_in=(
        SignInWay(
            SignInKind.BASIC,
            "Name and password",
            about="The site must allow it (the module HTTP Basic Authentication).",
            settings=(
                Setting("user", "User name"),
                Setting("password", "Password", SettingKind.SECRET),
            ),
        ),
        SignInWay(
            SignInKind.OAUTH,
            "In the browser",
            about="The site's administrators register this program (the module Simple OAuth) and tell you as what.",
            settings=(
                Setting("client_id", "Client identifier"),
                Setting("client_secret", "Client secret", SettingKind.SECRET, is_required=False),
            ),
            facts={"authorize": "{address}/oauth/authorize", "token": "{address}/oauth/token"},
        ),
        SignInWay(SignInKind.NOTHING, "No sign-in", about="Reads what the site shows to everybody."),
    ),
    cannot=(
        "Posts of the stream, private messages, likes and page views are not read.",
        "Files of topics and events are shown; comments have none, and some sites give out files in the browser only.",
        "Deleted messages are found by the check for completeness only.",
        "Messages that are hidden from this account now are kept, because they are not deleted.",
        "New members are noticed once a day, and who left once a week or by the check for completeness.",
        "The site does not count the messages or members of a group.",
    ),
)
