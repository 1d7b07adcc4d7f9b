"""SecretStore: tokens, keys and passwords of accounts, in the encrypted database and nowhere else."""

from typing_extensions import override

from workbench.clock import Clock
from workbench.ids import AccountId
from workbench.models.database import Database
from workbench.models.moments import to_micros


class SecretStore:
    """Secrets by account and name; they go when their account goes. No value is in an error, a log or a repr.

    Reading works on a profile opened for reading; writing refuses there (ReadOnlyError).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, account_id: AccountId, name: str) -> str | None:
        """The secret as it is stored now, by whichever process."""
        with self._database.read() as reader:
            value: str | None = reader.scalar(
                "SELECT value FROM secret WHERE account_id = ? AND name = ?", (account_id, name)
            )
        return value

    def names(self, account_id: AccountId) -> tuple[str, ...]:
        """What there is of this account, by name."""
        with self._database.read() as reader:
            rows = reader.rows("SELECT name FROM secret WHERE account_id = ? ORDER BY name", (account_id,))
        return tuple(name for (name,) in rows)

    def put(self, account_id: AccountId, name: str, value: str) -> None:
        """Keeps a secret in place of the one of this name."""
        self.put_all(account_id, {name: value})

    def put_all(self, account_id: AccountId, values: dict[str, str]) -> None:
        """Keeps several secrets together: all of them, or none where the profile cannot be written."""
        now = to_micros(self._clock.now())
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO secret (account_id, name, value, updated_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (account_id, name) DO UPDATE"
                " SET value = excluded.value, updated_at = excluded.updated_at",
                [(account_id, name, value, now) for name, value in values.items()],
            )

    def forget(self, account_id: AccountId, *names: str) -> None:
        """Removes these secrets; harmless where they are not there."""
        with self._database.write() as session:
            for name in names:
                session.connection().exec_driver_sql(
                    "DELETE FROM secret WHERE account_id = ? AND name = ?", (account_id, name)
                )

    @override
    def __repr__(self) -> str:
        return "SecretStore()"
