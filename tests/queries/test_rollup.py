"""The read side of the roll-up: which communities are told of, under keys that are the same on every laptop."""

from datetime import UTC, datetime

from tests.builders import a_clock, a_database
from tests.queries.network import a_network
from tests.rollups import a_file, a_plan, a_snapshot, monday
from workbench.models.kinds import AccountKind, CommunityType
from workbench.queries.rollup import (
    community_weeks,
    has_offices,
    list_office_checkpoints,
    list_office_files,
    list_office_objectives,
    list_office_plans,
    list_offices,
    office_totals,
    taken_digests,
    told_communities,
)
from workbench.sync.accounts import AccountStore
from workbench.sync.records import CommunityRecord
from workbench.sync.rollup import RollupStore


def test_followed_communities_are_told_of_and_web_sites_are_not(network):
    network.community("Water", type=CommunityType.INFORMATION_FORUM)
    network.community("Left alone")
    network.change("UPDATE community SET is_followed = 0 WHERE name = 'Left alone'")
    site = AccountStore(network.database, a_clock()).add(AccountKind.ANALYTICS_FILE, "Pages")
    network.mirror.ensure_community(site, CommunityRecord("site", "Intranet"))
    with network.read() as reader:
        (told,) = told_communities(reader)
    assert (told.name, told.type) == ("Water", "information_forum")


def test_the_key_of_a_community_is_the_same_on_another_laptop(network, tmp_path):
    (tmp_path / "other").mkdir()
    other = a_network(tmp_path / "other")
    other.community("First here")
    for laptop in (network, other):
        laptop.community("Water")
    keys = []
    for laptop in (network, other):
        with laptop.read() as reader:
            keys.append({each.name: each.key for each in told_communities(reader)})
    other.database.close()
    assert keys[0]["Water"] == keys[1]["Water"] != keys[1]["First here"]
    assert len(keys[0]["Water"]) == 16


def test_rows_come_back_with_their_types_and_in_their_order(tmp_path):
    database = a_database(tmp_path)
    store = RollupStore(database, a_clock())
    store.take("uga", [a_file(1, a_snapshot(name="Uganda"), office="uga")])
    plans = [a_plan(), a_plan("plan-2", name="a first one", community_type="project_team")]
    store.take("ken", [a_file(2, a_snapshot(plans=plans)), a_file(1, a_snapshot())])
    with database.read() as source:
        assert [office.name for office in list_offices(source)] == ["Kenya", "Uganda"]
        files = list_office_files(source)
        assert [(file.office_id, file.sequence) for file in files] == [("ken", 1), ("ken", 2), ("uga", 1)]
        assert files[0].created == datetime(2024, 6, 10, 8, tzinfo=UTC)
        assert files[1].counts == {"plans": 2, "communities": 2, "weeks": 8}
        assert taken_digests(source) == {file.digest for file in files}
        told = list_office_plans(source)
        assert [(plan.name, plan.community_type) for plan in told] == [
            ("a first one", "project_team"), ("Safe water", None), ("Safe water", None),
        ]  # fmt: skip
        assert told[1].is_archived is False
        assert [(each.office_id, each.position) for each in list_office_objectives(source)] == [
            ("ken", 0), ("ken", 1), ("ken", 0), ("ken", 1), ("uga", 0), ("uga", 1),
        ]  # fmt: skip
        assert [each.day for each in list_office_checkpoints(source)] == [30, 60] * 3
        assert [row.week for row in office_totals(source, since=monday(2))] == [
            monday(2),
            monday(2),
            monday(3),
            monday(3),
        ]
        assert [row.messages for row in community_weeks(source, "uga", "wash")] == [40, 41, 42, 43]
        assert community_weeks(source, "uga", "another") == []
    database.close()


def test_there_are_offices_once_one_told_something(tmp_path):
    database = a_database(tmp_path)
    with database.read() as reader:
        assert not has_offices(reader)
    RollupStore(database, a_clock()).take("ken", [a_file(1, a_snapshot())])
    with database.read() as reader:
        assert has_offices(reader)
    database.close()
