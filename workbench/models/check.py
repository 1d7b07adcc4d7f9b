"""Checks of a database: quick (structure), full (every page's seal, structure, rows that belong together)."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

from workbench.errors import WorkbenchError
from workbench.models.database import Database
from workbench.models.migrations import HEAD

_MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check looked at and what it found; no problems means that all of it is sound."""

    checks: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def quick_check(database: Database) -> CheckResult:
    """Structure of tables and indexes, without comparing their contents; seconds on a large profile."""
    return _run(database, {"structure": _structure})


def full_check(database: Database) -> CheckResult:
    """Also every page's seal, rows without their parent, the full-text index, and the two marks of the form."""
    return _run(
        database,
        {
            "page seals": _page_seals,
            "structure": _full_structure,
            "rows that belong together": _foreign_keys,
            "form": _form,
        },
    )


def _run(database: Database, checks: dict[str, Any]) -> CheckResult:
    problems: list[str] = []
    for name, check in checks.items():
        # A connection that met a damaged page answers with errors from then on, so each check has its own.
        try:
            with closing(database.connection()) as connection:
                problems += [f"{name}: {problem}" for problem in check(connection)]
        except (dbapi2.Error, WorkbenchError) as error:
            problems.append(f"{name}: stopped ({error})")
    return CheckResult(tuple(checks), tuple(problems[:_MOST_PROBLEMS]))


def _structure(connection: Any) -> list[str]:
    return [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]


def _full_structure(connection: Any) -> list[str]:
    # Also runs the own check of each full-text table.
    return [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def _page_seals(connection: Any) -> list[str]:
    return [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]


def _foreign_keys(connection: Any) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_PROBLEMS)
    return [f"a row of {table} has lost its {parent}" for table, _row, parent, _key in rows]


def _form(connection: Any) -> list[str]:
    user_version = connection.execute("PRAGMA user_version").fetchone()[0]
    revisions = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
    return [] if user_version == HEAD and revisions == [f"{HEAD:04}"] else ["the two marks of the form differ"]
