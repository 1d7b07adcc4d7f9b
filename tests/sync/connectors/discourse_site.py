"""A Discourse forum for tests, runs over it as the engine makes them, and what a mirror of it holds."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.server import StandIn
from tests.platforms.world import BEGINNING, WORDS, World, a_world
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.sync.connector import Batch, Cursor, Stage
from workbench.sync.connectors.discourse import DiscourseConnector
from workbench.sync.engine import AccountResult, SyncPlan, sync_account
from workbench.sync.reconcile import check_community
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord
from workbench.sync.signing import Fixed

BASE = "https://forum.example.org"
CATEGORY = "category-11"
GROUP = "group-water_points"
ALL = [f"category-{number}" for number in range(11, 15)]
FORUM = DiscourseConnector.streams[0]
SAMPLES = Path(__file__).parent / "discourse"

Cursors = dict[str, Cursor]


def sample(name: str) -> Any:
    """A payload in the shape of a recorded one, with invented people."""
    return json.loads((SAMPLES / f"{name}.json").read_bytes())


def a_forum(*, messages: int = 150, groups: int = 2, people: int = 12, **switches) -> Discourse:
    return Discourse(a_world(messages=messages, groups=groups, people=people), **switches)


def a_large_forum(*, posts: int, topics: int, categories: int = 4) -> Discourse:
    """Posts that come evenly over 90 days, each topic going on for a while; nobody likes anything."""
    world = World(now=BEGINNING - timedelta(days=90))
    for _ in range(20):
        world.person()
    groups = [world.group(f"Category {number}").id for number in range(categories)]
    roots: list[int] = []
    for number in range(posts):
        world.now += timedelta(days=90 / (posts + 1))
        text = " ".join(WORDS[number * step % len(WORDS)] for step in range(3, 20))
        author = number % 20 + 1
        if number * topics // posts >= len(roots):
            roots.append(world.say(groups[len(roots) % categories], author, text, subject=f"Topic {number}").id)
        else:
            root = roots[-1 - number % min(len(roots), 8)]
            world.say(world.said[root].group, author, text, parent=root)
    world.now = BEGINNING
    return Discourse(world)


def connector(platform: Any, *, key: str | None = KEY, **options) -> DiscourseConnector:
    folder = platform.switches.get("folder") or "" if isinstance(platform, StandIn) else ""
    settings = {"calls_per_minute": "100000", "calls_per_day": "1000000", "likes_per_run": "500"}
    signer = Fixed({} if key is None else {"User-Api-Key": key})
    return DiscourseConnector(a_seat(platform, base_url=BASE + folder, signer=signer, **{**settings, **options}))


def pulled(
    platform: Any, cursors: Cursors | None = None, *, community: str = CATEGORY, lists: bool = True, **options
) -> list[Batch]:
    """One run over one community; moves the cursors."""
    reader, moved = connector(platform, **options), {} if cursors is None else cursors
    if lists:
        list(reader.communities())
    batches = []
    for batch in reader.pull(community, FORUM, since=moved.get(community)):
        batches.append(batch)
        if batch.cursor is not None:
            moved[community] = batch.cursor
    return batches


def run(platform: Any, cursors: Cursors, communities: Sequence[str], **options) -> dict[str, list[Batch]]:
    """One run over several communities, stage by stage; moves the cursors."""
    reader = connector(platform, **options)
    list(reader.communities())
    brought: dict[str, list[Batch]] = {name: [] for name in communities}
    pulls = {name: reader.pull(name, FORUM, since=cursors.get(name)) for name in communities}
    waiting = dict.fromkeys(communities, Stage.NEWS)
    for stage in Stage:
        for name, pull in pulls.items():
            while name in waiting and waiting[name] <= stage:
                batch = next(pull, None)
                if batch is None:
                    del waiting[name]
                    break
                waiting[name] = batch.then
                brought[name].append(batch)
                if batch.cursor is not None:
                    cursors[name] = batch.cursor
    return brought


def messages_in(batches: Sequence[Batch]) -> dict[str, MessageRecord]:
    return {item.remote_id: item for batch in batches for item in batch.records if isinstance(item, MessageRecord)}


def people_in(batches: Sequence[Batch]) -> dict[str, MemberRecord]:
    return {item.person.handle: item for batch in batches for item in batch.records if isinstance(item, MemberRecord)}


def likes_in(batches: Sequence[Batch]) -> set[str]:
    return {item.remote_id for batch in batches for item in batch.records if isinstance(item, ActRecord)}


def name_of(platform: Discourse, post: int) -> str:
    """How a message is called in the mirror."""
    platform.shelf.fill()
    topic, number = platform.shelf.place[post]
    return f"{topic}.{number}"


def expected(platform: Discourse, category: int = 11) -> dict[str, str]:
    """The messages of a category with their words."""
    shown = platform.world.shown(category)
    return {name_of(platform, said.id): said.text for said in shown if said.root in {item.id for item in shown}}


def expected_likes(platform: Discourse, category: int = 11) -> set[str]:
    return {
        f"like:{name_of(platform, said.id)}:{person}"
        for said in platform.world.shown(category)
        for person in said.likes
    }


def cost(batches: Iterable[Batch]) -> tuple[int, int]:
    """Requests, and bytes both ways."""
    took = list(batches)
    return sum(batch.requests for batch in took), sum(batch.bytes_in + batch.bytes_out for batch in took)


def asked(platform: Discourse, since: int = 0) -> list[str]:
    return [item.path for item in platform.asked[since:]]


def synced(mirrored: Mirrored, platform: Discourse, **options) -> AccountResult:
    """A run of the engine over everything."""
    return sync_account(
        connector(platform, **options),
        mirrored.mirror,
        account_id=mirrored.account_id,
        follows_all=True,
        plan=SyncPlan(),
    )


def checked(mirrored: Mirrored, platform: Discourse, community: str = CATEGORY, *, trusts_gone: bool = True, **options):
    """A check of one community."""
    reader = connector(platform, **options)
    number = mirrored.scalar("SELECT id FROM community WHERE remote_id = ?", (community,))
    return check_community(
        reader,
        reader,
        mirrored.mirror,
        mirrored.database,
        community_id=number,
        remote_id=community,
        trusts_gone=trusts_gone,
    )


def a_forum_mirror(folder: Path) -> Mirrored:
    return a_mirror(folder)


_HELD = """
SELECT e.remote_id, b.text FROM event e JOIN body b ON b.event_id = e.id JOIN community c ON c.id = e.community_id
WHERE c.remote_id = ? AND e.kind IN (3, 4) AND e.removed_at IS NULL
"""
_LIKES = """
SELECT e.remote_id FROM event e JOIN community c ON c.id = e.community_id
WHERE c.remote_id = ? AND e.kind = 5 AND e.removed_at IS NULL
"""
_MEMBERS = """
SELECT h.remote_id FROM member m JOIN community c ON c.id = m.community_id JOIN handle h ON h.person_id = m.person_id
WHERE c.remote_id = ? AND m.is_listed AND m.left_at IS NULL
"""


def held_messages(mirrored: Mirrored, community: str = CATEGORY) -> dict[str, str]:
    return dict(mirrored.rows(_HELD, (community,)))


def held_likes(mirrored: Mirrored, community: str = CATEGORY) -> set[str]:
    return {row[0] for row in mirrored.rows(_LIKES, (community,))}


def held_members(mirrored: Mirrored, community: str = GROUP) -> set[str]:
    return {row[0] for row in mirrored.rows(_MEMBERS, (community,))}
