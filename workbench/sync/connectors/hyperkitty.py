"""HyperKitty: the archive of a Mailman 3 list; summaries tell what is new, export windows bring the messages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, Final

import httpx2

from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind, PostKind
from workbench.sync.api_client import ApiClient
from workbench.sync.archive_address import check_address, site_of
from workbench.sync.connector import Abilities, Batch, Cursor, Held, Stage, Stream
from workbench.sync.hyperkitty import sending as hyperkitty_sending
from workbench.sync.hyperkitty.check import ListCheck
from workbench.sync.hyperkitty.members import CoreRoster, PostoriusRoster, Roster, pull_members
from workbench.sync.hyperkitty.position import Look, Position
from workbench.sync.hyperkitty.probing import probes
from workbench.sync.hyperkitty.sending import ListSending
from workbench.sync.hyperkitty.site import HyperkittySite
from workbench.sync.hyperkitty.walk import ListWalk
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.posting import Posting, Sent
from workbench.sync.probe import Probe
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Reach, Seat
from workbench.sync.signing import Basic
from workbench.sync.web_address import origin_of

MESSAGES: Final = Stream("messages", "Messages")
MEMBERS: Final = Stream("members", "Members", Stage.MEMBERS)


class HyperkittyConnector:
    """Reads the lists of one site. `client` has the archive's root as its base (`site_of`).

    `address` restricts it to one list, which may be one the site does not show in its overview; `has_api` is False
    for sites that block `/api/`: those are followed by export windows alone, and late mail is found when they are
    read again. Without a `seat` it has no settings: it reads all there is and sends nothing.
    """

    kind: ClassVar[AccountKind] = AccountKind.HYPERKITTY
    abilities: ClassVar[Abilities] = Abilities()
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES,)
    sends: ClassVar[frozenset[PostKind]] = frozenset((PostKind.REPLY,))
    repeats_safely: ClassVar[frozenset[PostKind]] = frozenset()

    def __init__(
        self,
        client: ApiClient,
        *,
        root: str,
        address: str | None = None,
        has_api: bool = True,
        seat: Seat | None = None,
        roster: Roster | None = None,
    ) -> None:
        self._site = HyperkittySite(client, root=root, has_api=has_api)
        self._address = None if address is None else check_address(address)
        self._looked: dict[str, Look] = {}
        self._reach = Reach() if seat is None else seat.reach
        self._roster = roster
        self._sending = None if seat is None else ListSending(self._site, seat)

    def communities(self) -> Iterable[CommunityRecord]:
        """The site's public lists, or the one list that was named; that one with its mark, from a single look.

        The site's day is part of the mark, because windows that failed are asked for again as days pass and members
        are read once a day; so is how far back is read.
        """
        if self._address is None:
            yield from self._site.lists()
            return
        record = self._site.named(self._address)
        if self._site.has_api:
            look = self._looked[self._address] = self._site.look(self._address, {"limit": "1"})
            if look.pages:
                newest = "".join(summary.hash for summary in look.summaries[:1])
                mark = f"{look.today} {look.count} {newest} {self._reach.oldest or ''}".rstrip()
                record = replace(record, mark=mark, messages=look.count, told_on=look.today)
        yield record

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """New arrivals first, then what is still missing of the history, newest window first; or the members."""
        address = check_address(community)
        if stream.name == MEMBERS.name and self._roster is not None:
            yield from pull_members(self._roster, address, since, today=self._site.today)
            return
        # One look serves the whole run: the list of communities has asked already.
        is_alone = self._address is not None
        reach = self._reach
        walk = ListWalk(self._site, address, floor=reach.oldest, is_alone=is_alone, file_limit=reach.file_limit)
        yield from walk.run(None if since is None else Position.of(since), look=self._looked.pop(address, None))

    def send(self, posting: Posting) -> Sent:
        """See `ListSending`."""
        return self._poster().send(posting)

    def find(self, posting: Posting) -> Sent | None:
        """See `ListSending`."""
        return self._poster().find(posting)

    def link(self, posting: Posting) -> str | None:
        """See `ListSending`."""
        return self._poster().link(posting)

    def _poster(self) -> ListSending:
        if self._sending is None:
            message = "this account only reads"
            raise BadInputError(message)
        return self._sending


class OwnedHyperkitty(HyperkittyConnector):
    """The same for who may see the members."""

    abilities: ClassVar[Abilities] = Abilities(leavers=True, silent_members=True)
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES, MEMBERS)


class ComparedHyperkitty(HyperkittyConnector):
    """The same for a site that answers questions: what it holds can be compared."""

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """See `ListCheck`."""
        reach = self._reach
        address = check_address(community)
        return ListCheck(self._site, address, floor=reach.oldest, file_limit=reach.file_limit).run(held)


class ComparedOwnedHyperkitty(ComparedHyperkitty, OwnedHyperkitty):
    """Both."""


def _connect(seat: Seat) -> HyperkittyConnector:
    """A connector for the list a person named by the address of its page, or by the archive's and the list's own.

    Refuses (BadInputError) an address for owners that lies elsewhere: the sign-in is one to the archive's site.
    """
    site = site_of(seat.base_url)
    roster = _roster(seat, site.root)
    has_api = seat.settings.get("has_api", "yes") != "no"
    make = (
        (ComparedHyperkitty if roster is None else ComparedOwnedHyperkitty)
        if has_api
        else (HyperkittyConnector if roster is None else OwnedHyperkitty)
    )
    return make(
        seat.client(site.root),
        root=site.root,
        address=seat.settings.get("list") or site.address,
        has_api=has_api,
        seat=seat,
        roster=roster,
    )


def _probe(seat: Seat) -> tuple[Probe, ...]:
    """Tries the archive, the mail server and the members, as far as they are given."""
    site = site_of(seat.base_url)
    connector = _connect(seat)
    return probes(
        seat,
        communities=connector.communities,
        sending=ListSending(HyperkittySite(seat.client(site.root), root=site.root), seat),
        roster=_roster(seat, site.root),
        address=seat.settings.get("list") or site.address,
    )


def _roster(seat: Seat, root: str) -> Roster | None:
    core, pages = seat.settings.get("core", "").strip(), seat.settings.get("postorius", "").strip()
    if core:
        administrator = Basic(seat.settings.get("core_user", "restadmin"), seat.secret("core_password"))
        return CoreRoster(seat.client(core, signer=administrator))
    if not pages:
        return None
    if origin_of(httpx2.URL(pages)) != origin_of(httpx2.URL(root)):
        message = "the pages for list owners have to be on the site of the archive"
        raise BadInputError(message, setting="postorius")
    return PostoriusRoster(seat.client(pages), root=pages)


PLATFORM: Final = Platform(
    kind=AccountKind.HYPERKITTY,
    title="Mailing list",
    about="The archive of a Mailman 3 mailing list (HyperKitty), and answers by mail.",
    abilities=HyperkittyConnector.abilities,
    connect=_connect,
    probe=_probe,
    settings=(
        Setting(
            "address",
            "Archive",
            SettingKind.ADDRESS,
            hint="The web page of the list's archive, such as https://lists.example.org/archives/list/NAME@HOST/",
        ),
        Setting(
            "list",
            "List",
            hint="The address mail is sent to; only if the page does not name it.",
            is_required=False,
        ),
        Setting(
            "has_api",
            "The archive answers questions",
            SettingKind.SWITCH,
            hint="Switch this off for sites that keep /archives/api/ closed.",
            default="yes",
            is_required=False,
        ),
        Setting(
            "postorius",
            "Pages for owners of the list",
            SettingKind.ADDRESS,
            hint="For its members, such as https://lists.example.org/mailman3/; sign in to the site as an owner.",
            is_required=False,
        ),
        Setting(
            "core",
            "List server",
            SettingKind.ADDRESS,
            hint="For its members, where you run the server: such as http://127.0.0.1:8001/3.1/",
            is_required=False,
        ),
        Setting("core_user", "Administrator of the list server", default="restadmin", is_required=False),
        Setting("core_password", "Password of the list server", SettingKind.SECRET, is_required=False),
        *hyperkitty_sending.SETTINGS,
    ),
    sign_in=(
        SignInWay(SignInKind.NOTHING, "No sign-in", about="What the archive shows to everybody."),
        SignInWay(
            SignInKind.SESSION,
            "The site's own sign-in",
            about="For archives that only members may read, and for owners of the list.",
            settings=(
                Setting("user", "Your name or e-mail address there"),
                Setting("password", "Password", SettingKind.SECRET, hint="Asked for at each sign-in, and not kept."),
            ),
        ),
    ),
    cannot=(
        "Who the members are and that they left is shown to owners of the list and administrators of its server only.",
        "When members joined is not shown.",
        "It does not show likes or how often a message was read.",
        "Messages that were removed from the archive are found by the check for completeness only.",
        "What waits for a moderator of the list is not shown, your own answers included.",
    ),
    follows_all=True,
)
