"""Topics and comments sent to Open Social under a UUID of our own: sent twice, they are there once.

The site answers 409 to a UUID that it has, so that the draft's key proves the delivery. A topic is in no group until
a second thing is made that ties it to one; its UUID follows from the same key.
"""

import html
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from uuid import UUID, uuid5

from workbench.errors import (
    BadInputError,
    ConflictError,
    ForbiddenError,
    LineError,
    NotFoundError,
    RefusedError,
    UnsettledError,
    WorkbenchError,
)
from workbench.models.kinds import PostKind
from workbench.sync.gate import Expect
from workbench.sync.open_social.shapes import COMMENT, NODE, PAGE, Ref, Row, read_page
from workbench.sync.open_social.site import OVERLAP_ROWS, Site
from workbench.sync.posting import Posting, Sent

MEDIA: Final = "application/vnd.api+json"
TOPIC: Final = "topic"
TERMS: Final = "taxonomy_term--topic_types"
SUBJECT_CAP: Final = 64
TITLE_CAP: Final = 255
LOOKED_THROUGH: Final = 4
"""Pages of what is tied to groups, newest first, in which a topic that was just sent must stand."""
_STATE: Final = "status,drupal_internal__nid,drupal_internal__cid,uid"


class Sending:
    """Sends for one account. `root` is the address of the site with a slash; the rest is what a topic has to have."""

    def __init__(self, site: Site, *, root: str, text_format: str, visibility: str, topic_type: str) -> None:
        self._site, self._root = site, root
        self._format, self._visibility, self._topic_type = text_format, visibility, topic_type

    def send(self, posting: Posting) -> Sent:
        """Hands it over; what is there already under its key counts as sent, if it is ours."""
        self._site.begin()
        if posting.kind is PostKind.REPLY:
            return self._made(COMMENT, self._comment(posting), posting)
        group = _group(posting)
        sent = self._made(NODE + TOPIC, self._topic(posting), posting)
        with _unsettled("the topic is there, but it is not certain that it is in its group"):
            self._tie(posting, group)
        return sent

    def find(self, posting: Posting) -> Sent | None:
        """Asks for it by its key; a topic counts only once it is in its group."""
        is_topic = posting.kind is PostKind.TOPIC
        sent = self._there(NODE + TOPIC if is_topic else COMMENT, posting)
        if sent is not None and is_topic and not self._is_tied(posting, _group(posting)):
            return None
        return sent

    def link(self, posting: Posting) -> str | None:
        """The page of the topic, or of the group for a new one."""
        root = Ref.of(posting.root)
        if root is not None:
            return f"{self._root}node/{root.number}"
        group = Ref.of(posting.community)
        return None if group is None else f"{self._root}group/{group.number}/topics"

    def _comment(self, posting: Posting) -> dict[str, object]:
        root, parent = Ref.of(posting.root), Ref.of(posting.parent)
        if root is None:
            message = "it is not said which topic this belongs to"
            raise BadInputError(message)
        ties = {"entity_id": _points(NODE + root.kind, root.uuid)}
        if parent is not None and parent.kind == "comment":
            ties["pid"] = _points(COMMENT, parent.uuid)
        attributes = {
            "entity_type": "node",
            "field_name": f"field_{root.kind}_comments",
            "subject": _cut(posting.text, SUBJECT_CAP),
            "field_comment_body": self._body(posting.text),
        }
        return _resource(COMMENT, posting.key, attributes, ties)

    def _topic(self, posting: Posting) -> dict[str, object]:
        attributes = {
            "title": _cut(posting.subject or posting.text, TITLE_CAP),
            "body": self._body(posting.text),
            "field_content_visibility": self._visibility,
        }
        ties = {"field_topic_type": _points(TERMS, self._term())}
        return _resource(NODE + TOPIC, posting.key, attributes, ties)

    def _body(self, text: str) -> dict[str, str]:
        return {"value": markup(text), "format": self._format}

    def _term(self) -> str:
        """The kind of topic a person chose, or the site's first one; every topic has to have one."""
        rows = self._site.read(TERMS, {f"fields[{TERMS}]": "name", "sort": "weight", "page[limit]": str(PAGE)}).rows
        wanted = self._topic_type.casefold()
        chosen = [row for row in rows if wanted in ("", row.words("name").casefold())]
        if not chosen:
            message = "the site has no such kind of topic"
            raise BadInputError(message, kind=self._topic_type)
        return chosen[0].id

    def _made(self, type_: str, content: dict[str, object], posting: Posting) -> Sent:
        try:
            body = self._post(type_, content)
        except ConflictError:
            with _unsettled("it is there already, and the site does not say whose it is"):
                sent = self._there(type_, posting)
            if sent is None:
                raise
            return sent
        try:
            row = next(iter(read_page(body, source=type_).rows), None)
        except LineError as error:
            message = "the answer cannot be read"
            raise UnsettledError(message) from error
        return self._sent(type_, row, posting)

    def _post(self, type_: str, content: dict[str, object]) -> bytes:
        packed = json.dumps({"data": content}, ensure_ascii=False, separators=(",", ":")).encode()
        address = self._site.address(type_)
        return self._site.client.send("POST", address, {}, content=(MEDIA, packed), expect=Expect.JSONAPI).body

    def _there(self, type_: str, posting: Posting) -> Sent | None:
        """What stands under the key; hidden from its own author, it waits for a moderator. Somebody else's is none."""
        try:
            row = self._site.single(type_, posting.key, _STATE)
        except NotFoundError:
            return None
        except ForbiddenError:
            return Sent(None, self.link(posting), is_held=True)
        author = None if row is None else row.target("uid")
        if row is None or (author is not None and self._site.me is not None and author.id != self._site.me):
            return None
        return self._sent(type_, row, posting)

    def _sent(self, type_: str, row: Row | None, posting: Posting) -> Sent:
        number = None if row is None else row.number(f"drupal_internal__{'cid' if type_ == COMMENT else 'nid'}")
        is_held = row is not None and row.attributes.get("status") is False
        if number is None:
            return Sent(None, self.link(posting), is_held=is_held)
        ref = Ref("comment" if type_ == COMMENT else TOPIC, number, posting.key)
        page = f"{self._root}{'comment' if type_ == COMMENT else 'node'}/{number}"
        return Sent(ref.text, page, is_held=is_held)

    def _tie(self, posting: Posting, group: Ref) -> None:
        """Puts the topic into its group, or takes it back and refuses (RefusedError)."""
        type_ = self._site.relation_type(group.kind, f"group_node-{TOPIC}")
        if type_ is None:
            self._withdraw(posting, RefusedError("groups of this kind hold no topics"))
        ties = {
            "gid": _points(f"group--{group.kind}", group.uuid),
            "entity_id": _points(NODE + TOPIC, posting.key),
        }
        try:
            self._post(str(type_), _resource(str(type_), _tie_key(posting), {}, ties))
        except ConflictError:
            return  # tied by an earlier try
        except RefusedError as error:
            if not self._is_tied(posting, group):
                self._withdraw(posting, error)

    def _is_tied(self, posting: Posting, group: Ref) -> bool:
        """Whether the topic is in its group: by our own tie, or by one that the site made itself."""
        type_ = self._site.relation_type(group.kind, f"group_node-{TOPIC}")
        if type_ is None:
            return False
        try:
            return self._site.single(type_, _tie_key(posting), "gid") is not None
        except ForbiddenError:
            return True
        except NotFoundError:
            pass  # the site may have tied it under a key of its own
        offset = 0
        for _ in range(LOOKED_THROUGH):
            relations, page = self._site.relations(type_, offset, is_fresh=True)
            if any(one.target.id == posting.key and one.group == group.uuid for one in relations):
                return True
            if page.next is None:
                return False
            offset = max(offset + 1, page.next - OVERLAP_ROWS)
        return False

    def _withdraw(self, posting: Posting, error: RefusedError) -> None:
        """Takes the topic back, so that what is refused is not left standing outside of the group; then refuses."""
        address = self._site.address(NODE + TOPIC, posting.key)
        said = str(error.details.get("said", "")) or error.reason
        try:
            self._site.client.send("DELETE", address, {}, expect=Expect.NOTHING)
        except (UnsettledError, RefusedError) as kept:
            # Its answer may be lost and it be gone: then a second try would make it anew and take it back again.
            is_gone = self._is_gone(posting)
            if isinstance(kept, UnsettledError) and not is_gone:
                raise
            if not is_gone:
                message = (
                    "the topic was made, but the site lets this account neither put it into the group nor take it back"
                )
                raise RefusedError(message, said=f"{message}: {said}") from kept
        message = "this account may not put topics into this group"
        raise RefusedError(message, said=f"{message}: {said}") from error

    def _is_gone(self, posting: Posting) -> bool:
        try:
            self._site.single(NODE + TOPIC, posting.key, _STATE)
        except NotFoundError:
            return True
        except ForbiddenError:
            pass  # hidden from us is not gone
        return False


