"""An Open Social site for tests, runs over one of its groups, and what a mirror of it holds."""

from pathlib import Path

from tests.platforms.open_social import OpenSocial
from tests.platforms.open_social_shapes import uuid_of, uuid_of_said
from tests.platforms.world import Said, a_world
from tests.sync.connectors.runs import Cursors, apply_once, pull_once
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.queries.held import held_threads, held_versions, newest_held
from workbench.sync.connector import Batch
from workbench.sync.connectors.open_social import MESSAGES, OpenSocialConnector
from workbench.sync.lookups import remote_key
from workbench.sync.records import CommunityRecord

BASE = "https://social.example.org/"
GROUP = 11


def community(group: int = GROUP) -> str:
    return f"flexible_group:{group}:{uuid_of('group', group)}"


COMMUNITY = community()


def a_site(*, messages: int = 70, people: int = 12, groups: int = 1, **switches) -> OpenSocial:
    return OpenSocial(a_world(messages=messages, people=people, groups=groups), **switches)


def connector(platform: OpenSocial, *, user: str = "amina", **options) -> OpenSocialConnector:
    return OpenSocialConnector(a_seat(platform, base_url=BASE, user=user, **options))


def pulled(platform: OpenSocial, cursors: Cursors | None = None, *, group: str = COMMUNITY, **options) -> list[Batch]:
    """One run over a group; moves the cursors."""
    return pull_once(connector(platform, **options), group, cursors)


def remote_id(said: Said) -> str:
    return f"{'topic' if said.parent is None else 'comment'}:{said.id}:{uuid_of_said(said)}"


def visible(platform: OpenSocial, group: int = GROUP) -> list[Said]:
    """What this account can see of a group."""
    hide = platform.switches.get("hide", 0)

    def is_seen(said: Said) -> bool:
        return said.id not in platform.hidden | platform.held and said.id * 37 % 100 >= hide

    world = platform.world
    return [
        said
        for said in platform.standing()
        if said.group == group and is_seen(said) and is_seen(world.said[said.root]) and said.root not in platform.loose
    ]


def expected(platform: OpenSocial, group: int = GROUP) -> set[str]:
    return {remote_id(said) for said in visible(platform, group)}


def paths(platform: OpenSocial, since: int = 0) -> list[str]:
    return [asked.path for asked in platform.asked[since:]]


def synced(mirrored: Mirrored, platform: OpenSocial, **options) -> list[Batch]:
    return apply_once(connector(platform, **options), mirrored, COMMUNITY)


def world_messages(platform: OpenSocial) -> dict[str, str]:
    return {remote_id(said): said.text for said in visible(platform)}


def held_members(mirrored: Mirrored) -> set[tuple[str, str | None]]:
    rows = mirrored.rows(
        "SELECT p.name, m.role FROM member m JOIN person p ON p.id = m.person_id WHERE m.is_listed AND m.left_at IS NULL"
    )
    assert len(rows) == len(set(rows)), "somebody is there twice"
    return set(rows)


def world_members(platform: OpenSocial) -> set[tuple[str, str | None]]:
    group = platform.world.groups[GROUP]
    return {
        (platform.world.people[member].name, "manager" if member in group.owners else None) for member in group.members
    }


class HeldInMirror:
    """What the check asks, answered from the mirror."""

    def __init__(self, mirrored: Mirrored) -> None:
        self._mirrored = mirrored

    def versions(self, remote_ids) -> dict[str, str | None]:
        names = {remote_key(name): name for name in remote_ids}
        with self._mirrored.database.read() as reader:
            found = held_versions(reader, self._mirrored.community_id, list(names))
        return {names[key]: version for key, version in found.items()}

    def threads(self, remote_ids) -> dict[str, int]:
        names = {remote_key(name): name for name in remote_ids}
        with self._mirrored.database.read() as reader:
            found = held_threads(reader, self._mirrored.community_id, list(names))
        return {names[key]: count for key, count in found.items()}

    def newest(self, count: int) -> tuple[str, ...]:
        with self._mirrored.database.read() as reader:
            return newest_held(reader, self._mirrored.community_id, count)


def check(mirrored: Mirrored, platform: OpenSocial, **options) -> list[Batch]:
    reader = connector(platform, **options)
    list(reader.communities())
    batches = []
    for batch in reader.check(COMMUNITY, HeldInMirror(mirrored)):
        mirrored.mirror.apply(mirrored.community_id, MESSAGES.name, batch)
        batches.append(batch)
    return batches


def spent(batches: list[Batch]) -> tuple[int, int, int]:
    """Requests, bytes in and bytes out."""
    return (
        sum(batch.requests for batch in batches),
        sum(batch.bytes_in for batch in batches),
        sum(batch.bytes_out for batch in batches),
    )


def a_site_mirror(folder: Path) -> Mirrored:
    """An empty mirror of the group."""
    return a_mirror(folder, community=CommunityRecord(COMMUNITY, "Water points"))
