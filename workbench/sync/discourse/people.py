"""People of Discourse: who is in a group, with when they joined, and the directory of everybody, as far as it goes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from workbench.progress import Progress
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.discourse.forum import Forum
from workbench.sync.discourse.shapes import EVERYBODY, GROUP, fields, moment, person
from workbench.sync.gate import Expect, take
from workbench.sync.pagination import Page, walk
from workbench.sync.records import CommunityRecord, MemberRecord

GROUPS: Final = "groups.json"
MEMBERS_PAGE: Final = 200
NEWEST_MEMBERS: Final = 5
DIRECTORY_PAGES: Final = 11
"""The directory refuses pages beyond number 10; at 50 a page it ends with 550 people, however many there are."""


def begin_groups(forum: Forum) -> None:
    """Begins what `groups` asks first."""
    forum.client.ahead(GROUPS, {"page": "0"}, expect=Expect.JSON)


def groups(forum: Forum, *, root: str) -> Iterator[CommunityRecord]:
    """The groups people made; those the software makes by itself (trust levels, staff) are none."""

    def fetch(page: int) -> Page[dict[str, object], int]:
        value = forum.read(GROUPS, page=str(page))
        items = [fields(item) for item in take(value, "groups", list)]
        total = take(value, "total_rows_groups", int)
        seen[0] += len(items)
        return Page(items, page + 1 if items and seen[0] < total else None)

    seen = [0]
    for items in walk(0, fetch, key=lambda item: item.get("id")):
        for item in items:
            if item.get("automatic") is True:
                continue
            name, count = take(item, "name", str), item.get("user_count")
            shown = item.get("full_name") or item.get("display_name") or name
            about = item.get("bio_excerpt")
            yield CommunityRecord(
                remote_id=f"{GROUP}{name}",
                name=f"{shown} (group)",
                description=about if isinstance(about, str) else "",
                url=f"{root}g/{name}",
                messages=0,  # what its people write stands in the categories
                members=count if isinstance(count, int) else None,
                is_mine=item.get("is_group_user") is True,
            )


def group_members(forum: Forum, name: str, since: Cursor | None) -> Iterator[Batch]:
    """Everybody in a group, when the newest members or their number are others than they were; else one short page."""
    path = f"groups/{name}/members.json"
    if since is not None and _Newest.of(forum, path).cursor == since:
        yield _batch(forum, (), since)
        return
    people: dict[str, MemberRecord] = {}
    totals: set[int] = set()
    fresh: dict[str, MemberRecord] = {}
    offset, total, is_over = 0, 0, False
    while not is_over:
        # In the order of joining, those who join meanwhile stand behind.
        value = forum.read(path, limit=str(MEMBERS_PAGE), offset=str(offset), order="added_at", asc="true")
        items, total = take(value, "members", list), take(take(value, "meta", dict), "total", int)
        shown = [_member(name, item) for item in items]
        shown += [replace(_member(name, item), role="owner") for item in take(value, "owners", list)]
        fresh = {member.person.handle: member for member in shown}
        fresh = {handle: member for handle, member in fresh.items() if people.get(handle) != member}
        people |= fresh
        totals.add(total)
        offset += len(items)
        is_over = not items or offset >= total
        if not is_over:
            yield _batch(forum, tuple(fresh.values()), None, total=total, done=len(people))
    newest = _Newest.of(forum, path)
    # Who leaves meanwhile moves others to a page that was read: then nobody is said to be gone, and all is read anew.
    is_whole = totals == {newest.total} and newest.handles <= people.keys() and len(people) >= total
    census = (Census(CensusOf.MEMBERS, frozenset(people)),) if is_whole and people else ()
    cursor = newest.cursor if is_whole else None
    yield _batch(forum, tuple(fresh.values()), cursor, total=total, done=len(people), censuses=census)


def everybody(forum: Forum, since: Cursor | None) -> Iterator[Batch]:
    """The directory, when it was made anew since; without a promise on who is gone where it does not show everybody."""
    people: dict[str, MemberRecord] = {}
    page, is_over = 0, False
    while not is_over:
        query = {"period": "all", "order": "days_visited", "page": str(page)}
        value = forum.read("directory_items.json", **query)
        items, meta = take(value, "directory_items", list), take(value, "meta", dict)
        total = take(meta, "total_rows_directory_items", int)
        made = Cursor(json.dumps({"version": 1, "made": meta.get("last_updated_at"), "total": total}))
        if made == since:
            yield _batch(forum, (), since)
            return
        shown = [take(item, "user", dict) for item in items]
        records = [MemberRecord(EVERYBODY, person(take(user, "id", int), user)) for user in shown]
        fresh = {record.person.handle: record for record in records if record.person.handle not in people}
        people |= fresh
        page += 1
        is_over = not items or len(people) >= total or page == DIRECTORY_PAGES  # it always says that there are more
        census = (Census(CensusOf.MEMBERS, frozenset(people)),) if len(people) >= total > 0 else ()
        cursor = made if is_over else None
        yield _batch(forum, tuple(fresh.values()), cursor, total=total, done=len(people), censuses=census)


@dataclass(frozen=True, slots=True)
class _Newest:
    """How many are in a group and who joined last: two who join and leave at once change the one or the other."""

    total: int
    handles: frozenset[str]
    cursor: Cursor

    @classmethod
    def of(cls, forum: Forum, path: str) -> Self:
        """Asks for it."""
        value = forum.read(path, limit=str(NEWEST_MEMBERS), order="added_at")
        total = take(take(value, "meta", dict), "total", int)
        members = [_member("", item) for item in take(value, "members", list)]
        newest = [(member.person.handle, str(member.joined_at)) for member in members]
        handles = frozenset(handle for handle, _ in newest)
        return cls(total, handles, Cursor(json.dumps({"version": 1, "total": total, "newest": newest})))


def _member(group: str, item: object) -> MemberRecord:
    shown = fields(item)
    found = person(take(shown, "id", int), shown)
    return MemberRecord(f"{GROUP}{group}", found, joined_at=moment(shown.get("added_at")), role="member")


def _batch(
    forum: Forum,
    records: tuple[MemberRecord, ...],
    cursor: Cursor | None,
    *,
    total: int | None = None,
    done: int = 0,
    censuses: tuple[Census, ...] = (),
) -> Batch:
    traffic = forum.client.take_traffic()
    note = "" if not total or done >= total else f"{done} of {total} people"
    return Batch(
        records=records,
        cursor=cursor,
        progress=Progress(done, "people", total=total or None, fraction=min(1.0, done / total) if total else None),
        bytes_in=traffic.bytes_in,
        bytes_out=traffic.bytes_out,
        requests=traffic.requests,
        censuses=censuses,
        then=Stage.MEMBERS,
        note=note,
    )
