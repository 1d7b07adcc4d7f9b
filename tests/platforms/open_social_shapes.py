"""Open Social's entities as Drupal's JSON:API writes them: envelopes, links, sparse fields, invented content."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from tests.platforms.world import Group, Said, Someone

HOST: Final = "https://social.example.org"
MEDIA: Final = "application/vnd.api+json"
OPEN_SPECIFICATION: Final = {"version": "1.0", "meta": {"links": {"self": {"href": "http://jsonapi.org/format/1.0/"}}}}
HASHED: Final = "group_content_type_7fcb76fdf61a9"
HASHED_MEMBERS: Final = "group_content_type_0f3a9d1c52e7b"
OTHER_TYPES: Final = (
    "action--action", "activity--activity", "base_field_override--base_field_override", "block--block",
    "block_content--basic", "block_content--hero_call_to_action_block", "comment--post_comment", "comment_type--comment_type",
    "configurable_language--configurable_language", "crop--hero", "date_format--date_format", "editor--editor",
    "entity_form_display--entity_form_display", "entity_form_mode--entity_form_mode", "event_enrollment--event_enrollment",
    "entity_view_display--entity_view_display", "entity_view_mode--entity_view_mode", "field_config--field_config",
    "field_storage_config--field_storage_config", "file--file", "filter_format--filter_format", "flag--flag",
    "flagging--follow_content", "flagging--follow_term", "flagging--follow_user", "group_role--group_role",
    "group_type--group_type", "image_style--image_style", "media--image", "menu--menu", "menu_link_content--menu_link_content",
    "message--create_comment_following_node", "message--create_post_community", "message--create_topic_group",
    "message_template--message_template", "node--book", "node--landing_page", "node--page", "node_type--node_type",
    "paragraph--block", "paragraph--hero", "path_alias--path_alias", "post--photo", "post--post", "post_type--post_type",
    "private_message--private_message", "profile--profile", "profile_type--profile_type", "queue_storage_entity--email",
    "search_api_index--search_api_index", "search_api_server--search_api_server", "taxonomy_term--event_types",
    "taxonomy_term--expertise", "taxonomy_term--interests", "taxonomy_term--profile_tag", "taxonomy_term--social_tagging",
    "taxonomy_vocabulary--taxonomy_vocabulary", "user_role--user_role", "view--view", "vote--like", "vote_type--vote_type",
)  # fmt: skip


def uuid_of(kind: str, number: int) -> str:
    """The UUID of an entity made on the site itself."""
    return str(uuid5(NAMESPACE_URL, f"{HOST}/{kind}/{number}"))


def uuid_of_said(said: Said) -> str:
    """The UUID of a topic or comment: what the sender called it, or the site's own."""
    return said.key or uuid_of("node" if said.parent is None else "comment", said.id)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a relationship points at; `target` is the local number or name."""

    type: str
    id: str
    target: int | str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody put on a topic; `is_hidden`: this account may see that there is one, and no more."""

    name: str
    content: bytes
    media_type: str = "application/pdf"
    is_hidden: bool = False


