"""HyperKitty: the archive of a Mailman 3 list; summaries tell what is new, export windows bring the messages."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import ClassVar, Final
from urllib.parse import quote

from workbench.errors import ForbiddenError, LineError, PlatformBusyError, SkipStreamError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.archive_address import check_address
from workbench.sync.archives import pieces
from workbench.sync.backlog import Backlog, Task, tasks_for
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.mail import message_record
from workbench.sync.pagination import Page, list_reply, offset_after, query_of, walk
from workbench.sync.records import CommunityRecord, MessageRecord, Rejected, Reread
from workbench.sync.windows import BEGINNING, DayWindow

KNOWN_IN_A_ROW: Final = 20
RECENT_KEPT: Final = 40
FIRST_LOOK: Final = 20
SUMMARIES_PER_PAGE: Final = 100
OVERLAP: Final = 3
LOOK_BACK: Final = timedelta(days=7)
REREAD_EVERY: Final = timedelta(days=30)
REREAD: Final = timedelta(days=92)
EXPORT_ATTEMPTS: Final = 3
PATIENCE: Final = 12

_HASH = re.compile(r"[A-Z2-7]{32}")
_NOBODY_YET = DayWindow(date(9998, 1, 1), None)
"""An export of these days is 20 bytes that say whether the list is there, and what day it is."""
_Query = tuple[tuple[str, str], ...]
_SPLITTING = frozenset((Cause.SERVER, Cause.CUT, Cause.TOO_LARGE, Cause.BAD_REPLY))


@dataclass(frozen=True, slots=True)
class _Summary:
    hash: str
    day: date


@dataclass(frozen=True, slots=True)
class _Look:
    """A page of `emails/`, newest arrival first; `pages` is whether the site understands `limit`."""

    summaries: tuple[_Summary, ...]
    count: int
    pages: bool
    next: str | None
    today: date


@dataclass(frozen=True, slots=True)
class _Position:
    """The cursor: all the site had when it was looked at is mirrored, except the backlog.

    `count` and `recent` (names of the newest arrivals) are that look, `reread` the day of the last re-reading of
    late windows on sites that cannot be looked at, `read` how many messages came so far.
    """

    backlog: Backlog
    count: int = 0
    recent: tuple[str, ...] = ()
    pages: bool = True
    reread: date | None = None
    read: int = 0

    def cursor(self) -> Cursor:
        look = {"count": self.count, "recent": self.recent, "pages": self.pages, "reread": str(self.reread or "")}
        return Cursor(json.dumps({"version": 1, **look, "read": self.read, "backlog": self.backlog.to_json()}))

    @classmethod
    def of(cls, cursor: Cursor) -> "_Position | None":
        """None for a cursor of another version: reading starts afresh, which the mirror takes without harm."""
        value = json.loads(cursor)
        if value.get("version") != 1:
            return None
        return cls(
            backlog=Backlog.from_json(value["backlog"]),
            count=value["count"],
            recent=tuple(value["recent"]),
            pages=value["pages"],
            reread=date.fromisoformat(value["reread"]) if value["reread"] else None,
            read=value["read"],
        )


class HyperkittyConnector:
    """Reads the lists of one site. `client` has the archive's root as its base (`site_of`).

    `address` restricts it to one list, which may be one the site does not show in its overview; `has_api` is False
    for sites that block `/api/`: those are followed by export windows alone, and late mail is found when they are
    read again.
    """

    kind: ClassVar[AccountKind] = AccountKind.HYPERKITTY
    abilities: ClassVar[Abilities] = Abilities()
    streams: ClassVar[tuple[Stream, ...]] = (Stream("messages", "Messages"),)

    def __init__(self, client: ApiClient, *, root: str, address: str | None = None, has_api: bool = True) -> None:
        self._client = client
        self._root = root if root.endswith("/") else root + "/"
        self._address = None if address is None else check_address(address)
        self._has_api = has_api

    def communities(self) -> Iterable[CommunityRecord]:
        """The site's public lists, or the one list that was named."""
        if self._address is not None:
            yield self._described(self._address)
            return

        def fetch(query: _Query) -> Page[CommunityRecord, _Query]:
            value = load_json(self._client.get("api/lists/", dict(query), expect=Expect.JSON).body)
            items, _, link = list_reply(value)
            return Page([self._record(item) for item in items], tuple(query_of(link).items()) if link else None)

        start: _Query = (("format", "json"), ("limit", str(SUMMARIES_PER_PAGE)))
        for records in walk(start, fetch, key=lambda record: record.remote_id):
            yield from records

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """New arrivals first, then what is still missing of the history, newest window first."""
        _ = stream  # there is only one
        address = check_address(community)
        position = None if since is None else _Position.of(since)
        if position is None:
            position, covered = self._begin(address)
            yield self._batch(position, covered=covered)
        elif self._has_api and position.pages:
            position, covered = self._follow(address, position)
            yield self._batch(position, covered=covered)
        else:
            position = _looking_back(position)
        while (task := position.backlog.next()) is not None:
            batch, position, refusal = self._read(address, task, position)
            yield batch
            if refusal is not None and position.backlog.refusals >= PATIENCE:
                raise refusal

    def _begin(self, address: str) -> tuple[_Position, tuple[DayRange, ...]]:
        if not self._has_api:
            today = _day_of(self._export(address, _NOBODY_YET))
            start = today - timedelta(days=30)
            todo = (DayWindow(start, None),)
            return _Position(Backlog(todo=todo, edge=start, until=start), pages=False, reread=today), ()
        self._described(address)
        look = self._look(address, {"limit": str(FIRST_LOOK)})
        oldest = self._oldest(address, look)
        if oldest is None:
            backlog, covered = Backlog().settled(today=look.today)
        else:
            backlog, covered = _first_windows(look, oldest=oldest), ()
        recent = tuple(summary.hash for summary in look.summaries[:RECENT_KEPT])
        return _Position(backlog, look.count, recent, look.pages, reread=look.today), covered

    def _follow(self, address: str, position: _Position) -> tuple[_Position, tuple[DayRange, ...]]:
        look = self._look(address, {"limit": "1"})
        newest = [summary.hash for summary in look.summaries[:1]]
        backlog = position.backlog.retrying(today=look.today)
        if look.count != position.count or newest != list(position.recent[:1]):
            if not position.recent:
                return self._begin(address)
            look, arrived, recent = self._arrived(address, position, expected=look.count - position.count)
            if look.count - position.count > len(arrived):
                # More came than stands on top: somebody put old mail into the archive. All of it is read again.
                whole = _first_windows(look, oldest=self._oldest(address, look) or look.today)
                backlog = replace(whole, failed=backlog.failed, until=backlog.until, ceiling=backlog.ceiling)
            else:
                backlog = backlog.ahead(tasks_for({summary.hash: summary.day for summary in arrived}))
            position = replace(position, count=look.count, recent=recent, pages=look.pages)
        backlog, covered = backlog.settled(today=look.today)
        return replace(position, backlog=backlog), covered

    def _arrived(
        self, address: str, position: _Position, *, expected: int
    ) -> tuple[_Look, list[_Summary], tuple[str, ...]]:
        """The first page, which is the look that counts; what was not seen before; the newest names from now on."""
        looks: list[_Look] = []

        def fetch(query: _Query) -> Page[_Summary, _Query]:
            look = self._look(address, dict(query))
            looks.append(look)
            link = query_of(look.next) if look.next else {}
            if link and "offset" in dict(query):
                at = offset_after(int(dict(query)["offset"]), len(look.summaries), overlap=OVERLAP)
                link |= {"limit": dict(query)["limit"], "offset": str(at)}
            return Page(look.summaries, tuple(link.items()) or None)

        top: list[str] = []
        arrived: list[_Summary] = []
        in_a_row = 0
        limit = max(10, min(SUMMARIES_PER_PAGE, expected + OVERLAP))
        start: _Query = (("limit", str(limit)), ("offset", "0"))
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

    def _look(self, address: str, query: dict[str, str]) -> _Look:
        asked = {"format": "json"} | query
        try:
            answer = self._client.get(f"api/list/{quote(address, safe='@')}/emails/", asked, expect=Expect.JSON)
        except LineError as error:
            if error.details.get("cause") == Cause.SERVER:
                self._described(address)  # the site answers 500 here for a list that is gone, and 404 there
            raise
        value = load_json(answer.body)
        items, count, link = list_reply(value)
        understood = isinstance(value, dict) and len(items) <= int(asked["limit"])
        return _Look(tuple(_summary(item) for item in items), count, understood, link, _day_of(answer))

    def _oldest(self, address: str, look: _Look) -> date | None:
        """The day below which nothing is expected: a hint from the first arrival, since order is not by date."""
        days = [summary.day for summary in look.summaries]
        if look.pages and look.count > len(look.summaries):
            days += [
                summary.day for summary in self._look(address, {"limit": "1", "offset": str(look.count - 1)}).summaries
            ]
        return max(min(days), BEGINNING) if days else None

    def _described(self, address: str) -> CommunityRecord:
        if not self._has_api:
            return CommunityRecord(
                address, address, url=f"{self._root}list/{quote(address, safe='@')}/", address=address
            )
        answer = self._client.get(f"api/list/{quote(address, safe='@')}/", {"format": "json"}, expect=Expect.JSON)
        return self._record(load_json(answer.body))

    def _record(self, item: object) -> CommunityRecord:
        address = take(item, "name", str)
        return CommunityRecord(
            remote_id=address,
            name=_words(item, "display_name") or address,
            description=_words(item, "description"),
            url=f"{self._root}list/{quote(address, safe='@')}/",
            address=address,
        )

    def _read(
        self, address: str, task: Task, position: _Position
    ) -> tuple[Batch, _Position, LineError | PlatformBusyError | None]:
        """What `task` brought, or, with the reason, a smaller task in its place."""
        try:
            answer = self._export(address, task)
        except (LineError, PlatformBusyError) as error:
            if not _is_about_size(error):
                raise
            return *self._set_aside(address, task, position), error
        source = f"{address} {task}"
        records, rejected = _parsed(answer, address, source)
        first_day = min((record.sent_at.astimezone(UTC).date() for record in records), default=None)
        size = self._client.traffic.bytes_in
        backlog, covered = position.backlog.done(task, size=size, first_day=first_day, today=_day_of(answer))
        position = replace(position, backlog=backlog, read=position.read + len(records))
        batch = self._batch(position, records=records, rejected=rejected, covered=covered, note=str(task))
        return replace(batch, reread=(Reread(source),)), position, None

    def _set_aside(self, address: str, task: Task, position: _Position) -> tuple[Batch, _Position]:
        """After a window failed: it is made smaller or left for another day, once the line has proved to be alive."""
        today = (
            self._look(address, {"limit": "1"}).today if self._has_api else _day_of(self._export(address, _NOBODY_YET))
        )
        backlog = position.backlog.refused(task, today=today)
        rejected = []
        if len(backlog.failed) > len(position.backlog.failed):
            day = task.start.toordinal() if isinstance(task, DayWindow) and task.start else 0
            reason = "The site could not deliver these days. They are asked for again after a week."
            rejected = [Rejected(source=f"{address} {task}", position=day, code="window_failed", reason=reason)]
        position = replace(position, backlog=backlog)
        return self._batch(position, rejected=rejected), position

    def _export(self, address: str, task: Task) -> Answer:
        query = {"message": task} if isinstance(task, str) else {}
        if isinstance(task, DayWindow):
            query |= {"start": task.start.isoformat()} if task.start else {}
            query |= {"end": task.end.isoformat()} if task.end else {}
        path = f"list/{quote(address, safe='@')}/export/archive.mbox.gz"
        try:
            return self._client.get(path, query, expect=Expect.GZIP, attempts=EXPORT_ATTEMPTS)
        except SkipStreamError as error:
            if error.details.get("status") == 400:  # noqa: PLR2004 - how a site says that downloads are switched off
                message = "the site does not let its archives be downloaded"
                raise ForbiddenError(message, status=400) from error
            raise

    def _batch(
        self,
        position: _Position,
        *,
        records: Iterable[MessageRecord] = (),
        rejected: Iterable[Rejected] = (),
        covered: tuple[DayRange, ...] = (),
        note: str = "",
    ) -> Batch:
        traffic = self._client.take_traffic()
        total = position.count or None
        is_over = position.backlog.next() is None
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
        )


