"""What is put side by side: followed communities by type and name, web sites never."""

from datetime import date

from tests.builders import a_clock
from workbench.models.kinds import AccountKind, CommunityType
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.queries.comparison import TypeGroup, plans_of, type_groups
from workbench.sync.accounts import AccountStore
from workbench.sync.records import CommunityRecord

TEAM = CommunityType.PROJECT_TEAM


def test_types_stand_in_their_order_and_communities_by_name(network):
    water, cold = (network.community(name, type=TEAM) for name in ("water", "Cold"))
    open_ = network.community("Open")
    site = AccountStore(network.database, a_clock()).add(AccountKind.ANALYTICS_FILE, "Site")
    network.mirror.ensure_community(site, CommunityRecord("site", "Site"))
    network.mirror.ensure_community(network.account_id, CommunityRecord("far", "Far", type=TEAM), is_followed=False)
    with network.read() as reader:
        assert type_groups(reader, ()) == [TypeGroup(TEAM, (cold, water)), TypeGroup(None, (open_,))]
        assert type_groups(reader, (water,)) == [TypeGroup(TEAM, (water,))]


def test_plans_belong_to_their_community(network):
    water = network.community("Water")
    plan = PlanStore(network.database, a_clock(), author="Amina").create(
        name="Seals", purpose="Pumps run", owner="Amina", starts_on=date(2024, 3, 1), community_id=water,
        objectives=[ObjectiveDraft("More answers", "reply_rate")],
    )  # fmt: skip
    with network.read() as reader:
        assert plans_of(reader, ()) == {water: (plan,)}
        assert plans_of(reader, (99,)) == {}