Pointers = Pointer | tuple[Pointer, ...] | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One resource; `own` are the values filters and sorts compare."""

    type: str
    id: str
    own: dict[str, Any]
    attributes: dict[str, Any]
    relationships: dict[str, Pointers] = field(default_factory=dict)
    is_visible: bool = True
    is_published: bool = True


def seconds(moment: datetime) -> int:
    """A moment as the database keeps it."""
    return int(moment.timestamp())


class Writer:
    """Writes entities for one request: where it came in, which fields it wants, and the site's offset in times."""

    def __init__(self, *, base: str, hours: int = 0) -> None:
        self.base = base
        self._zone = timezone(timedelta(hours=hours)) if hours else UTC

    def time(self, moment: datetime) -> str:
        """Whole seconds, with the offset spelled out."""
        return moment.astimezone(self._zone).replace(microsecond=0).isoformat()

    def group(self, group: Group, *, created: datetime) -> Entity:
        """A flexible group."""
        return Entity(
            "group--flexible_group",
            uuid_of("group", group.id),
            {"drupal_internal__id": group.id, "changed": seconds(created), "created": seconds(created)},
            {
                "drupal_internal__id": group.id,
                "label": group.name,
                "status": True,
                "created": self.time(created),
                "changed": self.time(created),
                "path": {"alias": None, "pid": None, "langcode": "en"},
                "field_group_description": formatted(group.description),
                "field_flexible_group_visibility": "members",
                "field_group_allowed_join_method": ["added"],
            },
            {"uid": person_pointer(1), "group_type": Pointer("group_type--group_type", uuid_of("type", 1), "flexible")},
        )

    def person(self, person: Someone, *, shows_mail: bool) -> Entity:
        """A user."""
        attributes = {"display_name": person.name, "drupal_internal__uid": person.id, "name": person.username}
        attributes |= {"mail": person.email} if shows_mail else {}
        return Entity(
            "user--user",
            uuid_of("user", person.id),
            {"drupal_internal__uid": person.id, "status": 1},
            attributes,
            is_visible=not person.is_gone,
        )

    def file(self, number: int, file: Upload, *, created: datetime) -> Entity:
        """A file of a topic; its address is a path of the site."""
        return Entity(
            "file--file",
            uuid_of("file", number),
            {"drupal_internal__fid": number, "created": seconds(created), "changed": seconds(created)},
            {
                "drupal_internal__fid": number,
                "langcode": "en",
                "filename": file.name,
                "uri": {"value": f"public://{number}/{file.name}", "url": file_path(number, file)},
                "filemime": file.media_type,
                "filesize": len(file.content),
                "status": True,
                "created": self.time(created),
                "changed": self.time(created),
            },
            is_visible=not file.is_hidden,
        )

    def topic(self, said: Said, *, comments: int, is_published: bool, files: Sequence[int] | None = ()) -> Entity:
        """A topic."""
        return Entity(
            "node--topic",
            uuid_of_said(said),
            {
                "drupal_internal__nid": said.id,
                "changed": seconds(said.touched_at),
                "created": seconds(said.at),
                "uid.id": uuid_of("user", said.author),
            },
            {
                "drupal_internal__nid": said.id,
                "drupal_internal__vid": said.id + said.version,
                "langcode": "en",
                "status": is_published,
                "title": said.subject or "Without a title",
                "created": self.time(said.at),
                "changed": self.time(said.touched_at),
                "promote": False,
                "sticky": False,
                "body": {**formatted(said.text), "summary": ""},
                "field_content_visibility": "group",
                "field_topic_comments": {
                    "status": 2,
                    "cid": 0,
                    "last_comment_timestamp": seconds(said.at),
                    "last_comment_name": None,
                    "last_comment_uid": said.author,
                    "comment_count": comments,
                },
            },
            {
                "uid": person_pointer(said.author),
                "field_topic_type": Pointer("taxonomy_term--topic_types", uuid_of("term", 2), 2),
                **({} if files is None else {"field_files": tuple(map(file_pointer, files))}),
            },
            is_published=is_published,
        )

    def comment(self, said: Said, root: Said, parent: Said | None, *, is_published: bool) -> Entity:
        """A comment on a topic."""
        return Entity(
            "comment--comment",
            uuid_of_said(said),
            {
                "drupal_internal__cid": said.id,
                "changed": seconds(said.touched_at),
                "created": seconds(said.at),
                "entity_id.id": uuid_of_said(root),
                "uid.id": uuid_of("user", said.author),
            },
            {
                "drupal_internal__cid": said.id,
                "status": is_published,
                "subject": said.text[:60],
                "created": self.time(said.at),
                "changed": self.time(said.touched_at),
                "thread": "01/",
                "entity_type": "node",
                "field_name": "field_topic_comments",
                "field_comment_body": formatted(said.text),
            },
            {
                "entity_id": Pointer("node--topic", uuid_of_said(root), root.id),
                "pid": None if parent is None else Pointer("comment--comment", uuid_of_said(parent), parent.id),
                "uid": person_pointer(said.author),
                "comment_type": Pointer("comment_type--comment_type", uuid_of("comment type", 1), "comment"),
            },
            is_published=is_published,
        )

    def relation(self, type_: str, number: int, group: Group, *, at: datetime, to: Pointer, **more: Any) -> Entity:
        """What ties a person or a topic to a group."""
        return Entity(
            type_,
            more.pop("key", "") or uuid_of("relation", number),
            {"drupal_internal__id": number, "created": seconds(at), "changed": seconds(at)},
            {
                "drupal_internal__id": number,
                "label": f"Relation {number}",
                "created": self.time(at),
                "changed": self.time(at),
                **more.pop("attributes", {}),
            },
            {
                "gid": Pointer("group--flexible_group", uuid_of("group", group.id), group.id),
                "entity_id": to,
                "uid": person_pointer(1),
                "group_roles": tuple(
                    Pointer("group_role--group_role", uuid_of("role", 1), role) for role in more.pop("roles", ())
                ),
            },
            is_visible=more.pop("is_visible", True),
        )

    def written(self, entity: Entity, wanted: set[str] | None) -> dict[str, Any]:
        """The resource object, trimmed to the wanted fields."""
        address = f"{self.base}/jsonapi/{entity.type.replace('--', '/')}/{entity.id}"
        version = entity.attributes.get("drupal_internal__vid")
        tail = f"?resourceVersion=id%3A{version}" if version is not None else ""
        found: dict[str, Any] = {
            "type": entity.type,
            "id": entity.id,
            "links": {"self": {"href": address + tail}},
        }
        attributes = {name: value for name, value in entity.attributes.items() if wanted is None or name in wanted}
        relationships = {
            name: {
                "data": _pointed(to),
                "links": {
                    "related": {"href": f"{address}/{name}{tail}"},
                    "self": {"href": f"{address}/relationships/{name}{tail}"},
                },
            }
            for name, to in entity.relationships.items()
            if wanted is None or name in wanted
        }
        return found | {
            name: part for name, part in (("attributes", attributes), ("relationships", relationships)) if part
        }


