"""StatusRow: what the status bar says, read in one job; no Qt in here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from workbench.models.database import Database
from workbench.queries.sync_status import list_runs, profile_counts

_RUNS_READ: Final = 200


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the status bar says, read in one job; `bytes_today` counts both ways since midnight UTC."""

    accounts: int
    communities: int
    held_back: int
    last_success_at: datetime | None
    bytes_today: int


def read_status(database: Database, *, now: datetime) -> StatusRow:
    """Reads everything the status bar shows."""
    with database.read() as reader:
        counts = profile_counts(reader)
        runs = list_runs(reader, limit=_RUNS_READ)
    today = now.astimezone(UTC).date()
    used = sum(run.bytes_in + run.bytes_out for run in runs if run.requests and run.started_at.date() == today)
    return StatusRow(counts.accounts, counts.communities, counts.held_back, counts.last_success_at, used)
