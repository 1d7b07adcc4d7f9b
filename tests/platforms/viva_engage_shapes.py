"""What Viva Engage's answers look like: Yammer's users, groups, threads and messages, and Graph's people.

Ids are as large as the real ones; those who ask in numbers of the world use `message_id`, `person_id`, `group_id`.
"""

import base64
import json
import re
from typing import Any, Final

from tests.platforms.server import StandIn
from tests.platforms.world import Group, Said, Someone

NETWORK: Final = 5_897_756_673
REALTIME_TOKEN: Final = "realtime-token-never-kept"
NAMES_SHOWN: Final = 5

WRITTEN: Final = "%Y/%m/%d %H:%M:%S +0000"


def message_id(number: int) -> int:
    """The id on the platform of a message of the world; ids grow with the numbers."""
    return 2_000_337_000_000_000 + number * 1000


def person_id(number: int) -> int:
    """The id of a person in Yammer."""
    return 36_425_000_000 + number


def group_id(number: int) -> int:
    """The id of a community in Yammer."""
    return 31_158_000_000 + number


def person_guid(number: int) -> str:
    """The id of a person in Entra."""
    return f"632f6bb2-3ec8-4c1f-9073-{number:012x}"


def group_guid(number: int) -> str:
    """The id of a community's Microsoft 365 group."""
    return f"195d9ecd-f80e-4bab-af95-{number:012x}"


