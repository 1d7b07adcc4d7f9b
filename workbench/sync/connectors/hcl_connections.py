"""HCL Connections: communities with their members, forums and blogs, by the Atom interface of each application.

Nothing on a community says that something was written in it, so that every look asks each forum once. What moves
nothing, such as an edited or deleted reply, is found by the check.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, Final

from workbench.models.kinds import AccountKind, PostKind
from workbench.sync.connector import Abilities, Batch, Cursor, Held, Stage, Stream
from workbench.sync.hcl.check import CommunityCheck
from workbench.sync.hcl.members import Members
from workbench.sync.hcl.messages import MessagesPull
from workbench.sync.hcl.posting import HclPosts
from workbench.sync.hcl.site import HclSite, refusal
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Seat

MESSAGES: Final = Stream("messages", "Forums and blogs", Stage.NEWS)
MEMBERS: Final = Stream("members", "Members", Stage.MEMBERS)
OAUTH: Final = "oauth"


class HclConnectionsConnector:
    """One account at one site. Construction opens nothing."""

    kind: ClassVar[AccountKind] = AccountKind.HCL_CONNECTIONS
    abilities: ClassVar[Abilities] = Abilities(
        edits=True, deletes=True, leavers=True, join_dates=True, silent_members=True
    )
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES, MEMBERS)
    sends: ClassVar[frozenset[PostKind]] = frozenset((PostKind.TOPIC, PostKind.REPLY))
    repeats_safely: ClassVar[frozenset[PostKind]] = frozenset()

    def __init__(self, seat: Seat) -> None:
        root = seat.base_url.rstrip("/") + "/"
        is_oauth = bool(seat.settings.get("client_id")) and seat.settings.get("paths", OAUTH) == OAUTH
        self._site = HclSite(seat.client(root, refusal=refusal), is_oauth=is_oauth)
        self._members = Members(self._site)
        self._posts = HclPosts(self._site, root=root)
        self._oldest = seat.reach.oldest
        self._has_blogs = seat.settings.get("blogs", "yes") != "no"

    def communities(self) -> Iterable[CommunityRecord]:
        """The communities this account belongs to; none has a mark."""
        return self._site.mine()

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Messages from the newest down as far as is wanted, or the members where they may have changed."""
        if stream == MEMBERS:
            return self._members.pull(community, since)
        pull = MessagesPull(self._site, community, since, oldest=self._oldest, has_blogs=self._has_blogs)
        return pull.run()

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """All topics against ours, threads that differ or are young anew, blogs whole, then all members."""
        yield from CommunityCheck(self._site, community).run(held, has_blogs=self._has_blogs)
        for batch in self._members.whole(community):
            yield replace(batch, cursor=None, then=Stage.EXTRAS)

    def send(self, posting: Posting) -> Sent:
        """Hands it over, once."""
        return self._posts.send(posting)

    def find(self, posting: Posting) -> Sent | None:
        """Looks for it among our own newest posts, by its words."""
        return self._posts.find(posting)

    def link(self, posting: Posting) -> str | None:
        """The page of the topic."""
        return self._posts.link(posting)


PLATFORM: Final = Platform(
    kind=AccountKind.HCL_CONNECTIONS,
    title="HCL Connections",
    about="Communities of HCL (IBM) Connections with their members, forums and blogs.",
    abilities=HclConnectionsConnector.abilities,
    connect=HclConnectionsConnector,
    settings=(
        Setting(
            "address",
            "Address of the site",
            SettingKind.ADDRESS,
            hint="Such as https://connections.example.org, without a page",
        ),
        Setting(
            "blogs",
            "Blogs of communities",
            SettingKind.SWITCH,
            hint="Read with the forums, every six hours. Switched off, each look costs a little less.",
            default="yes",
            is_required=False,
        ),
    ),
    sign_in=(
        SignInWay(
            SignInKind.BASIC,
            "Name and password",
            about="The same as in the browser. Some sites that sign in elsewhere do not take it.",
            settings=(
                Setting("user", "Name", hint="As you type it when you sign in"),
                Setting("password", "Password", SettingKind.SECRET),
            ),
        ),
        SignInWay(
            SignInKind.OAUTH,
            "In the browser",
            about=(
                "An administrator of the site has to register this program first. The permission ends after six"
                " months; under Settings, Application Access, you can end it yourself."
            ),
            settings=(
                Setting("client_id", "Application ID", hint="As the administrator registered it"),
                Setting("client_secret", "Application secret", SettingKind.SECRET, is_required=False),
                Setting(
                    "paths",
                    "Addresses",
                    SettingKind.CHOICE,
                    hint="Hosted sites may want those without a folder.",
                    default=OAUTH,
                    choices=((OAUTH, "In a folder for programs"), ("plain", "The same as with a password")),
                    is_required=False,
                ),
            ),
            facts={
                "authorize": "{address}/oauth2/endpoint/connectionsProvider/authorize",
                "token": "{address}/oauth2/endpoint/connectionsProvider/token",
            },
        ),
    ),
    cannot=(
        "Edited and deleted replies are found by the check for completeness only.",
        "A deleted topic is answered like one closed to this account: what is here of it stays.",
        "Who likes something, and how often a page was read, is not read.",
        "New comments in blogs are seen every six hours.",
        "When somebody left a community is not told; the day it was noticed stands for it.",
        "Of groups that are members as a whole the people are not shown.",
        "New topics go to the oldest forum of a community; comments in blogs are written on their own page.",
        "A post that was just made may stay hidden for half a minute.",
    ),
)
