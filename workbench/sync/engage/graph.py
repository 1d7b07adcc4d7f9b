"""What Microsoft Graph tells of Viva Engage: communities, who is in them, and what changed since a link was given.

Rules from the Graph reference: links to the next page and to later changes are opaque and kept whole; changes may come
twice, in any order and over several pages; a link lives seven days, then 410 or a code says to begin anew.
"""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from workbench.errors import LineError, NotFoundError, SkipStreamError, WorkbenchError
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.engage.messages import moment_of
from workbench.sync.gate import Cause, Expect, Reply, body_of, line, load_json, take
from workbench.sync.pagination import PAGE_CAP
from workbench.sync.people import address_key, clean_name
from workbench.sync.records import PersonRecord

MEMBERS_PAGE: Final = 999
PREFIX: Final = "entra:"
"""Begins the handles of people known from Graph alone, whose ids are not those of Yammer."""

_FIELDS: Final = "id,displayName,mail,userPrincipalName,officeLocation"
_LOST: Final = frozenset(("syncstatenotfound", "resyncrequired"))


@dataclass(frozen=True, slots=True)
class GraphCommunity:
    """A community; `number` is what its id seems to hold, the number Yammer knows it by, and only a guess."""

    id: str
    name: str
    description: str
    group: str
    number: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """Who came and who went since a link was given, the link for later, and the server's clock."""

    added: frozenset[str]
    removed: frozenset[str]
    link: str
    at: datetime


class EngageGraph:
    """Reads Graph through a client whose base is its version's address."""

    def __init__(self, client: ApiClient) -> None:
        self._client = client

    def communities(self) -> Iterator[GraphCommunity]:
        """All communities this account can see."""
        for _, page in self._pages("employeeExperience/communities", {}):
            for item in page["value"]:
                name, remote_id = take(item, "displayName", str), take(item, "id", str)
                description = item.get("description")
                yield GraphCommunity(
                    id=remote_id,
                    name=name,
                    description=description if isinstance(description, str) else "",
                    group=take(item, "groupId", str),
                    number=number_within(remote_id),
                )

    def members(self, group: str, link: str | None = None) -> Iterator[tuple[list[dict[str, Any]], str | None]]:
        """The people of a group page by page, from `link` on, each page with the link to the next one.

        Other groups within the group are no people.
        """
        query = {"$select": _FIELDS, "$top": str(MEMBERS_PAGE)}
        start = (f"groups/{group}/members", query) if link is None else (self._client.below(link), {})
        for _, page in self._pages(*start):
            yield (
                [item for item in page["value"] if str(item.get("@odata.type", "#user")).endswith("user")],
                _next(page),
            )

    def person(self, guid: str) -> Mapping[str, Any] | None:
        """One person; None for somebody who is not in the directory any more."""
        try:
            value = load_json(self._get(f"users/{guid}", {"$select": _FIELDS}).body)
        except NotFoundError:
            return None
        take(value, "id", str)
        return value if isinstance(value, dict) else None

    def link_from_now(self, group: str) -> str:
        """The link that will tell what changed from now on."""
        query = {"$select": "members", "$filter": f"id eq '{group}'", "$deltatoken": "latest"}
        return self._changed(self._pages("groups/delta", query), group).link

    def changed(self, link: str, group: str) -> Changed | None:
        """What changed since the link was given; None when it is too old and everything has to be read anew."""
        try:
            return self._changed(self._pages(self._client.below(link), {}), group)
        except SkipStreamError as error:
            if error.details.get("lost"):
                return None
            raise

    def _changed(self, pages: Iterator[tuple[Answer, dict[str, Any]]], group: str) -> Changed:
        members: dict[str, bool] = {}
        for answer, page in pages:
            for item in page["value"]:
                changes = item.get("members@delta") if item.get("id") == group else None
                for change in changes if isinstance(changes, list) else ():
                    members[take(change, "id", str)] = "@removed" not in change
            if _next(page) is None:
                return Changed(
                    added=frozenset(member for member, is_in in members.items() if is_in),
                    removed=frozenset(member for member, is_in in members.items() if not is_in),
                    link=take(page, "@odata.deltaLink", str),
                    at=moment_of(answer),
                )
        raise line(Cause.BAD_REPLY, "the reply has no last page")

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[tuple[Answer, dict[str, Any]]]:
        """Page after page, each with its objects under "value"."""
        asked: set[str] = set()
        while True:
            answer = self._get(path, query)
            page = load_json(answer.body)
            if not all(isinstance(item, dict) for item in take(page, "value", list)) or not isinstance(page, dict):
                raise line(Cause.BAD_REPLY, "the reply is not a list of objects")
            yield answer, page
            link = _next(page)
            if link is None:
                return
            if link in asked or len(asked) >= PAGE_CAP:
                raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")
            asked.add(link)
            path, query = self._client.below(link), {}

    def _get(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._client.get(path, query, expect=Expect.JSON)


def _next(page: Mapping[str, Any]) -> str | None:
    link = page.get("@odata.nextLink")
    return link if isinstance(link, str) else None


def person_of(item: Mapping[str, Any], *, handle: str | None = None) -> PersonRecord:
    """The person of a user object; known by their Entra id unless Yammer's is given."""
    name, office = item.get("displayName"), item.get("officeLocation")
    address = address_of(item)
    return PersonRecord(
        handle=handle or PREFIX + take(item, "id", str),
        name=clean_name(name) if isinstance(name, str) else "",
        address_key=None if address is None else address_key(address),
        office=office.strip() or None if isinstance(office, str) else None,
    )


def address_of(item: Mapping[str, Any]) -> str | None:
    """The e-mail address that also Yammer knows somebody by; never stored."""
    found = item.get("mail") or item.get("userPrincipalName")
    return found if isinstance(found, str) else None


def number_within(remote_id: str) -> str | None:
    """The number inside a community's id, which looks like base64url of `{"_type":"Group","id":"…"}`; None if not."""
    try:
        value = json.loads(urlsafe_b64decode(remote_id + "=" * (-len(remote_id) % 4)))
    except (binascii.Error, ValueError):
        return None
    number = value.get("id") if isinstance(value, dict) else None
    return number if isinstance(number, str) and number.isascii() and number.isdigit() else None


def refusal(reply: Reply) -> WorkbenchError | None:
    """Graph's word for a link that has grown too old; everything else is left to the common table."""
    if reply.status == 410 or _code(reply) in _LOST:  # noqa: PLR2004 - a status is its own name
        message = "the link to later changes is too old"
        return SkipStreamError(message, status=reply.status, lost=True)
    return None


def _code(reply: Reply) -> str:
    if not reply.media_type.endswith("json"):
        return ""
    try:
        value = load_json(body_of(reply))
    except LineError:
        return ""  # the common table says what is wrong with it
    error = value.get("error") if isinstance(value, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code.casefold() if isinstance(code, str) else ""
