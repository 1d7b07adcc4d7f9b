"""What Drupal's JSON:API answers, read into rows, and rows of Open Social into records; no request is made here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from workbench.sync.gate import Cause, line, load_json, take
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.pagination import query_of
from workbench.sync.people import UNKNOWN_NAME, address_key, clean_name
from workbench.sync.records import AttachmentRecord, CommunityRecord, MessageRecord, PersonRecord, Rejected

PAGE: Final = 50
"""The most the platform gives at once, whatever is asked for."""
COMMENT: Final = "comment--comment"
NODE: Final = "node--"
USER: Final = "user--user"
FILE: Final = "file--file"
FILES: Final = "field_files"
"""The field of topics and events in which their files stand."""
NOBODY: Final = frozenset({"virtual", "missing"})
"""What stands for an id where the target is gone."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A remote id: what kind of thing it is, its local number, and its UUID. As text "topic:12:5d1c…"."""

    kind: str
    number: int
    uuid: str

    @classmethod
    def of(cls, text: str | None) -> "Ref | None":
        """The remote id read again; None for what is none of ours."""
        parts = (text or "").split(":")
        return cls(parts[0], int(parts[1]), parts[2]) if len(parts) == 3 and parts[1].isdigit() else None  # noqa: PLR2004 - its parts

    @property
    def text(self) -> str:
        """As it is kept."""
        return f"{self.kind}:{self.number}:{self.uuid}"


@dataclass(frozen=True, slots=True)
class Target:
    """What a relationship points at; `number` is the local number where it has one, `name` the local name."""

    type: str
    id: str
    number: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One resource object. Its links are not read: they carry the revision that was current, and would pin it."""

    type: str
    id: str
    attributes: Mapping[str, object]
    relationships: Mapping[str, object]

    def number(self, name: str) -> int | None:
        """A whole number among the attributes."""
        value = self.attributes.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def words(self, name: str) -> str:
        """A text among the attributes, "" where there is none."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else ""

    def moment(self, name: str) -> datetime | None:
        """A time, with whatever offset the site writes it; None where it is none."""
        try:
            found = datetime.fromisoformat(self.words(name))
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def seconds(self, name: str) -> int | None:
        """A time as the site's database keeps it: whole seconds since 1970."""
        found = self.moment(name)
        return None if found is None else int(found.timestamp())

    def targets(self, name: str) -> tuple[Target, ...]:
        """What a relationship points at, without what is gone."""
        data = _object(self.relationships.get(name)).get("data")
        found = (_target(one) for one in (data if isinstance(data, list) else [data]))
        return tuple(one for one in found if one is not None)

    def target(self, name: str) -> Target | None:
        """The one thing a relationship points at."""
        return next(iter(self.targets(name)), None)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `next` is the offset of what follows: a page may come short, even empty, and still have one.

    `is_cut` says that something was left out because we may not see it. `included` are other entities, by type and id.
    """

    rows: tuple[Row, ...]
    included: Mapping[tuple[str, str], Row]
    next: int | None
    is_cut: bool
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What ties a person or a node to a group: its own number, the group, and what is tied to it since when."""

    number: int
    group: str
    target: Target
    at: datetime | None
    roles: tuple[str, ...] = ()
    person: PersonRecord | None = None


def read_page(body: bytes, *, source: str, offset: int = 0) -> Page:
    """An answer of one resource or many; refuses (LineError) what is no JSON:API document."""
    value = load_json(body)
    data = _object(value).get("data")
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise line(Cause.BAD_REPLY, "the reply is no JSON:API document")
    rows, rejected = [], []
    for number, item in enumerate(data):
        row = _row(item)
        if row is None:
            rejected.append(
                Rejected(source, offset + number, "not_readable", "The platform sent something unreadable.")
            )
        else:
            rows.append(row)
    included = _object(value).get("included")
    others = (_row(item) for item in (included if isinstance(included, list) else []))
    meta = _object(_object(value).get("meta"))
    return Page(
        tuple(rows),
        {(row.type, row.id): row for row in others if row is not None},
        _next(_object(_object(value).get("links")), offset),
        bool(meta.get("omitted")),
        tuple(rejected),
    )


def read_entry(body: bytes) -> tuple[frozenset[str], str | None]:
    """The site's resource types, and the id of the person who is signed in; None where nobody is."""
    value = load_json(body)
    types = frozenset(name for name in take(value, "links", dict) if isinstance(name, str) and "--" in name)
    me = _object(_object(_object(_object(value).get("meta")).get("links")).get("me"))
    identity = _object(me.get("meta")).get("id")
    return types, identity if isinstance(identity, str) and identity else None


def read_relation(row: Row, page: Page) -> Relation | None:
    """A relationship to a group; None where either end is gone."""
    number, group, target = row.number("drupal_internal__id"), row.target("gid"), row.target("entity_id")
    if number is None or group is None or target is None:
        return None
    person = person_of(target, page) if target.type == USER else None
    roles = tuple(role.name for role in row.targets("group_roles"))
    return Relation(number, group.id, target, row.moment("created"), roles, person)


