"""What a first sync costs: bytes from what the platform holds, as they then come, requests at its own pace."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.hcl_connections import HclConnections
from tests.platforms.server import StandIn
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.world import World
from workbench.models.kinds import AccountKind
from workbench.operations.first_sync import first_sync_estimate
from workbench.operations.seating import Line
from workbench.operations.sources import add_account
from workbench.operations.sync import discover, sync_accounts
from workbench.queries.sync_status import CommunityStateRow
from workbench.queries.traffic import spent
from workbench.sync.accounts import AccountLimits
from workbench.sync.connectors import discourse, hyperkitty, viva_engage
from workbench.sync.platforms import platform as declared_by
from workbench.sync.secrets import SecretStore

TOKEN = '["a", 0, null, "r", ""]'
SIGNED = {
    AccountKind.DISCOURSE: {"signin.way": "user-api-key", "signin.key": f'{{"key": "{KEY}", "client": "test"}}'},
    AccountKind.VIVA_ENGAGE: {"signin.way": "microsoft", "signin.token.yammer": TOKEN, "signin.token.graph": TOKEN},
    AccountKind.HCL_CONNECTIONS: {"signin.way": "basic", "password": "planted"},
}
TOLD = {
    AccountKind.DISCOURSE: {"address": "{}", "calls_per_minute": "6000"},
    AccountKind.VIVA_ENGAGE: {"address": "{}/api/v1", "graph": "{}/v1.0", "client_id": "x"},
    AccountKind.HCL_CONNECTIONS: {"address": "{}", "user": "amina"},
}


def a_row(messages: int | None) -> CommunityStateRow:
    return CommunityStateRow(
        community_id=1, account_id=1, name="Fishers", remote_id="f", is_followed=True, is_visible=True, synced_at=None,
        checked_at=None, counted_at=None, platform_messages=messages, platform_members=None, messages=0, members=0,
    )  # fmt: skip


def test_bytes_follow_from_what_the_platform_holds():
    told = first_sync_estimate([a_row(9)], days=None)
    assert 9 * 100 < told.low < told.high < 50_000
    assert told.calls_per_minute is None
    assert first_sync_estimate([a_row(None)]).is_guess


@pytest.mark.parametrize(
    ("platform", "settings", "pace", "calls"),
    [
        (viva_engage.PLATFORM, {}, 18, (53, 59)),
        (discourse.PLATFORM, {}, 18, (14, 71)),
        (discourse.PLATFORM, {"calls_per_minute": "60"}, 60, (14, 71)),
        (discourse.PLATFORM, {"calls_per_minute": "many"}, 18, (14, 71)),
        (hyperkitty.PLATFORM, {}, 300, (13, 59)),
    ],
)
def test_requests_go_at_the_pace_of_the_platform(platform, settings, pace: int, calls: tuple[int, int]):
    told = first_sync_estimate([a_row(1000)], days=None, declared=platform, settings=settings)
    assert (told.calls_per_minute, told.calls) == (pace, calls)


def a_young_network(messages: int) -> World:
    """Three open communities, all of whose messages are of the last weeks; texts of sixty words on the average."""
    rng = random.Random(3)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 10))) for _ in range(2_000)]
    world = World()
    for _ in range(12):
        world.person()
    groups = [world.group(name).id for name in ("Water points", "School meals", "Data and maps")]
    for group in groups:
        for person in range(1, 13):
            world.join(group, person)
    roots: dict[int, int] = {}
    for number in range(messages):
        group, text = groups[number % 3], " ".join(rng.choices(words, k=rng.randint(20, 100)))
        world.pass_time(days=60 / messages)
        parent = roots.get(group) if number % 4 else None
        said = world.say(group, number % 12 + 1, text, subject=f"Well {number}", parent=parent)
        roots[group] = said.root
        if number % 3 == 0:
            world.like(said.id, (number + 1) % 12 + 1)
    return world


@pytest.mark.parametrize("is_text_only", [True, False])
@pytest.mark.parametrize(
    ("kind", "stand_in"),
    [
        (AccountKind.DISCOURSE, Discourse),
        (AccountKind.VIVA_ENGAGE, VivaEngage),
        (AccountKind.HCL_CONNECTIONS, HclConnections),
    ],
)
def test_what_a_first_sync_of_ninety_days_costs_lies_in_what_was_told(
    tmp_path: Path, kind: AccountKind, stand_in: type[StandIn], *, is_text_only: bool
):
    with stand_in(a_young_network(150)) as site, a_workspace(tmp_path, clock=a_clock(site.world.now)) as workspace:
        settings = {name: value.format(site.address) for name, value in TOLD[kind].items()}
        account = add_account(workspace, kind=kind, name="Network", settings=settings)
        SecretStore(workspace.database, workspace.clock).put_all(account, SIGNED[kind])
        rows = discover(workspace, name="Network")
        workspace.accounts.follow(account, [row.community_id for row in rows])
        today = workspace.clock.now().date()
        limits = AccountLimits(today - timedelta(days=90), is_text_only=is_text_only)
        workspace.accounts.set_limits(account, limits)
        told = first_sync_estimate(
            rows, days=90, is_text_only=is_text_only, declared=declared_by(kind), settings=settings
        )
        line = Line(sleep=lambda seconds: workspace.clock.advance(timedelta(seconds=seconds)))
        assert sum(result.totals.added for result in sync_accounts(workspace, line=line)) >= 150
        with workspace.database.read() as reader:
            today_spent = spent(reader, account, today=today).today
    cost = today_spent.bytes
    assert told.low <= cost <= told.high
    assert told.calls[0] <= today_spent.requests <= told.calls[1]
    # Where the platform says how much there is, the upper end is no fancy either; groups of a forum hold no messages.
    assert told.is_guess is (kind is AccountKind.HCL_CONNECTIONS)
    assert told.is_guess or told.high <= 8 * cost
