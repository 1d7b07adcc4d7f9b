"""The platforms of the rig: how each is reached, and what a mirror of it has to hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from typing_extensions import override

from tests.platforms import (
    discourse,
    google_analytics,
    hcl_connections,
    hcl_shapes,
    hyperkitty,
    hyperkitty_shapes,
    open_social,
    open_social_shapes,
    viva_engage,
)
from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import Said
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import SignInKind

PORT = 18_080
MAIL_PORT = 18_025


@dataclass(frozen=True, slots=True)
class Place:
    """One platform. `messages` says what stands there for who reads with our account: {community: {message: said}}.

    `renews`: requests are signed by a bearer token that is renewed; else by one key. A check reads again what was said in
    the last `looks_back_days` (None: all). Without `tells_edits`
    words that changed under the same stamp are not seen. Of answers to the paths `unread` only the status counts, or
    an item of the outbox says that they were broken, or a broken one is left out because others bring the same. Messages whose ids begin with `seen_later` are read a few times a
    day only, which its connector says. `folder` lies behind its address. What was removed there stays here if it
    `keeps_removed`, and answers go out by mail if it `takes_mail`. Of a web site `views` says how often it was seen:
    {community: {day: views}}.
    """

    key: str
    kind: AccountKind
    stand_in: type[StandIn]
    way: SignInKind
    messages: Callable[[StandIn], Mapping[str, Mapping[str, Said]]]
    renews: bool
    looks_back_days: int | None = None
    tells_edits: bool = True
    seen_later: str = ""
    unread: frozenset[str] = frozenset()
    folder: str = ""
    keeps_removed: bool = False
    takes_mail: bool = False
    views: Callable[[StandIn], Mapping[str, Mapping[date, int]]] | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    switches: Mapping[str, object] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Where the stand-in answers."""
        return f"http://127.0.0.1:{PORT}"


def _forum(platform: StandIn) -> dict[str, dict[str, Said]]:
    assert isinstance(platform, discourse.Discourse)
    shelf = platform.shelf
    shelf.fill()
    found: dict[str, dict[str, Said]] = {f"category-{number}": {} for number in platform.world.groups}
    for topic in shelf.topics:
        if platform._is_visible(topic):
            for said in shelf.standing(topic):
                found[f"category-{said.group}"][f"{topic}.{shelf.place[said.id][1]}"] = said
    return found


class TopicsOnly(discourse.Discourse):
    """A forum that shows nobody the list of all its posts: what is new is told by when a topic was bumped."""

    @override
    def answer(self, asked: Asked) -> Told:
        if asked.method == "GET" and asked.path == "/posts.json":
            return told({"errors": ["Words for people"], "error_type": "invalid_access"}, status=403)
        return super().answer(asked)


def _site(platform: StandIn) -> dict[str, dict[str, Said]]:
    assert isinstance(platform, hcl_connections.HclConnections)

    def name(said: Said) -> str:
        if said.root not in platform.blogged:
            return f"forum:{hcl_shapes.post_id(said.id)}"
        return f"blogs:{'entry' if said.parent is None else 'comment'}-{hcl_shapes.post_id(said.id)}"

    return {
        hcl_shapes.community_id(group): {name(said): said for said in platform.world.shown(group)}
        for group in platform.world.groups
    }


def _drupal(platform: StandIn) -> dict[str, dict[str, Said]]:
    assert isinstance(platform, open_social.OpenSocial)
    found: dict[str, dict[str, Said]] = {
        f"flexible_group:{group}:{open_social_shapes.uuid_of('group', group)}": {} for group in platform.world.groups
    }
    keys = dict(zip(platform.world.groups, found, strict=True))
    for said in platform.standing():
        if said.root not in platform.loose and (said.shown_from is None or said.shown_from <= platform.world.now):
            kind = "topic" if said.parent is None else "comment"
            found[keys[said.group]][f"{kind}:{said.id}:{open_social_shapes.uuid_of_said(said)}"] = said
    return found


