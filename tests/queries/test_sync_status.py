"""Sync status: accounts, runs, what was held back, and how much there is."""

from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_member, a_message, a_person, gone
from workbench.errors import LineError, SignInError
from workbench.models.kinds import AccountKind, RunState
from workbench.queries.sync_status import (
    count_quarantine,
    list_accounts,
    list_quarantine,
    list_runs,
    list_states,
    profile_counts,
)
from workbench.sync.accounts import AccountStore
from workbench.sync.mirror import Applied, MirrorStore
from workbench.sync.records import CommunityRecord, Rejected


@pytest.fixture
def history(network):
    """Two accounts: one ran twice, the second time cut short; one never ran."""
    clock = a_clock(START)
    mirror = MirrorStore(network.database, clock)
    accounts = AccountStore(network.database, clock)
    other = accounts.add(AccountKind.HYPERKITTY, "A server", "https://lists.example.org", {"lists": ["a"]})
    accounts.pause(other, is_paused=True)
    water = network.community("Water")
    run = mirror.start_run(water)
    clock.advance(timedelta(hours=1))
    mirror.end_run(
        run, RunState.DONE, totals=Applied(added=3, unchanged=1, rejected=2, requests=4, bytes_in=5, bytes_out=6)
    )
    clock.advance(timedelta(hours=1))
    run = mirror.start_run(water)
    mirror.end_run(run, RunState.FAILED, totals=Applied(), error=LineError("no answer"))
    network.apply(
        water, rejected=(Rejected("b.csv", 4, "bad_row", "too short"), Rejected("a.csv", 9, "bad_time", "no time"))
    )
    return network, water, other


def test_accounts_say_when_they_last_worked_and_what_went_wrong_since(history):
    network, _, other = history
    with network.read() as reader:
        server, tables = list_accounts(reader)
    assert (server.id, server.kind, server.name, server.is_paused) == (other, AccountKind.HYPERKITTY, "A server", True)
    assert (server.base_url, server.communities, server.last_state) == ("https://lists.example.org", 0, None)
    assert (tables.communities, tables.held_back) == (1, 2)
    assert tables.last_success_at == START + timedelta(hours=1)
    assert tables.last_run_at == START + timedelta(hours=2)
    assert (tables.last_state, tables.last_error) == (RunState.FAILED, "no answer")


def test_runs_come_newest_first(history):
    network, water, other = history
    with network.read() as reader:
        failed, done = list_runs(reader)
        assert list_runs(reader, account_id=network.account_id, limit=1) == [failed]
        assert list_runs(reader, account_id=other) == []
    assert (failed.state, failed.error_code, failed.error_reason) == (RunState.FAILED, "line", "no answer")
    assert (done.community_id, done.community, done.account) == (water, "Water", "Tables")
    assert (done.started_at, done.ended_at) == (START, START + timedelta(hours=1))
    assert (done.added, done.changed, done.unchanged, done.rejected) == (3, 0, 1, 2)
    assert (done.requests, done.bytes_in, done.bytes_out, done.error_code) == (4, 5, 6, None)


def test_a_run_that_ended_on_its_way_is_no_success_and_one_that_held_items_back_is(network):
    water, found = network.community("Water"), []
    for totals in (Applied(added=3), Applied(added=3, rejected=1)):
        network.mirror.end_run(network.mirror.start_run(water), RunState.PARTLY, totals=totals)
        with network.read() as reader:
            found += [(list_accounts(reader)[0].last_success_at, profile_counts(reader).last_success_at)]
    assert found == [(None, None), (NOW, NOW)]


def test_a_run_on_its_way_has_no_end(network):
    network.mirror.start_run(network.community("Water"))
    with network.read() as reader:
        (run,) = list_runs(reader)
    assert (run.state, run.started_at, run.ended_at) == (RunState.RUNNING, NOW, None)


def test_what_was_held_back_is_listed_by_place(history):
    network, water, _ = history
    health = network.community("Health")
    with network.read() as reader:
        first, second = list_quarantine(reader)
        assert list_quarantine(reader, (water,), limit=1, offset=1) == [second]
        assert (count_quarantine(reader), count_quarantine(reader, (water,)), count_quarantine(reader, (health,))) == (
            2,
            2,
            0,
        )
    assert (first.source, first.position, first.code, first.reason) == ("a.csv", 9, "bad_time", "no time")
    assert (first.community, first.seen_at) == ("Water", NOW)


def test_counts_leave_out_bots_and_removed_messages(history):
    network, water, _ = history
    bot = a_person("daemon", is_bot=True)
    network.apply(
        water, a_message("m1"), a_message("m2", by=bot), a_message("m3", to="m1"), a_message("m4"), gone("m4")
    )
    with network.read() as reader:
        counts = profile_counts(reader)
    assert (counts.accounts, counts.communities, counts.people) == (2, 1, 1)
    assert (counts.threads, counts.messages, counts.plans, counts.held_back) == (1, 2, 0, 2)
    assert counts.last_success_at == START + timedelta(hours=1)


def test_an_empty_profile_counts_nothing(network):
    with network.read() as reader:
        counts = profile_counts(reader)
        assert list_runs(reader) == []
    assert (counts.accounts, counts.messages, counts.last_success_at) == (1, 0, None)


def test_a_try_that_got_to_no_community_is_the_last_word_on_its_account(history):
    network, _, other = history
    clock = a_clock(START + timedelta(days=1))
    AccountStore(network.database, clock).tried(other, error=SignInError("refused"))
    AccountStore(network.database, clock).tried(network.account_id)
    with network.read() as reader:
        server, tables = list_accounts(reader)
    assert (server.last_state, server.last_error, server.error_code) == (RunState.FAILED, "refused", "sign_in")
    assert server.last_run_at == server.tried_at == START + timedelta(days=1)
    assert (tables.last_state, tables.last_error, tables.error_code) == (RunState.FAILED, "no answer", None)


def test_a_community_nobody_follows_is_known_of_and_not_counted(history):
    network, water, other = history
    network.mirror.ensure_community(other, CommunityRecord("fire", "Fire", messages=7, members=3), is_followed=False)
    with network.read() as reader:
        fire, first = list_states(reader)
        (only,) = list_states(reader, account_id=other)
        counts = profile_counts(reader)
        server = list_accounts(reader)[0]
    assert only == fire
    assert (fire.name, fire.is_followed, fire.platform_messages, fire.platform_members) == ("Fire", False, 7, 3)
    assert (first.community_id, first.is_followed, first.is_visible, first.held) == (water, True, True, {})
    assert (counts.communities, server.communities, server.followed) == (1, 1, 0)


def test_messages_of_bots_count_beside_the_platforms_number(network):
    water = network.community("Water")
    network.apply(water, a_message("m1"), a_message("m2", by=a_person("robot", is_bot=True)))
    with network.read() as reader:
        assert list_states(reader)[0].messages == 2


def test_members_are_those_a_list_names_where_there_is_one(network):
    water, soil = network.community("Water"), network.community("Soil")
    network.apply(water, a_message("m1", by="writer"), a_member("amina"), a_member("bruno"))
    network.apply(soil, a_message("s1", by="writer"))
    with network.read() as reader:
        assert {row.name: row.members for row in list_states(reader)} == {"Soil": 1, "Water": 2}
