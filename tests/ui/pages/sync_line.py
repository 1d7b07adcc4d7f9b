"""An account on a line with communities the platform counts, for tests of the Sync page."""

import json
from collections.abc import Mapping
from datetime import timedelta

from tests.builders import NOW
from workbench.ids import AccountId, CommunityId
from workbench.models.kinds import AccountKind, OutboxState
from workbench.models.moments import DayRange, to_micros
from workbench.sync.accounts import AccountLimits
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.workspace import Workspace

NOBODY_ANSWERS = "http://127.0.0.1:9/archives/"
AMINA = PersonRecord("amina", "Amina Example")


def add_lists(workspace: Workspace, *names: str, every: int | None = None) -> AccountId:
    """Archives on the web at an address where nobody answers, one message in each, read two hours ago."""
    account = workspace.accounts.add(AccountKind.HYPERKITTY, "Lists", base_url=NOBODY_ANSWERS)
    workspace.accounts.set_limits(account, AccountLimits(daily_cap=5_000_000, every_minutes=every))
    today = NOW.date()
    for name in names:
        community = workspace.mirror.ensure_community(account, CommunityRecord(f"{name}@lists.example.org", name))
        message = MessageRecord(f"m-{name}", "", AMINA, NOW - timedelta(days=3), f"Pumps of {name}", "Which pump?")
        known = (DayRange(today - timedelta(days=30), today - timedelta(days=1)),)
        workspace.mirror.apply(community, "messages", Batch((message,), covered=known))
        tell_state(workspace, community)
    return account


def tell_state(workspace: Workspace, community: CommunityId, *, held: Mapping[str, tuple[int, int]] | None = None):
    """What the platform says of a community: two messages and four members, counted an hour ago."""
    stored = None
    if held:
        stored = json.dumps({kind: {"gone": gone, "held": of, "at": 0} for kind, (gone, of) in held.items()})
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT OR REPLACE INTO communitystate"
            " (community_id, synced_at, counted_at, platform_messages, platform_members, held)"
            " VALUES (?, ?, ?, 2, 4, ?)",
            (community, to_micros(NOW - timedelta(hours=2)), to_micros(NOW - timedelta(hours=1)), stored),
        )


def community_of(workspace: Workspace, name: str) -> CommunityId:
    """The id of a community."""
    with workspace.database.read() as reader:
        return CommunityId(reader.scalar("SELECT id FROM community WHERE name = ?", (name,)))


def message_of(workspace: Workspace, name: str) -> int:
    """The id of the message in a community."""
    community = community_of(workspace, name)
    with workspace.database.read() as reader:
        return int(reader.scalar("SELECT id FROM event WHERE community_id = ?", (community,)))


def put(workspace: Workspace, item_id: str, state: OutboxState, *, looks: int = 0, reason: str | None = None) -> None:
    """Brings an item of the outbox into a state, as a sync would have left it."""
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE outboxitem SET state = ?, looks = ?, reason = ?, reason_code = ? WHERE id = ?",
            (state.value, looks, reason, "copied" if state is OutboxState.PAUSED else None, item_id),
        )
