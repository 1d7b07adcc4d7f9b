"""Discourse: a forum on loopback; categories and groups of the world, topics of 20 posts a page, user API keys."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, ClassVar

import httpx2
from typing_extensions import override

from tests.platforms import discourse_people as people
from tests.platforms.discourse_keys import KeyDesk, busy, refused
from tests.platforms.discourse_posts import Posts
from tests.platforms.discourse_shapes import (
    category_shape,
    person_shape,
    slug,
    stamp,
)
from tests.platforms.server import Asked, Told, told
from tests.platforms.world import Said, World

PAGE = 20
FIREHOSE = 50


class Discourse(Posts):
    """A world as a forum: a group of the world is a category, and a Discourse group with the same people."""

    NAME: ClassVar[str] = "discourse"
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "busy": "answers 429 in one of its forms: ip, key, action, search, nginx",
        "per_minute": "at most so many requests with a key in a minute of its clock",
        "window": "before= is a window of 50 ids, as servers before May 2024 have it",
        "tag_objects": "tags are objects instead of texts",
        "pinned": "that many of the oldest topics stand on top of the first page",
        "null_dates": "last_posted_at is null in every list",
        "enqueued": "what is posted waits for a moderator",
        "cut_post": "stores what is sent and breaks the line before the answer",
        "read_only": "a backup runs: writes get 503",
        "login_required": "nothing is shown without a key",
        "revoked": "no key is known any more",
        "folder": "where the forum is installed, such as /forum",
        "no_directory": "the list of people is switched off",
        "members_hidden": "who is in a group is not shown",
        "statuses": "people show their status, so that posts list the people they name",
        "moderator_posts": "every so many-th post is a moderator action, which the list of all posts leaves out",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.desk = KeyDesk()
        self.waiting: list[Said] = []
        self._taken: list[datetime] = []
        self._routes: list[tuple[str, tuple[str, ...], Callable[..., Told]]] = [
            ("GET", ("site", "basic-info"), self._basic_info),
            ("HEAD", ("user-api-key", "new"), self.desk.probe),
            ("GET", ("user-api-key", "new"), self.desk.page),
            ("GET", ("user-api-key", "activate"), self.desk.activate),
            ("POST", ("user-api-key", "device"), self.desk.begin),
            ("POST", ("user-api-key", "device", "poll"), self.desk.poll),
            ("POST", ("user-api-key", "revoke"), self.desk.revoke),
            ("GET", ("session", "current"), self._session),
            ("GET", ("categories",), self._categories),
            ("GET", ("latest",), self._latest),
            ("GET", ("filter",), self._latest),
            ("GET", ("c", "*", "l", "latest"), self._category_latest),
            ("GET", ("t", "*"), self._topic),
            ("GET", ("t", "*", "posts"), self._topic_posts),
            ("GET", ("posts",), self._firehose),
            ("POST", ("posts",), self._create),
            ("GET", ("posts", "*"), self._post),
            ("GET", ("groups",), partial(people.groups, self)),
            ("GET", ("groups", "*", "members"), partial(people.members, self)),
            ("GET", ("directory_items",), partial(people.directory, self)),
            ("GET", ("u", "*"), partial(people.person, self)),
            ("GET", ("user_actions",), self._actions),
            ("POST", ("post_actions",), self._like),
            ("GET", ("post_action_users",), self._likers),
            ("GET", ("search",), self._search),
        ]

    def release(self) -> None:
        """A moderator lets everything through that waited."""
        for said in self.waiting:
            said.shown_from = None
        self.waiting.clear()

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        return (
            f"workbench account add discourse --name Forum --set address={self.address}",
            "Sign in with a key: the page that opens allows it at once. Reading works without, too.",
        )

    @override
    def answer(self, asked: Asked) -> Told:
        folder = str(self.switches.get("folder") or "")
        if not asked.path.startswith(folder + "/"):
            return refused(404, "not_found")
        parts = tuple(asked.path.removeprefix(folder).removesuffix(".json").strip("/").split("/"))
        refusal = self._at_the_door(asked, parts)
        if refusal is not None:
            return refusal
        self.shelf.fill()
        for method, shape, respond in self._routes:
            if method == asked.method and _fits(parts, shape):
                reply = respond(asked, *(part for part, wanted in zip(parts, shape, strict=True) if wanted == "*"))
                if method == "POST" and parts[0].startswith("post") and self.is_on("cut_post"):
                    message = "the line broke"
                    raise httpx2.ReadError(message)
                return reply
        return refused(404, "not_found")

    def _at_the_door(self, asked: Asked, parts: tuple[str, ...]) -> Told | None:
        form = self.switches.get("busy")
        if form and not (form == "search" and parts != ("search",)):
            return busy(str(form))
        key = asked.headers.get("user-api-key")
        if key is not None and (key not in self.desk.keys or self.is_on("revoked")):
            return refused(403, "invalid_access")
        if key is not None and self.is_on("per_minute"):
            self._taken = [at for at in self._taken if self.world.now - at < timedelta(minutes=1)]
            if len(self._taken) >= int(self.switches["per_minute"]):
                return busy("key")
            self._taken.append(self.world.now)
        open_to_all = parts[:1] == ("user-api-key",) or parts[:2] == ("site", "basic-info")
        if key is None and not open_to_all and (self.is_on("login_required") or asked.method == "POST"):
            return refused(403, "not_logged_in")
        if asked.method == "POST" and self.is_on("read_only") and not open_to_all:
            return told({"errors": ["…"], "error_type": "read_only"}, status=503)
        return None

    def _basic_info(self, asked: Asked) -> Told:
        return told(
            {
                "title": "Field forum",
                "description": "",
                "login_required": self.is_on("login_required"),
                "locale": "en",
            }
        )

    def _session(self, asked: Asked) -> Told:
        if "user-api-key" not in asked.headers:
            return Told(404, b"", "application/json")
        return told({"current_user": person_shape(self.world.people[self.world.me]) | {"trust_level": 1}})

    def _categories(self, asked: Asked) -> Told:
        shapes = []
        for group in self.world.groups.values():
            if group.is_hidden:
                continue
            topics = [number for number in self.shelf.topics if self.shelf.root(number).group == group.id]
            shown = [self.shelf.standing(number) for number in topics if self._is_visible(number)]
            shapes.append(category_shape(group, topics=len(shown), posts=sum(map(len, shown))))
        return told({"category_list": {"can_create_category": False, "can_create_topic": True, "categories": shapes}})

    def _latest(self, asked: Asked, *, group: int | None = None) -> Told:
        page, size = int(asked.query.get("page", "0")), min(100, int(asked.query.get("per_page", "30")))
        numbers = [
            number
            for number in self.shelf.topics
            if self._is_visible(number) and (group is None or self.shelf.root(number).group == group)
        ]
        pinned = sorted(numbers)[: int(self.switches.get("pinned") or 0)]
        rest = sorted(set(numbers) - set(pinned), key=lambda number: (self.shelf.bumped(number), number), reverse=True)
        ordered = [*pinned, *rest]
        shown = ordered[page * size : (page + 1) * size]
        topics = [self._topic_shape(number, is_pinned=number in pinned) for number in shown]
        people = {poster["user_id"] for topic in topics for poster in topic["posters"]} & self.world.people.keys()
        listed: dict[str, Any] = {"can_create_topic": True, "per_page": size, "top_tags": [], "topics": topics}
        if len(ordered) > (page + 1) * size:
            where = "" if group is None else f"/c/{slug(self.world.groups[group].name)}/{group}/l"
            listed["more_topics_url"] = f"{self.switches.get('folder') or ''}{where}/latest?page={page + 1}"
        return told(
            {
                "users": [person_shape(self.world.people[number]) for number in sorted(people)],
                "primary_groups": [],
                "flair_groups": [],
                "topic_list": listed,
            }
        )

    def _category_latest(self, asked: Asked, number: str) -> Told:
        group = self.world.groups.get(int(number))
        if group is None:
            return refused(404, "not_found")
        return refused(403, "invalid_access") if group.is_hidden else self._latest(asked, group=group.id)

    def _topic(self, asked: Asked, number: str) -> Told:
        topic = int(number)
        if topic not in self.shelf.topics or not self.shelf.stands(self.shelf.root(topic)):
            return refused(404, "not_found")
        if not self._is_visible(topic):
            return refused(403, "invalid_access")
        posts = self.shelf.standing(topic)
        wanted = int(asked.query.get("post_number", "1"))
        before = sum(self.shelf.place[said.id][1] < wanted for said in posts)
        start = max(0, min(before - 5, len(posts) - PAGE)) if "post_number" in asked.query else 0
        with_raw = asked.query.get("include_raw") == "true"
        shape = self._topic_shape(topic, is_pinned=False)
        return told(
            {
                "post_stream": {
                    "posts": [self._shape(said, with_raw=with_raw) for said in posts[start : start + PAGE]],
                    "stream": [said.id for said in posts],
                },
                **{name: value for name, value in shape.items() if name not in ("posters", "bumped_at")},
                "chunk_size": PAGE,
                "deleted_at": None,
                "user_id": self.shelf.root(topic).author,
                "actions_summary": [],
                "suggested_topics": [],
                "details": {"can_create_post": True, "participants": []},
            }
        )

    def _topic_posts(self, asked: Asked, number: str) -> Told:
        topic = int(number)
        if topic not in self.shelf.topics or not self._is_visible(topic):
            return refused(404, "not_found")
        posts = self.shelf.standing(topic)
        ids = {int(value) for name, value in asked.pairs if name == "post_ids[]"}
        if ids:
            posts = [said for said in posts if said.id in ids]
        else:
            after = int(asked.query.get("post_number", "0"))
            posts = [said for said in posts if self.shelf.place[said.id][1] > after][:PAGE]
        with_raw = asked.query.get("include_raw") == "true"
        return told({"post_stream": {"posts": [self._shape(said, with_raw=with_raw) for said in posts]}, "id": topic})

    def _firehose(self, asked: Asked) -> Told:
        """Posts somebody may not see are taken out after the page was cut, as the server does it."""
        before = int(asked.query.get("before", "0") or "0")
        listed: list[Said] = []
        if self.is_on("window"):
            top = before or (self.shelf.ids[-1] if self.shelf.ids else 0)
            ids = self.shelf.ids[bisect_right(self.shelf.ids, top - FIREHOSE) : bisect_right(self.shelf.ids, top)]
            listed = [said for said in self._down(ids) if self._is_listed(said)]
        else:
            ids = self.shelf.ids[: bisect_left(self.shelf.ids, before)] if before > 0 else self.shelf.ids
            listed = list(islice((said for said in self._down(ids) if self._is_listed(said)), FIREHOSE))
        shown = [said for said in listed if self._is_visible(self.shelf.place[said.id][0])]
        posts = []
        for said in shown:
            root = self.shelf.root(self.shelf.place[said.id][0])
            more = {
                "topic_title": root.subject,
                "topic_html_title": root.subject,
                "category_id": root.group,
                "excerpt": said.text[:80],
                "truncated": False,
                "post_url": f"/t/topic/{self.shelf.place[said.id][0]}/{self.shelf.place[said.id][1]}",
            }
            posts.append(self._shape(said, with_raw=True) | more)
        return told({"latest_posts": posts})

    def _down(self, ids: list[int]) -> Iterator[Said]:
        return (self.world.said[number] for number in reversed(ids))

    def _is_listed(self, said: Said) -> bool:
        return self.shelf.stands(said) and not self._is_action(said)

    def _post(self, asked: Asked, number: str) -> Told:
        said = self.world.said.get(int(number))
        if said is None or not self.shelf.stands(said) or not self._is_visible(self.shelf.place[said.id][0]):
            return refused(404, "not_found")
        return told(self._shape(said, with_raw=True))

    def _create(self, asked: Asked) -> Told:
        wanted = asked.json if "json" in asked.headers.get("content-type", "") else asked.form
        text = str(wanted.get("raw", ""))
        if len(text) < 5:
            return told({"action": "create_post", "errors": ["Body is too short"]}, status=422)
        me = self.world.me
        if any(said.author == me and said.text == text for said in self.waiting) or any(
            said.author == me and said.text == text and self.world.now - said.at < timedelta(minutes=5)
            for said in self.world.said.values()
        ):
            return told({"action": "create_post", "errors": ["Body is too similar"]}, status=422)
        if "topic_id" in wanted:
            topic = int(wanted["topic_id"])
            if topic not in self.shelf.topics or not self._is_visible(topic):
                return refused(404, "not_found")
            number = int(wanted.get("reply_to_post_number") or 1)
            parent = self.shelf.topics[topic][number - 1]
            said = self.world.say(self.shelf.root(topic).group, me, text, parent=parent)
        else:
            said = self.world.say(int(wanted["category"]), me, text, subject=str(wanted["title"]))
        if self.is_on("enqueued"):
            said.shown_from = self.world.now + timedelta(days=3650)
            self.waiting.append(said)
            return told({"action": "enqueued", "success": True, "pending_count": len(self.waiting)})
        self.shelf.fill()
        return told(self._shape(said, with_raw=True))

    def _actions(self, asked: Asked) -> Told:
        wanted, offset = asked.query.get("filter", "4,5").split(","), int(asked.query.get("offset", "0"))
        rows = []
        for said in self._down(self.shelf.ids):
            person, kind = self._author(said), "4" if said.id == said.root else "5"
            if person is None or person.username != asked.query.get("username") or kind not in wanted:
                continue
            topic, number = self.shelf.place[said.id]
            if not self.shelf.stands(said) or not self._is_visible(topic):
                continue
            rows.append(
                {
                    "excerpt": said.text[:80],
                    "action_type": int(kind),
                    "created_at": stamp(said.at),
                    "topic_id": topic,
                    "post_id": said.id if kind == "5" else None,
                    "post_number": number,
                    "title": self.shelf.root(topic).subject,
                    "username": person.username,
                    "user_id": person.id,
                }
            )
        return told({"user_actions": rows[offset : offset + 30]})

    def _like(self, asked: Asked) -> Told:
        wanted = asked.json if "json" in asked.headers.get("content-type", "") else asked.form
        said = self.world.said.get(int(wanted["id"]))
        if said is None or not self.shelf.stands(said):
            return refused(404, "not_found")
        if self.world.me in said.likes:
            return refused(403, "invalid_access")
        self.world.like(said.id, self.world.me)
        return told(self._shape(said, with_raw=True))

    def _likers(self, asked: Asked) -> Told:
        said = self.world.said.get(int(asked.query["id"]))
        if said is None or not self.shelf.stands(said):
            return refused(404, "not_found")
        likers = [self.world.people[number] for number in said.likes]
        return told({"post_action_users": [person_shape(person) | {"post_url": None} for person in likers]})

    def _search(self, asked: Asked) -> Told:
        found = [
            said
            for said in self._down(self.shelf.ids)
            if asked.query.get("q", "") in said.text and self.shelf.stands(said)
        ]
        return told({"posts": [self._shape(said, with_raw=False) for said in found[:50]], "topics": [], "users": []})


def _fits(parts: tuple[str, ...], shape: tuple[str, ...]) -> bool:
    return len(parts) == len(shape) and all(wanted in (part, "*") for part, wanted in zip(parts, shape, strict=True))


STAND_IN = Discourse
