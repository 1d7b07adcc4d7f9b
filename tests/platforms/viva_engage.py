"""Viva Engage as it answers: Yammer REST v1 under /api/v1, Microsoft Graph under /v1.0, the token endpoints beside them."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import httpx2
from typing_extensions import override

from tests.platforms.server import Asked, Told, told
from tests.platforms.viva_engage_graph import PAGE, Graph
from tests.platforms.viva_engage_shapes import (
    REALTIME_TOKEN,
    group_id,
    message_id,
    person_id,
)
from tests.platforms.world import Group, Said, Someone, World

GROUPS_PAGE: Final = 50
USERS_PAGE: Final = 50
DEVICE_CODE: Final = "device-code-of-the-stand-in"


class VivaEngage(Graph):
    """One network."""

    NAME = "viva-engage"
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "no_older": "leaves older_available out of every page",
        "hide": "percent of messages (40) that community feeds leave out, as they do by design",
        "newer": "newest or oldest: which twenty of many newer messages come",
        "limit": "told or bare: more than ten calls in thirty seconds give 429, with or without Retry-After",
        "html": "everything is a web page with status 200",
        "cut_post": "stores what is sent and breaks the line before the answer",
        "stale_token": "the token that is refused with 401",
        "no_yammer": "the status with which Yammer refuses (403)",
        "no_graph": "the status with which Graph refuses (403)",
        "no_roster": "Yammer refuses the members of a community",
        "lost_delta": "the status for a delta link older than seven days: 410, or 400 with a code",
        "replays": "Graph repeats what it told, over several pages",
        "starter_apart": "a thread's updates do not count its first message",
        "bare_references": "people in references come without e-mail addresses",
        "other_ids": "Graph's community ids cannot be read",
        "read_only": "communities whose posting is restricted",
        "empty_tail": "an empty last page says that older messages are there",
        "no_feeds": "the status with which feeds over several communities are refused (404)",
        "bounds": "of a page with two bounds newer_than or older_than alone counts, or the oldest twenty come",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.system: set[int] = set()
        self.private: dict[int, tuple[int, ...]] = {}
        self.copied: dict[int, tuple[int, ...]] = {}
        self.pending = 1
        self._called: dict[str, list[datetime]] = {}

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        return (
            f"Address of Yammer: {self.address}/api/v1",
            f"Address of Microsoft Graph: {self.address}/v1.0",
            f"Address of the sign-in: {self.address} (by a code; nothing has to be typed)",
            "Application ID: anything",
        )

    @override
    def answer(self, asked: Asked) -> Told:
        if self.is_on("html"):
            return Told(200, b"<!DOCTYPE html><html><body>Enable third-party applications</body></html>", "text/html")
        if asked.path.startswith("/api/v1/"):
            return self._yammer(asked, asked.path.removeprefix("/api/v1/"))
        if asked.path.startswith("/v1.0/"):
            return self._graph(asked, asked.path.removeprefix("/v1.0/"))
        return self._entra(asked)

    def _entra(self, asked: Asked) -> Told:
        """Where people sign in."""
        if asked.path.endswith("/v2.0/.well-known/openid-configuration"):
            return told(self._endpoints(asked))
        if asked.path.endswith("/oauth2/v2.0/devicecode"):
            return told({
                "device_code": DEVICE_CODE, "user_code": "FJC3QWXYZ", "expires_in": 900, "interval": 5,
                "verification_uri": "https://login.example.org/device", "message": "Type the code at the address.",
            })  # fmt: skip
        if asked.path.endswith("/oauth2/v2.0/token"):
            return self._token(asked)
        return Told(404, b"Not found", "text/plain")

    def _endpoints(self, asked: Asked) -> dict[str, str]:
        base = f"https://{asked.headers.get('host', 'login.example.org')}/{asked.path.split('/')[1]}"
        return {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }

    def _token(self, asked: Asked) -> Told:
        form = asked.form
        if form.get("grant_type", "").endswith("device_code") and self.pending > 0:
            self.pending -= 1
            return told(
                {"error": "authorization_pending", "error_description": "AADSTS70016", "error_codes": [70016]},
                status=400,
            )
        return told({
            "token_type": "Bearer", "scope": form.get("scope", ""), "expires_in": 3599, "access_token": "access",
            "refresh_token": "refresh", "id_token": _identity(self.world.people[self.world.me]),
        })  # fmt: skip

    # Yammer

    def _yammer(self, asked: Asked, path: str) -> Told:
        if self.is_on("no_yammer"):
            return told({"error": {"base": "no"}}, status=self._status("no_yammer", 403))
        if self.is_on("stale_token") and asked.headers.get("authorization") == self.switches["stale_token"]:
            return told({"response": {"message": "Token not found.", "code": 16, "stat": "fail"}}, status=401)
        if self.is_on("limit") and self._is_over("messages" if path.startswith("messages") else "rest"):
            headers = {"Retry_After": "30"} if self.switches["limit"] == "told" else {}
            return told({"error": "Too many requests"}, status=429, **headers)
        for method, pattern, answer in self._routes():
            found = re.fullmatch(pattern, path)
            if found is not None and method == asked.method:
                return answer(asked, *(int(text) for text in found.groups()))
        return Told(404, b"<html>Not found</html>", "text/html")

    def _is_over(self, kind: str) -> bool:
        called = [at for at in self._called.get(kind, []) if at > self.world.now - timedelta(seconds=30)]
        self._called[kind] = [*called, self.world.now]
        return len(called) >= 10

    def _routes(self) -> Sequence[tuple[str, str, Callable[..., Told]]]:
        return (
            ("GET", r"groups\.json", self._groups),
            ("GET", r"groups/(\d+)\.json", self._one_group),
            ("GET", r"users/current\.json", lambda _: told(self._user(self.world.people[self.world.me]))),
            ("GET", r"users/by_email\.json", self._by_email),
            ("GET", r"users/in_group/(\d+)\.json", self._roster),
            ("GET", r"messages\.json|messages/general\.json", self._everything),
            ("GET", r"messages/in_group/(\d+)\.json", self._in_group),
            ("GET", r"messages/in_thread/(\d+)\.json", self._in_thread),
            ("GET", r"messages/sent\.json", self._sent),
            ("GET", r"messages/(?:following|my_feed)\.json", self._following),
            ("GET", r"messages/received\.json", self._received),
            ("GET", r"messages/(\d+)\.json", self._one_message),
            ("POST", r"messages\.json", self._post),
            ("POST", r"messages/liked_by/current\.json", lambda asked: self._like(asked, likes=True)),
            ("DELETE", r"messages/liked_by/current\.json", lambda asked: self._like(asked, likes=False)),
        )

    def _groups(self, asked: Asked) -> Told:
        groups = [g for g in self.world.groups.values() if "mine" not in asked.query or self.world.me in g.members]
        page = int(asked.query.get("page", "1"))
        return told([self._group(g) for g in groups[(page - 1) * GROUPS_PAGE : page * GROUPS_PAGE]])

    def _one_group(self, asked: Asked, number: int) -> Told:
        group = self._group_of(number)
        return told(self._group(group)) if group else Told(404, b"", "text/plain")

    def _group_of(self, number: int) -> Group | None:
        return self.world.groups.get(number - group_id(0))

    def _by_email(self, asked: Asked) -> Told:
        found = [p for p in self.world.people.values() if p.email == asked.query["email"] and not p.is_gone]
        return told([self._user(person) for person in found]) if found else Told(404, b"", "text/plain")

    def _roster(self, asked: Asked, number: int) -> Told:
        group = self._group_of(number)
        if group is None:
            return Told(404, b"Not found", "text/plain")
        if self.is_on("no_roster"):
            return told({"error": {"base": "no"}}, status=403)
        page = int(asked.query.get("page", "1"))
        members = sorted(group.members)
        cut = members[(page - 1) * USERS_PAGE : page * USERS_PAGE]
        return told({
            "users": [self._user(self.world.people[person]) for person in cut],
            "more_available": page * USERS_PAGE < len(members),
            "meta": {"followed_user_ids": []},
        })  # fmt: skip

    def _everything(self, asked: Asked) -> Told:
        said = [s for s in self._open() if not self.world.groups[s.group].is_hidden]
        return self._across(asked, said, name="All")

    def _following(self, asked: Asked) -> Told:
        mine = {group.id for group in self.world.groups.values() if self.world.me in group.members}
        return self._across(asked, [s for s in self._open() if s.group in mine], name="Following")

    def _received(self, asked: Asked) -> Told:
        """What names the account's person, and what is sent to them alone."""
        me = self.world.me
        said = [s for s in self.world.shown() if me in self._named(s) or me in self.private.get(s.id, ())]
        return self._across(asked, said, name="Received")

    def _across(self, asked: Asked, said: list[Said], *, name: str) -> Told:
        if self.is_on("no_feeds"):
            return Told(self._status("no_feeds", 404), b"<html>Not found</html>", "text/html")
        return self._feed(asked, said, name=name)

    def _in_group(self, asked: Asked, number: int) -> Told:
        group = self._group_of(number)
        if group is None:
            return Told(404, b"Not found", "text/plain")
        hidden = self._status("hide", 40) if self.is_on("hide") else 0
        shown = [s for s in self._open(group.id) if s.id * 37 % 100 >= hidden]
        return self._feed(asked, shown, name=group.name, group=group)

    def _in_thread(self, asked: Asked, number: int) -> Told:
        thread = [said for said in self.world.shown() if message_id(said.root) == number]
        return self._feed(asked, thread, name="Conversation") if thread else Told(404, b"", "text/plain")

    def _sent(self, asked: Asked) -> Told:
        return self._feed(asked, [s for s in self.world.shown() if s.author == self.world.me], name="Sent")

    def _one_message(self, asked: Asked, number: int) -> Told:
        found = [said for said in self.world.shown() if message_id(said.id) == number]
        return told(self._message(found[0])) if found else Told(404, b"<html>gone</html>", "text/html")

    def _feed(self, asked: Asked, said: list[Said], *, name: str, group: Group | None = None) -> Told:
        newer, older = (int(asked.query.get(key, "0")) for key in ("newer_than", "older_than"))
        bounds = self.switches.get("bounds") if newer and older else None
        if bounds in ("newer_than", "older_than"):
            newer, older = (newer, 0) if bounds == "newer_than" else (0, older)
        wanted = sorted(
            (s for s in said if message_id(s.id) > newer and (not older or message_id(s.id) < older)),
            key=lambda s: -s.id,
        )
        is_from_below = bounds == "oldest" or (newer and self.switches.get("newer") == "oldest")
        cut = wanted[-PAGE:] if is_from_below else wanted[:PAGE]
        has_older = bool(cut) and min(s.id for s in cut) > min(s.id for s in said)
        return told(
            self._envelope(cut, older=has_older or (not cut and self.is_on("empty_tail")), name=name, group=group)
        )

    def _envelope(self, cut: list[Said], *, older: bool, name: str, group: Group | None) -> dict[str, Any]:
        shown = {person for said in cut for person in (said.author, *self._named(said))}
        people = {person: self.world.people[person] for person in sorted(shown)}
        references: list[dict[str, Any]] = [self._user(person, is_reference=True) for person in people.values()]
        references += [self._conversation(root) for root in dict.fromkeys(said.root for said in cut)]
        told_of = [group] if group else [self.world.groups[number] for number in dict.fromkeys(s.group for s in cut)]
        references += [self._group(one) for one in told_of]
        meta: dict[str, Any] = {
            "requested_poll_interval": 60,
            "realtime": {"uri": "https://rt.example.org/cometd/", "authentication_token": REALTIME_TOKEN, "channel_id": "MTM6"},
            "current_user_id": person_id(self.world.me),
            "last_seen_message_id": None, "followed_user_ids": [], "followed_references": [], "ymodules": [],
            "feed_name": name, "feed_desc": name, "direct_from_body": False,
        }  # fmt: skip
        if not self.is_on("no_older"):
            meta["older_available"] = older
        return {
            "threaded_extended": {}, "messages": [self._message(s) for s in cut], "references": references, "meta": meta,
        }  # fmt: skip

    def _post(self, asked: Asked) -> Told:
        form = asked.form
        parent = form.get("replied_to_id")
        answered = next((s for s in self.world.shown() if parent and message_id(s.id) == int(parent)), None)
        group = answered.group if answered else int(form.get("group_id", group_id(0))) - group_id(0)
        if group not in self.world.groups or (parent and answered is None):
            return told({"error": {"base": "There is no such place."}}, status=404)
        if self.is_on("read_only"):
            return told({"error": {"base": "Posting here is restricted."}}, status=403)
        text = re.sub(r"[ \t]+", " ", form["body"]).strip()
        said = self.world.say(group, self.world.me, text, parent=None if answered is None else answered.id)
        if self.is_on("cut_post"):
            message = "the line broke"
            raise httpx2.ReadError(message)
        return told(self._envelope([said], older=False, name="Sent", group=self.world.groups[group]), status=201)

    def _like(self, asked: Asked, *, likes: bool) -> Told:
        found = [s for s in self.world.shown() if message_id(s.id) == int(asked.query["message_id"])]
        if not found:
            return Told(404, b"", "text/plain")
        (self.world.like if likes else self.world.unlike)(found[0].id, self.world.me)
        if self.is_on("cut_post"):
            message = "the line broke"
            raise httpx2.ReadError(message)
        return Told(200, b"", "application/json")


def _identity(person: Someone) -> str:
    """Who signed in, as a token that nobody signed."""
    name = person.username
    claims = {"sub": name, "oid": name, "tid": "tenant", "preferred_username": person.email}
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))


STAND_IN = VivaEngage
