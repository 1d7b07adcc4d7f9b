"""AccountStore: the sources this profile knows; add, find, list, pause, forget."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.models.moments import to_micros

_COLUMNS = "SELECT id, kind, name, base_url, settings, is_paused FROM account"


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A source as it was declared; `settings` are what its connector asked for, never a secret."""

    id: AccountId
    kind: AccountKind
    name: str
    base_url: str | None
    settings: Mapping[str, Any]
    is_paused: bool


class AccountStore:
    """Writes accounts; forgetting one removes everything mirrored from it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        kind: AccountKind,
        name: str,
        base_url: str | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> AccountId:
        """The id of a new account. Refuses a name that is empty or in use (BadInputError)."""
        if not name.strip():
            message = "an account needs a name"
            raise BadInputError(message)
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            if execute("SELECT 1 FROM account WHERE name = ?", (name,)).first() is not None:
                message = "there is an account of this name already"
                raise BadInputError(message, name=name)
            result = execute(
                "INSERT INTO account (kind, name, base_url, settings, is_paused, created_at) VALUES (?, ?, ?, ?, 0, ?)"
                " RETURNING id",
                (
                    kind.value,
                    name,
                    base_url,
                    json.dumps(dict(settings or {}), sort_keys=True),
                    to_micros(self._clock.now()),
                ),
            )
            return AccountId(int(result.scalar_one()))

    def find(self, kind: AccountKind, name: str) -> AccountId | None:
        """The account of this kind and name, if there is one."""
        with self._database.read() as reader:
            found = reader.scalar("SELECT id FROM account WHERE kind = ? AND name = ?", (kind.value, name))
        return None if found is None else AccountId(int(found))

    def get(self, account_id: AccountId) -> AccountEntry:
        """One account; refuses an id that is not there (BadInputError)."""
        with self._database.read() as reader:
            row = reader.one(_COLUMNS + " WHERE id = ?", (account_id,))
        if row is None:
            message = "there is no such account"
            raise BadInputError(message)
        return _entry(row)

    def list(self) -> tuple[AccountEntry, ...]:
        """All accounts by name."""
        with self._database.read() as reader:
            rows = reader.rows(_COLUMNS)
        return tuple(sorted(map(_entry, rows), key=lambda entry: (entry.name.casefold(), entry.id)))

    def pause(self, account_id: AccountId, *, is_paused: bool = True) -> Changes:
        """Leaves the account out of syncs until it is unpaused."""
        with self._database.write() as session:
            result = session.connection().exec_driver_sql(
                "UPDATE account SET is_paused = ? WHERE id = ? AND is_paused <> ?", (is_paused, account_id, is_paused)
            )
            return Changes.ACCOUNTS if result.rowcount else Changes.NOTHING

    def forget(self, account_id: AccountId) -> Changes:
        """Removes the account, everything mirrored from it, and the people nobody else knows.

        People with a note or a tag stay. Nothing happens when the account is not there.
        """
        from workbench.sync.removal import remove_account  # noqa: PLC0415 - loads the ORM

        with self._database.write() as session:
            return remove_account(session.connection(), account_id)


def _entry(row: tuple[Any, ...]) -> AccountEntry:
    account_id, kind, name, base_url, settings, is_paused = row
    return AccountEntry(
        id=AccountId(account_id),
        kind=AccountKind(kind),
        name=name,
        base_url=base_url,
        settings=json.loads(settings),
        is_paused=bool(is_paused),
    )
