"""Secrets: kept by account and name, gone with their account, in the database only and in no text about it."""

import pytest

from tests.builders import a_clock, a_database
from workbench.errors import ReadOnlyError, StoreError
from workbench.models.kinds import AccountKind
from workbench.sync.accounts import AccountStore
from workbench.sync.secrets import SecretStore

SECRET = "planted-secret-value"


@pytest.fixture
def database(tmp_path):
    opened = a_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def account(database):
    return AccountStore(database, a_clock()).add(AccountKind.DISCOURSE, "Forum")


def test_a_secret_is_kept_replaced_and_forgotten(database, account):
    secrets = SecretStore(database, a_clock())
    assert secrets.get(account, "token") is None
    secrets.put(account, "token", "first")
    secrets.put_all(account, {"token": SECRET, "key": "other"})
    assert (secrets.get(account, "token"), secrets.names(account)) == (SECRET, ("key", "token"))
    secrets.forget(account, "token", "never there")
    assert secrets.names(account) == ("key",)


def test_secrets_are_of_one_account_and_go_with_it(database, account):
    accounts, secrets = AccountStore(database, a_clock()), SecretStore(database, a_clock())
    other = accounts.add(AccountKind.DISCOURSE, "Other forum")
    secrets.put(account, "token", SECRET)
    assert secrets.names(other) == ()
    accounts.forget(account)
    assert secrets.get(account, "token") is None


def test_a_failed_write_keeps_what_there_was(database, account):
    secrets = SecretStore(database, a_clock())
    secrets.put(account, "token", "first")

    def change():
        with database.write():
            secrets.put(account, "token", "second")
            raise StoreError

    with pytest.raises(StoreError):
        change()
    assert secrets.get(account, "token") == "first"


def test_a_profile_opened_for_reading_gives_secrets_and_takes_none(tmp_path, database, account):
    SecretStore(database, a_clock()).put(account, "token", SECRET)
    reading = a_database(tmp_path, writable=False)
    secrets = SecretStore(reading, a_clock())
    assert secrets.get(account, "token") == SECRET
    with pytest.raises(ReadOnlyError) as caught:
        secrets.put(account, "token", "new-secret")
    assert "new-secret" not in repr(caught.value)
    reading.close()


def test_nothing_of_it_can_be_read_in_the_file_or_in_a_repr(tmp_path, database, account):
    secrets = SecretStore(database, a_clock())
    secrets.put(account, "token", SECRET)
    database.close()
    assert all(SECRET.encode() not in path.read_bytes() for path in tmp_path.glob("workbench.db*"))
    assert SECRET not in repr(secrets)
