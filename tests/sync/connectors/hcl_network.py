"""An HCL Connections site for tests, runs over one of its communities, and what a mirror of it holds."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.platforms import hcl_shapes as shapes
from tests.platforms.hcl_connections import HclConnections
from tests.platforms.world import Said, a_world
from tests.sync.connectors.runs import Cursors, messages_in, pull_once
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.sync.connector import Batch
from workbench.sync.connectors.hcl_connections import HclConnectionsConnector
from workbench.sync.engine import AccountResult, SyncPlan, sync_account
from workbench.sync.reconcile import check_community
from workbench.sync.records import CommunityRecord

BASE = "https://connections.example.org"
GROUP = 11
COMMUNITY = shapes.community_id(GROUP)


def a_site(*, messages: int = 90, people: int = 12, groups: int = 1, **switches) -> HclConnections:
    return HclConnections(a_world(messages=messages, people=people, groups=groups), **switches)


def connector(platform: Any, **options) -> HclConnectionsConnector:
    return HclConnectionsConnector(a_seat(platform, base_url=BASE, **options))


def name_of(platform: HclConnections, said: Said) -> str:
    """How a message is called in the mirror."""
    if said.root not in platform.blogged:
        return f"forum:{shapes.post_id(said.id)}"
    return f"blogs:{'entry' if said.id == said.root else 'comment'}-{shapes.post_id(said.id)}"


def standing(platform: HclConnections, group: int = GROUP) -> list[Said]:
    """What a reader sees: of a topic that is gone the replies are gone, too."""
    shown = platform.world.shown(group)
    there = {said.id for said in shown}
    return [said for said in shown if said.root in there]


def expected(platform: HclConnections, group: int = GROUP) -> dict[str, str]:
    return {name_of(platform, said): said.text for said in standing(platform, group)}


def pulled(
    platform: Any, cursors: Cursors | None = None, *, lists: bool = True, community: str = COMMUNITY, **options
) -> list[Batch]:
    """One run over a community; moves the cursors."""
    return pull_once(connector(platform, **options), community, cursors, lists=lists)


def words_in(batches: Iterable[Batch]) -> dict[str, str]:
    return {name: record.text for name, record in messages_in(batches).items()}


def cost(batches: Iterable[Batch]) -> tuple[int, int]:
    """Requests, and bytes both ways."""
    took = list(batches)
    return sum(batch.requests for batch in took), sum(batch.bytes_in + batch.bytes_out for batch in took)


def paths(platform: HclConnections, since: int = 0) -> list[str]:
    """The last part of every path that was asked for, but for blogs the last two."""
    return [asked.path.removesuffix("/atom").rsplit("/", 1)[-1] for asked in platform.asked[since:]]


def synced(mirrored: Mirrored, platform: HclConnections, **options) -> AccountResult:
    """A run of the engine over everything."""
    return sync_account(
        connector(platform, **options),
        mirrored.mirror,
        account_id=mirrored.account_id,
        follows_all=True,
        plan=SyncPlan(trusts_gone=True),
    )


def checked(mirrored: Mirrored, platform: HclConnections, **options):
    """A check of the community."""
    reader = connector(platform, **options)
    list(reader.communities())
    return check_community(
        reader,
        reader,
        mirrored.mirror,
        mirrored.database,
        community_id=mirrored.community_id,
        remote_id=COMMUNITY,
        trusts_gone=True,
    )


def a_site_mirror(folder: Path) -> Mirrored:
    """An empty mirror of the community."""
    return a_mirror(folder, community=CommunityRecord(COMMUNITY, "Water points"))


def held_members(mirrored: Mirrored) -> set[str]:
    rows = mirrored.rows(
        "SELECT h.remote_id FROM member m JOIN handle h ON h.person_id = m.person_id"
        " WHERE m.is_listed AND m.left_at IS NULL"
    )
    return {str(row[0]) for row in rows}


def world_members(platform: HclConnections) -> set[str]:
    return {shapes.user_id(person) for person in platform.world.groups[GROUP].members}


def commented(platform: HclConnections) -> Said:
    """The newest post of the blog."""
    return max((said for said in standing(platform) if said.id in platform.blogged), key=lambda said: said.id)


def a_topic(platform: HclConnections) -> Said:
    """A topic in the middle of the forum that has replies."""
    roots = [said for said in standing(platform) if said.id == said.root and said.id not in platform.blogged]
    answered = [said for said in roots if len(platform.world.thread(said.id)) > 1]
    return answered[len(answered) // 2]
