"""A platform of several communities that plays what it is given, page by page, and writes down what it was asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from tests.sync.mirrored import START, Mirrored, a_person
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Abilities, Batch, Connector, Cursor, Held, Stage, Stream
from workbench.sync.records import CommunityRecord, MessageRecord

NEWS = Stream("news", "News")
PEOPLE = Stream("people", "People", Stage.MEMBERS)
LIKES = Stream("likes", "Likes", Stage.EXTRAS)

Page = Batch | Exception
"""What one step of a pull brings: a batch, or what goes wrong there."""


class Played(Connector):
    """`pages` by community and stream; the cursor of a page is its number, unless the page has one of its own."""

    kind: ClassVar[AccountKind] = AccountKind.DISCOURSE
    abilities: ClassVar[Abilities] = Abilities(edits=True, deletes=True)
    streams: ClassVar[tuple[Stream, ...]] = (NEWS, PEOPLE, LIKES)

    def __init__(
        self,
        listed: Iterable[CommunityRecord] | Exception,
        pages: Mapping[tuple[str, str], Sequence[Page]] | None = None,
        checks: Mapping[str, Sequence[Page]] | None = None,
    ) -> None:
        self._listed, self._pages, self._checks = listed, pages or {}, checks or {}
        self.asked: list[str] = []
        self.held: dict[str, Held] = {}

    def communities(self) -> Iterable[CommunityRecord]:
        self.asked.append("communities")
        if isinstance(self._listed, Exception):
            raise self._listed
        return list(self._listed)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        pages = self._pages.get((community, stream.name), ())
        for number, page in enumerate(pages[int(since or 0) :], int(since or 0)):
            self.asked.append(f"{community} {stream.name} {number}")
            if isinstance(page, Exception):
                raise page
            yield replace(page, cursor=page.cursor or Cursor(str(number + 1)), requests=1, bytes_in=100)

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        self.held[community] = held
        for number, page in enumerate(self._checks.get(community, ())):
            self.asked.append(f"{community} check {number}")
            if isinstance(page, Exception):
                raise page
            yield page


def a_community(remote_id: str, **fields: object) -> CommunityRecord:
    """A community named after its id."""
    return CommunityRecord(remote_id, f"The {remote_id}", **fields)  # type: ignore[arg-type]  # fields of the test at hand


def told(community: str, *ids: str, by: str = "amina", **fields: object) -> tuple[MessageRecord, ...]:
    """Messages of one community."""
    return tuple(
        MessageRecord(name, community, a_person(by), START, "Pumps", f"Words of {name}", **fields)  # type: ignore[arg-type]  # fields of the test at hand
        for name in ids
    )


def history(mirrored: Mirrored) -> list[tuple[object, ...]]:
    """(community, state, added, error) of every run, in their order."""
    return mirrored.rows(
        "SELECT c.remote_id, r.state, r.added, r.error_code FROM syncrun r JOIN community c ON c.id = r.community_id"
        " ORDER BY r.id"
    )


def runs(mirrored: Mirrored) -> list[tuple[object, ...]]:
    """(state, added, error, whether it ended) of every run, in their order."""
    return mirrored.rows("SELECT state, added, error_code, ended_at IS NOT NULL FROM syncrun ORDER BY id")
