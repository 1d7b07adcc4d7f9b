"""Posts, answers and likes sent to Yammer, which knows no key of ours: what was sent is proved by its words."""

import re
from typing import Final

from workbench.errors import BadInputError, LineError, NotFoundError, UnsettledError, WorkbenchError
from workbench.models.kinds import PostKind
from workbench.sync.api_client import ApiClient
from workbench.sync.engage.messages import PAGE_SIZE, Feed, number_of, read_feed
from workbench.sync.gate import Expect, load_json, take
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import MessageRecord
from workbench.sync.writing import unsettled

PAGES: Final = 5

_LINK: Final = re.compile(r"https?://\S+|www\.\S+")
_MARK: Final = re.compile(r"\[\[\w+:\d+\]\]")


class EngagePosts:
    """Sends through a client of the REST interface; `web` is the address under which people open threads."""

    def __init__(self, client: ApiClient, *, web: str) -> None:
        self._client, self._web = client, web.rstrip("/")

    def send(self, posting: Posting) -> Sent:
        """Hands it over; always to a stated community or message, because without one it would go to everybody."""
        if posting.kind is PostKind.LIKE:
            return self._like(posting)
        form = {"body": words_of(posting), **_target(posting)}
        answer = self._client.send("POST", "messages.json", {}, form=form, expect=Expect.JSON)
        try:
            listed: list[object] = take(load_json(answer.body), "messages", list)
        except LineError as error:
            raise unsettled(error) from error
        number = number_of(listed[0]) if listed else None
        if number is None:
            message = "the answer does not say what it was kept as"
            raise UnsettledError(message)
        return self._sent(str(number))

    def find(self, posting: Posting) -> Sent | None:
        """Looks among our own posts, then in the thread or community, for the same words in the same place."""
        if posting.kind is PostKind.LIKE:
            return self._liked(posting)
        place = f"in_thread/{posting.root}" if posting.root else f"in_group/{posting.community}"
        for path in ("messages/sent.json", f"messages/{place}.json"):
            found = self._found(path, posting)
            if found is not None:
                return self._sent(found)
        return None

    def link(self, posting: Posting) -> str | None:
        """The page of the thread, or of the community for a new one."""
        if posting.root or posting.parent:
            return f"{self._web}/messages/{posting.root or posting.parent}"
        return f"{self._web}/groups/{posting.community}" if posting.community else None

    def _like(self, posting: Posting) -> Sent:
        query = {"message_id": _parent(posting)}
        try:
            self._client.send("POST", "messages/liked_by/current.json", query, expect=Expect.JSON)
        except UnsettledError:
            # What the answer looks like is not documented; the message itself shows whether it arrived.
            try:
                found = self._liked(posting)
            except WorkbenchError:  # whatever it is: nobody can say that it was not given
                found = None
            if found is None:
                raise
        return Sent(None)

    def _liked(self, posting: Posting) -> Sent | None:
        path = f"messages/{_parent(posting)}.json"
        try:
            value = load_json(self._client.get(path, {}, expect=Expect.JSON).body)
        except NotFoundError:
            return None
        names: list[object] = take(take(value, "liked_by", dict), "names", list)
        me = self._me()
        return Sent(None) if any(number_of(name, "user_id") == me for name in names) else None

    def _found(self, path: str, posting: Posting) -> str | None:
        since = posting.since
        words, me = comparable(words_of(posting)), None
        query: dict[str, str] = {}
        for _ in range(PAGES):
            try:
                feed = read_feed(self._client.get(path, query, expect=Expect.JSON), posting.community, source=path)
            except NotFoundError:
                return None
            me = me or feed.me or self._me()
            for record in _messages(feed):
                is_late = since is None or record.sent_at >= since
                is_mine = record.author.handle == str(me)
                if is_late and is_mine and _is_there(record, posting) and comparable(record.text) == words:
                    return record.remote_id
            oldest = min((record.sent_at for record in _messages(feed)), default=None)
            if not feed.goes_on or len(feed.ids) < PAGE_SIZE or (since and oldest and oldest < since):
                return None
            query = {"older_than": str(min(feed.ids))}
        return None

    def _me(self) -> int:
        return take(load_json(self._client.get("users/current.json", {}, expect=Expect.JSON).body), "id", int)

    def _sent(self, number: str) -> Sent:
        return Sent(number, url=f"{self._web}/messages/{number}")


def words_of(posting: Posting) -> str:
    """What is sent as the body: there are no subjects, so one becomes the first line."""
    has_subject = bool(posting.subject) and posting.kind is PostKind.TOPIC
    return f"{posting.subject}\n\n{posting.text}" if has_subject else posting.text


def comparable(text: str) -> str:
    """Letters and digits alone: the platform rewrites links, mentions, hashtags and blanks.

    Words without any ("👍", a link) are compared as they are: else they would all be the same.
    """
    signs = "".join(sign for sign in _MARK.sub("", _LINK.sub("", text)).casefold() if sign.isalnum())
    return signs or " ".join(text.split())


def _messages(feed: Feed) -> list[MessageRecord]:
    return [record for record in feed.records if isinstance(record, MessageRecord)]


def _is_there(record: MessageRecord, posting: Posting) -> bool:
    if posting.kind is PostKind.REPLY:
        return bool({posting.parent, posting.root} & set(record.references))
    return not record.references


def _target(posting: Posting) -> dict[str, str]:
    if posting.kind is PostKind.REPLY:
        return {"replied_to_id": _parent(posting)}
    if not posting.community:
        message = "it is not said to which community this goes"
        raise BadInputError(message)
    return {"group_id": posting.community}


def _parent(posting: Posting) -> str:
    parent = posting.parent or posting.root
    if not parent:
        message = "it is not said which message this belongs to"
        raise BadInputError(message)
    return parent
