"""Sending to Discourse: topics, answers and likes; and looking for what may have arrived without an answer.

A member's key gives no help against sending twice, so an unsettled post is looked for among our own by its words.
"""

from typing import Final
from urllib.parse import quote

from workbench.errors import BadInputError, ForbiddenError, LineError, RefusedError, SignInError, UnsettledError
from workbench.models.kinds import PostKind
from workbench.sync.discourse.forum import Forum
from workbench.sync.discourse.shapes import CATEGORY, LIKE, fields, is_liked_by_me, message_id, moment, place_of, plain
from workbench.sync.gate import Expect, load_json, take
from workbench.sync.posting import Posting, Sent
from workbench.sync.writing import unsettled

ACTIONS_PAGE: Final = 30
ACTIONS_PAGES: Final = 4
NEW_TOPIC, REPLY = 4, 5


class Sending:
    """Sends for one account of one forum; `root` is its address with a slash."""

    def __init__(self, forum: Forum, *, root: str) -> None:
        self._forum, self._root = forum, root

    def send(self, posting: Posting) -> Sent:
        """Hands it over, once; what waits for a moderator has no number yet."""
        if posting.kind is PostKind.LIKE:
            return self._like(posting)
        body = self._posted("posts.json", self._content(posting))
        try:
            value = fields(load_json(body))
            if value.get("action") == "enqueued":
                return Sent(None, is_held=True)
            post = value.get("post") if isinstance(value.get("post"), dict) else value
            return self._sent(take(post, "topic_id", int), take(post, "post_number", int))
        except LineError as error:  # it was accepted; only what it was kept as cannot be read
            raise unsettled(error) from error

    def find(self, posting: Posting) -> Sent | None:
        """The post with the same words among our own since then; a like on the post itself.

        Refuses (UnsettledError) to say no while something of ours waits for a moderator, whose words are not shown.
        """
        me, name = self._forum.me()
        if posting.kind is PostKind.LIKE:
            return self._liked(posting, me) if self._is_liked(self._post_number(posting)) else None
        wanted = plain(posting.text)
        for page in range(ACTIONS_PAGES):
            rows = self._own(name, page)
            for row in rows:
                if self._may_be(row, posting) and (found := self._same(row, wanted)) is not None:
                    return found
            if len(rows) < ACTIONS_PAGE or not self._is_since(rows[-1], posting):
                break
        user = take(self._forum.read(f"u/{quote(name, safe='')}.json"), "user", dict)
        waiting = user.get("pending_posts_count")
        if isinstance(waiting, int) and waiting > 0:
            message = "something of yours waits for a moderator of the forum; it may be this"
            raise UnsettledError(message)
        return None

    def link(self, posting: Posting) -> str | None:
        """The topic, or where a new one is written."""
        if posting.root is not None:
            topic, number = place_of(posting.parent or posting.root)
            return f"{self._root}t/{topic}/{number}"
        number_text = posting.community.removeprefix(CATEGORY)
        return f"{self._root}c/{number_text}" if number_text != posting.community else None

    def _content(self, posting: Posting) -> dict[str, object]:
        if posting.kind is PostKind.TOPIC:
            category = posting.community.removeprefix(CATEGORY)
            if category == posting.community:
                message = "topics are written in a category, not in a group"
                raise BadInputError(message)
            return {"title": posting.subject, "raw": posting.text, "category": int(category)}
        topic, number = place_of(posting.parent or posting.root or "")
        content: dict[str, object] = {"raw": posting.text, "topic_id": topic}
        return content if number == 1 else content | {"reply_to_post_number": number}

    def _posted(self, path: str, content: dict[str, object]) -> bytes:
        try:
            answer = self._forum.client.send("POST", path, {}, json=content, expect=Expect.JSON)
        except ForbiddenError as error:
            if self._forum.is_key_dead(error):
                raise SignInError(status=403) from error
            message = "this account may not post there"
            raise RefusedError(message, status=403) from error
        return answer.body

    def _like(self, posting: Posting) -> Sent:
        # Asked first: once the like is given, nothing may say any more that it was not.
        number, (me, _) = self._post_number(posting), self._forum.me()
        try:
            self._posted("post_actions.json", {"id": number, "post_action_type_id": LIKE})
        except RefusedError:
            # A second like is refused like one that is not allowed; the post tells which of them it was.
            if not self._is_liked(number):
                raise
        return self._liked(posting, me)

    def _is_liked(self, number: int) -> bool:
        """Whether the like is on the post; an answer that is no post is none (LineError)."""
        post = self._forum.read(f"posts/{number}.json")
        take(post, "id", int)
        return is_liked_by_me(post)

    def _liked(self, posting: Posting, me: int) -> Sent:
        return Sent(f"like:{posting.parent or posting.root}:{me}", self.link(posting))

    def _post_number(self, posting: Posting) -> int:
        """The number of the post itself, which only the post tells."""
        return take(self._forum.post(*place_of(posting.parent or posting.root or "")), "id", int)

    def _own(self, name: str, page: int) -> list[dict[str, object]]:
        query = {"username": name, "filter": f"{NEW_TOPIC},{REPLY}", "offset": str(page * ACTIONS_PAGE)}
        value = self._forum.read("user_actions.json", **query)
        return [fields(row) for row in take(value, "user_actions", list)]

    def _may_be(self, row: dict[str, object], posting: Posting) -> bool:
        is_topic = posting.kind is PostKind.TOPIC
        if row.get("action_type") != (NEW_TOPIC if is_topic else REPLY) or not self._is_since(row, posting):
            return False
        return is_topic or row.get("topic_id") == place_of(posting.parent or posting.root or "")[0]

    def _is_since(self, row: dict[str, object], posting: Posting) -> bool:
        said = moment(row.get("created_at"))
        return posting.since is None or said is None or said >= posting.since

    def _same(self, row: dict[str, object], wanted: str) -> Sent | None:
        topic, number = take(row, "topic_id", int), take(row, "post_number", int)
        raw = take(self._forum.post(topic, number), "raw", str)
        return self._sent(topic, number) if plain(raw) == wanted else None

    def _sent(self, topic: int, number: int) -> Sent:
        return Sent(message_id(topic, number), f"{self._root}t/{topic}/{number}")
