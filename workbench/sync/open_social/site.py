"""Site: the requests made to one Drupal site; who we are there, what may be filtered, and walks that lose nothing.

Drupal treats a wrong password as no password: it answers 200 with what everybody may see. And a filter on a type for
which no module grants filtering gives an empty list with 200. Both would look as if everything had been deleted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from workbench.clock import Clock
from workbench.errors import (
    ForbiddenError,
    NotFoundError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    SkipStreamError,
    WorkbenchError,
)
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.connector import Batch
from workbench.sync.gate import Expect, Reply, retry_after
from workbench.sync.open_social.asking import (
    Query,
    may_have_files,
    number_of,
    on_topics,
    one_of,
    rows_of,
    saved_since,
    tied,
    with_files,
)
from workbench.sync.open_social.shapes import (
    COMMENT,
    PAGE,
    USER,
    Page,
    Relation,
    Row,
    read_entry,
    read_page,
    read_relation,
)  # fmt: skip
from workbench.sync.writing import said

OVERLAP_SECONDS: Final = 60
"""An entity is dated when its saving begins, so that one may show up behind another that is dated later."""
OVERLAP_ROWS: Final = 3
"""Rows read again at the next offset: what is deleted meanwhile moves the others up."""
MAINTENANCE_SECONDS: Final = 300
KEPT_PAGES: Final = 20
SHARED_SECONDS: Final = 86_400
NO_TIME: Final = timedelta(days=1)
MARGIN: Final = timedelta(minutes=10)
"""How far before an answer changes are looked for where nothing shows its date: the site's clocks may differ."""

SWEEP: Final = "status,created,changed,drupal_internal__nid,drupal_internal__cid"
GROUP_FIELDS: Final = "label,field_group_description,drupal_internal__id"
MEMBERSHIP: Final = "group_membership"


def refusal(reply: Reply) -> WorkbenchError | None:
    """What Drupal's own statuses mean, where the common table says it less well."""
    if reply.status == 405:  # noqa: PLR2004 - a status is its own name
        message = "the site's JSON:API only lets programs read; its administrators can allow writing"
        return RefusedError(message, status=405, said=said(reply) or message)
    seconds = retry_after(reply.headers)
    if reply.status == 503 and seconds is not None and seconds <= 10:  # noqa: PLR2004 - as above
        # Maintenance: it draws a random 5 to 10 seconds, and takes minutes.
        return PlatformBusyError(status=503, seconds=MAINTENANCE_SECONDS)
    return None


