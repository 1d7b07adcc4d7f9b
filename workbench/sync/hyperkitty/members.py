"""The members of a Mailman list, for who may see them: from the list server itself, or from its pages for owners.

Addresses become digests as they are read; nothing else of them goes further. Who left is told by nothing but a list
without them, so the whole list is read, once a day by the site's clock.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Final, Protocol
from urllib.parse import quote

import httpx2

from workbench.errors import ForbiddenError, LineError, SignInError
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.hyperkitty.site import words
from workbench.sync.people import address_key, clean_name, is_automatic, plain_address
from workbench.sync.records import MemberRecord, PersonRecord, Rejected
from workbench.sync.web_address import origin_of

VERSION: Final = 1
PER_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the members. `total` is how many the server says there are, None where this part is all of them.

    None in `people` is an entry without an address.
    """

    people: tuple[PersonRecord | None, ...]
    total: int | None
    day: date | None


class Roster(Protocol):
    """Where the members of a list are read."""

    client: ApiClient

    def parts(self, address: str) -> Iterator[Part]:
        """All members of the list with this address; refuses (ForbiddenError) who may not see them."""
        ...


class CoreRoster:
    """The roster of the list server's own interface (Mailman Core, REST 3.x), which its administrators may ask.

    `client` has the address of the interface with its version as base and signs as administrator.
    """

    def __init__(self, client: ApiClient) -> None:
        self.client = client

    def parts(self, address: str) -> Iterator[Part]:
        """Page by page. A page needs both its number and its size: with one of them alone the server answers 500."""
        got, page, total = 0, 1, 1
        while got < total:
            answer = self._page(address, page)
            value = load_json(answer.body)
            total = take(value, "total_size", int)
            # An empty list, or page, comes without the field.
            entries = take(value, "entries", list) if isinstance(value, dict) and "entries" in value else []
            if not entries and got < total:
                raise line(Cause.BAD_REPLY, "the list of members ends before its end")
            got, page = got + len(entries), page + 1
            yield Part(tuple(map(_entry, entries)), total, _day(answer))

    def _page(self, address: str, page: int) -> Answer:
        # Members without their fields: an entry is five links otherwise. The name comes twice, which no mapping holds.
        path = f"lists/{quote(address, safe='@')}/roster/member?fields=email&fields=display_name"
        try:
            return self.client.get(path, {"count": str(PER_PAGE), "page": str(page)}, expect=Expect.JSON)
        except SignInError as error:
            message = "the list server does not accept the name and password for its members"
            raise ForbiddenError(message, status=401) from error


class PostoriusRoster:
    """The list of addresses that Postorius gives an owner who is signed in; `client` has `root` as base."""

    def __init__(self, client: ApiClient, *, root: str) -> None:
        self.client = client
        self._origin = origin_of(httpx2.URL(root))

    def parts(self, address: str) -> Iterator[Part]:
        """All at once: one address a line, without names."""
        path = f"lists/{quote(address.replace('@', '.'))}/csv_view/"
        try:
            answer = self.client.get(path, {}, expect=Expect.CSV)
        except LineError as error:
            if error.details.get("cause") != Cause.PORTAL or error.details.get("host") != self._origin:
                raise
            # Who is not signed in any more is led to the form, which is a page with status 200.
            message = "the list of members opens to an owner who is signed in; sign in again"
            raise ForbiddenError(message) from error
        rows = csv.reader(answer.body.decode("utf-8", "replace").splitlines())
        yield Part(tuple(_listed(row[0], "") for row in rows if row), None, _day(answer))


def pull_members(roster: Roster, address: str, since: Cursor | None, *, today: date | None) -> Iterator[Batch]:
    """All members, and who is one no longer if nothing stood in the way; nothing if they were read this very day."""
    if since is not None and today is not None and since == _read_on(today):
        yield Batch((), since)
        return
    walk = _Walk(address)
    for part in roster.parts(address):
        yield _counted(roster.client, walk.batch(part))
    census = (Census(CensusOf.MEMBERS, frozenset(walk.handles)),) if walk.is_whole else ()
    yield Batch((), _read_on(today or walk.day), censuses=census)


class _Walk:
    """One reading of a list."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._totals: set[int] = set()
        self._has_rejected = False
        self.handles: set[str] = set()
        self.day: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everybody was named who is on it, and nobody came or went meanwhile."""
        return not self._has_rejected and self._totals <= {len(self.handles)}

    def batch(self, part: Part) -> Batch:
        """The members in a part, without those of an earlier one."""
        self.day = part.day
        self._totals |= set() if part.total is None else {part.total}
        records: list[MemberRecord] = []
        rejected: list[Rejected] = []
        for position, person in enumerate(part.people):
            if person is None:
                reason = "An entry of the list of members that has no address."
                rejected.append(Rejected(f"{self._address} members", position, "no_address", reason))
            elif person.handle not in self.handles:
                self.handles.add(person.handle)
                records.append(MemberRecord(self._address, person))
        self._has_rejected = self._has_rejected or bool(rejected)
        return Batch(tuple(records), rejected=tuple(rejected), then=Stage.MEMBERS)


def _entry(item: object) -> PersonRecord | None:
    return _listed(take(item, "email", str), words(item, "display_name"))


def _listed(text: str, name: str) -> PersonRecord | None:
    """The person behind an address, known by its digest as senders are; a name made of the address gives way."""
    address, key = plain_address(text), address_key(text)
    if address is None or key is None:
        return None
    shown = clean_name(name)
    return PersonRecord(
        key,
        shown or clean_name(address),
        address_key=key,
        is_bot=is_automatic(address, shown),
        has_own_name=bool(shown),
    )


def _read_on(day: date | None) -> Cursor:
    return Cursor(json.dumps({"version": VERSION, "day": "" if day is None else day.isoformat()}))


def _day(answer: Answer) -> date | None:
    return None if answer.served_at is None else answer.served_at.astimezone(UTC).date()


def _counted(client: ApiClient, batch: Batch) -> Batch:
    traffic = client.take_traffic()
    return replace(batch, bytes_in=traffic.bytes_in, bytes_out=traffic.bytes_out, requests=traffic.requests)
