"""Kept apart: what no row of an account or community can keep, as JSON text among the settings of the profile.

Tries that ended before any community had its turn, and what accounts that were removed cost on the line.
"""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from workbench.errors import WorkbenchError
from workbench.models.moments import to_micros
from workbench.queries.history import TRIES
from workbench.queries.traffic import REMOVED

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_TRIES: Final = 100
SAME_WITHIN: Final = timedelta(hours=1)
"""Tries of one account that end alike, one soon after the other, are one line of the history."""
KEPT_DAYS: Final = 62
"""Days whose cost is kept after their account is gone: those of a month, whenever it is looked at."""


def note_try(
    connection: "Connection", account_id: int, *, started_at: datetime, now: datetime, error: WorkbenchError
) -> None:
    """Keeps that a try of a whole account ended with `error`; of many the newest stay."""
    tries: list[dict[str, Any]] = json.loads(_stored(connection, TRIES) or "[]")
    mine = next((one for one in reversed(tries) if one["account"] == account_id), None)
    is_same = mine is not None and (mine["code"], mine["reason"]) == (error.code, error.reason)
    soon = to_micros(now) - SAME_WITHIN // timedelta(microseconds=1)
    if mine is not None and is_same and mine["last"] >= soon:
        mine |= {"last": to_micros(now), "times": mine["times"] + 1}
    else:
        number = max((one["number"] for one in tries), default=0) + 1
        tries.append(
            {
                "number": number,
                "account": account_id,
                "first": to_micros(started_at),
                "last": to_micros(now),
                "times": 1,
                "code": error.code,
                "reason": error.reason,
            }
        )
    _store(connection, TRIES, tries[-MOST_TRIES:])


def forget_account(connection: "Connection", account_id: int) -> None:
    """Before an account goes: what it cost stays in the sums of its days, and its tries leave the history."""
    rows = connection.exec_driver_sql(
        "SELECT day, requests, bytes_in, bytes_out FROM trafficday WHERE account_id = ?", (account_id,)
    ).all()
    kept: dict[str, list[int]] = json.loads(_stored(connection, REMOVED) or "{}")
    for day, *sums in rows:
        before = kept.get(str(day), [0, 0, 0])
        kept[str(day)] = [old + new for old, new in zip(before, sums, strict=True)]
    newest = max(map(int, kept), default=0)
    if rows:
        _store(connection, REMOVED, {day: sums for day, sums in kept.items() if int(day) > newest - KEPT_DAYS})
    tries: list[dict[str, Any]] = json.loads(_stored(connection, TRIES) or "[]")
    if any(one["account"] == account_id for one in tries):
        _store(connection, TRIES, [one for one in tries if one["account"] != account_id])


def _stored(connection: "Connection", key: str) -> str | None:
    text: str | None = connection.exec_driver_sql('SELECT value FROM preference WHERE "key" = ?', (key,)).scalar()
    return text


def _store(connection: "Connection", key: str, value: object) -> None:
    connection.exec_driver_sql(
        'INSERT INTO preference ("key", value) VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET value = excluded.value',
        (key, json.dumps(value)),
    )
