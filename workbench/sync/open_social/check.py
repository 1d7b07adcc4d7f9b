"""The check of a group: compares every message by when it was last saved, and asks for each that is missing.

Nothing tells of deletions, and what is closed to us looks the same in a list; only asking for one thing by itself
tells 404 (deleted) from 403 (hidden).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date
from typing import Final

from workbench.errors import ForbiddenError, NotFoundError
from workbench.sync.connector import Batch, Census, CensusOf, Held, Stage
from workbench.sync.open_social.members import GroupMembers
from workbench.sync.open_social.position import BELOW_ALL
from workbench.sync.open_social.shapes import (
    COMMENT,
    NODE,
    Ref,
    Relation,
    Row,
    read_comment,
    read_node,
    version_of,
)  # fmt: skip
from workbench.sync.open_social.site import SWEEP, Site
from workbench.sync.open_social.walk import AT_A_TIME
from workbench.sync.records import GoneRecord, MessageRecord, Rejected

NEWEST: Final = 1_000
SINGLES: Final = 40
"""Missing messages that are asked for one by one in one check; another day, others."""


class GroupCheck:
    """Compares one group."""

    def __init__(self, site: Site, group: Ref, *, kinds: Sequence[str], oldest: date | None) -> None:
        self._site, self._group, self._kinds, self._oldest = site, group, kinds, oldest
        self._seen: set[str] = set()
        self._is_complete = True

    def run(self, held: Held) -> Iterator[Batch]:
        """Batches that make the mirror true again."""
        for kind in self._kinds:
            topics = list(dict.fromkeys(relation.target.id for relation in self._tied(kind)))
            for start in range(0, len(topics), AT_A_TIME):
                yield from self._compare(NODE + kind, topics[start : start + AT_A_TIME], held)
        yield from self._vanished(held)
        for batch in GroupMembers(self._site, self._group).whole():
            yield replace(batch, cursor=None, then=Stage.EXTRAS)

    def _tied(self, kind: str) -> Iterator[Relation]:
        """All topics of the group, by what ties them to it."""
        type_ = self._site.relation_type(self._group.kind, f"group_node-{kind}")
        offset: int | None = 0 if type_ is not None else None
        below = BELOW_ALL
        while type_ is not None and offset is not None:
            relations, page = self._site.backwards(type_, offset, below)
            below = min([below, *(relation.number for relation in relations)])
            self._is_complete = self._is_complete and not page.is_cut
            yield from (relation for relation in relations if relation.group == self._group.uuid)
            offset = page.next

    def _compare(self, type_: str, topics: Sequence[str], held: Held) -> Iterator[Batch]:
        """Some topics with their comments: what was saved since, or is missing here, is fetched."""
        nodes = self._site.by_ids(type_, topics, fields=SWEEP)
        for name, rows in ((type_, nodes.rows), *((COMMENT, rows) for rows in self._comments(topics))):
            refs = {
                ref.text: row for row in rows if (ref := _ref(row)) is not None and row.attributes.get("status", True)
            }
            self._seen |= refs.keys()
            known = held.versions(refs)
            stale = [row.id for text, row in refs.items() if self._is_stale(row, known, text)]
            for start in range(0, len(stale), AT_A_TIME):
                page = self._site.by_ids(name, stale[start : start + AT_A_TIME])
                read = read_comment if name == COMMENT else read_node
                yield self._batch([read(row, page, community=self._group.text) for row in page.rows])

    def _comments(self, topics: Sequence[str]) -> Iterator[tuple[Row, ...]]:
        for page, _ in self._site.comments(topics, fields=SWEEP):
            yield page.rows

    def _is_stale(self, row: Row, known: dict[str, str | None], text: str) -> bool:
        if text in known:
            return known[text] != version_of(row)
        at = row.moment("created")
        return self._oldest is None or at is None or at.astimezone(UTC).date() >= self._oldest

    def _vanished(self, held: Held) -> Iterator[Batch]:
        """What is held and was not seen: topics first, because whatever is under them goes with them."""
        missing = [ref for ref in map(Ref.of, held.newest(NEWEST)) if ref is not None and ref.text not in self._seen]
        topics = [ref for ref in missing if ref.kind in self._kinds]
        # Who may not see any more what is in the group may still see topics that are open to all.
        is_told = self._is_complete and bool(self._seen)
        budget = SINGLES
        for ref in self._turn(topics)[:budget]:
            budget -= 1
            is_there = self._is_there(ref)
            if is_there is False or (is_there and is_told):  # if it stands, it was taken out of the group
                self._site.confirm()
                yield self._batch((), (Census(CensusOf.MESSAGES, frozenset(), root=ref.text),))
        left = held.versions(ref.text for ref in missing if ref.kind == "comment")
        comments = [ref for ref in missing if ref.text in left]
        gone = [ref for ref in self._turn(comments)[:budget] if self._is_there(ref) is False]
        if gone:
            self._site.confirm()
            records = tuple(GoneRecord(ref.text, self._group.text) for ref in gone)
            yield self._site.batch(Batch(records, then=Stage.EXTRAS))

    def _turn(self, refs: list[Ref]) -> list[Ref]:
        """The same in another order each day, so that what stays hidden does not use up every check."""
        start = self._site.now.toordinal() * SINGLES % len(refs) if refs else 0
        return refs[start:] + refs[:start]

    def _is_there(self, ref: Ref) -> bool | None:
        """Whether it still stands on the site; None where it is hidden from us, which is not deleted."""
        try:
            self._site.single(_type(ref), ref.uuid, "changed")
        except NotFoundError:
            return False
        except ForbiddenError:
            return None
        return True

    def _batch(self, found: Iterable[MessageRecord | Rejected | None], censuses: tuple[Census, ...] = ()) -> Batch:
        read = [one for one in found if one is not None]
        return self._site.batch(
            Batch(
                tuple(one for one in read if isinstance(one, MessageRecord)),
                rejected=tuple(one for one in read if isinstance(one, Rejected)),
                censuses=censuses,
                then=Stage.EXTRAS,
            )
        )


def _type(ref: Ref) -> str:
    return COMMENT if ref.kind == "comment" else NODE + ref.kind


def _ref(row: Row) -> Ref | None:
    if row.type == COMMENT:
        number = row.number("drupal_internal__cid")
        return None if number is None else Ref("comment", number, row.id)
    number = row.number("drupal_internal__nid")
    return None if number is None else Ref(row.type.removeprefix(NODE), number, row.id)
