"""Open Social's lists and single entities: who sees what, filters, sorting, pages that come short; nothing is written."""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from tests.platforms.open_social_shapes import (
    HASHED,
    HASHED_MEMBERS,
    HOST,
    MEDIA,
    OPEN_SPECIFICATION,
    OTHER_TYPES,
    Entity,
    Pointer,
    Upload,
    Writer,
    error,
    person_pointer,
    uuid_of,
    uuid_of_said,
)
from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import Said, World

CLAMP: Final = 50
TOKEN_LIFE: Final = timedelta(seconds=300)
FILTERABLE: Final = ("node", "comment", "user", "taxonomy_term")
PASSWORD: Final = "open sesame"

_CONDITION: Final = re.compile(r"filter\[(\w+)\]\[condition\]\[(path|operator|value)\](?:\[\d*\])?")
_SHORT: Final = re.compile(r"filter\[([\w.]+)\]")
_COMPARE: Final[Mapping[str, Callable[[Any, list[str]], bool]]] = {
    "=": lambda own, values: str(own) == values[0],
    ">": lambda own, values: int(own) > int(values[0]),
    ">=": lambda own, values: int(own) >= int(values[0]),
    "<": lambda own, values: int(own) < int(values[0]),
    "IN": lambda own, values: str(own) in values,
}


