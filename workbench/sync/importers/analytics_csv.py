"""The CSV files that Google Analytics' own pages export: reports, explorations and overviews, as days and ranges."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.analytics.position import is_day, runs_of, settled_until
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.importers.analytics_tables import Columns, Table, columns_of, day_of, number_of, read_tables
from workbench.sync.importers.csv_rows import RawRow
from workbench.sync.page_views import joined, named, sum_of
from workbench.sync.records import CommunityRecord, PageViews, Rejected, SiteDaysRecord

FILES: Final = Stream("files", "Files")
_VERSION: Final = 1
_SHOWN: Final = 12


@dataclass(slots=True)
class _Slices:
    """What a file says: pages by days, "" being the whole site; which days have a whole that the file itself gives."""

    pages: dict[DayRange, dict[str, PageViews]] = field(default_factory=dict)
    users: dict[DayRange, int | None] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


class AnalyticsFiles:
    """Exports of one web site. A range of days stays a range: nothing is spread over its days.

    `views` names the column of page views where its language is not known. The file names no property and no moment
    of its making: which site it is about is for the person to say, and a file that was read once brings nothing again.
    Refuses (BadInputError) files that are not there, name no days, or show no page views.
    """

    kind: ClassVar[AccountKind] = AccountKind.ANALYTICS_FILE
    abilities: ClassVar[Abilities] = Abilities(views=True)
    streams: ClassVar[tuple[Stream, ...]] = (FILES,)

    def __init__(self, paths: Sequence[Path], *, site: str, today: date, views: str = "") -> None:
        self._paths, self._site, self._today, self._views = tuple(paths), site, today, views
        self._slices: dict[Path, _Slices] = {}

    def communities(self) -> tuple[CommunityRecord, ...]:
        """The one web site; refuses here already what is no such export."""
        for path in self._paths:
            self._read(path)
        return (CommunityRecord(remote_id=self._site, name=self._site),)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """A batch for every file that was not read before."""
        _ = stream  # there is only one
        read = _digests(since)
        for place, path in enumerate(self._paths):
            digest = _digest(path)
            is_known = digest in read
            slices = _Slices() if is_known else self._read(path)
            read = (*read, digest) if not is_known else read
            records = [self._record(community, days, slices) for days in sorted(slices.pages, key=_order)]
            yield Batch(
                tuple(records),
                Cursor(json.dumps({"version": _VERSION, "read": read})),
                rejected=tuple(slices.rejected),
                covered=runs_of(
                    record.days.first for record in records if is_day(record.days) and not record.is_partial
                ),
                progress=Progress(place + 1, "files", total=len(self._paths), fraction=(place + 1) / len(self._paths)),
                note=f"{path.name}: read before" if is_known else path.name,
            )

    def _record(self, community: str, days: DayRange, slices: _Slices) -> SiteDaysRecord:
        """A day without a whole of its own gets the sum of its pages; the rows of a file may have been cut short."""
        pages = slices.pages[days]
        is_partial = days.last > settled_until(self._today)
        if is_day(days) and "" not in pages:
            return SiteDaysRecord(community, days, (sum_of(pages.values()), *pages.values()), is_partial=True)
        return SiteDaysRecord(community, days, tuple(pages.values()), is_partial)

    def _read(self, path: Path) -> _Slices:
        if path not in self._slices:
            self._slices[path] = _read_file(path, self._views)
        return self._slices[path]


def _read_file(path: Path, views: str) -> _Slices:
    try:
        tables = read_tables(path)
    except OSError as error:
        reason = f"{path.name} cannot be read: {error.strerror}"
        raise BadInputError(reason, path=str(path)) from error
    slices, unknown, has_no_days = _Slices(), list[str](), False
    for table in tables:
        columns = columns_of(table, views=views)
        if columns is None:
            continue
        if columns.views is None and columns.page is None:
            _take_users(slices, table, columns)
        if columns.views is None:
            unknown += [header for header in table.headers if header not in unknown]
        elif columns.day is None and table.days is None:
            has_no_days = True
        else:
            _take(slices, table, columns, path.name)
    for days, users in slices.users.items():
        whole = slices.pages.get(days, {}).get("")
        if whole is not None and whole.users is None:
            slices.pages[days][""] = PageViews("", whole.views, users, whole.sessions, whole.events)
    if not slices.pages:
        raise _nothing(path, unknown, has_no_days=has_no_days)
    return slices


def _take(slices: _Slices, table: Table, columns: Columns, source: str) -> None:
    """The rows of one table; days for which another table gave pages already are left to that one."""
    own: dict[DayRange, dict[str, PageViews]] = {}
    for row in table.rows:
        found = _views_of(row, columns)
        day = None if row.fault else day_of(table, columns, row.cells)
        has_days = columns.day is not None or columns.number is not None
        if found is None or (has_days and day is None):
            code, what = ("bad_row", row.fault) if row.fault else _why(found)
            slices.rejected.append(Rejected(source, row.line, code, what))
            continue
        days = DayRange(day, day) if day is not None else table.days
        if days is not None:
            pages = own.setdefault(days, {})
            pages[found.page] = joined(pages.get(found.page), found)
    total = None if table.total is None else _views_of(table.total, columns)
    if total is not None and table.days is not None:
        own.setdefault(table.days, {})[""] = PageViews("", total.views, total.users, total.sessions, total.events)
    for days, pages in own.items():
        held = slices.pages.setdefault(days, {})
        if not (held.keys() - {""} and pages.keys() - {""}):
            slices.pages[days] = {**pages, **held}


def _take_users(slices: _Slices, table: Table, columns: Columns) -> None:
    """Users by day, of a table beside the one with the views."""
    for row in table.rows:
        day = None if row.fault or columns.users is None else day_of(table, columns, row.cells)
        if day is not None and columns.users is not None:
            slices.users[DayRange(day, day)] = number_of(row.cells[columns.users])


def _views_of(row: RawRow, columns: Columns) -> PageViews | None:
    if row.fault or columns.views is None:
        return None
    views = number_of(row.cells[columns.views])
    users, sessions, events = (
        None if at is None else number_of(row.cells[at]) for at in (columns.users, columns.sessions, columns.events)
    )
    page = "" if columns.page is None else named(row.cells[columns.page])
    return None if views is None else PageViews(page, views, users, sessions, events)


def _why(found: PageViews | None) -> tuple[str, str]:
    if found is None:
        return "bad_number", "the page views of this row are no whole number"
    return "bad_day", "the day of this row is none of the days of the file"


def _nothing(path: Path, unknown: Sequence[str], *, has_no_days: bool) -> BadInputError:
    """Why nothing can be taken from a file, and what to do."""
    if has_no_days:
        reason = (
            f"“{path.name}” does not say which days it is about. Export it again from Google Analytics,"
            " and keep the lines that begin with #."
        )
    elif unknown:
        shown = ", ".join(f"“{name}”" for name in unknown[:_SHOWN])
        reason = (
            f"None of the columns of “{path.name}” is known to hold page views. They are {shown}. Say which one with"
            " --views, or set the language of Google Analytics to English and export it again."
        )
        return BadInputError(reason, path=str(path), columns="\n".join(unknown))
    else:
        reason = (
            f"“{path.name}” shows no page views by page or by day. Export “Pages and screens”, or an exploration with"
            " Date, Page path and Views."
        )
    return BadInputError(reason, path=str(path))


def _digests(since: Cursor | None) -> tuple[str, ...]:
    told = {} if since is None else json.loads(since)
    return tuple(told["read"]) if told.get("version") == _VERSION else ()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except OSError as error:
        raise SourceError(error.strerror or "the file cannot be read", path=path.name, fault="unreadable") from error


def _order(days: DayRange) -> tuple[date, date]:
    return days.first, days.last
