"""HCL Connections as it answers: the Atom interfaces of Communities, Forums and Blogs, and the token endpoint.

About every sixth thread of a community is a post of its blog with comments, the others are topics of its forum.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import httpx2
from typing_extensions import override

from tests.platforms import hcl_shapes as shapes
from tests.platforms.hcl_feeds import ATOM, Feeds
from tests.platforms.server import Asked, Told, told
from tests.platforms.world import Group, Said, World
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.xml_text import parse_xml

XML: Final = "text/xml;charset=UTF-8"
_A: Final = "{http://www.w3.org/2005/Atom}"
_T: Final = "{http://purl.org/syndication/thread/1.0}"


class HclConnections(Feeds):
    """One site."""

    NAME = "hcl-connections"
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "no_blogs": "communities have no blog",
        "no_email": "addresses are hidden",
        "cap": "the most entries on a page, whatever is asked for",
        "no_next": "pages come without the link to the next one",
        "no_totals": "pages come without the number of all entries",
        "single_page": "the members come on one page only, as large as it was asked for",
        "proxy": "a proxy keeps forums for 30 s and blogs for 600 s; now: and dates what it kept anew",
        "login_page": "everything is the site's own sign-in page with status 200",
        "portal": "everything is the page of somebody on the way with status 200",
        "refused": "the password is refused with a web page and status 401",
        "html_errors": "404 and 403 come as web pages",
        "stopped": "the application that does not run: forums, blogs or communities",
        "oauth": "addresses lie in the folder for OAuth",
        "cut_post": "stores what is sent and breaks the line before the answer",
        "moderated": "what is sent waits for a moderator",
        "read_only": "nobody may post",
        "no_me": "does not say who is asking",
        "pinned": "the number of topics that stand first, whenever they changed",
        "unsorted": "topics come in the order they were made, oldest first",
        "ghosts": "deleted replies that were answered stay in place with other words",
        "likes_inside": "likes stand among the replies",
        "no_entries": "there is no list of topics with their replies",
        "topics_only": "the list of topics with their replies holds topics only",
        "bare_answer": "what was posted is answered with its address only",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.blogged = {
            said.id
            for said in world.said.values()
            if said.id == said.root and said.id % 6 == 0 and not self.is_on("no_blogs")
        }
        roots = sorted(said.id for said in world.said.values() if said.id == said.root and said.id not in self.blogged)
        self._pinned = frozenset(roots[: int(self.switches.get("pinned") or 0)])
        self._kept: dict[str, tuple[datetime, Told]] = {}

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        return ("Sign in with any name and any password.",)

    @override
    def answer(self, asked: Asked) -> Told:
        broken = self._broken(asked)
        if broken is not None:
            return broken
        key = asked.path + "?" + urlencode(sorted(asked.pairs))
        life = timedelta(seconds=600 if asked.path.startswith("/blogs/") else 30)
        kept = self._kept.get(key)
        if asked.method == "GET" and kept is not None and self.world.now - kept[0] < life:
            return kept[1] if self.switches["proxy"] != "now" else replace(kept[1], headers={})
        reply = self._routed(asked)
        if self.is_on("proxy") and asked.method == "GET" and "/service/" not in asked.path:
            made = {"Date": format_datetime(self.world.now, usegmt=True), **reply.headers}
            self._kept[key] = self.world.now, Told(reply.status, reply.body, reply.kind, made)
        return reply

    def _broken(self, asked: Asked) -> Told | None:
        if self.is_on("login_page"):
            return Told(200, shapes.LOGIN_PAGE, "text/html;charset=UTF-8")
        if self.is_on("portal"):
            return Told(200, b"<html><body>Welcome to our hotel</body></html>", "text/html")
        if self.is_on("refused"):
            realm = {"WWW-Authenticate": 'Basic realm="lc"'}
            return Told(401, b"<html><body>Error 401: not allowed</body></html>", "text/html", realm)
        if self.is_on("stopped") and asked.path.startswith(f"/{self.switches['stopped']}/"):
            return Told(404, shapes.STOPPED_PAGE, "text/html")
        return None

    def _routed(self, asked: Asked) -> Told:
        folder = "oauth/" if self.is_on("oauth") else ""
        for method, pattern, answer in self._routes(folder):
            found = re.fullmatch(pattern, asked.path)
            if found is not None and method == asked.method:
                return answer(asked, *found.groups())
        return self._missing()

    def _routes(self, folder: str) -> Sequence[tuple[str, str, Callable[..., Told]]]:
        service, forums = f"/communities/service/atom/{folder}", f"/forums/{folder}atom/"
        way = "oauth" if folder else "basic"
        return (
            ("GET", f"{service}communities/my", self._mine),
            ("GET", f"{service}community/members", self._members),
            ("GET", f"{service}community/remoteApplications", self._applications),
            ("GET", f"{forums}forums", self._forums),
            ("GET", f"{forums}topics", self._topics),
            ("GET", f"{forums}topic", self._topic),
            ("GET", f"{forums}replies", self._replies),
            ("GET", f"{forums}entries", self._together),
            ("POST", f"{forums}topics", self._post_topic),
            ("POST", f"{forums}replies", self._post_reply),
            ("GET", r"/blogs/roller-ui/rendering/feed/([0-9a-f-]+)/(entries|comments)/atom", self._blog),
            ("GET", f"/connections/opensocial/{way}/rest/people/@me/@self", self._me),
            ("POST", "/oauth2/endpoint/connectionsProvider/token", self._token),
        )

    def _missing(self, status: int = 404) -> Told:
        if self.is_on("html_errors"):
            return Told(status, shapes.DENIED_PAGE, "text/html;charset=UTF-8")
        return Told(status, shapes.error_xml(str(status), "The community does not exist."), XML)

    def _token(self, _asked: Asked) -> Told:
        return told({"access_token": "access", "refresh_token": "refresh", "token_type": "Bearer", "expires_in": 43200})

    def _me(self, _asked: Asked) -> Told:
        if self.is_on("no_me"):
            return self._missing(403)
        me = self.world.people[self.world.me]
        name = f"urn:lsid:lconn.ibm.com:profiles.person:{shapes.user_id(me.id)}"
        return told({"entry": {"id": name, "displayName": me.name, "objectType": "person"}})

    # Communities

    def _group(self, asked: Asked) -> Group | None:
        wanted = asked.query.get("communityUuid")
        return next((group for group in self.world.groups.values() if shapes.community_id(group.id) == wanted), None)

    def _mine(self, asked: Asked) -> Told:
        groups = [group for group in self.world.groups.values() if self.world.me in group.members]
        owner = self.world.people[self.world.me]
        entries = [
            shapes.community_xml(
                group, owner, updated=datetime(2026, 1, 5, tzinfo=self.world.now.tzinfo), has_email=self._mail
            )
            for group in groups
        ]
        return self._feed(asked, entries, "communities")

    def _members(self, asked: Asked) -> Told:
        group = self._group(asked)
        if group is None:
            return self._missing()
        people = sorted(group.members, key=lambda person: (group.members[person], person))
        if asked.query.get("asc") != "true":
            people.reverse()
        entries = [shapes.member_xml(group, self.world.people[person], has_email=self._mail) for person in people]
        moved = max(group.members.values(), default=self.world.now)
        last = (
            f'<snx:communityLastMod component="{shapes.SN}/communities">{shapes.millis(moved)}</snx:communityLastMod>'
        )
        rank = f'<snx:rank scheme="{shapes.SN}/user">{len(people)}</snx:rank>'
        return self._feed(asked, entries, "members", more=last + rank)

    def _applications(self, asked: Asked) -> Told:
        group = self._group(asked)
        if group is None:
            return self._missing()
        path = f"/blogs/roller-ui/rendering/feed/{shapes.uuid_of('blog', group.id)}/entries/atom?lang=en_us"
        entry = (
            f'<entry><id>instance?remoteApplicationInstanceId=1</id><title type="text">Blog</title>'
            f'<category term="Blog" scheme="{shapes.SN}/type"></category>'
            f'<link href="{shapes.OTHER}{path}" rel="{shapes.SN}/remote-application/feed"></link></entry>'
        )
        return self._feed(asked, [] if self.is_on("no_blogs") else [entry], "communities")

    # Forums

    def _forums(self, asked: Asked) -> Told:
        group = self._group(asked)
        if group is None:
            return self._missing()
        made = datetime(2025, 1, 1, tzinfo=self.world.now.tzinfo)
        # Newest first, as feeds come: the forum a community was made with is the last one.
        return self._feed(
            asked, [shapes.forum_xml(group, number, at=made + timedelta(days=number)) for number in (1, 0)], "forums"
        )

    def _topics(self, asked: Asked) -> Told:
        group = self._group(asked)
        if group is None:
            return self._missing()
        topics = [said for said in self.world.shown(group.id) if said.id == said.root and said.id not in self.blogged]
        times = {said.id: self._changed(said) for said in topics}
        if asked.query.get("sortBy") == "created":
            times = {said.id: said.at for said in topics}
        topics = [said for said in topics if self._is_in(asked, self._changed(said))]
        topics.sort(key=lambda said: (times[said.id], said.id), reverse=asked.query.get("sortOrder") != "asc")
        if self.is_on("unsorted"):
            topics.sort(key=lambda said: said.id)
        pinned = [said for said in topics if said.id in self._pinned]
        ordered = [*pinned, *(said for said in topics if said not in pinned)]
        entries = [partial(self._topic_xml, said, is_pinned=said.id in self._pinned) for said in ordered]
        return self._feed(asked, entries, "forums")

    def _topic_xml(self, said: Said, *, is_pinned: bool = False) -> str:
        return self._entry_xml(said, flags=["pinned"] if is_pinned else [])

    def _topic(self, asked: Asked) -> Told:
        said = self._said(asked.query.get("topicUuid", ""))
        if said is None or said.removed_at is not None:
            return self._missing()
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return Told(200, (head + self._named(self._entry_xml(said))).encode(), ATOM)

    def _replies(self, asked: Asked) -> Told:
        topic = self._said(asked.query.get("topicUuid", ""))
        if topic is None or topic.removed_at is not None:
            return self._missing()
        below = [said for said in self.world.said.values() if said.root == topic.id != said.id]
        shown = [said for said in below if said.removed_at is None or self._is_ghost(said)]
        shown = [said for said in shown if self._is_in(asked, said.touched_at)]
        shown.sort(key=lambda said: (said.at, said.id), reverse=asked.query.get("sortOrder") != "asc")
        entries = [self._entry_xml(said, is_ghost=said.removed_at is not None) for said in shown]
        if self.is_on("likes_inside") and "since" not in asked.query:
            entries += [shapes.like_xml(said, self.world.people[liker]) for said in shown for liker in said.likes]
        return self._feed(asked, entries, "forums")

    def _together(self, asked: Asked) -> Told:
        """Topics and replies of one forum, what changed last first; everything stands in the older of two."""
        wanted = asked.query.get("forumUuid")
        forums = {shapes.forum_id(one.id): one.id for one in self.world.groups.values()}
        others = {shapes.uuid_of("forum", one.id * 1000 + 1) for one in self.world.groups.values()}
        if self.is_on("no_entries") or wanted not in {*forums, *others}:
            return self._missing()
        shown = [said for said in self.world.said.values() if said.group == forums.get(wanted)]
        shown = [said for said in shown if said.root not in self.blogged and self._stands(said)]
        if self.is_on("topics_only"):
            shown = [said for said in shown if said.id == said.root]
        last = {said.root: said.at for said in sorted(shown, key=lambda said: said.at)}
        changed = {
            said.id: max(said.touched_at, last[said.id]) if said.id == said.root else said.touched_at for said in shown
        }
        shown.sort(key=lambda said: (changed[said.id], said.id), reverse=True)
        if self.is_on("unsorted"):
            shown.sort(key=lambda said: said.id)
        entries = [partial(self._entry_xml, said, is_ghost=said.removed_at is not None) for said in shown]
        if self.is_on("likes_inside"):
            entries += [partial(shapes.like_xml, said, self.world.people[one]) for said in shown for one in said.likes]
        return self._feed(asked, entries, "forums")

    def _stands(self, said: Said) -> bool:
        """Whether it is shown: with a topic all its replies go."""
        hidden = said.shown_from is not None and said.shown_from > self.world.now
        is_there = said.removed_at is None or (said.id != said.root and self._is_ghost(said))
        return is_there and not hidden and self.world.said[said.root].removed_at is None

    def _is_ghost(self, said: Said) -> bool:
        return self.is_on("ghosts") and any(other.parent == said.id for other in self.world.shown(said.group))

    def _entry_xml(self, said: Said, *, flags: Sequence[str] = (), is_ghost: bool = False) -> str:
        is_topic = said.id == said.root
        below = [other for other in self.world.shown(said.group) if other.root == said.id != other.id]
        return shapes.forum_entry_xml(
            said,
            self.world.people[said.author],
            updated=self._changed(said) if is_topic else said.touched_at,
            parent=shapes.forum_id(said.group) if is_topic else shapes.post_id(said.parent or said.root),
            replies=len(below) if is_topic else 0,
            flags=[*flags, "deleted"] if is_ghost else flags,
            title=said.subject or f"Re: {self.world.said[said.root].subject}",
            **({"words": "This reply was deleted."} if is_ghost else {}),
            **({"email": "yes"} if self._mail else {}),
        )

    def _changed(self, topic: Said) -> datetime:
        """A reply moves its topic once, when it is made; no edit and no removal does."""
        replies = [said.at for said in self.world.said.values() if said.root == topic.id != said.id]
        return max([topic.touched_at, *replies])

    def _is_in(self, asked: Asked, moment: datetime) -> bool:
        """Forums count in milliseconds; a text, or seconds, is taken for something long ago."""
        since = asked.query.get("since", "")
        return not since.isdigit() or shapes.millis(moment) >= int(since)

    # Blogs

    def _blog(self, asked: Asked, blog: str, kind: str) -> Told:
        group = next((one for one in self.world.groups.values() if shapes.uuid_of("blog", one.id) == blog), None)
        if group is None or self.is_on("no_blogs") or "lang" not in asked.query:
            return self._missing()
        there = {said.id for said in self.world.shown(group.id)} & self.blogged
        shown = [said for said in self.world.shown(group.id) if said.root in there]
        posts = [said for said in shown if (said.id == said.root) == (kind == "entries")]
        since = asked.query.get("since", "")
        if since and not since.isdigit():
            begin = datetime.fromisoformat(since)
            posts = [said for said in posts if said.touched_at >= begin]
        posts.sort(key=lambda said: (said.touched_at, said.id), reverse=True)
        return self._feed(asked, [self._blog_xml(said, group) for said in posts], "blogs")

    def _blog_xml(self, said: Said, group: Group) -> str:
        parent = ""
        if said.parent is not None:
            prefix = "entry" if said.parent == said.root else "comment"
            parent = f"{prefix}-{shapes.post_id(said.parent)}"
        comments = len([other for other in self.world.thread(said.id) if other.id != said.id])
        return shapes.blog_entry_xml(
            said, self.world.people[said.author], group=group, comments=comments, parent=parent
        )

    # Posting

    def _post_topic(self, asked: Asked) -> Told:
        wanted = asked.query.get("forumUuid")
        group = next((one for one in self.world.groups.values() if shapes.forum_id(one.id) == wanted), None)
        return self._missing() if group is None else self._posted(asked, group.id, None)

    def _post_reply(self, asked: Asked) -> Told:
        topic = self._said(asked.query.get("topicUuid", ""))
        if topic is None or topic.removed_at is not None:
            return self._missing()
        node = parse_xml(asked.body).find(f"{_T}in-reply-to")
        parent = None if node is None else self._said((node.get("ref") or "").removeprefix("urn:lsid:ibm.com:forum:"))
        return self._posted(asked, topic.group, topic if parent is None else parent)

    def _posted(self, asked: Asked, group: int, parent: Said | None) -> Told:
        if self.is_on("read_only"):
            return Told(403, shapes.error_xml("403", "You may not post here."), XML)
        entry = parse_xml(asked.body)
        title = (entry.findtext(f"{_A}title") or "").strip()
        if asked.headers.get("content-type", "").partition(";")[0] != "application/atom+xml" or not title:
            return Told(400, shapes.error_xml("", "CLFRN1172E: The request is invalid."), XML)
        text = html_text(clean_html(entry.findtext(f"{_A}content") or ""))
        said = self.world.say(
            group, self.world.me, text, subject="" if parent else title, parent=None if parent is None else parent.id
        )
        if self.is_on("moderated"):
            said.shown_from = self.world.now + timedelta(days=1000)
        if self.is_on("cut_post"):
            message = "the line broke"
            raise httpx2.ReadError(message)
        name = "topic?topicUuid" if parent is None else "reply?replyUuid"
        headers = {"Location": f"{shapes.OTHER}/forums/atom/{name}={shapes.post_id(said.id)}"}
        body = b"" if self.is_on("bare_answer") else self._named(self._entry_xml(said)).encode()
        if self.is_on("moderated"):
            pending = b'<snx:moderation status="pending"></snx:moderation><published>'
            body = body.replace(b"<published>", pending, 1)
        return Told(201, body, ATOM, headers)


STAND_IN = HclConnections
