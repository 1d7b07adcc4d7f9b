"""Accounts: added, found, paused; a forgotten one leaves nothing behind, and takes nothing that is not its own."""

import pytest

from tests.sync.mirrored import a_mirror
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind


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
