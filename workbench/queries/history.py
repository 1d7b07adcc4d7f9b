"""History: every run of every community, and the tries that ended before any community had its turn."""

import json
from collections.abc import Mapping
from typing import Any, Final

from workbench.ids import AccountId, CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import RunState
from workbench.models.moments import from_micros
from workbench.queries.preferences import preference
from workbench.queries.sync_status import RunRow, list_runs

TRIES: Final = "sync.tries"
"""The setting that keeps the tries, newest last: a line of the history belongs to a community, and these have none."""


def list_history(reader: Reader, *, limit: int) -> list[RunRow]:
    """Runs and tries, newest first. A try has a negative id, no community, and its account's name in place of one."""
    accounts: dict[int, str] = dict(reader.rows("SELECT id, name FROM account"))
    tries = [_row(one, accounts[one["account"]]) for one in stored_tries(reader) if one["account"] in accounts]
    rows = [*tries, *list_runs(reader, limit=limit)]
    return sorted(rows, key=lambda row: (row.started_at, row.id), reverse=True)[:limit]


def stored_tries(reader: Reader) -> list[Mapping[str, Any]]:
    """{number, account, first, last (microseconds), times, code, reason} of each try, the newest last."""
    text = preference(reader, TRIES)
    found: list[Mapping[str, Any]] = [] if text is None else json.loads(text)
    return found


def _row(one: Mapping[str, Any], account: str) -> RunRow:
    first, last = from_micros(one["first"]), from_micros(one["last"])
    times = f"tried {one['times']} times until {last:%H:%M:%S}, each with the same end" if one["times"] > 1 else None
    return RunRow(
        id=-int(one["number"]),
        community_id=CommunityId(0),
        community=f"{account}, all communities",
        account_id=AccountId(one["account"]),
        account=account,
        state=RunState.FAILED,
        started_at=first,
        ended_at=last,
        added=0,
        changed=0,
        unchanged=0,
        rejected=0,
        requests=0,
        bytes_in=0,
        bytes_out=0,
        error_code=one["code"],
        error_reason=one["reason"],
        trace=None if times is None else f"{first:%H:%M:%S} {times}",
    )
