"""Accounts: added, found, paused; a forgotten one leaves nothing behind, and takes nothing that is not its own."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.sync.mirrored import a_mirror
from workbench.errors import BadInputError, BudgetSpentError, PlatformBusyError, SignInError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.sync.accounts import AccountLimits


def test_an_account_is_found_by_kind_and_name(tmp_path):
    accounts = a_mirror(tmp_path).accounts
    added = accounts.add(AccountKind.HYPERKITTY, "Lists", "https://lists.example.org", {"list": "water@example.org"})
    assert accounts.find(AccountKind.HYPERKITTY, "Lists") == added
    assert accounts.find(AccountKind.TABLE, "Lists") is None
    entry = accounts.get(added)
    assert (entry.base_url, entry.settings) == ("https://lists.example.org", {"list": "water@example.org"})
    assert [entry.name for entry in accounts.list()] == ["Files", "Lists"]


def test_a_name_is_used_once(tmp_path):
    accounts = a_mirror(tmp_path).accounts
    with pytest.raises(BadInputError):
        accounts.add(AccountKind.TABLE, "Files")
    with pytest.raises(BadInputError):
        accounts.add(AccountKind.TABLE, "  ")
    with pytest.raises(BadInputError):
        accounts.get(99)


def test_a_paused_account_says_so_until_it_goes_on(tmp_path):
    mirrored = a_mirror(tmp_path)
    assert mirrored.accounts.pause(mirrored.account_id) == Changes.ACCOUNTS
    assert mirrored.accounts.pause(mirrored.account_id) == Changes.NOTHING
    assert mirrored.accounts.get(mirrored.account_id).is_paused
    assert mirrored.accounts.pause(mirrored.account_id, is_paused=False) == Changes.ACCOUNTS


def test_forgetting_twice_does_nothing(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.accounts.forget(mirrored.account_id)
    assert mirrored.accounts.forget(mirrored.account_id) == Changes.NOTHING


def test_a_limit_is_raised_for_today_alone_and_never_lowered(tmp_path):
    mirrored = a_mirror(tmp_path)
    accounts, account_id, today = mirrored.accounts, mirrored.account_id, NOW.date()
    with pytest.raises(BadInputError):  # nothing to raise
        accounts.raise_today(account_id, 9)
    accounts.set_limits(account_id, AccountLimits(daily_cap=100))
    accounts.tried(account_id, error=BudgetSpentError("used up"))
    for wrong in (50, 100):
        with pytest.raises(BadInputError):
            accounts.raise_today(account_id, wrong)
    assert Changes.ACCOUNTS in accounts.raise_today(account_id, 300)
    entry = accounts.get(account_id)
    assert (entry.limits.daily_cap, entry.cap.on(today), entry.cap.on(today + timedelta(days=1))) == (100, 300, 100)
    assert mirrored.rows("SELECT error_code FROM account") == [(None,)]
    accounts.raise_today(account_id, None)
    assert (accounts.get(account_id).cap.on(today), accounts.get(account_id).limits.daily_cap) == (None, 100)
    with pytest.raises(BadInputError):  # no more than no limit
        accounts.raise_today(account_id, 500)


def test_limits_are_kept_and_have_to_be_limits(tmp_path):
    mirrored = a_mirror(tmp_path)
    accounts, account_id = mirrored.accounts, mirrored.account_id
    assert accounts.get(account_id).limits == AccountLimits()
    limits = AccountLimits(date(2024, 3, 1), is_text_only=True, daily_cap=5_000_000, every_minutes=60)
    assert accounts.set_limits(account_id, limits) == Changes.ACCOUNTS
    assert accounts.get(account_id).limits == limits
    for wrong in (AccountLimits(daily_cap=0), AccountLimits(every_minutes=-5)):
        with pytest.raises(BadInputError):
            accounts.set_limits(account_id, wrong)
    assert accounts.get(account_id).limits == limits


@pytest.mark.parametrize(
    ("before", "after", "looks_again"),
    [
        (AccountLimits(date(2024, 3, 1)), AccountLimits(), True),
        (AccountLimits(date(2024, 3, 1)), AccountLimits(date(2024, 2, 1)), True),
        (AccountLimits(date(2024, 3, 1)), AccountLimits(date(2024, 4, 1)), False),
        (AccountLimits(is_text_only=True), AccountLimits(), True),
        (AccountLimits(), AccountLimits(date(2024, 3, 1), is_text_only=True, daily_cap=7), False),
    ],
)
def test_an_account_that_goes_further_has_to_look_everywhere_again(tmp_path, before, after, looks_again):
    mirrored = a_mirror(tmp_path)
    mirrored.accounts.set_limits(mirrored.account_id, before)
    mirrored.mirror.settle(mirrored.community_id, mark="7")
    mirrored.accounts.set_limits(mirrored.account_id, after)
    assert (mirrored.scalar("SELECT mark FROM communitystate") is None) is looks_again
    is_read = mirrored.scalar("SELECT synced_at FROM communitystate") is not None
    assert is_read is (before.history_from is None or not looks_again)


def test_other_settings_take_the_place_of_all_there_were(tmp_path):
    accounts = a_mirror(tmp_path).accounts
    account = accounts.add(AccountKind.DISCOURSE, "A", "https://a.example.org", {"one": "1", "two": "2"})
    assert accounts.set_settings(account, {"two": "3"}, base_url="https://b.example.org") is Changes.ACCOUNTS
    entry = accounts.get(account)
    assert (entry.base_url, entry.settings) == ("https://b.example.org", {"two": "3"})


def test_a_wish_to_wait_is_kept_until_the_next_try(tmp_path):
    mirrored = a_mirror(tmp_path)
    accounts, account_id = mirrored.accounts, mirrored.account_id
    accounts.tried(account_id, error=PlatformBusyError("busy", seconds=90))
    entry = accounts.get(account_id)
    assert (entry.tried_at, entry.not_before) == (NOW, NOW + timedelta(seconds=90))
    accounts.tried(account_id, error=SignInError("refused"))
    assert accounts.get(account_id).not_before is None
    assert mirrored.rows("SELECT error_code, error_reason FROM account") == [("sign_in", "refused")]
    accounts.tried(account_id)
    assert mirrored.rows("SELECT error_code, error_reason FROM account") == [(None, None)]


def test_communities_are_followed_one_by_one(tmp_path):
    mirrored = a_mirror(tmp_path)
    accounts, account_id = mirrored.accounts, mirrored.account_id
    assert accounts.follow(account_id, [mirrored.community_id], is_followed=False) == Changes.COMMUNITIES
    assert accounts.follow(account_id, [mirrored.community_id], is_followed=False) == Changes.NOTHING
    assert mirrored.rows("SELECT is_followed FROM community") == [(0,)]
    accounts.follow(account_id, [mirrored.community_id])
    assert mirrored.rows("SELECT is_followed FROM community") == [(1,)]


def test_the_pace_is_kept_as_it_was_given(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.accounts.keep_pace(mirrored.account_id, '{"polite": {}}')
    assert mirrored.accounts.get(mirrored.account_id).pace == '{"polite": {}}'