def _pointed(to: Pointers) -> Any:
    if to is None:
        return None
    if isinstance(to, tuple):
        return [_pointed(one) for one in to]
    return {"type": to.type, "id": to.id, "meta": {"drupal_internal__target_id": to.target}}


def person_pointer(number: int) -> Pointer:
    """The author of something."""
    return Pointer("user--user", uuid_of("user", number), number)


def file_pointer(number: int) -> Pointer:
    """A file of something."""
    return Pointer("file--file", uuid_of("file", number), number)


def file_path(number: int, file: Upload) -> str:
    """Where the file itself lies, below the address of the site."""
    return f"/sites/default/files/{number}/{quote(file.name)}"


def formatted(text: str) -> dict[str, str]:
    """A text as a field with a format gives it: as it was typed, and as it is shown."""
    value = "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in text.split("\n\n")) if text else ""
    return {"value": value, "format": "basic_html", "processed": value}


def error(status: int, title: str, detail: str, *, pointer: str = "") -> dict[str, Any]:
    """An error body; its status is a string."""
    one: dict[str, Any] = {"title": title, "status": str(status), "detail": detail}
    if pointer:
        one["source"] = {"pointer": pointer}
    else:
        one["links"] = {"via": {"href": f"{HOST}/jsonapi"}, "info": {"href": "http://www.w3.org/Protocols/rfc2616/"}}
    return {"jsonapi": OPEN_SPECIFICATION, "errors": [one]}
