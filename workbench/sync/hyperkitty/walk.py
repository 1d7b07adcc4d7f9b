"""ListWalk: one list of a HyperKitty archive from a cursor on: what arrived, then history, newest window first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain, pairwise
from typing import Final

from workbench.errors import LineError, PlatformBusyError
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.backlog import FIRST_ITEMS, Backlog, Task, tasks_for
from workbench.sync.connector import Batch, Stage
from workbench.sync.exchanges import InPart
from workbench.sync.gate import Cause, line
from workbench.sync.hyperkitty.export import day_of, is_worth_having, messages_of, rest_of
from workbench.sync.hyperkitty.position import Look, Position, Summary
from workbench.sync.hyperkitty.site import NOBODY_YET, SUMMARIES_PER_PAGE, HyperkittySite, Query
from workbench.sync.list_mail import archive_name
from workbench.sync.pagination import Page, offset_after, query_of, walk
from workbench.sync.records import MessageRecord, Rejected, Reread
from workbench.sync.windows import DAY, DayWindow

KNOWN_IN_A_ROW: Final = 20
RECENT_KEPT: Final = 40
FIRST_LOOK: Final = 20
OVERLAP: Final = 3
LOOK_BACK: Final = timedelta(days=7)
REREAD_EVERY: Final = timedelta(days=30)
REREAD: Final = timedelta(days=92)
PATIENCE: Final = 12
YOUNG: Final = timedelta(days=730)
FIRST_WINDOWS: Final = 5
"""So many windows of a list never read are begun before its age is known, which takes a while on a thin line."""
NEWS: Final = timedelta(days=30)
"""Windows that begin earlier than this before today are history: every list gets its news first."""

_SPLITTING = frozenset((Cause.SERVER, Cause.CUT, Cause.TOO_LARGE, Cause.BAD_REPLY))


class ListWalk:
    """Reads one list; `floor` is the day below which history is not asked for.

    `is_alone` says that no other list of the site has its turn between the news of this one and its history. Files come
    with the mails; their content is handed on where it has at most `file_limit` bytes.
    """

    def __init__(
        self,
        site: HyperkittySite,
        address: str,
        *,
        floor: date | None = None,
        is_alone: bool = False,
        file_limit: int = 0,
    ) -> None:
        self._site, self._address, self._floor, self._is_alone = site, address, floor, is_alone
        self._file_limit = file_limit
        self._today: date | None = None
        """The site's day when this run was looked at: what arrives later belongs to the next one."""

    def run(self, position: Position | None, *, look: Look | None = None) -> Iterator[Batch]:
        """From this position on (None: from the start); `look` is one of this run that was asked already."""
        if position is None:
            position, covered = self._begin(look)
            yield self._batch(position, covered=covered)
        elif self._site.has_api and position.pages:
            look = look or self._site.look(self._address, {"limit": "1"})
            self._today = look.today
            position, covered = self._follow(position, look)
            yield self._batch(position, covered=covered)
        else:
            position = _looking_back(position, floor=self._floor)
        while True:
            while (task := position.backlog.next(floor=self._floor)) is not None:
                batch, position, refusal = self._read(task, position)
                yield batch
                if refusal is not None and position.backlog.refusals >= PATIENCE:
                    raise refusal
            if not position.backlog.doubtful:
                return
            position, covered = self._settled(position)
            yield self._batch(position, covered=covered)

    def _begin(self, known: Look | None = None) -> tuple[Position, tuple[DayRange, ...]]:
        site = self._site
        if not site.has_api:
            today = site.day_of(site.export(self._address, NOBODY_YET))
            start = max(today - timedelta(days=30), self._floor or date.min)
            todo = (DayWindow(start, None),)
            return Position(Backlog(todo=todo, edge=start, until=start), pages=False, reread=today), ()
        begun: list[DayWindow] = []
        if known is None or not known.pages:
            site.described(self._address)
        else:
            begun = self._first_of(known)
            self._begin_exports(begun[:1], pages=True)
            site.begin(self._address, limit=FIRST_LOOK, count=known.count)
            self._begin_exports(begun[1:] if self._is_alone else (), pages=True)
        look = site.look(self._address, {"limit": str(FIRST_LOOK)})
        if known is not None and begun:
            # They may have left before what this look shows had arrived.
            earlier = look.as_of(known)
            look, begun = (look, []) if earlier is None else (earlier, begun)
        self._today = look.today
        oldest = site.oldest(self._address, look)
        if oldest is None:
            backlog, covered = Backlog().settled(today=look.today)
        else:
            backlog, covered = self._first_windows(look, oldest=oldest, begun=begun), ()
        recent = tuple(summary.hash for summary in look.summaries[:RECENT_KEPT])
        return Position(backlog, look.count, recent, look.pages, reread=look.today, tally=0), covered

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
                wanted = self._wanted(arrived, backlog)
                position = replace(position, told=tuple(dict.fromkeys((*position.told, *wanted))))
                backlog = backlog.ahead(tasks_for(wanted))
            position = replace(position, count=look.count, recent=recent, pages=look.pages, tally=None)
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

    def _first_of(self, known: Look) -> list[DayWindow]:
        """The first windows, before anything is known but how many mails there are and when the newest came.

        As if they had been written within two years: most lists are older, and then these are small windows. None where
        the newest mail is not of these days.
        """
        newest = next((one.day for one in known.summaries[:1] if known.today - NEWS <= one.day <= known.today), None)
        if newest is None:
            return []
        if known.count <= FIRST_ITEMS:
            windows = [DayWindow(self._floor, None)]
        else:
            length = max(DAY, YOUNG * FIRST_ITEMS // known.count)
            edges = [max(newest - length * number, self._floor or date.min) for number in range(1, FIRST_WINDOWS + 1)]
            windows = [DayWindow(edges[0], None)]
            windows += [DayWindow(start, end) for end, start in pairwise(edges) if start < end]
        return windows

    def _first_windows(self, look: Look, *, oldest: date, begun: Sequence[DayWindow] = ()) -> Backlog:
        newest = min(max(summary.day for summary in look.summaries), look.today)
        return Backlog.beginning(count=look.count, newest=newest, oldest=oldest, floor=self._floor, begun=begun)

    def _read(self, task: Task, position: Position) -> tuple[Batch, Position, LineError | PlatformBusyError | None]:
        """What `task` brought, or, with the reason, a smaller task in its place."""
        try:
            self._begin_following(position)
            answer = self._site.export(self._address, task, in_part=self._in_part(task, pages=position.pages))
            rest = rest_of(task, answer, self._address) if isinstance(task, DayWindow) else None
            source = f"{self._address} {task}"
            records, rejected = messages_of(answer, self._address, source, file_limit=self._file_limit)
            if isinstance(task, str) and not records and not rejected and self._site.holds(self._address, task):
                raise line(Cause.BAD_REPLY, "the export of a message does not hold it")
        except (LineError, PlatformBusyError) as error:
            if not _is_about_size(error):
                raise
            return *self._set_aside(task, position), error
        today = self._today = min(self._site.day_of(answer), self._today or date.max)
        position = _without_what_came(task, position, records)
        if isinstance(task, DayWindow) and rest is not None:
            return *self._kept_in_part(task, position, records, rest=rest), None
        first_day = min(map(day_of, records), default=None)
        position = _asking_for_the_rest(task, position)
        backlog, covered = position.backlog.done(task, size=answer.size, first_day=first_day, today=today)
        position = _tallied(replace(position, backlog=backlog), records)
        batch = self._batch(position, records=records, rejected=rejected, covered=covered, note=str(task))
        return replace(batch, reread=(Reread(source),)), position, None

    def _kept_in_part(
        self, task: DayWindow, position: Position, records: list[MessageRecord], *, rest: DayWindow
    ) -> tuple[Batch, Position]:
        """What came of a window that broke off. What could not be read in it is held back once it comes whole."""
        before = [record for record in records if rest.start is None or day_of(record) < rest.start]
        position = _tallied(replace(position, backlog=position.backlog.broken_off(task, rest)), before)
        return self._batch(position, records=records, note=f"{task}, in part"), position

    def _settled(self, position: Position) -> tuple[Position, tuple[DayRange, ...]]:
        """After the last window: what is in doubt is complete if as much came as the site has; else it is read again.

        Both counts are of one moment: nothing arrived and nothing went since the look this position is of.
        """
        backlog = position.backlog
        if backlog.edge is None and position.tally == position.count:
            look = self._site.look(self._address, {"limit": "1"})
            newest = tuple(summary.hash for summary in look.summaries[:1])
            if look.pages and look.count == position.count and newest == position.recent[:1]:
                backlog, covered = backlog.proven(today=look.today)
                return replace(position, backlog=backlog), covered
        return replace(position, backlog=backlog.doubted(), tally=None), ()

    def _in_part(self, task: Task, *, pages: bool) -> InPart | None:
        """What makes the beginning of an export worth having; None where nothing tells whether mails are missing."""
        if not (isinstance(task, DayWindow) and self._site.has_api and pages):
            return None
        return partial(is_worth_having, task, self._address)

    def _begin_following(self, position: Position) -> None:
        """Begins what comes after the next task, unless other lists have their turn first or the site is in trouble."""
        backlog = position.backlog
        first = _stage_of(backlog.next(floor=self._floor), backlog.until)
        tasks = [] if backlog.refusals else backlog.following(floor=self._floor)
        if not self._is_alone:
            tasks = [task for task in tasks if _stage_of(task, backlog.until) is first]
        self._begin_exports(tasks, pages=position.pages)

    def _begin_exports(self, tasks: Iterable[Task], *, pages: bool) -> None:
        for task in tasks:
            self._site.begin_export(self._address, task, in_part=self._in_part(task, pages=pages))

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
        is_over = task is None and not position.backlog.doubtful
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
            is_from_start=position.backlog.is_from_start(floor=self._floor) if is_over else None,
        )


def _stage_of(task: Task | None, until: date | None) -> Stage:
    """News, for what came lately and for single messages; history for windows that begin long before `until`."""
    if not isinstance(task, DayWindow) or task.end is None or until is None:
        return Stage.NEWS
    return Stage.NEWS if task.end > until - NEWS else Stage.HISTORY


def _tallied(position: Position, records: Iterable[MessageRecord]) -> Position:
    """With messages that were not read before; those without a date of their own do not count as any day's."""
    found = {record.remote_id: record.sent_at_is_guess for record in records}
    tally = None if position.tally is None else position.tally + sum(not is_guess for is_guess in found.values())
    return replace(position, read=position.read + len(found), tally=tally)


def _without_what_came(task: Task, position: Position, records: Iterable[MessageRecord]) -> Position:
    came = {archive_name(record.remote_id) for record in records} | {str(task)}
    return replace(position, told=tuple(name for name in position.told if name not in came))


def _asking_for_the_rest(task: Task, position: Position) -> Position:
    """What was told of and is not here after the last window is asked for by name, before any day counts as read."""
    backlog = position.backlog
    if not position.told or backlog.todo != (task,):
        return position
    return replace(position, told=(), backlog=replace(backlog, todo=(task, *position.told)))


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
