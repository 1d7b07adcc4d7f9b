"""The reading of one group: what was saved since, what is new in it, then its topics backwards with their comments."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final

from workbench.models.moments import DayRange, day_start
from workbench.progress import Progress
from workbench.sync.connector import Batch, Stage
from workbench.sync.open_social.position import BELOW_ALL, Lane, Position
from workbench.sync.open_social.shapes import (
    COMMENT,
    NODE,
    Page,
    Ref,
    Relation,
    Row,
    read_comment,
    read_node,
    root_of,
)  # fmt: skip
from workbench.sync.open_social.site import Site
from workbench.sync.records import MessageRecord, Rejected

AT_A_TIME: Final = 20
"""Topics of which the comments are asked for together: so many still fit into an address."""


class GroupWalk:
    """Reads one group; `kinds` are the kinds of node that count as conversations."""

    def __init__(self, site: Site, group: Ref, *, kinds: Sequence[str], oldest: date | None) -> None:
        self._site, self._group, self._kinds, self._oldest = site, group, kinds, oldest
        self._community = group.text
        self._position = Position()
        self._stage = Stage.NEWS

    def run(self, position: Position) -> Iterator[Batch]:
        """Everything after `position`, which moves along."""
        self._position = position
        was_begun = position.is_begun
        position.reach(self._oldest)
        if not was_begun:
            position.said = self._site.start(COMMENT)
        for kind in self._kinds:
            if kind not in position.lanes:
                position.lanes[kind] = Lane(anchor=self._site.start(NODE + kind))
            elif was_begun:
                yield from self._edited(kind)
            yield from self._look(kind)
        yield from self._read(with_far=False)
        if was_begun:
            yield from self._said()
        if not position.is_whole:
            self._stage = Stage.HISTORY
            yield self._batch()
            for kind in self._kinds:
                yield from self._older(kind)
        position.skip = None
        yield self._batch(covered=position.covered(today=self._site.now.date()))

    def _edited(self, kind: str) -> Iterator[Batch]:
        """Topics that were saved since; one that nobody knows yet is looked for among what is tied to groups."""
        lane = self._position.lanes[kind]
        saved: list[tuple[int | None, datetime | None]] = []
        unknown: list[tuple[Row, Page]] = []
        for page, anchor in self._site.changed(NODE + kind, lane.anchor):
            ours = [row for row in page.rows if row.number("drupal_internal__nid") in lane.topics]
            unknown += [(row, page) for row in page.rows if lane.is_unknown(row)]
            lane.is_new = lane.is_new or bool(unknown)
            saved += [(row.number("drupal_internal__nid"), row.moment("changed")) for row in page.rows]
            lane.anchor = anchor or lane.anchor
            yield self._batch([read_node(row, page, community=self._community) for row in ours], page.rejected)
        if lane.is_new:
            yield from self._look(kind)
            yield from self._newborn(kind, unknown)
            lane.settle(saved, now=self._site.now)

    def _newborn(self, kind: str, unknown: Iterable[tuple[Row, Page]]) -> Iterator[Batch]:
        """Those of ours that were just read: all that was said on one so young comes with the comments saved since."""
        position = self._position
        ours = [
            (row, page)
            for row, page in unknown
            if f"{kind}:{row.id}" in position.todo and (row.seconds("created") or 0) >= position.said
        ]
        position.leave_out(f"{kind}:{row.id}" for row, _ in ours)
        if ours:
            yield self._batch([read_node(row, page, community=self._community) for row, page in ours])

    def _look(self, kind: str) -> Iterator[Batch]:
        """What was tied to the group since the last look: at once after news, else once a day, for what was moved."""
        lane = self._position.lanes[kind]
        if not lane.is_new and lane.looked == self._today():
            return
        type_ = self._site.relation_type(self._group.kind, f"group_node-{kind}")
        found: list[Relation] = []
        is_first, top, offset, below = lane.below == BELOW_ALL and not lane.top, lane.top, 0, BELOW_ALL
        while type_ is not None:
            relations, page = self._site.backwards(type_, offset, below)
            numbers = [relation.number for relation in relations]
            top = max([top, *numbers])
            found += [relation for relation in relations if relation.number > lane.top]
            if is_first:
                lane.below = 0 if page.next is None else min(numbers, default=BELOW_ALL)
                lane.offset = page.next or 0
            if is_first or page.next is None or min(numbers, default=BELOW_ALL) <= lane.top:
                break
            offset, below = page.next, min([below, *numbers])
        lane.below = 0 if type_ is None else lane.below
        lane.top, lane.is_new, lane.looked = top, False, self._today()
        lane.settle([(one.target.number, one.at) for one in found], now=self._site.now)
        self._take(kind, found, is_news=not is_first)
        yield self._batch()

    def _older(self, kind: str) -> Iterator[Batch]:
        """Backwards through what is tied to groups, each time followed by what is ours of it."""
        lane = self._position.lanes[kind]
        yield from self._read(with_far=True)
        while lane.below:
            type_ = self._site.relation_type(self._group.kind, f"group_node-{kind}")
            if type_ is None:
                lane.below = 0
                return
            relations, page = self._site.backwards(type_, lane.offset, lane.below)
            fresh = [relation for relation in relations if relation.number < lane.below]
            lane.below = 0 if page.next is None else min([lane.below, *(relation.number for relation in fresh)])
            lane.offset = page.next or 0
            self._take(kind, fresh, is_news=False)
            yield self._batch()
            # A request for two topics costs nearly as much as one for many.
            if not lane.below or self._position.waiting >= AT_A_TIME:
                yield from self._read(with_far=True)

    def _take(self, kind: str, relations: Iterable[Relation], *, is_news: bool) -> None:
        for relation in relations:
            if relation.group == self._group.uuid:
                self._position.take(kind, relation, is_news=is_news)

    def _read(self, *, with_far: bool) -> Iterator[Batch]:
        """The conversations that wait: themselves, then their comments; of old ones those with later comments only."""
        position = self._position
        while position.opens(AT_A_TIME, with_far=with_far):
            kind = position.open[0].partition(":")[0]
            ids = [name.partition(":")[2] for name in position.open]
            if not position.is_far:
                self._site.ahead_of_comments(ids, after=position.number)
            if not (position.is_far or position.is_named):
                page = self._site.by_ids(NODE + kind, ids)
                position.is_named = True
                yield self._batch(self._nodes(page), page.rejected)
            since = int(day_start(position.oldest).timestamp()) if position.is_far and position.oldest else 0
            for page, is_last in self._site.comments(ids, after=position.number, since=since):
                found = self._with_topics(page) if position.is_far else []
                found += [read_comment(row, page, community=self._community) for row in page.rows]
                numbers = [row.number("drupal_internal__cid") or 0 for row in page.rows]
                position.number = max([position.number, *numbers])
                if is_last:
                    position.close()
                yield self._batch(found, page.rejected)

    def _said(self) -> Iterator[Batch]:
        """Comments that were saved since, on any topic of this group."""
        position = self._position
        for page, anchor in self._site.changed(COMMENT, position.said):
            ours = Page(tuple(row for row in page.rows if self._is_ours(row)), page.included, None, is_cut=False)
            found = self._with_topics(ours)
            found += [read_comment(row, page, community=self._community) for row in ours.rows]
            position.said = anchor or position.said
            yield self._batch(found, page.rejected)

    def _is_ours(self, row: Row) -> bool:
        root = root_of(row)
        lane = None if root is None else self._position.lanes.get(root.kind)
        return root is not None and lane is not None and (root.number in lane.topics or root.number in lane.far)

    def _with_topics(self, page: Page) -> list[MessageRecord | Rejected | None]:
        """The topics of these comments that were left out so far because they are old."""
        found: list[MessageRecord | Rejected | None] = []
        roots = {root.text: root for root in map(root_of, page.rows) if root is not None}
        for kind, lane in self._position.lanes.items():
            wanted = [root for root in roots.values() if root.kind == kind and root.number in lane.far]
            for start in range(0, len(wanted), AT_A_TIME):
                some = wanted[start : start + AT_A_TIME]
                found += self._nodes(self._site.by_ids(NODE + kind, [root.uuid for root in some]))
            lane.far -= {root.number for root in wanted}
            lane.topics |= {root.number for root in wanted}
        return found

    def _nodes(self, page: Page) -> list[MessageRecord | Rejected | None]:
        return [read_node(row, page, community=self._community) for row in page.rows]

    def _today(self) -> str:
        return self._site.now.date().isoformat()

    def _batch(
        self,
        found: Iterable[MessageRecord | Rejected | None] = (),
        rejected: Sequence[Rejected] = (),
        *,
        covered: tuple[DayRange, ...] = (),
    ) -> Batch:
        """What a step brought, with where the reading stands after it."""
        position = self._position
        read = [one for one in found if one is not None]
        records = tuple(one for one in read if isinstance(one, MessageRecord))
        held_back = tuple(one for one in read if isinstance(one, Rejected))
        days = [record.sent_at.astimezone(UTC).date() for record in records]
        position.first = min(days, default=position.first) if position.first is None else min([position.first, *days])
        position.read += len(records)
        progress = Progress(position.read, "messages", fraction=1.0 if position.is_whole else None)
        return self._site.batch(
            Batch(
                records,
                position.cursor(),
                rejected=(*rejected, *held_back),
                covered=covered,
                progress=progress,
                is_from_start=True if covered and position.is_from_start else None,
                then=self._stage,
            )
        )
