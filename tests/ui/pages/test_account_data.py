"""What the journey reads and writes: declarations, an account and its communities."""

import pytest

from tests.platforms.open_social import OpenSocial
from tests.platforms.world import a_world
from tests.ui.pages.account_parts import a_forum
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, LineError, SignInError
from workbench.models.kinds import AccountKind
from workbench.sync.accounts import AccountLimits
from workbench.sync.platforms import TITLES, platform
from workbench.ui.pages import account_data as data

DISCOURSE = platform(AccountKind.DISCOURSE)


@pytest.fixture
def forum():
    with a_forum() as running:
        yield running


@pytest.fixture
def account(workspace, forum):
    return data.keep_new(workspace, DISCOURSE, data.Given("Forum", {"address": forum.address}, {}))


def test_every_platform_is_offered_with_the_names_that_are_taken(workspace):
    workspace.accounts.add(AccountKind.TABLE, "Tables")
    found = data.offers(workspace)
    assert [one.kind for one in found.platforms] == list(TITLES)
    assert found.names == {"tables"}


def test_what_was_filled_in_is_kept_without_asking_anybody(forum, account):
    assert (account.row.name, account.row.base_url, account.way, account.is_new) == (
        "Forum", forum.address, None, True
    )  # fmt: skip
    assert forum.asked == []


def test_details_change_and_a_wrong_one_changes_nothing(workspace, account):
    given = data.Given("Forum", {"address": account.row.base_url, "calls_per_minute": "5"}, {})
    assert data.keep_changed(workspace, account, given).settings == {"calls_per_minute": "5"}
    with pytest.raises(BadInputError):
        data.keep_changed(workspace, account, data.Given("Forum", {"colour": "blue"}, {}))
    assert data.tended(workspace, account.row.id).settings == {"calls_per_minute": "5"}


def test_the_communities_are_those_of_the_platform_and_later_the_last_known_ones(workspace, forum, account):
    seen = data.see(workspace, account.row, CancelToken())
    assert seen.error is None
    assert seen.states[0].is_mine
    assert not seen.states[-1].is_mine
    assert not any(row.is_followed for row in seen.states)
    forum.go_astray()
    older = data.see(workspace, account.row, CancelToken())
    assert isinstance(older.error, LineError)
    assert {row.name for row in older.states} == {row.name for row in seen.states}


def test_a_refused_password_is_forgotten_and_the_next_sign_in_asks_for_it(workspace):
    with OpenSocial(a_world(messages=6)) as site:
        given = data.Given("Net", {"address": site.address, "user": "amina"}, {"password": "planted"})
        account = data.keep_new(workspace, platform(AccountKind.OPEN_SOCIAL), given)
        assert account.secrets == {"password"}
        site.switches["wrong_password"] = True
        assert isinstance(data.see(workspace, account.row, CancelToken()).error, SignInError)
        assert data.tended(workspace, account.row.id).secrets == frozenset()


def test_exactly_the_chosen_ones_are_followed(workspace, account):
    first, second, *_ = data.see(workspace, account.row, CancelToken()).states
    data.follow(workspace, account.row.id, {first.community_id, second.community_id})
    after = data.follow(workspace, account.row.id, {second.community_id})
    assert [row.community_id for row in after.states if row.is_followed] == [second.community_id]


def test_limits_are_kept_and_signing_in_takes_the_trouble_away(workspace, account):
    data.keep_limits(workspace, account.row.id, AccountLimits(None, is_text_only=True, daily_cap=5, every_minutes=60))
    workspace.accounts.tried(account.row.id, error=LineError("cut"))
    after = data.welcome_back(workspace, account.row.id).row
    assert (after.is_text_only, after.daily_cap, after.every_minutes, after.error_code) == (True, 5, 60, None)


def test_an_account_that_is_gone_is_refused(workspace, account):
    workspace.accounts.forget(account.row.id)
    with pytest.raises(BadInputError):
        data.tended(workspace, account.row.id)