class OpenSocialPages(StandIn):
    """One site; people's groups are closed to everybody who is not signed in, unless `public`."""

    NAME = "open-social"
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "wrong_password": "the credentials are wrong (or blocked by flood control): everybody is anonymous, with 200",
        "public": "what groups hold is shown to everybody",
        "admin": "the account may filter everything and sees addresses",
        "no_filters": "filters on nodes and comments give empty lists too",
        "hide": "percent of topics and comments (30) that the account may not see; lists come short",
        "relationship": "the entity type is group_relationship, as with newer versions of Group",
        "no_ties": "what is tied to groups is left out of lists without a word, as for somebody who left",
        "hashed": "memberships have a bundle with a hashed name",
        "hours": "the offset from UTC in which times are written (11)",
        "prefix": "links have a language prefix",
        "stale_token": "the Authorization header that is refused with 401",
        "token_life": "tokens of /oauth/token are good for 300 seconds and no others are taken",
        "maintenance": "503 for everything, with Retry-After: 7",
        "no_jsonapi": "the module is not installed",
        "read_only": "writes are refused with 405, as a new site does",
        "approval": "comments wait for a moderator",
        "cut_post": "stores what is sent and breaks the line before the answer; a number breaks only that write",
        "no_group_rights": "topics may be written but not put into a group",
        "no_files": "topics have no field for files: who asks for it hears 400",
        "auto_group": "a topic is in the first group as soon as it is made",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.hidden: set[int] = set()
        """Topics and comments that are there, but not for this account."""
        self.held: set[int] = set()
        """Comments that wait for a moderator."""
        self.loose: set[int] = set()
        """Topics that are in no group."""
        self.links: dict[int, tuple[int, datetime, str]] = {}
        """{topic: (number, since when, key)} where it is not the topic's own."""
        self.files: dict[int, list[int]] = {}
        """{topic: numbers of its files}."""
        self.uploads: dict[int, Upload] = {}
        self._memberships: dict[tuple[int, int, datetime], int] = {}
        self._issued: dict[str, datetime] = {}
        self._writes = 0

    def move(self, topic: int, group: int) -> None:
        """The topic is in another group from now on; the topic itself does not change."""
        for said in self.world.said.values():
            if said.root == topic:
                said.group = group
        self.links[topic] = (900_000 + len(self.links), self.world.now, "")
        self.loose.discard(topic)

    def attach(self, topic: int, upload: Upload) -> int:
        """One more file on a topic, which is saved by that; its number."""
        number = 700 + len(self.uploads)
        self.uploads[number] = upload
        self.files.setdefault(topic, []).append(number)
        self.world.edit(topic, self.world.said[topic].text)
        return number

    # Who asks

    def token(self) -> Told:
        token = f"access-{len(self._issued) + 1}"
        self._issued[token] = self.world.now
        return told({
            "token_type": "Bearer", "expires_in": 300, "access_token": token, "refresh_token": f"refresh-{len(self._issued)}",
        })  # fmt: skip

    def is_good(self, header: str) -> bool:
        issued = self._issued.get(header.removeprefix("Bearer "))
        return issued is not None and self.world.now < issued + TOKEN_LIFE

    def is_me(self, asked: Asked) -> bool:
        header = asked.headers.get("authorization", "")
        if header.startswith("Basic "):
            base64.b64decode(header.removeprefix("Basic "), validate=True)
        return bool(header) and not self.is_on("wrong_password")

    def _sees(self, asked: Asked, said: Said) -> bool:
        hide = self.switches.get("hide", 0)
        is_hidden = said.id in self.hidden or said.id * 37 % 100 < (30 if hide is True else hide)
        return not is_hidden and (self.is_me(asked) or self.is_on("public"))

    # Reading

    def read(self, asked: Asked, parts: list[str]) -> Told:
        writer = Writer(base=HOST + ("/en" if self.is_on("prefix") else ""), hours=11 if self.is_on("hours") else 0)
        if parts == [""]:
            return self._entry(asked, writer)
        rows = self.rows(asked, "--".join(parts[:2]), writer)
        if rows is None:
            return refused(404, "Not Found", "The resource type does not exist.")
        if len(parts) == 2:
            return self._collection(asked, writer, rows, parts)
        found = next((row for row in rows if row.id == parts[2]), None)
        if found is None:
            return refused(404, "Not Found", 'The "entity" parameter was not converted for the path.')
        if not (found.is_visible and found.is_published):
            return refused(403, "Forbidden", "The current user is not allowed to GET the selected resource.")
        body = {"jsonapi": OPEN_SPECIFICATION, "data": writer.written(found, _wanted(asked, found.type))}
        return told(body | {"links": {"self": {"href": f"{writer.base}{asked.path}"}}}, kind=MEDIA)

    def _entry(self, asked: Asked, writer: Writer) -> Told:
        names = sorted([*OTHER_TYPES, *self._types()])
        links = {name: {"href": f"{writer.base}/jsonapi/{name.replace('--', '/')}"} for name in names}
        body: dict[str, Any] = {
            "jsonapi": OPEN_SPECIFICATION,
            "data": [],
            "links": links | {"self": {"href": f"{writer.base}/jsonapi"}},
        }
        if self.is_me(asked):
            me = uuid_of("user", self.world.me)
            href = f"{writer.base}/jsonapi/user/user/{me}"
            body["meta"] = {"links": {"me": {"meta": {"id": me}, "href": href}}}
        return told(body, kind=MEDIA)

    @property
    def relations(self) -> str:
        """The entity type of what ties things to groups."""
        return "group_relationship" if self.is_on("relationship") else "group_content"

    @property
    def members_type(self) -> str:
        return f"{self.relations}--{HASHED_MEMBERS if self.is_on('hashed') else 'flexible_group-group_membership'}"

    def _types(self) -> tuple[str, ...]:
        return (
            "group--flexible_group", "node--topic", "node--event", "comment--comment", "user--user",
            "taxonomy_term--topic_types", self.members_type, f"{self.relations}--{HASHED}",
            f"{self.relations}--flexible_group-group_node-topic", f"{self.relations}--flexible_group-group_node-event",
        )  # fmt: skip

    def rows(self, asked: Asked, type_: str, writer: Writer) -> list[Entity] | None:
        """All entities of a type, whoever may see them; None for a type there is not."""
        if type_ not in (*OTHER_TYPES, *self._types()):
            return None
        if type_.endswith("-group_node-topic"):
            return self._link_rows(asked, type_, writer)
        makers = {
            "group--flexible_group": self._group_rows,
            "user--user": self._user_rows,
            "taxonomy_term--topic_types": self._term_rows,
            "file--file": self._file_rows,
            self.members_type: self._membership_rows,
        }
        return makers.get(type_, self.said_rows)(asked, type_, writer)

    def _group_rows(self, asked: Asked, _type: str, writer: Writer) -> list[Entity]:
        start = min((said.at for said in self.world.said.values()), default=self.world.now)
        sees = self.is_me(asked) or self.is_on("public")
        return [writer.group(group, created=start) for group in self.world.groups.values()] if sees else []

    def _user_rows(self, _asked: Asked, _type: str, writer: Writer) -> list[Entity]:
        return [writer.person(person, shows_mail=self.is_on("admin")) for person in self.world.people.values()]

    def _term_rows(self, _asked: Asked, type_: str, _writer: Writer) -> list[Entity]:
        own = ("weight", "drupal_internal__tid")
        return [
            Entity(type_, uuid_of("term", number), dict.fromkeys(own, number), {"name": name})
            for number, name in enumerate(("News", "Discussion", "Blog"), start=1)
        ]

    def _file_rows(self, _asked: Asked, _type: str, writer: Writer) -> list[Entity]:
        return [writer.file(number, file, created=self.world.now) for number, file in self.uploads.items()]

    def said_rows(self, asked: Asked, type_: str, writer: Writer) -> list[Entity]:
        rows = []
        for said in self.standing():
            root = self.world.said[said.root]
            is_visible = self._sees(asked, said) and self._sees(asked, root)
            entity = None
            if type_ == "node--topic" and said.parent is None:
                count = len(self.world.thread(said.id)) - 1
                files = None if self.is_on("no_files") else self.files.get(said.id, ())
                entity = writer.topic(said, comments=count, is_published=self._is_published(said), files=files)
            elif type_ == "comment--comment" and said.parent is not None:
                parent = None if said.parent == root.id else self.world.said[said.parent]
                entity = writer.comment(said, root, parent, is_published=self._is_published(said))
            if entity is not None:
                rows.append(
                    Entity(**{name: getattr(entity, name) for name in Entity.__slots__} | {"is_visible": is_visible})
                )
        return rows

    def standing(self) -> list[Said]:
        """What is not deleted; whoever deletes something deletes what answers it."""
        gone = {number for number, said in self.world.said.items() if said.removed_at is not None}
        standing = []
        for number, said in self.world.said.items():
            if number in gone or said.parent in gone:
                gone.add(number)
            else:
                standing.append(said)
        return standing

    def _is_published(self, said: Said) -> bool:
        return said.id not in self.held and (said.shown_from is None or said.shown_from <= self.world.now)

    def _membership_rows(self, asked: Asked, type_: str, writer: Writer) -> list[Entity]:
        sees = self.is_me(asked) or self.is_on("public")
        current = [
            (at, group.id, person) for group in self.world.groups.values() for person, at in group.members.items()
        ]
        for at, group_id, person in sorted(current):
            self._memberships.setdefault((group_id, person, at), len(self._memberships) + 5001)
        return [
            writer.relation(
                type_, self._memberships[group_id, person, at], self.world.groups[group_id], at=at,
                to=person_pointer(person), is_visible=sees,
                roles=("flexible_group-group_manager",) if person in self.world.groups[group_id].owners else (),
            )
            for at, group_id, person in sorted(current)
            if not self.is_on("no_ties")
        ]  # fmt: skip

    def _link_rows(self, asked: Asked, type_: str, writer: Writer) -> list[Entity]:
        rows = []
        for said in self.standing():
            if said.parent is None and said.id not in self.loose and not self.is_on("no_ties"):
                number, at, key = self.links.get(said.id, (said.id, said.at, ""))
                to = Pointer("node--topic", uuid_of_said(said), said.id)
                sees = self.is_me(asked) or self.is_on("public")
                rows.append(
                    writer.relation(
                        type_, number, self.world.groups[said.group], at=at, to=to, key=key, is_visible=sees
                    )
                )
        return rows

    def _collection(self, asked: Asked, writer: Writer, rows: list[Entity], parts: list[str]) -> Told:
        filters = _filters(asked)
        if filters:
            may = self.is_on("admin") or (parts[0] in FILTERABLE and not self.is_on("no_filters"))
            rows = [row for row in rows if row.is_published] if may else []
        try:
            rows = [
                row
                for row in rows
                if all(_COMPARE[op](row.id if path == "id" else row.own[path], values) for path, op, values in filters)
            ]
            rows = _ordered(rows, asked.query.get("sort", ""))
        except (KeyError, ValueError):
            return refused(400, "Bad Request", "Invalid nested filtering or sorting.")
        if self.is_on("no_files") and "field_files" in asked.query.get("include", ""):
            return refused(400, "Bad Request", "`field_files` is not a valid relationship field name.")
        limit, offset = int(asked.query.get("page[limit]", CLAMP)), int(asked.query.get("page[offset]", 0))
        if limit <= 0:
            return refused(400, "Bad Request", "The page size needs to be a positive integer.")
        limit = min(limit, CLAMP)
        cut = rows[offset : offset + limit]
        shown = [row for row in cut if row.is_visible and row.is_published]
        body: dict[str, Any] = {
            "jsonapi": OPEN_SPECIFICATION,
            "data": [writer.written(row, _wanted(asked, row.type)) for row in shown],
        }
        dropped = [row for row in cut if not (row.is_visible and row.is_published)]
        included = self._included(asked, writer, shown, dropped)
        body |= {"included": included} if included else {}
        body |= {"meta": {"omitted": _omitted(dropped, writer)}} if dropped else {}
        here = f"{writer.base}/jsonapi/{parts[0]}/{parts[1]}"
        body["links"] = {"self": {"href": f"{here}?{urlencode(asked.query)}"}}
        if offset + limit < len(rows):
            following = {**asked.query, "page[offset]": str(offset + limit), "page[limit]": str(limit)}
            body["links"]["next"] = {"href": f"{here}?{urlencode(following)}"}
        return told(body, kind=MEDIA)

    def _included(
        self, asked: Asked, writer: Writer, shown: list[Entity], dropped: list[Entity]
    ) -> list[dict[str, Any]]:
        wanted: dict[str, set[str]] = {}
        for name in filter(None, asked.query.get("include", "").split(",")):
            for row in shown:
                found = row.relationships.get(name)
                for to in found if isinstance(found, tuple) else () if found is None else (found,):
                    wanted.setdefault(to.type, set()).add(to.id)
        others = {
            one.id: one
            for type_, ids in wanted.items()
            for one in self.rows(asked, type_, writer) or []
            if one.id in ids
        }
        dropped += [one for one in others.values() if not one.is_visible]
        return [writer.written(one, _wanted(asked, one.type)) for one in others.values() if one.is_visible]


