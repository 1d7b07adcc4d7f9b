"""Open Social as it answers: Drupal's JSON:API under /jsonapi, the token endpoint of simple_oauth beside it."""

import html
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote
from uuid import UUID

import httpx2
from typing_extensions import override

from tests.platforms.open_social_pages import PASSWORD, OpenSocialPages, refused
from tests.platforms.open_social_shapes import (
    HOST,
    MEDIA,
    OPEN_SPECIFICATION,
    Writer,
    error,
    file_path,
    uuid_of,
    uuid_of_said,
)
from tests.platforms.server import Asked, Told, told
from tests.platforms.world import Said

_FAMILY: Final = re.compile(r"(page|filter|fields|sort|include|resourceVersion)(?:\[|$)")


class OpenSocial(OpenSocialPages):
    """The whole site: signing in, the ways a request can fail, reading, and writing."""

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        return (
            f"Address: {self.address}",
            f"Name and password: amina and “{PASSWORD}” (any name and password are taken).",
        )

    @override
    def answer(self, asked: Asked) -> Told:
        if asked.path.startswith("/sites/default/files/"):
            return self._file(asked)
        failure = self._failure(asked)
        if failure is not None:
            return failure
        if asked.path == "/oauth/token":
            return self.token()
        path = _path(asked).strip("/")
        return self.read(asked, path.split("/")) if asked.method == "GET" else self._write(asked, path)

    def _failure(self, asked: Asked) -> Told | None:
        """What goes wrong before anything is looked at."""
        header = asked.headers.get("authorization", "")
        if self.is_on("maintenance"):
            body = error(503, "Service Unavailable", "Down for maintenance.")
            return told(body, status=503, Retry_After="7", kind=MEDIA)
        if asked.path == "/oauth/token":
            return None
        is_stale = self.is_on("stale_token") and header == self.switches["stale_token"]
        if is_stale or (self.is_on("token_life") and not self.is_good(header)):
            return refused(401, "Unauthorized", "The resource owner or authorization server denied the request.")
        if _path(asked) == asked.path or self.is_on("no_jsonapi"):
            return Told(404, b"<!DOCTYPE html><html><body>Page not found</body></html>", "text/html; charset=UTF-8")
        wrong = [name for name in asked.query if not _FAMILY.match(name)]
        if wrong:
            return refused(400, "Bad Request", f"These query parameters violate the JSON:API spec: '{wrong[0]}'.")
        return None

    def _file(self, asked: Asked) -> Told:
        for number, file in self.uploads.items():
            if asked.path in {file_path(number, file), unquote(file_path(number, file))} and not file.is_hidden:
                return Told(200, file.content, file.media_type)
        return Told(404, b"<!DOCTYPE html><html><body>Page not found</body></html>", "text/html; charset=UTF-8")

    # Writing

    def _write(self, asked: Asked, path: str) -> Told:
        may_not = self._may_not(asked)
        if may_not is not None:
            return may_not
        if asked.method == "DELETE":
            return self._delete(path.rsplit("/", maxsplit=1)[-1])
        data = asked.json["data"]
        makers: dict[str, Callable[[dict[str, Any], Asked], Told]]
        makers = {"node/topic": self._make_topic, "comment/comment": self._make_comment}
        make = makers.get(path, self._make_link if path.startswith(self.relations) else None)
        if make is None or data["type"] != path.replace("/", "--"):
            return refused(404, "Not Found", "There is no such resource type.")
        reply = make(data, asked)
        self._writes += 1
        cut = self.switches.get("cut_post")
        if reply.status == 201 and (cut is True or cut == self._writes):
            message = "the line broke"
            raise httpx2.ReadError(message)
        return reply

    def _may_not(self, asked: Asked) -> Told | None:
        """Why this may not be written, whatever it is."""
        if self.is_on("read_only"):
            detail = "JSON:API is configured to accept only read operations. Site administrators can configure this."
            return refused(405, "Method Not Allowed", detail)
        if not self.is_me(asked):
            return refused(403, "Forbidden", "The current user is not allowed to POST the selected resource.")
        return None if asked.method == "DELETE" else self._wrong_content(asked)

    def _wrong_content(self, asked: Asked) -> Told | None:
        """What is wrong with a resource before its own fields are looked at."""
        if asked.headers.get("content-type") != MEDIA:
            return refused(415, "Unsupported Media Type", "No route found that matches the content type.")
        data = asked.json["data"]
        try:
            UUID(data["id"])
        except ValueError:
            return refused(422, "Unprocessable Content", "IDs should be properly generated UUIDs.", pointer="/data/id")
        wrong = {"status", "created", "uid"} & {*data.get("attributes", {}), *data.get("relationships", {})}
        if wrong:
            detail = f"The current user is not allowed to POST the selected field ({wrong.pop()})."
            return refused(403, "Forbidden", detail)
        return None

    def _said_with(self, key: str) -> Said | None:
        return next((said for said in self.standing() if uuid_of_said(said) == key), None)

    def _made(self, asked: Asked, said: Said) -> Told:
        writer = Writer(base=HOST)
        type_ = "node--topic" if said.parent is None else "comment--comment"
        entity = next(row for row in self.said_rows(asked, type_, writer) if row.id == said.key)
        return told({"jsonapi": OPEN_SPECIFICATION, "data": writer.written(entity, None)}, status=201, kind=MEDIA)

    def _make_topic(self, data: dict[str, Any], asked: Asked) -> Told:
        if self._said_with(data["id"]) is not None:
            return refused(409, "Conflict", "Conflict: Entity already exists.")
        attributes = data["attributes"]
        if "field_content_visibility" not in attributes or "field_topic_type" not in data.get("relationships", {}):
            return refused(422, "Unprocessable Content", "This value should not be null.", pointer="/data/attributes")
        wrong = _wrong_format(attributes["body"])
        if wrong is not None:
            return wrong
        group = next(iter(self.world.groups))
        said = self.world.say(
            group, self.world.me, _words(attributes["body"]), subject=attributes["title"], key=data["id"]
        )
        if not self.is_on("auto_group"):
            self.loose.add(said.id)
        return self._made(asked, said)

    def _make_comment(self, data: dict[str, Any], asked: Asked) -> Told:
        if self._said_with(data["id"]) is not None:
            return refused(409, "Conflict", "Conflict: Entity already exists.")
        relationships, attributes = data["relationships"], data["attributes"]
        pid = relationships.get("pid") or relationships["entity_id"]
        parent = self._said_with(pid["data"]["id"])
        if parent is None:
            return refused(404, "Not Found", "The target does not exist.")
        if len(attributes.get("subject", "")) > 64:
            return refused(
                422, "Unprocessable Content", "subject: may not be longer than 64.", pointer="/data/attributes"
            )
        wrong = _wrong_format(attributes["field_comment_body"])
        if wrong is not None:
            return wrong
        text = _words(attributes["field_comment_body"])
        said = self.world.say(parent.group, self.world.me, text, parent=parent.id, key=data["id"])
        if self.is_on("approval"):
            self.held.add(said.id)
        return self._made(asked, said)

    def _make_link(self, data: dict[str, Any], asked: Asked) -> Told:
        to, gid = (data["relationships"][name]["data"]["id"] for name in ("entity_id", "gid"))
        said = self._said_with(to)
        group = next((group for group in self.world.groups.values() if uuid_of("group", group.id) == gid), None)
        if said is None or group is None:
            return refused(404, "Not Found", "The target does not exist.")
        if self.is_on("no_group_rights"):
            return refused(
                403, "Forbidden", "The following permissions are required: 'create group_node:topic entity'."
            )
        if data["id"] == self.links.get(said.id, (0, None, ""))[2]:
            return refused(409, "Conflict", "Conflict: Entity already exists.")
        if said.id not in self.loose:
            detail = "entity_id: This content is already in the group."
            return refused(422, "Unprocessable Content", detail, pointer="/data/attributes/entity_id")
        self.move(said.id, group.id)
        self.links[said.id] = (*self.links[said.id][:2], data["id"])
        body = {"jsonapi": OPEN_SPECIFICATION, "data": {"type": data["type"], "id": data["id"]}}
        return told(body, status=201, kind=MEDIA)

    def _delete(self, key: str) -> Told:
        said = self._said_with(key)
        if said is None:
            return refused(404, "Not Found", "It is not there.")
        self.world.remove(said.id)
        return Told(204, b"", MEDIA)


def _path(asked: Asked) -> str:
    """The path below JSON:API; the whole one where it is none."""
    return asked.path.removeprefix("/en").removeprefix("/jsonapi")


def _wrong_format(body: dict[str, Any]) -> Told | None:
    if body.get("format") == "basic_html":
        return None
    return refused(
        422, "Unprocessable Content", "format: The value you selected is not a valid choice.", pointer="/data"
    )


def _words(body: dict[str, Any]) -> str:
    text = re.sub(r"</p>\n?", "\n\n", re.sub(r"<br ?/?>\n?", "\n", body["value"]))
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


STAND_IN = OpenSocial
