"""ListWalk: one list of a HyperKitty archive from a cursor on: what arrived, then history, newest window first."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import chain
from typing import Final

from workbench.errors import LineError, PlatformBusyError
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.backlog import Backlog, Task, tasks_for
from workbench.sync.connector import Batch, Stage
from workbench.sync.gate import Cause
from workbench.sync.hyperkitty.export import messages_of
from workbench.sync.hyperkitty.position import Look, Position, Summary
from workbench.sync.hyperkitty.site import NOBODY_YET, SUMMARIES_PER_PAGE, HyperkittySite, Query
from workbench.sync.pagination import Page, offset_after, query_of, walk
from workbench.sync.records import MessageRecord, Rejected, Reread
from workbench.sync.windows import DayWindow

KNOWN_IN_A_ROW: Final = 20
RECENT_KEPT: Final = 40
FIRST_LOOK: Final = 20
OVERLAP: Final = 3
LOOK_BACK: Final = timedelta(days=7)
REREAD_EVERY: Final = timedelta(days=30)
REREAD: Final = timedelta(days=92)
PATIENCE: Final = 12
NEWS: Final = timedelta(days=30)
"""Windows that begin earlier than this before today are history: every list gets its news first."""

_SPLITTING = frozenset((Cause.SERVER, Cause.CUT, Cause.TOO_LARGE, Cause.BAD_REPLY))


class ListWalk:
    """Reads one list; `floor` is the day below which history is not asked for.

    `is_alone` says that no other list of the site has its turn between the news of this one and its history.
    """

    def __init__(
        self, site: HyperkittySite, address: str, *, floor: date | None = None, is_alone: bool = False
    ) -> None:
        self._site, self._address, self._floor, self._is_alone = site, address, floor, is_alone

    def run(self, position: Position | None, *, look: Look | None = None) -> Iterator[Batch]:
        """From this position on (None: from the start); `look` is one of this run that was asked already."""
        if position is None:
            position, covered = self._begin(look)
            yield self._batch(position, covered=covered)
        elif self._site.has_api and position.pages:
            position, covered = self._follow(position, look or self._site.look(self._address, {"limit": "1"}))
            yield self._batch(position, covered=covered)
        else:
            position = _looking_back(position, floor=self._floor)
        while (task := position.backlog.next(floor=self._floor)) is not None:
            batch, position, refusal = self._read(task, position)
            yield batch
            if refusal is not None and position.backlog.refusals >= PATIENCE:
                raise refusal

    def _begin(self, known: Look | None = None) -> tuple[Position, tuple[DayRange, ...]]:
        site = self._site
        if not site.has_api:
            today = site.day_of(site.export(self._address, NOBODY_YET))
            start = max(today - timedelta(days=30), self._floor or date.min)
            todo = (DayWindow(start, None),)
            return Position(Backlog(todo=todo, edge=start, until=start), pages=False, reread=today), ()
        if known is not None and known.pages:
            site.begin(self._address, limit=FIRST_LOOK, count=known.count)
        site.described(self._address)
        look = site.look(self._address, {"limit": str(FIRST_LOOK)})
        oldest = site.oldest(self._address, look)
        if oldest is None:
            backlog, covered = Backlog().settled(today=look.today)
        else:
            backlog, covered = self._first_windows(look, oldest=oldest), ()
        recent = tuple(summary.hash for summary in look.summaries[:RECENT_KEPT])
        return Position(backlog, look.count, recent, look.pages, reread=look.today), covered

    def _follow(self, position: Position, look: Look) -> tuple[Position, tuple[DayRange, ...]]:
        newest = [summary.hash for summary in look.summaries[:1]]
        backlog = position.backlog.retrying(today=look.today)
        if look.count != position.count or newest != list(position.recent[:1]):
            if not position.recent:
                return self._begin()
            look, arrived, recent = self._arrived(position, expected=look.count - position.count)
            if look.count - position.count > len(arrived):
                # More came than stands on top: somebody put old mail into the archive. All of it is read again.
                whole = self._first_windows(look, oldest=self._site.oldest(self._address, look) or look.today)
                backlog = replace(whole, failed=backlog.failed, until=backlog.until, ceiling=backlog.ceiling)
            else:
                backlog = backlog.ahead(tasks_for(self._wanted(arrived, backlog)))
            position = replace(position, count=look.count, recent=recent, pages=look.pages)
        backlog, covered = backlog.settled(today=look.today)
        return replace(position, backlog=backlog), covered

    def _wanted(self, arrived: list[Summary], backlog: Backlog) -> dict[str, date]:
        """Arrivals to fetch now: not those of days which history, once it may, reads anyway."""
        edge = backlog.edge if self._floor is not None else None
        return {summary.hash: summary.day for summary in arrived if edge is None or summary.day >= edge}

    def _arrived(self, position: Position, *, expected: int) -> tuple[Look, list[Summary], tuple[str, ...]]:
        """The first page, which is the look that counts; what was not seen before; the newest names from now on."""
        looks: list[Look] = []

        def fetch(query: Query) -> Page[Summary, Query]:
            look = self._site.look(self._address, dict(query))
            looks.append(look)
            link = query_of(look.next) if look.next else {}
            if link and "offset" in dict(query):
                at = offset_after(int(dict(query)["offset"]), len(look.summaries), overlap=OVERLAP)
                link |= {"limit": dict(query)["limit"], "offset": str(at)}
            return Page(look.summaries, tuple(link.items()) or None)

        top: list[str] = []
        arrived: list[Summary] = []
        in_a_row = 0
        limit = max(10, min(SUMMARIES_PER_PAGE, expected + OVERLAP))
        start: Query = (("limit", str(limit)), ("offset", "0"))
        for summary in chain.from_iterable(walk(start, fetch, key=lambda summary: summary.hash)):
            top.append(summary.hash)
            in_a_row = in_a_row + 1 if summary.hash in position.recent else 0
            if not in_a_row:
                arrived.append(summary)
            is_complete = len(arrived) == looks[0].count - position.count and in_a_row >= OVERLAP
            if is_complete or in_a_row >= KNOWN_IN_A_ROW:
                break
        recent = dict.fromkeys((*top, *position.recent))
        return looks[0], arrived, tuple(recent)[:RECENT_KEPT]

    def _first_windows(self, look: Look, *, oldest: date) -> Backlog:
        newest = min(max(summary.day for summary in look.summaries), look.today)
        return Backlog.beginning(count=look.count, newest=newest, oldest=oldest, floor=self._floor)

    def _read(self, task: Task, position: Position) -> tuple[Batch, Position, LineError | PlatformBusyError | None]:
        """What `task` brought, or, with the reason, a smaller task in its place."""
        try:
            self._begin_second(position.backlog)
            answer = self._site.export(self._address, task)
        except (LineError, PlatformBusyError) as error:
            if not _is_about_size(error):
                raise
            return *self._set_aside(task, position), error
        source = f"{self._address} {task}"
        records, rejected = messages_of(answer, self._address, source)
        first_day = min((record.sent_at.astimezone(UTC).date() for record in records), default=None)
        today = self._site.day_of(answer)
        backlog, covered = position.backlog.done(task, size=answer.size, first_day=first_day, today=today)
        position = replace(position, backlog=backlog, read=position.read + len(records))
        batch = self._batch(position, records=records, rejected=rejected, covered=covered, note=str(task))
        return replace(batch, reread=(Reread(source),)), position, None

    def _begin_second(self, backlog: Backlog) -> None:
        """Begins what comes after the next task, unless other lists have their turn first or the site is in trouble."""
        first, second = backlog.next(floor=self._floor), backlog.second(floor=self._floor)
        is_next = self._is_alone or _stage_of(first, backlog.until) is _stage_of(second, backlog.until)
        if second is not None and is_next and not backlog.refusals:
            self._site.begin_export(self._address, second)

    def _set_aside(self, task: Task, position: Position) -> tuple[Batch, Position]:
        """After a window failed: it is made smaller or left for another day, once the line has proved to be alive."""
        backlog = position.backlog.refused(task, today=self._site.day(self._address))
        rejected = []
        if len(backlog.failed) > len(position.backlog.failed):
            day = task.start.toordinal() if isinstance(task, DayWindow) and task.start else 0
            reason = "The site could not deliver these days. They are asked for again after a week."
            rejected = [Rejected(f"{self._address} {task}", position=day, code="window_failed", reason=reason)]
        position = replace(position, backlog=backlog)
        return self._batch(position, rejected=rejected), position

    def _batch(
        self,
        position: Position,
        *,
        records: Iterable[MessageRecord] = (),
        rejected: Iterable[Rejected] = (),
        covered: tuple[DayRange, ...] = (),
        note: str = "",
    ) -> Batch:
        traffic = self._site.client.take_traffic()
        total = position.count or None
        task = position.backlog.next(floor=self._floor)
        is_over = task is None
        fraction = 1.0 if is_over else None if total is None else min(0.99, position.read / total)
        return Batch(
            records=tuple(records),
            cursor=position.cursor(),
            rejected=tuple(rejected),
            covered=covered,
            progress=Progress(position.read, "messages", total=total, fraction=fraction, note=note),
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            then=_stage_of(task, position.backlog.until),
            note=note,
        )


def _stage_of(task: Task | None, until: date | None) -> Stage:
    """News, for what came lately and for single messages; history for windows that begin long before `until`."""
    if not isinstance(task, DayWindow) or task.end is None or until is None:
        return Stage.NEWS
    return Stage.NEWS if task.end > until - NEWS else Stage.HISTORY


def _looking_back(position: Position, *, floor: date | None) -> Position:
    """For a site that cannot be looked at: the last days again, and once a month the last quarter, for late mail."""
    backlog = position.backlog
    if backlog.until is None:
        return position
    since = backlog.until - LOOK_BACK
    tasks: list[Task] = [DayWindow(since, None)]
    reread = position.reread
    if reread is None or backlog.until - reread >= REREAD_EVERY:
        quarter = max(backlog.until - REREAD, floor or date.min)
        tasks += [DayWindow(quarter, since)] if quarter < since else []
        reread = backlog.until
    return replace(position, backlog=backlog.retrying(today=backlog.until).ahead(tasks), reread=reread)


def _is_about_size(error: LineError | PlatformBusyError) -> bool:
    """Whether a smaller window may get through: the site or the line gave up over this one."""
    if isinstance(error, PlatformBusyError):
        return "seconds" not in error.details
    return error.details.get("cause") in _SPLITTING