def read_group(row: Row, *, root: str) -> CommunityRecord | None:
    """A group; None for one without a number."""
    number = row.number("drupal_internal__id")
    if number is None:
        return None
    text, _ = _formatted(row.attributes.get("field_group_description"))
    name = " ".join(row.words("label").split())
    ref = Ref(row.type.partition("--")[2], number, row.id)
    return CommunityRecord(ref.text, name, text, url=f"{root}group/{number}")


def read_node(row: Row, page: Page, *, community: str) -> MessageRecord | Rejected | None:
    """A topic or event with its files; None for one that is not published."""
    number, sent_at = row.number("drupal_internal__nid"), row.moment("created")
    if row.attributes.get("status") is False:
        return None
    if number is None or sent_at is None:
        return _unreadable(row, number)
    text, html = _formatted(row.attributes.get("body"))
    return MessageRecord(
        remote_id=Ref(row.type.removeprefix(NODE), number, row.id).text,
        community=community,
        author=_author(row, page),
        sent_at=sent_at,
        subject=" ".join(row.words("title").split()),
        text=text,
        html=html,
        version=version_of(row),
        attachments=tuple(_files(row, page)),
    )


def read_comment(row: Row, page: Page, *, community: str) -> MessageRecord | Rejected | None:
    """A comment; None for one that waits for a moderator or whose topic is gone."""
    number, sent_at, root = row.number("drupal_internal__cid"), row.moment("created"), root_of(row)
    if row.attributes.get("status") is False or row.target("entity_id") is None:
        return None
    if number is None or sent_at is None or root is None:
        return _unreadable(row, number)
    parent = row.target("pid")
    above: tuple[str, ...] = (root.text,)
    if parent is not None and parent.number is not None:
        above = (Ref("comment", parent.number, parent.id).text, root.text)
    text, html = _formatted(row.attributes.get("field_comment_body"))
    return MessageRecord(
        remote_id=Ref("comment", number, row.id).text,
        community=community,
        author=_author(row, page),
        sent_at=sent_at,
        subject="",
        text=text,
        html=html,
        references=above,
        version=version_of(row),
    )


def root_of(row: Row) -> Ref | None:
    """The topic a comment stands under."""
    root = row.target("entity_id")
    if root is None or root.number is None or not root.type.startswith(NODE):
        return None
    return Ref(root.type.removeprefix(NODE), root.number, root.id)


def version_of(row: Row) -> str | None:
    """The state of an entity, by when it was last saved."""
    changed = row.seconds("changed")
    return None if changed is None else str(changed)


def person_of(target: Target, page: Page) -> PersonRecord:
    """A person by their UUID; the name only where the platform included it."""
    user = page.included.get((USER, target.id))
    if user is None:
        return PersonRecord(target.id, "")
    mail = user.words("mail")
    return PersonRecord(
        target.id, clean_name(user.words("display_name")), address_key=address_key(mail) if mail else None
    )


def _author(row: Row, page: Page) -> PersonRecord:
    author = row.target("uid")
    return PersonRecord("nobody", UNKNOWN_NAME) if author is None else person_of(author, page)


def _files(row: Row, page: Page) -> Iterator[AttachmentRecord]:
    """The files of a topic; of one that this account may not see nothing is known, not even its name."""
    for target in row.targets(FILES):
        file = page.included.get((FILE, target.id))
        if file is not None:
            url = _object(file.attributes.get("uri")).get("url")
            yield AttachmentRecord(
                target.id,
                " ".join(file.words("filename").split()) or "file",
                file.words("filemime"),
                file.number("filesize"),
                url if isinstance(url, str) and url else None,
            )


def _unreadable(row: Row, number: int | None) -> Rejected:
    return Rejected(row.type, number or 0, "no_date", "The platform does not say when this was written, or its number.")


def _formatted(value: object) -> tuple[str, str | None]:
    """The words of a text with a format, and its HTML as it is shown."""
    field = _object(value)
    shown = field.get("processed") or field.get("value")
    html = clean_html(shown) if isinstance(shown, str) and shown.strip() else None
    return ("", None) if html is None else (html_text(html), html)


def _next(links: Mapping[str, object], offset: int) -> int | None:
    """The offset a next link asks for; its host and language are not trusted."""
    if "next" not in links:
        return None
    link = links["next"]
    href = link if isinstance(link, str) else _object(link).get("href")
    asked = query_of(href).get("page[offset]", "") if isinstance(href, str) else ""
    following = int(asked) if asked.isascii() and asked.isdigit() else offset + PAGE
    if following <= offset:
        raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")
    return following


def _row(item: object) -> Row | None:
    fields = _object(item)
    type_, id_ = fields.get("type"), fields.get("id")
    if not isinstance(type_, str) or not isinstance(id_, str):
        return None
    return Row(type_, id_, _object(fields.get("attributes")), _object(fields.get("relationships")))


def _target(item: object) -> Target | None:
    fields = _object(item)
    type_, id_ = fields.get("type"), fields.get("id")
    if not isinstance(type_, str) or not isinstance(id_, str) or id_ in NOBODY:
        return None
    local = _object(fields.get("meta")).get("drupal_internal__target_id")
    return Target(type_, id_, local if isinstance(local, int) else None, local if isinstance(local, str) else "")


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
