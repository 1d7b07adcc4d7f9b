"""Community cards: they outlive syncs and accounts, and refuse what they cannot keep."""

from datetime import date

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind, AskedBy, CommunityLevel, CommunityType
from workbench.notes.community_cards import CommunityCardStore
from workbench.queries.benchmarks import benchmarks
from workbench.queries.community_card import community_card, coordinated_ids
from workbench.sync.records import CommunityRecord

RECORD = CommunityRecord("5", "Water", description="From the platform", type=CommunityType.PROJECT_TEAM)


@pytest.fixture
def workspace(tmp_path):
    found = a_workspace(tmp_path)
    yield found
    found.close()


def added(workspace, name="Forum", base_url="https://forum.example.org"):
    account = workspace.accounts.add(AccountKind.DISCOURSE, name, base_url=base_url)
    return account, workspace.mirror.ensure_community(account, RECORD)


def card(workspace, community_id):
    with workspace.database.read() as reader:
        return community_card(reader, community_id)


def test_own_words_survive_a_sync_and_the_account(workspace):
    account, community = added(workspace)
    _other, elsewhere = added(workspace, "Second", "https://second.example.org")
    fields = {
        "type": "community_of_practice", "level": "global", "asked_by": "members", "themes": " water, schools ",
        "coordinator": "Amina Example",
    }  # fmt: skip
    CommunityCardStore(workspace.database).set_card(community, fields)
    workspace.mirror.ensure_community(account, RECORD)
    workspace.mirror.remove_account(account)
    _again, back = added(workspace)
    kept = card(workspace, back)
    assert (kept.type, kept.level, kept.asked_by) == (
        CommunityType.COMMUNITY_OF_PRACTICE,
        CommunityLevel.GLOBAL,
        AskedBy.MEMBERS,
    )
    assert (kept.themes, kept.coordinator, kept.has_coordinator) == ("water, schools", "Amina Example", True)
    # The category of the same number on another server is another community.
    assert card(workspace, elsewhere).themes == ""
    with workspace.database.read() as reader:
        assert coordinated_ids(reader) == {back}


def test_a_type_chosen_on_the_dashboard_survives_as_well(workspace):
    account, community = added(workspace)
    workspace.mirror.set_community_type(community, CommunityType.BROADCAST_STREAM)
    workspace.mirror.remove_account(account)
    assert card(workspace, added(workspace)[1]).type is CommunityType.BROADCAST_STREAM


@pytest.mark.parametrize(
    "fields", [{"colour": "red"}, {"type": "club"}, {"level": "moon"}, {"asked_by": "me"}, {"themes": "x" * 2001}]
)
def test_what_a_card_cannot_keep_is_refused(workspace, fields):
    _account, community = added(workspace)
    with pytest.raises(BadInputError):
        CommunityCardStore(workspace.database).set_card(community, fields)
    assert card(workspace, community).themes == ""


def test_a_card_of_nobody_is_refused_and_none(workspace):
    with pytest.raises(BadInputError):
        CommunityCardStore(workspace.database).set_card(99, {"themes": "water"})
    assert card(workspace, 99) is None


def test_benchmarks_hold_for_their_type_and_need_a_source(workspace):
    store = CommunityCardStore(workspace.database)
    kind = CommunityType.PROJECT_TEAM
    for missing in ({"source": " ", "day": date(2024, 1, 1)}, {"source": "Survey"}):
        with pytest.raises(BadInputError):
            store.set_benchmark("curiosity", kind, value=0.2, **missing)
    store.set_benchmark("curiosity", kind, value=0.2, source="Survey", day=date(2024, 1, 1))
    store.set_benchmark("curiosity", None, value=0.3, source="Survey", day=date(2024, 1, 1))
    with workspace.database.read() as reader:
        found = {each: benchmarks(reader, each) for each in (kind, None, CommunityType.BROADCAST_STREAM)}
    assert [row["curiosity"].value if row else None for row in found.values()] == [0.2, 0.3, None]
    store.set_benchmark("curiosity", kind, value=None)
    with workspace.database.read() as reader:
        assert benchmarks(reader, kind) == {}
