"""The ledger: communities and their state, and runs; what a platform does not say stays as it was."""

from datetime import date, timedelta

from tests.builders import NOW, a_clock
from tests.sync.mirrored import LIST, Mirrored, a_message, a_mirror
from tests.sync.played import a_community
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.models.moments import DayRange, from_day, maybe_from_micros, to_day
from workbench.queries.sync_status import CommunityStateRow, list_states
from workbench.sync.connector import Batch, CensusOf
from workbench.sync.gone import Removals
from workbench.sync.mirror import Applied, MirrorStore, RunLog
from workbench.sync.records import CommunityRecord

PAGE = Batch((a_message("m1"),), requests=2, bytes_in=1_400, bytes_out=100, note="page 1")


def states(mirrored: Mirrored) -> dict[str, CommunityStateRow]:
    with mirrored.database.read() as reader:
        return {row.remote_id: row for row in list_states(reader)}


def test_new_communities_wait_to_be_followed_unless_all_are(tmp_path):
    mirrored = a_mirror(tmp_path)
    listed = mirrored.mirror.list_communities(mirrored.account_id, [LIST, a_community("soil", messages=7, members=3)])
    assert [(one.remote_id, one.is_followed, one.mark, one.messages) for one in listed] == [
        ("water", True, None, None), ("soil", False, None, None),
    ]  # fmt: skip
    mirrored.mirror.list_communities(mirrored.account_id, [LIST, a_community("air")], follows_all=True)
    assert {name: row.is_followed for name, row in states(mirrored).items()} == {
        "water": True, "soil": False, "air": True,
    }  # fmt: skip
    row = states(mirrored)["soil"]
    assert (row.platform_messages, row.platform_members, row.counted_at) == (7, 3, NOW)


def test_a_community_that_is_no_longer_listed_is_kept_out_of_sight(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    listed = mirrored.mirror.list_communities(mirrored.account_id, [a_community("soil")])
    assert [(one.remote_id, one.record is None) for one in listed] == [("soil", False), ("water", True)]
    assert not states(mirrored)["water"].is_visible
    assert mirrored.scalar("SELECT count(*) FROM body") == 1
    mirrored.mirror.list_communities(mirrored.account_id, [LIST])
    assert states(mirrored)["water"].is_visible


def test_a_platform_that_lists_nothing_says_nothing(tmp_path):
    mirrored = a_mirror(tmp_path)
    (listed,) = mirrored.mirror.list_communities(mirrored.account_id, [])
    assert listed.record is None
    assert states(mirrored)["water"].is_visible


def test_a_record_that_knows_no_name_leaves_the_known_one(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord("water", "Wells", "About wells"))
    mirrored.mirror.ensure_community(
        mirrored.account_id, CommunityRecord("water", "water", url="https://a.example.org")
    )
    assert mirrored.rows("SELECT name, description, url FROM community") == [
        ("Wells", "About wells", "https://a.example.org"),
    ]
    mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord("fire", ""))
    assert mirrored.scalar("SELECT name FROM community WHERE remote_id = 'fire'") == "fire"


def test_counts_a_platform_stops_telling_stay_with_their_moment(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.mirror.ensure_community(mirrored.account_id, a_community("water", messages=7, members=3))
    mirrored.mirror.ensure_community(mirrored.account_id, a_community("water", messages=8))
    mirrored.mirror.ensure_community(mirrored.account_id, a_community("water"))
    row = states(mirrored)["water"]
    assert (row.platform_messages, row.platform_members) == (8, 3)


def test_a_mark_that_stays_means_complete_up_to_yesterday(tmp_path):
    mirrored = a_mirror(tmp_path)
    clock = a_clock()
    mirror = MirrorStore(mirrored.database, clock)
    today = NOW.date()
    mirrored.apply(covered=(DayRange(date(2024, 6, 1), today - timedelta(days=1)),))
    mirror.settle(mirrored.community_id, mark="7")
    assert states(mirrored)["water"].checked_at == NOW
    clock.advance(timedelta(days=3))
    stayed = {mirrored.community_id: today + timedelta(days=3)}
    assert mirror.stay(stayed) == Changes.COVERAGE
    assert [from_day(day) for (day,) in mirrored.rows("SELECT last_day FROM coverage")] == [today + timedelta(days=2)]
    assert mirror.stay(stayed) == Changes.NOTHING
    assert states(mirrored)["water"].synced_at == NOW + timedelta(days=3)


def test_a_mark_without_the_platforms_day_promises_nothing(tmp_path):
    mirrored = a_mirror(tmp_path)
    yesterday = NOW.date() - timedelta(days=1)
    mirrored.apply(covered=(DayRange(date(2024, 6, 1), yesterday),))
    mirrored.mirror.settle(mirrored.community_id, mark="7")
    for today in (None, NOW.date()):
        assert mirrored.mirror.stay({mirrored.community_id: today}) == Changes.NOTHING
    assert [from_day(day) for (day,) in mirrored.rows("SELECT last_day FROM coverage")] == [yesterday]


def test_a_mark_promises_no_day_before_it_was_seen(tmp_path):
    mirrored = a_mirror(tmp_path)
    old = to_day(date(2024, 1, 31))
    mirrored.apply(covered=(DayRange(date(2024, 1, 1), date(2024, 1, 31)),))
    stayed = {mirrored.community_id: NOW.date()}
    assert mirrored.mirror.stay(stayed) == Changes.NOTHING
    mirrored.mirror.settle(mirrored.community_id, mark="7")
    assert mirrored.mirror.stay(stayed) == Changes.NOTHING
    assert mirrored.rows("SELECT last_day FROM coverage") == [(old,)]


def test_what_would_have_gone_is_remembered_until_it_is_settled(tmp_path):
    mirrored = a_mirror(tmp_path)
    removals = Removals()
    removals.may_remove(CensusOf.MESSAGES, 40, lambda: 50)
    removals.may_remove(CensusOf.MEMBERS, 30, lambda: 30)
    mirrored.mirror.keep_held(mirrored.community_id, removals)
    assert states(mirrored)["water"].held == {"messages": (40, 50), "members": (30, 30)}
    mirrored.mirror.keep_held(mirrored.community_id, Removals())
    assert len(states(mirrored)["water"].held) == 2
    settled = Removals()
    settled.went_through(CensusOf.MESSAGES)
    mirrored.mirror.keep_held(mirrored.community_id, settled)
    assert states(mirrored)["water"].held == {"members": (30, 30)}
    settled.went_through(CensusOf.MEMBERS)
    mirrored.mirror.keep_held(mirrored.community_id, settled)
    assert states(mirrored)["water"].held == {}


def test_a_run_that_was_cut_off_with_its_process_is_closed_by_the_next_one(tmp_path):
    mirrored = a_mirror(tmp_path)
    for applied in (0, 1):
        log = RunLog(mirrored.mirror.start_run(mirrored.community_id))
        if applied:
            mirrored.mirror.apply(mirrored.community_id, "news", PAGE, log=log)
            assert log.totals.added == 1
    last = mirrored.mirror.start_run(mirrored.community_id)
    mirrored.mirror.end_run(last, RunState.DONE, totals=Applied())
    rows = mirrored.rows("SELECT state, added, error_code, ended_at, trace FROM syncrun ORDER BY id")
    assert [row[:3] for row in rows] == [
        ("failed", 0, "work_stopped"), ("partly", 1, "work_stopped"), ("done", 0, None),
    ]  # fmt: skip
    assert all(maybe_from_micros(row[3]) == NOW for row in rows)
    assert rows[1][4] == "12:00:00 news: page 1, 2 requests, 1.5 kB, 1 new"
