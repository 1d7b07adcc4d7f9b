"""A profile of small communities in which everything measures look at happens, and what is known of each."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path

from tests.builders import a_clock
from tests.metrics.plain import FIRST_DAY, KNOWN_AFTER, KNOWN_BEFORE, Scheme, Village, a_village
from tests.queries.network import NOW, Network, a_network
from workbench.ids import CommunityId
from workbench.models.database import Database
from workbench.models.kinds import EvidenceKind, Pillar
from workbench.models.plan_parts import Evidence, RoleLine
from workbench.models.question import ThreadCare
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.queries.frames_plans import STAFF


def a_world(folder: Path, count: int) -> tuple[Database, dict[CommunityId, Village]]:
    """So many communities of one profile, each with what is known to have happened in it."""
    rng = random.Random(3)
    network = a_network(folder)
    plans = PlanStore(network.database, a_clock(NOW), author="Amina")
    villages: dict[CommunityId, Village] = {}
    for number in range(count):
        village = a_village(number, rng)
        community = network.community(f"Village {number}")
        network.apply(community, *village.records())
        gone, back = village.unknown or (KNOWN_AFTER + 1, KNOWN_AFTER)
        for first, last in ((-KNOWN_BEFORE, gone - 1), (back + 1, KNOWN_AFTER)):
            if first <= last:
                network.cover(community, FIRST_DAY + timedelta(days=first), FIRST_DAY + timedelta(days=last))
        for root in sorted(village.urgent):
            mark_urgent(network, root, village.marked_at(root))
        if village.scheme is not None:
            plan(plans, community, village.scheme)
        villages[community] = village
    counts = [
        {"community": f"Village {number}", "people": village.staff, "on": "2023-01-01", "source": "the office"}
        for number, village in enumerate(villages.values())
        if village.staff is not None
    ]
    network.change("INSERT INTO preference VALUES (?, ?)", STAFF, json.dumps(counts))
    return network.database, villages


def mark_urgent(network: Network, root: str, at: datetime) -> None:
    care = ThreadCare(
        thread_id=network.event(root),
        account_kind="table",
        community_remote_id="",
        root_remote_id=root,
        urgent_at=at,
    )
    with network.database.write() as session:
        session.add(care)


def plan(plans: PlanStore, community: CommunityId, scheme: Scheme) -> None:
    cards = [
        CardDraft("A task", owner=f"{owner.title()} Example", pillar=None if pillar is None else Pillar(pillar))
        for owner, pillar in scheme.cards
    ]
    kept = [
        CardDraft(
            "Keep it", pillar=Pillar.LIBRARY, evidence=(Evidence("", EvidenceKind.THREAD, "", f"thread:table/{root}"),)
        )
        for root in scheme.kept
    ]
    plans.create(
        name=f"Plan {community}",
        purpose="Safe water",
        owner=f"{scheme.owner.upper()} example",
        starts_on=scheme.starts_on,
        community_id=community,
        objectives=[ObjectiveDraft("More answers", "reply_rate")],
        cards=[*cards, *kept],
        roles=(RoleLine("Facilitator", f"{scheme.holder.title()} Example"),),
    )