def _parsed(answer: Answer, address: str, source: str) -> tuple[list[MessageRecord], list[Rejected]]:
    """The messages of an export, and what in it could not be read as one."""
    records: list[MessageRecord] = []
    rejected: list[Rejected] = []
    for piece in filter(None, pieces((answer.body,))):
        if piece.raw is None:
            rejected.append(
                Rejected(source, piece.start, piece.fault, "This part of the archive cannot be read as a mail.")
            )
            continue
        item = message_record(
            piece.raw,
            community=address,
            envelope=piece.envelope,
            source=source,
            position=piece.start,
            now=answer.served_at,
        )
        if isinstance(item, MessageRecord):
            records.append(item)
        else:
            rejected.append(item)
    return records, rejected


def _first_windows(look: _Look, *, oldest: date) -> Backlog:
    newest = min(max(summary.day for summary in look.summaries), look.today)
    return Backlog.beginning(count=look.count, newest=newest, oldest=oldest)


def _looking_back(position: _Position) -> _Position:
    """For a site that cannot be looked at: the last days again, and once a month the last quarter, for late mail."""
    backlog = position.backlog
    if backlog.until is None:
        return position
    since = backlog.until - LOOK_BACK
    tasks: list[Task] = [DayWindow(since, None)]
    reread = position.reread
    if reread is None or backlog.until - reread >= REREAD_EVERY:
        tasks.append(DayWindow(backlog.until - REREAD, since))
        reread = backlog.until
    return replace(position, backlog=backlog.retrying(today=backlog.until).ahead(tasks), reread=reread)


def _is_about_size(error: LineError | PlatformBusyError) -> bool:
    """Whether a smaller window may get through: the site or the line gave up over this one."""
    if isinstance(error, PlatformBusyError):
        return "seconds" not in error.details
    return error.details.get("cause") in _SPLITTING


def _summary(item: object) -> _Summary:
    name = take(item, "message_id_hash", str)
    try:
        moment = datetime.fromisoformat(take(item, "date", str))
    except ValueError as error:
        raise line(Cause.BAD_REPLY, "the reply has a date that is none") from error
    if not _HASH.fullmatch(name) or moment.tzinfo is None:
        raise line(Cause.BAD_REPLY, "the reply is not a list of messages")
    return _Summary(name, moment.astimezone(UTC).date())


def _day_of(answer: Answer) -> date:
    if answer.served_at is None:
        raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
    return answer.served_at.astimezone(UTC).date()


def _words(item: object, name: str) -> str:
    """An optional text without half characters, which JSON can carry and a database cannot; null until it is set."""
    if isinstance(item, dict) and item.get(name) is None:
        return ""
    return " ".join(take(item, name, str).encode("utf-8", "replace").decode("utf-8").split())