class Shapes(StandIn):
    """Dresses the world; `system` holds the numbers of messages the platform wrote itself ("… has #joined …").

    `private` are those sent to people alone, `copied` those sent to people by name besides, both with whom.
    """

    system: set[int]
    private: dict[int, tuple[int, ...]]
    copied: dict[int, tuple[int, ...]]

    def _open(self, group: int | None = None) -> list[Said]:
        """What stands in a community, or in all of them, oldest first."""
        return [said for said in self.world.shown(group) if said.id not in self.private]

    def _named(self, said: Said) -> tuple[int, ...]:
        """Who is named by a message: as "@username" in its words, or as a copy."""
        words = set(re.findall(r"@(\w+)", said.text))
        by_words = [person.id for person in self.world.people.values() if person.username in words] if words else []
        return tuple(dict.fromkeys((*by_words, *self.copied.get(said.id, ()))))

    def _marked(self, text: str, form: str) -> str:
        """The text with its "@username" as the platform marks them; `form` takes the person's number and name."""
        known = {person.username: person for person in self.world.people.values()} if "@" in text else {}

        def mark(found: re.Match[str]) -> str:
            person = known.get(found[1])
            return found[0] if person is None else form.format(person_id(person.id), person.name)

        return re.sub(r"@(\w+)", mark, text)

    def _message(self, said: Said) -> dict[str, Any]:
        number, author = message_id(said.id), self.world.people[said.author]
        text = f"{said.subject}\n\n{said.text}" if said.subject else said.text
        body = {
            "parsed": self._marked(text, "[[user:{0}]]"),
            "plain": self._marked(text, "{1}"),
            "rich": self._marked(text, "<span class='yammer-object' data-yammer-object='user:{0}'>{1}</span>").replace(
                "\n", "<br>"
            ),
        }
        if said.id in self.system:
            said_so = f"has #joined the network. Take a moment to welcome {author.name.split()[0]}."
            rich = said_so.replace(
                "#joined", "<span class='yammer-object' data-yammer-object='tag:14658'>#joined</span>"
            )
            body = {"parsed": said_so.replace("#joined", "[[tag:14658]]"), "plain": said_so, "rich": rich}
        likers = [self.world.people[liker] for liker in said.likes]
        place = {"conversation_id": number} if said.id in self.private else {"group_id": group_id(said.group)}
        return {
            "id": number, "sender_id": person_id(said.author), "delegate_id": None,
            "replied_to_id": None if said.parent is None else message_id(said.parent),
            "created_at": said.at.strftime(WRITTEN), "published_at": said.at.strftime(WRITTEN),
            "network_id": NETWORK, "message_type": "system" if said.id in self.system else "update",
            "sender_type": "user", "url": f"https://www.yammer.com/api/v1/messages/{number}",
            "web_url": f"https://www.yammer.com/example.org/messages/{number}",
            **place, "body": body, "thread_id": message_id(said.root),
            "client_type": "Web", "client_url": "https://www.yammer.com/",
            "system_message": said.id in self.system, "direct_message": said.id in self.private,
            "chat_client_sequence": None, "language": None,
            "notified_user_ids": [person_id(person) for person in self._named(said)],
            "privacy": "private" if said.id in self.private else "public", "attachments": [],
            "liked_by": {
                "count": len(likers),
                "names": [
                    {"full_name": p.name, "permalink": p.username, "user_id": person_id(p.id), "network_id": NETWORK}
                    for p in likers[:NAMES_SHOWN]
                ],
            },
            "supplemental_reply": False, "content_excerpt": body["plain"][:200], "group_created_id": group_id(said.group),
        }  # fmt: skip

    def _conversation(self, root: int) -> dict[str, Any]:
        number, thread = message_id(root), self.world.thread(root)
        replies = [said for said in thread if said.id != root] or thread
        return {
            "type": "thread", "id": number, "thread_starter_id": number, "privacy": "public", "direct_message": False,
            "has_attachments": False, "attachments_meta": {"more_images": False, "more_files": False}, "topics": [],
            "participants": [{"type": "user", "id": person_id(said.author)} for said in thread[:3]],
            "participants_count": len({said.author for said in thread}), "references": [],
            "url": f"https://www.yammer.com/api/v1/messages/in_thread/{number}",
            "web_url": f"https://www.yammer.com/example.org/#/Threads/show?threadId={number}",
            "stats": {
                "updates": len(thread) - self.is_on("starter_apart"), "shares": 0,
                "first_reply_id": message_id(replies[0].id), "first_reply_at": replies[0].at.strftime(WRITTEN),
                "latest_reply_id": message_id(replies[-1].id), "latest_reply_at": replies[-1].at.strftime(WRITTEN),
            },
        }  # fmt: skip

    def _user(self, person: Someone, *, is_reference: bool = False) -> dict[str, Any]:
        number = person_id(person.id)
        user: dict[str, Any] = {
            "type": "user", "id": number, "network_id": NETWORK, "state": "active", "guid": None,
            "job_title": "Officer", "location": person.office, "interests": None, "summary": None, "expertise": None,
            "full_name": person.name, "activated_at": "2021/10/08 11:45:32 +0000", "auto_activated": False,
            "first_name": person.name.split()[0], "last_name": "", "network_name": "Example",
            "network_domains": ["example.org"], "url": f"https://www.yammer.com/api/v1/users/{number}",
            "web_url": f"https://www.yammer.com/example.org/users/{number}", "name": person.username,
            "mugshot_url": f"https://mugshot.example.org/images/48x48/{number}.png",
            "timezone": "Pacific Time (US & Canada)", "external_urls": [], "admin": "false", "verified_admin": "false",
            "can_broadcast": "false", "department": None, "email": person.email, "guest": False, "aad_guest": False,
            "contact": {
                "im": {}, "phone_numbers": [], "has_fake_email": False,
                "email_addresses": [{"type": "primary", "address": person.email}],
            },
            "stats": {"updates": 0, "following": 0, "followers": 0}, "settings": {"xdr_proxy": ""},
        }  # fmt: skip
        if is_reference and self.is_on("bare_references"):
            del user["email"], user["contact"]
        return user

    def _group(self, group: Group) -> dict[str, Any]:
        number, shown = group_id(group.id), self._open(group.id)
        last = max(shown, key=lambda said: said.id, default=None)
        return {
            "type": "group", "id": number, "email": "", "full_name": group.name, "network_id": NETWORK,
            "name": re.sub(r"\W", "", group.name).lower(), "description": group.description,
            "privacy": "private" if group.is_hidden else "public",
            "url": f"https://www.yammer.com/api/v1/groups/{number}",
            "web_url": f"https://www.yammer.com/example.org/#/threads/inGroup?type=in_group&feedId={number}",
            "mugshot_url": f"https://mugshot.example.org/images/{number}.png?P1=1668205176&P2=104&P3=1&size=48x48",
            "mugshot_url_template": f"https://mugshot.example.org/images/{number}.png?size={{width}}x{{height}}",
            "mugshot_id": None, "show_in_directory": "true", "created_at": "2022/11/11 20:54:52 +0000", "aad_guests": 0,
            "color": "#2c5b85", "external": False, "moderated": False, "category": "unclassified",
            "header_image_url": "https://mugshot.example.org/images/group-header-coffee.png?P1=1668204451&P2=104&P3=1",
            "default_thread_starter_type": "normal", "restricted_posting": self.is_on("read_only"),
            "company_group": False, "creator_type": "user", "creator_id": person_id(1), "state": "active",
            "stats": {
                "members": len(group.members), "aad_guests": 0, "updates": len(shown),
                "last_message_id": None if last is None else message_id(last.id),
                "last_message_at": None if last is None else last.at.strftime(WRITTEN),
            },
        }  # fmt: skip


def community_id(number: int) -> str:
    plain = json.dumps({"_type": "Group", "id": str(group_id(number))}, separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def graph_user(person: Someone) -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.user",
        "id": person_guid(person.id),
        "displayName": person.name,
        "mail": person.email,
        "userPrincipalName": person.email,
        "officeLocation": person.office,
    }
