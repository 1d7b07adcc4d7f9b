"""A Viva Engage network for tests, runs over one of its communities, and what a mirror of it holds."""

from collections.abc import Callable
from pathlib import Path

from tests.platforms.server import Asked
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import group_id, message_id, person_id
from tests.platforms.world import a_world
from tests.sync.connectors.runs import Cursors, apply_once, pull_once
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.sync.connector import Batch, Held
from workbench.sync.connectors.viva_engage import MESSAGES, VivaEngageConnector
from workbench.sync.records import CommunityRecord

BASE = "https://www.yammer.com/api/v1"

GROUP = 11

COMMUNITY = str(group_id(GROUP))


def a_network(*, messages: int = 70, people: int = 12, groups: int = 1, **switches) -> VivaEngage:
    return VivaEngage(a_world(messages=messages, people=people, groups=groups), **switches)


def connector(platform: VivaEngage, **options) -> VivaEngageConnector:
    return VivaEngageConnector(a_seat(platform, base_url=BASE, **options))


def pulled(
    platform: VivaEngage, cursors: Cursors | None = None, *, lists: bool = True, community: str = COMMUNITY, **options
) -> list[Batch]:
    """One run over a community; moves the cursors."""
    return pull_once(connector(platform, **options), community, cursors, lists=lists)


def expected(platform: VivaEngage) -> set[str]:
    return {str(message_id(said.id)) for said in platform.world.shown(GROUP) if said.id not in platform.system}


def paths(platform: VivaEngage, since: int = 0) -> list[str]:
    return [asked.path for asked in platform.asked[since:]]


def synced(mirrored: Mirrored, platform: VivaEngage, **options) -> list[Batch]:
    return apply_once(connector(platform, **options), mirrored, COMMUNITY)


def held_members(mirrored: Mirrored) -> set[str]:
    rows = mirrored.rows(
        "SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.is_listed AND m.left_at IS NULL"
    )
    assert len(rows) == len(set(rows)), "somebody is there twice"
    return {row[0] for row in rows}


def held_likes(mirrored: Mirrored) -> set[str]:
    rows = mirrored.rows("SELECT remote_id FROM event WHERE kind = 5 AND removed_at IS NULL")
    return {row[0] for row in rows}


def world_messages(platform: VivaEngage) -> dict[str, str]:
    return {
        str(message_id(said.id)): f"{said.subject}\n\n{said.text}" if said.subject else said.text
        for said in platform.world.shown(GROUP)
    }


def world_likes(platform: VivaEngage) -> set[str]:
    return {
        f"like:{message_id(said.id)}:{person_id(liker)}" for said in platform.world.shown(GROUP) for liker in said.likes
    }


def world_members(platform: VivaEngage) -> set[str]:
    return {platform.world.people[member].name for member in platform.world.groups[GROUP].members}


class HeldInMirror:
    """What the check asks, answered from the mirror."""

    def __init__(self, mirrored: Mirrored) -> None:
        self._mirrored = mirrored

    def versions(self, remote_ids) -> dict[str, str | None]:
        raise AssertionError

    def threads(self, remote_ids) -> dict[str, int]:
        wanted = set(remote_ids)
        rows = self._mirrored.rows(
            "SELECT r.remote_id, count(*) FROM event e JOIN event r ON r.id = e.root_id"
            " WHERE e.kind IN (3, 4) AND e.removed_at IS NULL GROUP BY r.id"
        )
        return {root: count for root, count in rows if root in wanted}

    def newest(self, count: int) -> tuple[str, ...]:
        rows = self._mirrored.rows(
            "SELECT remote_id FROM event WHERE kind IN (3, 4) AND removed_at IS NULL ORDER BY at DESC LIMIT ?", (count,)
        )
        return tuple(row[0] for row in rows)


def check(mirrored: Mirrored, platform: VivaEngage) -> list[Batch]:
    reader = connector(platform)
    list(reader.communities())
    held: Held = HeldInMirror(mirrored)
    batches = []
    for batch in reader.check(COMMUNITY, held):
        mirrored.mirror.apply(mirrored.community_id, MESSAGES.name, batch)
        batches.append(batch)
    return batches


def following(platform: VivaEngage, seat) -> Callable[[Asked], None]:
    def move(asked: Asked) -> None:
        platform.world.now = seat.clock.now()

    return move


def a_network_mirror(folder: Path) -> Mirrored:
    """An empty mirror of the community."""
    return a_mirror(folder, community=CommunityRecord(COMMUNITY, "Water points"))
