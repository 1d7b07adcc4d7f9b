"""Who is in a Viva Engage community: lists and changes from Microsoft Graph, lists from Yammer where that is refused.

Graph gives a thousand people at once and tells cheaply who came and went, but knows people by other ids than messages
do: the e-mail address is the bridge. Where messages come without addresses, people are listed by Yammer, fifty a page.
An address is never kept, only its digest.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from workbench.errors import ForbiddenError, SignInError, SkipStreamError
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.engage.graph import PREFIX, Changed, EngageGraph, GraphCommunity, address_of, person_of
from workbench.sync.engage.messages import is_true, number_of, person
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.records import MemberRecord, PersonRecord, Rejected

PAGE_SIZE: Final = 50
ONE_BY_ONE: Final = 20
WALKS: Final = 2
VERSION: Final = 1
BY_YAMMER: Final = "yammer"
BY_GRAPH: Final = "graph"
REFUSALS: Final = (SignInError, SkipStreamError)
GRAPH_REFUSED: Final = "Microsoft Graph refused, members come from Yammer alone"


@dataclass(slots=True)
class Standing:
    """The cursor. `link` tells what changed since the list was begun, for the group of that Entra id.

    While a list is read, `page` is Yammer's next one (0: no list is being read), `next` Graph's link to it, `seen` whom
    it named so far and `total` the platform's figure when it was begun. `count` is that figure for the list last read
    to its end (None: not known), `by` who gave that list.
    """

    group: str | None = None
    link: str | None = None
    page: int = 1
    next: str | None = None
    seen: list[str] = field(default_factory=list)
    total: int | None = None
    count: int | None = None
    by: str = ""

    def begin(self, *, total: int | None = None) -> None:
        """A list is to be read from its start."""
        self.page, self.next, self.seen, self.total = 1, None, [], total

    def cursor(self) -> Cursor:
        """The standing as text."""
        return Cursor(json.dumps({"version": VERSION, **asdict(self)}, separators=(",", ":")))

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Standing":
        """The standing of a cursor; the beginning for None and for one of another version."""
        value: dict[str, Any] = {} if cursor is None else json.loads(cursor)
        if value.pop("version", None) != VERSION:
            return cls()
        return cls(**value)


class EngageMembers:
    """Reads members for one run; remembers what Graph lists, and that it refused."""

    def __init__(self, yammer: ApiClient, graph: EngageGraph) -> None:
        self._yammer, self._graph = yammer, graph
        self._communities: list[GraphCommunity] | None = None
        self._is_refused = False

    def pull(
        self, community: str, *, name: str, count: int | None, has_addresses: bool | None, since: Cursor | None
    ) -> Iterator[Batch]:
        """Members of the community, as far as they changed; `name` and `count` are what Yammer says of it, if it does.

        `has_addresses` is whether messages come with people's addresses (None: not known). Batches carry no traffic.
        Where both sides refuse, the refusal of Yammer is raised.
        """
        standing = Standing.of(since)
        if has_addresses is None and standing.by == BY_YAMMER and standing.link is not None:
            has_addresses = False  # why else was Yammer asked while Graph answered
        if standing.page or standing.link is None:
            self._begin(community, standing, name)
        else:
            records = self._since(community, standing)
            if records is not None:
                yield self._batch(standing, records)
                return
        if not standing.page and count is not None and count == standing.count:
            yield self._batch(standing)
            return
        yield from self.whole(community, standing, count=count, has_addresses=has_addresses)

    def whole(
        self, community: str, standing: Standing, *, count: int | None, has_addresses: bool | None
    ) -> Iterator[Batch]:
        """The list from where it stands, or anew; and who is not on it any more, if it is sure to be whole."""
        by_numbers = has_addresses is False
        while standing.group is not None and not self._is_refused and not by_numbers:
            is_resumed = standing.next is not None
            try:
                yield from self._by_graph(community, standing, count)
            except REFUSALS as error:
                self._refused(error)
                if not is_resumed:
                    break
                standing.begin()  # the link to the next page may have grown too old
            else:
                return
        try:
            yield from self._by_yammer(community, standing, count)
        except REFUSALS:
            if standing.group is None or self._is_refused or not by_numbers:
                raise
            yield from self._by_graph(community, standing, count)

    def find_group(self, community: str, name: str) -> str | None:
        """As `group_of`; None also where Graph refuses."""
        try:
            return self.group_of(community, name)
        except REFUSALS as error:
            self._refused(error)
            return None

    def group_of(self, community: str, name: str) -> str | None:
        """The Microsoft 365 group of a community: by the number in Graph's id, or by a name nobody else has."""
        if self._communities is None:
            self._communities = list(self._graph.communities())
        known = [item for item in self._communities if community in (item.number, item.id)]
        if known and (not name or known[0].name.casefold() == name.casefold()):
            return known[0].group
        alike = [item.group for item in self._communities if name and item.name.casefold() == name.casefold()]
        return alike[0] if len(alike) == 1 else None

    def _begin(self, community: str, standing: Standing, name: str) -> None:
        """Finds the link that tells of changes, before a list is read, so that nothing falls between them."""
        if standing.link is not None or self._is_refused:
            return
        try:
            standing.group = standing.group or self.group_of(community, name)
            if standing.group is not None:
                standing.link = self._graph.link_from_now(standing.group)
                standing.begin()
        except REFUSALS as error:
            self._refused(error)

    def _since(self, community: str, standing: Standing) -> list[MemberRecord] | None:
        """Who came and who went since the list was read; None when that cannot be told, or the list is needed anew."""
        link, group, standing.link = standing.link, standing.group, None
        if link is None or group is None or self._is_refused:
            return None
        try:
            changed = self._graph.changed(link, group)
            standing.link = self._graph.link_from_now(group) if changed is None else changed.link
            records = None if changed is None else self._each(community, changed, standing)
        except REFUSALS as error:
            self._refused(error)
            return None
        if records is None:
            standing.begin()
        return records

    def _refused(self, error: SignInError | SkipStreamError) -> None:
        """A refusal of the account holds for the run; any other is about one community."""
        self._is_refused = isinstance(error, SignInError | ForbiddenError)

    def _each(self, community: str, changed: Changed, standing: Standing) -> list[MemberRecord] | None:
        """Those who changed, asked for one by one; None for too many, and for somebody who is not found."""
        if len(changed.added) + len(changed.removed) > ONE_BY_ONE:
            return None
        records = []
        for guid in sorted(changed.added | changed.removed):
            left_at = changed.at if guid in changed.removed else None
            who = self._known(guid, standing)
            if who is None and left_at is not None and standing.by == BY_GRAPH:
                who = PersonRecord(PREFIX + guid, "")  # not in the directory any more; the mirror has the name
            if who is None:
                return None
            records.append(MemberRecord(community, who, left_at=left_at))
        return records

    def _known(self, guid: str, standing: Standing) -> PersonRecord | None:
        """The person under the id that the list knows them by."""
        item = self._graph.person(guid)
        if item is None or standing.by == BY_GRAPH:
            return None if item is None else person_of(item)
        address = address_of(item)
        if address is None:
            return None
        try:
            answer = self._yammer.get("users/by_email.json", {"email": address}, expect=Expect.JSON)
        except REFUSALS:
            return None
        found = load_json(answer.body)
        user = found[0] if isinstance(found, list) and len(found) == 1 else None
        number = number_of(user)
        return person(user, number) if isinstance(user, dict) and number is not None else None

    def _by_graph(self, community: str, standing: Standing, count: int | None) -> Iterator[Batch]:
        group = standing.group or ""
        if standing.next is None:
            standing.begin()
        for people, following in self._graph.members(group, standing.next):
            records = [MemberRecord(community, person_of(item)) for item in people]
            standing.next = following
            standing.seen += [record.person.handle for record in records]
            if following is None:
                yield self._end(standing, records, (), by=BY_GRAPH, count=count, is_whole=True)
            else:
                yield self._batch(standing, records)

    def _by_yammer(self, community: str, standing: Standing, count: int | None) -> Iterator[Batch]:
        faults = walks = 0
        link = standing.link
        while True:
            if standing.page in (0, 1):
                standing.begin(total=count)
            walks += 1
            while True:
                records, rejected = self._page(community, standing)
                faults += len(rejected)
                if not standing.page:
                    break
                yield self._batch(standing, records, rejected)
            is_whole = len(standing.seen) <= PAGE_SIZE
            if not is_whole:
                is_whole, link = self._is_still(community, standing, link)
            if is_whole or walks == WALKS:
                break
            # Who left made the people behind move up, so that the first of a page may have been passed over.
            standing.page = 1
            yield self._batch(standing, records, rejected)
            count = self._count(community)
        if is_whole:
            standing.link = link  # else the one from before tells again who came and went meanwhile
        yield self._end(standing, records, rejected, by=BY_YAMMER, count=count, is_whole=is_whole and not faults)

    def _is_still(self, community: str, standing: Standing, link: str | None) -> tuple[bool, str | None]:
        """Whether nobody came or went while a list of several pages was read, and the link that tells what follows."""
        if link is not None and standing.group is not None and not self._is_refused:
            try:
                changed = self._graph.changed(link, standing.group)
                later = self._graph.link_from_now(standing.group) if changed is None else changed.link
            except REFUSALS as error:
                self._refused(error)
            else:
                is_still = changed is not None and not changed.added and not changed.removed
                return is_still, link if is_still else later
        return standing.total is not None and standing.total == self._count(community), link

    def _page(self, community: str, standing: Standing) -> tuple[list[MemberRecord], list[Rejected]]:
        """The people of the next page who were not named yet; the standing moves on, to page 0 behind the last one."""
        page, path = standing.page, f"users/in_group/{quote(community, safe='')}.json"
        value = load_json(self._yammer.get(path, {"page": str(page)}, expect=Expect.JSON).body)
        users: list[object] = take(value, "users", list)
        more = value.get("more_available") if isinstance(value, dict) else None
        goes_on = is_true(more) if more is not None else len(users) >= PAGE_SIZE
        records, rejected, seen = [], [], set(standing.seen)
        for place, user in enumerate(users):
            number = number_of(user)
            if number is None or not isinstance(user, dict):
                rejected.append(Rejected(path, page * 1000 + place, "no_id", "This person has no number."))
            elif str(number) not in seen:
                seen.add(str(number))
                records.append(MemberRecord(community, person(user, number)))
        if users and len(rejected) == len(users):
            raise line(Cause.BAD_REPLY, "the reply is not a list of people")
        standing.seen += [record.person.handle for record in records]
        # A page that names nobody new is behind the end, whatever it says.
        standing.page = page + 1 if goes_on and records else 0
        return records, rejected

    def _count(self, community: str) -> int:
        value = load_json(self._yammer.get(f"groups/{quote(community, safe='')}.json", {}, expect=Expect.JSON).body)
        return take(take(value, "stats", dict), "members", int)

    def _end(
        self,
        standing: Standing,
        records: Sequence[MemberRecord],
        rejected: Sequence[Rejected],
        *,
        by: str,
        count: int | None,
        is_whole: bool,
    ) -> Batch:
        # Who was named by the other side has another id there, and is not gone because this one does not name it.
        is_same = standing.by in ("", by)
        census = (Census(CensusOf.MEMBERS, frozenset(standing.seen)),) if is_whole and is_same else ()
        standing.begin()
        standing.page, standing.by, standing.count = 0, by, count
        return replace(self._batch(standing, records, rejected), censuses=census)

    def _batch(
        self, standing: Standing, records: Sequence[MemberRecord] = (), rejected: Sequence[Rejected] = ()
    ) -> Batch:
        note = GRAPH_REFUSED if self._is_refused else ""
        return Batch(tuple(records), standing.cursor(), tuple(rejected), then=Stage.MEMBERS, note=note)