def refused(status: int, title: str, detail: str, *, pointer: str = "") -> Told:
    return told(error(status, title, detail, pointer=pointer), status=status, kind=MEDIA)


def _filters(asked: Asked) -> list[tuple[str, str, list[str]]]:
    """(path, operator, values) of every condition, in both spellings."""
    long: dict[str, dict[str, Any]] = {}
    found = []
    for name, value in asked.pairs:
        condition, short = _CONDITION.fullmatch(name), _SHORT.fullmatch(name)
        if condition is not None:
            parts = long.setdefault(condition[1], {"value": []})
            if condition[2] == "value":
                parts["value"].append(value)
            else:
                parts[condition[2]] = value
        elif short is not None:
            found.append((short[1], "=", [value]))
    return found + [(one["path"], one.get("operator", "="), one["value"]) for one in long.values()]


def _ordered(rows: list[Entity], sort: str) -> list[Entity]:
    names = [name for name in sort.split(",") if name]
    if not names:  # without one the order is the database's own business
        return sorted(rows, key=lambda row: row.id)
    for name in reversed(names):
        rows = sorted(rows, key=lambda row: row.own[name.removeprefix("-")], reverse=name.startswith("-"))
    return rows


def _wanted(asked: Asked, type_: str) -> set[str] | None:
    named = asked.query.get(f"fields[{type_}]")
    return None if named is None else set(named.split(","))


def _omitted(rows: list[Entity], writer: Writer) -> dict[str, Any]:
    links: dict[str, Any] = {
        "help": {"href": "https://www.drupal.org/docs/8/modules/json-api/filtering#filters-access-control"}
    }
    for row in rows:
        address = f"{writer.base}/jsonapi/{row.type.replace('--', '/')}/{row.id}"
        detail = "The current user is not allowed to GET the selected resource."
        links[f"item--{row.id[:7].upper()}"] = {"href": address, "meta": {"rel": "item", "detail": detail}}
    return {"detail": "Some resources have been omitted because of insufficient authorization.", "links": links}
