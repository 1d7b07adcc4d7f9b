"""HyperkittySite: what a HyperKitty archive can be asked (its lists, newest names, one mail, exports), as values."""

from collections.abc import Iterator
from datetime import UTC, date
from typing import Final
from urllib.parse import quote

from workbench.errors import ForbiddenError, LineError, NotFoundError, PlatformBusyError, SkipStreamError
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.backlog import Task
from workbench.sync.exchanges import InPart
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.hyperkitty.position import Look, summary_of
from workbench.sync.pagination import Page, list_reply, query_of, walk
from workbench.sync.records import CommunityRecord
from workbench.sync.windows import BEGINNING, DayWindow

SUMMARIES_PER_PAGE: Final = 100
EXPORT_ATTEMPTS: Final = 3
NOBODY_YET: Final = DayWindow(date(9998, 1, 1), None)
"""An export of these days is 20 bytes that say whether the list is there, and what day it is."""

Query = tuple[tuple[str, str], ...]


class HyperkittySite:
    """One archive, asked through `client`, whose base is `root`; without `has_api` only exports are asked for.

    `today` is the day by the site's own clock, once it has answered.
    """

    def __init__(self, client: ApiClient, *, root: str, has_api: bool = True) -> None:
        self.client, self.has_api = client, has_api
        self.root = root if root.endswith("/") else root + "/"
        self.today: date | None = None

    def lists(self) -> Iterator[CommunityRecord]:
        """The lists the site shows to everybody."""

        def fetch(query: Query) -> Page[CommunityRecord, Query]:
            value = load_json(self.client.get("api/lists/", dict(query), expect=Expect.JSON).body)
            items, _, link = list_reply(value)
            return Page([self._record(item) for item in items], tuple(query_of(link).items()) if link else None)

        start: Query = (("format", "json"), ("limit", str(SUMMARIES_PER_PAGE)))
        for records in walk(start, fetch, key=lambda record: record.remote_id):
            yield from records

    def named(self, address: str) -> CommunityRecord:
        """A list by its address alone; asks nothing."""
        return CommunityRecord(address, address, url=self.page(address), address=address)

    def page(self, address: str, name: str = "") -> str:
        """The web page of a list, or of the mail with this name in it."""
        return f"{self.root}list/{quote(address, safe='@')}/" + (f"message/{name}/" if name else "")

    def described(self, address: str) -> CommunityRecord:
        """A list in the site's words; refuses (NotFoundError, ForbiddenError) one that is not ours to read."""
        answer = self.client.get(f"api/list/{quote(address, safe='@')}/", {"format": "json"}, expect=Expect.JSON)
        return self._record(load_json(answer.body))

    def look(self, address: str, query: dict[str, str]) -> Look:
        """A page of the names in a list, the latest arrival first; refuses as `described`.

        Also (LineError) a page without the names of mails that it counts: it is no proof that there are none.
        """
        asked = {"format": "json"} | query
        answer = self._emails(address, asked)
        value = load_json(answer.body)
        items, count, link = list_reply(value)
        if not items and count > int(asked.get("offset", "0")):
            raise line(Cause.BAD_REPLY, "the reply counts mails of the list and names none")
        understood = isinstance(value, dict) and len(items) <= int(asked["limit"])
        return Look(tuple(summary_of(item) for item in items), count, understood, link, self.day_of(answer))

    def _emails(self, address: str, query: dict[str, str]) -> Answer:
        path = _emails(address)
        try:
            return self.client.get(path, query, expect=Expect.JSON, attempts=1)
        except LineError as error:
            if error.details.get("cause") == Cause.SERVER:
                self.described(address)  # the site answers 500 here for a list that is gone, and 404 there
        except PlatformBusyError as error:
            if "seconds" in error.details:
                raise
        return self.client.get(path, query, expect=Expect.JSON)

    def begin(self, address: str, *, limit: int, count: int) -> None:
        """Begins what is asked of a list that is new here: the newest names, and, of `count`, the first to arrive."""
        for query in ({"limit": str(limit)}, {"limit": "1", "offset": str(count - 1)}):
            if count > limit or "offset" not in query:
                self.client.ahead(_emails(address), {"format": "json"} | query, expect=Expect.JSON)

    def oldest(self, address: str, look: Look) -> date | None:
        """The day below which nothing is expected: a hint from the first arrival, since order is not by date."""
        days = [summary.day for summary in look.summaries]
        if look.pages and look.count > len(look.summaries):
            first = self.look(address, {"limit": "1", "offset": str(look.count - 1)})
            days += [summary.day for summary in first.summaries]
        return max(min(days), BEGINNING) if days else None

    def holds(self, address: str, name: str) -> bool:
        """Whether a mail with this name is in the archive of a list; refuses as `described`."""
        if not self.has_api:
            return len(self.export(address, name).body) > 0
        path = f"api/list/{quote(address, safe='@')}/email/{name}/"
        try:
            answer = self.client.get(path, {"format": "json"}, expect=Expect.JSON)
        except NotFoundError:
            return False
        return take(load_json(answer.body), "message_id_hash", str) == name

    def export(self, address: str, task: Task, *, in_part: InPart | None = None) -> Answer:
        """The mails of some days, or the one of this name, as an mbox; refuses as `described`, or where it is off.

        Nothing goes on where an export was cut: with `in_part` its beginning is an answer, if that is worth having.
        """
        try:
            path, query = _export(address, task)
            return self.client.get(path, query, expect=Expect.GZIP, attempts=EXPORT_ATTEMPTS, in_part=in_part)
        except SkipStreamError as error:
            if error.details.get("status") == 400:  # noqa: PLR2004 - how a site says that downloads are switched off
                message = "the site does not let its archives be downloaded"
                raise ForbiddenError(message, status=400) from error
            raise

    def begin_export(self, address: str, task: Task, *, in_part: InPart | None = None) -> None:
        """Begins to fetch what `export` will be asked for."""
        path, query = _export(address, task)
        self.client.ahead(path, query, expect=Expect.GZIP, in_part=in_part)

    def day(self, address: str) -> date:
        """What day it is there, as cheaply as it can be asked; also proves that the line and the list are there."""
        if self.has_api:
            return self.look(address, {"limit": "1"}).today
        return self.day_of(self.export(address, NOBODY_YET))

    def day_of(self, answer: Answer) -> date:
        """The day an answer was made, by the site's own clock; refuses (LineError) one that does not say."""
        if answer.served_at is None:
            raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
        self.today = answer.served_at.astimezone(UTC).date()
        return self.today

    def _record(self, item: object) -> CommunityRecord:
        address = take(item, "name", str)
        return CommunityRecord(
            remote_id=address,
            name=words(item, "display_name") or address,
            description=words(item, "description"),
            url=self.page(address),
            address=address,
        )


def _emails(address: str) -> str:
    return f"api/list/{quote(address, safe='@')}/emails/"


def _export(address: str, task: Task) -> tuple[str, dict[str, str]]:
    """The path of an export and its query."""
    query = {"message": task} if isinstance(task, str) else {}
    if isinstance(task, DayWindow):
        query |= {"start": task.start.isoformat()} if task.start else {}
        query |= {"end": task.end.isoformat()} if task.end else {}
    return f"list/{quote(address, safe='@')}/export/archive.mbox.gz", query


def words(item: object, name: str) -> str:
    """An optional text without half characters, which JSON can carry and a database cannot; null until it is set."""
    if isinstance(item, dict) and item.get(name) is None:
        return ""
    return " ".join(take(item, name, str).encode("utf-8", "replace").decode("utf-8").split())
