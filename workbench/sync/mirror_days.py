"""Days of a web site: page views by day or range; a slice replaces what was held for the same days, as a whole."""

from sqlalchemy import Connection

from workbench.models.moments import to_day
from workbench.sync.lookups import storable
from workbench.sync.mirror_events import Tally
from workbench.sync.records import SiteDaysRecord

_DAY = "SELECT page, views, users, sessions, events, is_partial FROM pageday WHERE community_id = ? AND day = ?"
_RANGE = "SELECT page, views, users, events FROM pagerange WHERE community_id = ? AND first_day = ? AND last_day = ?"


def replace_days(connection: Connection, community_id: int, record: SiteDaysRecord, tally: Tally) -> None:
    """Writes the slice; a page that occurs twice in it counts with its last row. An equal slice changes nothing."""
    first, last = to_day(record.days.first), to_day(record.days.last)
    key: tuple[int, ...]
    rows: list[tuple[object, ...]]
    if first == last:
        select, key = _DAY, (community_id, first)
        rows = [
            (storable(page.page), page.views, page.users, page.sessions, page.events, int(record.is_partial))
            for page in {page.page: page for page in record.pages}.values()
        ]
        insert = (
            "INSERT INTO pageday (community_id, day, page, views, users, sessions, events, is_partial)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        delete = "DELETE FROM pageday WHERE community_id = ? AND day = ?"
    else:
        select, key = _RANGE, (community_id, first, last)
        rows = [
            (storable(page.page), page.views, page.users, page.events)
            for page in {page.page: page for page in record.pages}.values()
        ]
        insert = (
            "INSERT INTO pagerange (community_id, first_day, last_day, page, views, users, events)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        delete = "DELETE FROM pagerange WHERE community_id = ? AND first_day = ? AND last_day = ?"
    stored = [tuple(row) for row in connection.exec_driver_sql(select, key)]
    if sorted(stored, key=lambda row: str(row[0])) == sorted(rows, key=lambda row: str(row[0])):
        tally.unchanged += 1
        return
    connection.exec_driver_sql(delete, key)
    if rows:
        connection.exec_driver_sql(insert, [(*key, *row) for row in rows])
    if stored:
        tally.changed += 1
    else:
        tally.added += 1
