"""A whole account at Viva Engage through the engine: what the mirror holds in the end, and what it cost."""

from pathlib import Path

import pytest

from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import group_id, message_id
from tests.sync.connectors.engage_network import a_network, a_network_mirror, connector
from tests.sync.mirrored import Mirrored
from workbench.models.kinds import RunState
from workbench.sync.engine import AccountResult, sync_account


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


def run(platform: VivaEngage, mirrored: Mirrored) -> tuple[AccountResult, int, int]:
    """What came of it, its requests, and bytes of the bodies that came."""
    start, size = len(platform.asked), 0

    def weigh(_asked, reply):
        nonlocal size
        size += len(platform._packed(_asked, reply).body)
        return reply

    platform.after = weigh
    result = sync_account(connector(platform), mirrored.mirror, account_id=mirrored.account_id, follows_all=True)
    return result, len(platform.asked) - start, size


def held(mirrored: Mirrored) -> dict[str, set[str]]:
    rows = mirrored.rows(
        "SELECT c.remote_id, e.remote_id FROM event e JOIN community c ON c.id = e.community_id"
        " WHERE e.kind IN (3, 4) AND e.removed_at IS NULL"
    )
    found: dict[str, set[str]] = {}
    for community, message in rows:
        found.setdefault(community, set()).add(message)
    return found


def there(platform: VivaEngage) -> dict[str, set[str]]:
    groups = platform.world.groups
    return {
        str(group_id(group)): {str(message_id(said.id)) for said in platform.world.shown(group)} for group in groups
    }


def test_all_communities_of_an_account_are_mirrored_and_then_left_alone(mirrored):
    platform = a_network(groups=5, messages=300, people=40)
    result, _, _ = run(platform, mirrored)
    assert (result.error, {item.state for item in result.results}) == (None, {RunState.DONE})
    assert held(mirrored) == there(platform)
    result, requests, size = run(platform, mirrored)
    assert (requests, len(result.unchanged)) == (1, 5)
    assert size < 2000
    platform.world.pass_time(hours=1)
    said = platform.world.say(12, 1, "News")
    result, requests, _ = run(platform, mirrored)
    assert held(mirrored) == there(platform)
    assert (requests, len(result.unchanged)) == (3, 4)
    assert str(message_id(said.id)) in held(mirrored)[str(group_id(12))]


def test_the_first_page_of_every_community_comes_before_anything_else(mirrored):
    platform = a_network(groups=5, messages=300)
    run(platform, mirrored)
    feeds = [asked for asked in platform.asked if "/in_group/" in asked.path]
    assert [asked.query for asked in feeds[:5]] == [{}] * 5
    assert [asked.path.startswith("/v1.0/") for asked in platform.asked[8:12]] == [True] * 4
    assert all("older_than" in asked.query for asked in feeds[5:])


def test_before_that_a_page_over_all_communities_shows_the_newest_of_each(mirrored):
    platform = a_network(groups=5, messages=300)
    newest = {str(message_id(said.id)) for said in platform.world.shown()[-20:]}
    seen: list[set[str]] = []

    def look(asked, reply):
        if "/in_group/" in asked.path:
            seen.append({message for messages in held(mirrored).values() for message in messages})
        return reply

    platform.after = look
    sync_account(connector(platform), mirrored.mirror, account_id=mirrored.account_id, follows_all=True)
    assert seen[0] == newest
    assert [asked.path.rpartition("/")[2] for asked in platform.asked[:3]] == [
        "groups.json",
        "received.json",
        "following.json",
    ]
    assert held(mirrored) == there(platform)


def test_while_yammer_refuses_members_still_come(mirrored):
    platform = a_network(groups=2, no_yammer=403)
    result, _, _ = run(platform, mirrored)
    assert result.error is None
    assert {item.state for item in result.results} == {RunState.PARTLY}
    assert mirrored.scalar("SELECT count(*) FROM member WHERE is_listed") == sum(
        len(group.members) for group in platform.world.groups.values()
    )


def test_fifty_new_messages_in_eight_communities_stay_cheap(mirrored):
    platform = a_network(groups=8, messages=400, people=60)
    run(platform, mirrored)
    platform.world.pass_time(days=1)
    for number in range(50):
        platform.world.say(11 + number % 8, 1, "Words of a new message that are about as long as most of them are")
    result, requests, size = run(platform, mirrored)
    assert result.totals.added >= 50
    assert held(mirrored) == there(platform)
    assert requests <= 25
    assert size <= 60_000
