"""What no row of an account can keep: tries without a run, and what removed accounts cost."""

from datetime import timedelta

import pytest

from tests.builders import NOW, a_clock, a_database
from workbench.errors import LineError, SignInError
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.queries.history import list_history, stored_tries
from workbench.queries.traffic import spent_by_account, spent_in_all
from workbench.sync.account_meter import AccountMeter
from workbench.sync.accounts import AccountStore
from workbench.sync.kept_apart import MOST_TRIES

MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(tmp_path):
    found = a_database(tmp_path)
    yield found
    found.close()


def a_try(database: Database, account, *, after: timedelta, error=None) -> None:
    AccountStore(database, a_clock(NOW + after)).tried(
        account, error=error or LineError("no answer"), since=NOW + after
    )


def tries(database: Database) -> list[tuple[str, int]]:
    with database.read() as reader:
        return [(one["code"], one["times"]) for one in stored_tries(reader)]


def test_tries_that_end_alike_soon_after_one_another_are_one_line(database: Database):
    account = AccountStore(database, a_clock()).add(AccountKind.DISCOURSE, "Forum")
    other = AccountStore(database, a_clock()).add(AccountKind.DISCOURSE, "Other")
    for minutes in (0, 15, 30):
        a_try(database, account, after=minutes * MINUTE)
        a_try(database, other, after=minutes * MINUTE, error=SignInError("refused"))
    a_try(database, account, after=300 * MINUTE)
    assert tries(database) == [("line", 3), ("sign_in", 3), ("line", 1)]
    with database.read() as reader:
        repeated = list_history(reader, limit=5)[-1]
    assert repeated.trace == "12:00:00 tried 3 times until 12:30:00, each with the same end"


def test_try_that_went_well_or_has_a_run_of_its_own_leaves_no_line(database: Database):
    store = AccountStore(database, a_clock())
    account = store.add(AccountKind.DISCOURSE, "Forum")
    store.tried(account, since=NOW)
    store.tried(account, error=LineError("cut"))
    assert tries(database) == []


def test_only_the_newest_tries_are_kept(database: Database):
    account = AccountStore(database, a_clock()).add(AccountKind.DISCOURSE, "Forum")
    for number in range(MOST_TRIES + 3):
        a_try(database, account, after=2 * number * 60 * MINUTE)
    assert len(tries(database)) == MOST_TRIES


def test_what_a_removed_account_cost_stays_in_the_sums(database: Database):
    clock = a_clock()
    store = AccountStore(database, clock)
    first, second = (store.add(AccountKind.DISCOURSE, name) for name in ("One", "Two"))
    for account, day in (
        (first, NOW),
        (first, NOW - timedelta(days=3)),
        (first, NOW - timedelta(days=40)),
        (second, NOW),
    ):
        meter = AccountMeter(database, a_clock(day), account_id=account)
        meter.note(1, 1000, 200)
        meter.keep()
    with database.read() as reader:
        before = spent_in_all(reader, today=NOW.date())
    assert (before.today.bytes, before.month.bytes, before.month.requests) == (2400, 3600, 3)
    store.forget(first)
    with database.read() as reader:
        assert spent_in_all(reader, today=NOW.date()) == before
        assert list(spent_by_account(reader, today=NOW.date())) == [second]
    store.forget(second)
    with database.read() as reader:
        assert spent_in_all(reader, today=NOW.date()) == before
        assert spent_in_all(reader, today=NOW.date() + timedelta(days=20)).month.bytes == 0
