"""Viva Engage through Microsoft Graph: communities, people, members and what changed among them since a link."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.platforms.server import Asked, Told, told
from tests.platforms.viva_engage_shapes import (
    Shapes,
    community_id,
    graph_user,
    group_guid,
    person_guid,
)

PAGE: Final = 20
GRAPH_PAGE: Final = 100
DELTA_LIFE: Final = timedelta(days=7)


class Graph(Shapes):
    """Answers what lies under /v1.0."""

    def _status(self, switch: str, default: int) -> int:
        """The status a switch was set to; `default` where it was only turned on."""
        value = self.switches[switch]
        return default if value is True else int(value)

    def _graph(self, asked: Asked, path: str) -> Told:
        if self.is_on("no_graph"):
            return _graph_error("Forbidden", status=self._status("no_graph", 403))
        if path == "employeeExperience/communities":
            return self._communities(asked)
        if path == "groups/delta":
            return self._delta(asked)
        return self._of_one(asked, path)

    def _of_one(self, asked: Asked, path: str) -> Told:
        """A person, or the people of a group."""
        parts = path.split("/")
        for person in self.world.people.values():
            if parts == ["users", person_guid(person.id)] and not person.is_gone:
                return told(graph_user(person))
        for group in self.world.groups.values():
            if parts == ["groups", group_guid(group.id), "members"]:
                return self._members(asked, sorted(group.members), path)
            if parts == ["groups", group_guid(group.id), "owners"]:
                return self._members(asked, sorted(group.owners), path)
        return _graph_error("Request_ResourceNotFound", status=404)

    def _communities(self, asked: Asked) -> Told:
        rows = [
            {
                "id": f"opaque{group.id:04}" if self.is_on("other_ids") else community_id(group.id),
                "displayName": group.name,
                "description": group.description,
                "privacy": "private" if group.is_hidden else "public",
                "groupId": group_guid(group.id),
            }
            for group in self.world.groups.values()
        ]
        rows.sort(key=lambda row: row["id"])
        return self._odata(asked, rows, "employeeExperience/communities", PAGE)

    def _members(self, asked: Asked, people: list[int], path: str) -> Told:
        rows = [graph_user(self.world.people[person]) for person in people]
        return self._odata(asked, rows, path, int(asked.query.get("$top", GRAPH_PAGE)))

    def _odata(self, asked: Asked, rows: list[dict[str, Any]], path: str, size: int) -> Told:
        after = asked.query.get("$skiptoken")
        at = 0 if after is None else next((n for n, row in enumerate(rows) if row["id"] > after), len(rows))
        cut = rows[at : at + size]
        page: dict[str, Any] = {"value": cut}
        if at + size < len(rows):
            page["@odata.nextLink"] = f"https://graph.microsoft.com/v1.0/{path}?$top={size}&$skiptoken={cut[-1]['id']}"
        return told(page)

    def _delta(self, asked: Asked) -> Told:
        token = asked.query.get("$deltatoken", "")
        if "$skiptoken" in asked.query:
            return told(
                {"value": self._changed(asked.query["$skiptoken"]), **self._delta_link(asked.query["$skiptoken"])}
            )
        if token == "latest":
            wanted = re.findall(r"id eq '([^']+)'", asked.query["$filter"])
            return told({"value": [], **self._delta_link(f"{wanted[0]}~{self.world.now.timestamp()}")})
        if self.world.now - _moment(token) > DELTA_LIFE:
            if self.switches.get("lost_delta") == 400:
                return _graph_error("syncStateNotFound", status=400)
            return _graph_error("resyncRequired", status=410, Location="https://graph.microsoft.com/v1.0/groups/delta")
        rows = self._changed(token)
        if rows and self.is_on("replays"):
            link = f"https://graph.microsoft.com/v1.0/groups/delta?$skiptoken={token}"
            return told({"value": rows * 2, "@odata.nextLink": link})
        return told({"value": rows, **self._delta_link(token)})

    def _delta_link(self, token: str) -> dict[str, str]:
        fresh = f"{token.partition('~')[0]}~{self.world.now.timestamp()}"
        return {"@odata.deltaLink": f"https://graph.microsoft.com/v1.0/groups/delta?$deltatoken={fresh}"}

    def _changed(self, token: str) -> list[dict[str, Any]]:
        guid, since = token.partition("~")[0], _moment(token)
        group = next(group for group in self.world.groups.values() if group_guid(group.id) == guid)
        changes: list[dict[str, Any]] = [
            {"@odata.type": "#microsoft.graph.user", "id": person_guid(person)}
            for person, at in group.members.items()
            if at >= since
        ]
        changes += [
            {"@odata.type": "#microsoft.graph.user", "id": person_guid(person), "@removed": {"reason": "deleted"}}
            for left, person, at in self.world.left
            if left == group.id and at >= since and person not in group.members
        ]
        return [{"id": guid, "displayName": group.name, "members@delta": changes}] if changes else []


def _moment(token: str) -> datetime:
    return datetime.fromtimestamp(float(token.partition("~")[2]), UTC)


def _graph_error(code: str, *, status: int, **headers: str) -> Told:
    return told(
        {"error": {"code": code, "message": "No.", "innerError": {"request-id": "1"}}}, status=status, **headers
    )