class Site:
    """One site in one run; remembers what serves several communities. `wants_me`: the account has a sign-in."""

    def __init__(self, client: ApiClient, *, clock: Clock, path: str, wants_me: bool) -> None:
        self.client = client
        self._clock, self._path, self._wants_me = clock, path.strip("/"), wants_me
        self._types: frozenset[str] | None = None
        self._filters: dict[str, bool] = {}
        self._newest_rows: dict[str, Row | None] = {}
        self._kept: dict[tuple[str, int, int], Page] = {}
        self._starts: dict[str, list[int]] = {}
        self._relations: dict[tuple[str, str, int], tuple[tuple[Relation, ...], Page]] = {}
        self._hashed: dict[str, tuple[str, str]] | None = None
        self._fileless: set[str] = set()
        self._is_confirmed = False
        self.me: str | None = None
        self.served_at: datetime | None = None

    @property
    def now(self) -> datetime:
        """The site's clock; a day before ours where it never told, so that nothing is taken for over too early."""
        return (self.served_at or self._clock.now() - NO_TIME).astimezone(UTC)

    @property
    def types(self) -> frozenset[str]:
        """The resource types of the site, once it was asked who we are there."""
        self.begin()
        return self._types or frozenset()

    def begin(self) -> None:
        """Asks once in a run who we are; refuses (SignInError) if the site does not know us although it should."""
        if self._types is None:
            self._types = self._entered()

    def confirm(self) -> None:
        """Asks again, if anything was read since: what is missing counts as gone only while the site knows us."""
        if not self._is_confirmed:
            self._entered()
            self._is_confirmed = True

    def read(self, type_: str, query: Mapping[str, str], *, uuid: str = "") -> Page:
        """One answer about a type, or about one entity of it."""
        self.begin()
        self._is_confirmed = False
        offset = int(query.get("page[offset]", "0"))
        answer = self._answer(type_, uuid, query)
        self.served_at = answer.served_at or self.served_at
        return read_page(answer.body, source=type_, offset=offset)

    def groups(self) -> Iterator[Page]:
        """All groups the account may see, of every kind."""
        for type_ in sorted(name for name in self.types if name.startswith("group--")):
            query = {f"fields[{type_}]": GROUP_FIELDS, "sort": "drupal_internal__id", "page[limit]": str(PAGE)}
            offset: int | None = 0
            while offset is not None:
                page = self.read(type_, query | ({"page[offset]": str(offset)} if offset else {}))
                yield page
                offset = page.next

    def single(self, type_: str, uuid: str, fields: str) -> Row | None:
        """One entity; NotFoundError says that it is deleted, ForbiddenError that it is hidden from us."""
        return next(iter(self.read(type_, {f"fields[{type_}]": fields}, uuid=uuid).rows), None)

    def by_ids(self, type_: str, ids: Sequence[str], *, fields: str = "") -> Page:
        """Those of at most a page of entities that there are, and that we may see."""
        query = rows_of(type_, fields) | one_of("id", ids) | {"sort": number_of(type_)}
        page = self.read(type_, query)
        if page.rows or page.is_cut or page.next is not None or self._may_filter(type_):
            return self._to_the_end(type_, query, page)
        found = [self._one(type_, uuid, fields) for uuid in ids]
        included = {key: row for one in found for key, row in one.included.items()}
        return Page(tuple(row for one in found for row in one.rows), included, None, is_cut=False)

    def comments(
        self, topics: Sequence[str], *, after: int = 0, since: int = 0, fields: str = ""
    ) -> Iterator[tuple[Page, bool]]:
        """Comments on these topics numbered above `after`, oldest first, with whether a page is the last one.

        The next page begins behind the last number seen and not at an offset, so that none is jumped over. `since`
        leaves out those written before (seconds since 1970).
        """
        number, offset, is_first = after, 0, not after
        while True:
            page = self.read(COMMENT, on_topics(topics, number, offset, since=since, fields=fields))
            if is_first and not (page.rows or page.is_cut or self._may_filter(COMMENT)):
                yield from self._all_comments(frozenset(topics), since, fields)
                return
            is_first = False
            last = max((row.number("drupal_internal__cid") or 0 for row in page.rows), default=0)
            number, offset = (last, 0) if last > number else (number, page.next or 0)
            if page.next is not None:
                self._ahead(COMMENT, on_topics(topics, number, offset, since=since, fields=fields))
            yield page, page.next is None
            if page.next is None:
                return

    def ahead_of_comments(self, topics: Sequence[str], *, after: int) -> None:
        """Begins to fetch the first page of the comments on these topics, which `comments` then takes."""
        self._ahead(COMMENT, on_topics(topics, after, 0, since=0, fields=""))

    def changed(self, type_: str, anchor: int) -> Iterator[tuple[Page, int | None]]:
        """What was saved since `anchor` (seconds since 1970) with some overlap, each time with the anchor that follows.

        The anchor is the date of something that is there, so that a filtered list with nothing in it is suspicious; but
        never later than now, because what is dated ahead would hide all that is saved until then.
        """
        anchor = self._by_now(anchor)
        near = [start for start in self._starts.get(type_, []) if anchor - SHARED_SECONDS <= start <= anchor]
        start = near[0] if near else anchor
        if not near:
            self._starts.setdefault(type_, []).append(anchor)
        since, offset, is_first = max(0, start - OVERLAP_SECONDS), 0, True
        while True:
            page = self._changed_page(type_, since, offset)
            if is_first and not (page.rows or page.is_cut):
                yield from (
                    self._unfiltered(type_, since) if not self._may_filter(type_) else [(page, self.start(type_))]
                )
                return
            is_first = False
            last = max((row.seconds("changed") or 0 for row in page.rows), default=0)
            # Offsets would jump over a row whenever one that was read is saved again and moves to the end.
            since, offset = (last, 0) if last > since else (since, max(offset + 1, (page.next or 0) - OVERLAP_ROWS))
            if page.next is not None and (type_, since, offset) not in self._kept:
                self._ahead(type_, saved_since(type_, since, offset))
            yield page, self._by_now(last) or None
            if page.next is None:
                return

    def newest(self, type_: str) -> Row | None:
        """What was saved last, at the time this was first asked in a run; None where nothing is shown."""
        if type_ not in self._newest_rows:
            query = {f"fields[{type_}]": "changed", "sort": f"-changed,-{number_of(type_)}", "page[limit]": "5"}
            self._newest_rows[type_] = next(iter(self.read(type_, query).rows), None)
        return self._newest_rows[type_]

    def start(self, type_: str) -> int:
        """From when on a reading that begins now has to look for changes (seconds since 1970)."""
        newest = self.newest(type_)
        found = None if newest is None else newest.seconds("changed")
        return int((self.now - MARGIN).timestamp()) if found is None else self._by_now(found)

    def _by_now(self, date: int) -> int:
        return min(date, int(self.now.timestamp()))

    def relations(
        self, type_: str, offset: int, *, newest_first: bool = True, is_fresh: bool = False
    ) -> tuple[tuple[Relation, ...], Page]:
        """A page of what is tied to groups, by number; read once in a run unless it has to be fresh.

        Never filtered: that gives empty lists.
        """
        sort = "-drupal_internal__id" if newest_first else "drupal_internal__id"
        key = (type_, sort, offset)
        if is_fresh or key not in self._relations:
            page = self.read(type_, tied(type_, sort, offset))
            found = tuple(one for one in (read_relation(row, page) for row in page.rows) if one is not None)
            self._relations[key] = found, Page((), {}, page.next, page.is_cut, page.rejected)
        return self._relations[key]

    def ahead_of_relations(self, type_: str, offset: int, *, newest_first: bool) -> None:
        """Begins to fetch such a page, unless it was read."""
        sort = "-drupal_internal__id" if newest_first else "drupal_internal__id"
        if (type_, sort, offset) not in self._relations:
            self._ahead(type_, tied(type_, sort, offset))

    def backwards(self, type_: str, offset: int, below: int) -> tuple[list[Relation], Page]:
        """The page there, newest first, that goes on below the number `below`, with whatever lies in between.

        If others are deleted, everything moves up: without something known at its top, a page may have jumped over.
        """
        offset = max(0, offset - OVERLAP_ROWS)
        relations, page = self.relations(type_, offset)
        found = list(relations)
        while offset and not any(relation.number >= below for relation in found):
            offset = max(0, offset - PAGE)
            found += self.relations(type_, offset, is_fresh=True)[0]
        return found, page

    def relation_type(self, bundle: str, plugin: str) -> str | None:
        """The type of what ties things to groups of this kind; long names are hashed, so that only a look tells."""
        for entity in ("group_content", "group_relationship"):
            if f"{entity}--{bundle}-{plugin}" in self.types:
                return f"{entity}--{bundle}-{plugin}"
        if self._hashed is None:
            names = sorted(name for name in self.types if "--group_content_type_" in name)
            self._hashed = {name: told for name in names if (told := self._told_by(name)) is not None}
        wanted = "user" if plugin == MEMBERSHIP else plugin.removeprefix("group_").replace("-", "--")
        return next((name for name, told in self._hashed.items() if told == (f"group--{bundle}", wanted)), None)

    def batch(self, batch: Batch) -> Batch:
        """The batch with what went over the wire since the one before."""
        spent = self.client.take_traffic()
        return replace(batch, bytes_in=spent.bytes_in, bytes_out=spent.bytes_out, requests=spent.requests)

    def address(self, type_: str, uuid: str = "") -> str:
        """Where a type, or one entity of it, is read and written."""
        return self._address(type_, uuid)

    def _answer(self, type_: str, uuid: str, query: Mapping[str, str]) -> Answer:
        """The answer with files, or without them on a site whose topics have no such field."""
        address, asked = self._address(type_, uuid), self._with_files(type_, query)
        try:
            return self.client.get(address, asked, expect=Expect.JSONAPI)
        except SkipStreamError as error:
            if asked == query or error.details.get("status") != 400:  # noqa: PLR2004 - a status is its own name
                raise
        answer = self.client.get(address, query, expect=Expect.JSONAPI)
        self._fileless.add(type_)
        return answer

    def _with_files(self, type_: str, query: Mapping[str, str]) -> Mapping[str, str]:
        return with_files(type_, query) if type_ not in self._fileless and may_have_files(type_, query) else query

    def _ahead(self, type_: str, query: Query) -> None:
        self.client.ahead(self._address(type_, ""), self._with_files(type_, query), expect=Expect.JSONAPI)

    def _address(self, type_: str, uuid: str) -> str:
        return "/".join(filter(None, (self._path, *type_.split("--"), uuid)))

    def _entered(self) -> frozenset[str]:
        try:
            answer = self.client.get(self._path, {}, expect=Expect.JSONAPI)
        except NotFoundError as error:
            message = "this site does not offer JSON:API, or at another address; its administrators can switch it on"
            raise NotFoundError(message, status=404) from error
        types, self.me = read_entry(answer.body)
        self.served_at = answer.served_at or self.served_at
        if self.me is None and self._wants_me:
            message = "the site answers as if nobody were signed in"
            raise SignInError(message)
        return types

    def _may_filter(self, type_: str) -> bool:
        """Whether filters on a type tell the truth; asked once in a run, and only after an empty list."""
        if type_ not in self._filters:
            newest = self.newest(type_)
            query = {f"fields[{type_}]": "changed", "page[limit]": "1"}
            self._filters[type_] = newest is None or bool(self.read(type_, query | {"filter[id]": newest.id}).rows)
        return self._filters[type_]

    def _changed_page(self, type_: str, since: int, offset: int) -> Page:
        key = (type_, since, offset)
        if key in self._kept:
            return self._kept[key]
        page = self.read(type_, saved_since(type_, since, offset))
        if len(self._kept) < KEPT_PAGES:
            self._kept[key] = page
        return page

    def _unfiltered(self, type_: str, since: int) -> Iterator[tuple[Page, int | None]]:
        """The same without a filter: from the newest down to the first that is older; known only at the end."""
        query = rows_of(type_) | {"sort": f"-changed,-{number_of(type_)}"}
        offset: int | None = 0
        newest = 0
        while offset is not None:
            page = self.read(type_, query | ({"page[offset]": str(offset)} if offset else {}))
            dates = [row.seconds("changed") or 0 for row in page.rows]
            newest = max([newest, *dates])
            fresh = tuple(row for row, date in zip(page.rows, dates, strict=True) if date >= since)
            is_over = page.next is None or len(fresh) < len(dates)
            yield (
                Page(fresh, page.included, page.next, page.is_cut, page.rejected),
                (self._by_now(newest) or None) if is_over else None,
            )
            offset = None if is_over or page.next is None else max(offset + 1, page.next - OVERLAP_ROWS)

    def _all_comments(self, topics: frozenset[str], since: int, fields: str) -> Iterator[tuple[Page, bool]]:
        """Every comment of the site, of which those on these topics are kept: where filters do not tell the truth."""
        query = rows_of(COMMENT, f"{fields},entity_id" if fields else "") | {"sort": "drupal_internal__cid"}
        offset: int | None = 0
        while offset is not None:
            page = self.read(COMMENT, query | ({"page[offset]": str(offset)} if offset else {}))
            kept = tuple(row for row in page.rows if _is_on(row, topics) and (row.seconds("created") or 0) >= since)
            yield Page(kept, page.included, page.next, page.is_cut, page.rejected), page.next is None
            offset = None if page.next is None else max(offset + 1, page.next - OVERLAP_ROWS)

    def _to_the_end(self, type_: str, query: Mapping[str, str], page: Page) -> Page:
        """A page with what follows it: a site may answer with fewer rows at a time than it was asked for."""
        offset = 0
        while page.next is not None and page.next > offset:
            offset = page.next
            more = self.read(type_, {**query, "page[offset]": str(offset)})
            included, rejected = {**page.included, **more.included}, (*page.rejected, *more.rejected)
            page = Page((*page.rows, *more.rows), included, more.next, page.is_cut or more.is_cut, rejected)
        return page

    def _one(self, type_: str, uuid: str, fields: str) -> Page:
        query = {name: value for name, value in rows_of(type_, fields).items() if not name.startswith("page")}
        try:
            return self.read(type_, query, uuid=uuid)
        except (NotFoundError, ForbiddenError):
            return Page((), {}, None, is_cut=True)

    def _told_by(self, type_: str) -> tuple[str, str] | None:
        """What a type with a hashed name ties to which kind of group, by one of its entities; not requests to join."""
        for row in self.read(type_, {"sort": "-drupal_internal__id", "page[limit]": "5"}).rows:
            group, target = row.target("gid"), row.target("entity_id")
            if group is not None and target is not None and "grequest_status" not in row.attributes:
                return group.type, "user" if target.type == USER else target.type
        return None


def _is_on(row: Row, topics: frozenset[str]) -> bool:
    root = row.target("entity_id")
    return root is not None and root.id in topics