def markup(text: str) -> str:
    """Plain text as the site's own editor would write it: paragraphs, line breaks, nothing that means something."""
    parts = (part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n"))
    shown = (html.escape(part, quote=False).replace("\n", "<br />\n") for part in parts if part.strip())
    return "".join(f"<p>{part}</p>\n" for part in shown)


@contextmanager
def _unsettled(message: str) -> Iterator[None]:
    """Whatever goes wrong once something of ours stands there leaves the whole unsettled, unless the site refuses it.

    That it has not left would be believed, and be edited and sent as something new.
    """
    try:
        yield
    except RefusedError:
        raise
    except WorkbenchError as error:
        raise UnsettledError(message, cause=str(error.details.get("cause", error.code))) from error


def _tie_key(posting: Posting) -> str:
    return str(uuid5(UUID(posting.key), "group"))


def _group(posting: Posting) -> Ref:
    group = Ref.of(posting.community)
    if group is None:
        message = "it is not said to which group this goes"
        raise BadInputError(message)
    return group


def _cut(text: str, cap: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= cap else words[: cap - 1] + "…"


def _points(type_: str, uuid: str) -> dict[str, object]:
    return {"data": {"type": type_, "id": uuid}}


def _resource(type_: str, uuid: str, attributes: Mapping[str, object], ties: Mapping[str, object]) -> dict[str, object]:
    return {"type": type_, "id": uuid, "attributes": attributes, "relationships": ties}