def _network(platform: StandIn) -> dict[str, dict[str, Said]]:
    return {
        str(viva_engage.group_id(group)): {
            str(viva_engage.message_id(said.id)): said for said in platform.world.shown(group)
        }
        for group in platform.world.groups
    }


def _lists(platform: StandIn) -> dict[str, dict[str, Said]]:
    """The lists that are shown to everybody. A mail stays as it arrived, whatever is done to it later."""
    assert isinstance(platform, hyperkitty.Hyperkitty)
    shelf = platform.shelf
    shelf.fill()
    return {
        archive.address: {mail.message_id: replace(mail.said, text=mail.text) for mail in archive.mails}
        for archive in shelf.archives.values()
        if not archive.group.is_hidden
    }


def _property(platform: StandIn) -> dict[str, dict[str, Said]]:
    _ = platform
    return {google_analytics.PROPERTY: {}}


def _views(platform: StandIn) -> dict[str, dict[date, int]]:
    """Of days whose numbers Google does not change any more."""
    assert isinstance(platform, google_analytics.GoogleAnalytics)
    found: dict[date, int] = {}
    for (day, _, _), seen in platform.seen.items():
        if (platform.today - day).days > google_analytics.CHANGING:
            found[day] = found.get(day, 0) + seen.views
    return {google_analytics.PROPERTY: found}


PLACES: dict[str, Place] = {
    place.key: place
    for place in (
        Place(
            "discourse",
            AccountKind.DISCOURSE,
            discourse.Discourse,
            SignInKind.USER_API_KEY,
            _forum,
            renews=False,
            looks_back_days=30,
            unread=frozenset({"/session/current.json"}),
        ),
        Place(
            "discourse-topics",
            AccountKind.DISCOURSE,
            TopicsOnly,
            SignInKind.USER_API_KEY,
            _forum,
            renews=False,
            looks_back_days=30,
            unread=frozenset({"/session/current.json"}),
        ),
        Place(
            "viva-engage",
            AccountKind.VIVA_ENGAGE,
            viva_engage.VivaEngage,
            SignInKind.MICROSOFT,
            _network,
            renews=True,
            unread=frozenset({"/api/v1/messages/received.json", "/api/v1/messages/following.json"}),
            folder="/api/v1",
            settings={"graph": f"http://127.0.0.1:{PORT}/v1.0", "web": "https://engage.example.org"},
        ),
        Place(
            "hcl-connections",
            AccountKind.HCL_CONNECTIONS,
            hcl_connections.HclConnections,
            SignInKind.OAUTH,
            _site,
            renews=True,
            looks_back_days=30,
            tells_edits=False,
            seen_later="blogs:",
            settings={"client_id": "rig"},
            switches={"oauth": True},
        ),
        Place(
            "open-social",
            AccountKind.OPEN_SOCIAL,
            open_social.OpenSocial,
            SignInKind.OAUTH,
            _drupal,
            renews=True,
            tells_edits=False,
            unread=frozenset({"/jsonapi/taxonomy_term/topic_types"}),
            switches={"auto_group": True},
        ),
        Place(
            "hyperkitty",
            AccountKind.HYPERKITTY,
            hyperkitty.Hyperkitty,
            SignInKind.NOTHING,
            _lists,
            renews=False,
            folder=hyperkitty_shapes.ROOT,
            keeps_removed=True,
            takes_mail=True,
            settings={"smtp_host": "127.0.0.1", "smtp_port": str(MAIL_PORT), "smtp_security": "none"},
        ),
        Place(
            "google-analytics",
            AccountKind.GOOGLE_ANALYTICS,
            google_analytics.GoogleAnalytics,
            SignInKind.SERVICE_KEY,
            _property,
            renews=True,
            views=_views,
            settings={"property": google_analytics.PROPERTY, "name": "Our site"},
        ),
    )
}
