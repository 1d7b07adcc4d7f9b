"""Today's marks: what was decided about an item - done, put off, dismissed - kept under its key."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.moments import to_micros
from workbench.operations.today_items import Task
from workbench.queries.today import MarkRow
from workbench.workspace import Workspace

MORNING: Final = time(6)
"""When what was put off comes back, by the clock here."""


class MarkState(StrEnum):
    """What was decided about an item."""

    DONE = "done"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


def mark(workspace: Workspace, *, keys: Sequence[str], state: MarkState, until: datetime | None = None) -> Changes:
    """Keeps what was decided about items, each by its key; a snoozed one comes back at `until`.

    Of what is put off again the first time is kept as the moment of it: an old question is looked for by that.
    Refuses a key that is none of this list's, and putting off without a moment, or into the past (BadInputError).
    """
    now = workspace.clock.now()
    kinds = [_kind_of(key) for key in keys]
    if (state is MarkState.SNOOZED) != (until is not None) or (until is not None and until <= now):
        message = "An item is put off until a moment that lies ahead."
        raise BadInputError(message)
    moment = None if until is None else to_micros(until)
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            'INSERT INTO todaymark ("key", kind, state, until, marked_at) VALUES (?, ?, ?, ?, ?)'
            ' ON CONFLICT ("key") DO UPDATE SET state = excluded.state, until = excluded.until,'
            " marked_at = CASE WHEN todaymark.state = 'snoozed' AND excluded.state = 'snoozed'"
            " THEN min(todaymark.marked_at, excluded.marked_at) ELSE excluded.marked_at END",
            [(key, kind, state.value, moment, to_micros(now)) for key, kind in zip(keys, kinds, strict=True)],
        )
    return Changes.TODAY


def unmark(workspace: Workspace, *, keys: Sequence[str]) -> Changes:
    """Takes back what was decided; a key without a mark is left alone.

    A question comes back now, as one that was put off does: without a mark it may be too old for the list.
    """
    now = to_micros(workspace.clock.now())
    with workspace.database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "UPDATE todaymark SET state = 'snoozed', until = ? WHERE \"key\" = ? AND kind = 'answer'",
            [(now, key) for key in keys],
        )
        connection.exec_driver_sql(
            "DELETE FROM todaymark WHERE \"key\" = ? AND kind <> 'answer'", [(key,) for key in keys]
        )
    return Changes.TODAY


def morning_of(day: date) -> datetime:
    """When what was put off to a local day comes back, whatever the clocks did that night."""
    return datetime.combine(day, MORNING).astimezone()


def is_away(mark_row: MarkRow | None, as_of: datetime) -> bool:
    """Whether an item with this mark stays off the list at `as_of`."""
    if mark_row is None:
        return False
    if mark_row.state != MarkState.SNOOZED:
        return True
    # What was put off by a clock that ran ahead, and was set right since, does not wait for that moment.
    is_told_ahead = mark_row.marked_at > as_of + timedelta(days=1)
    return mark_row.until is not None and mark_row.until > as_of and not is_told_ahead


def _kind_of(key: str) -> str:
    kind = key.partition(":")[0]
    if kind not in set(Task):
        message = f"“{key}” names nothing on this list; `workbench today --json` gives the keys."
        raise BadInputError(message)
    return kind
