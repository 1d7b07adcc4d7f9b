"""Feeds of HCL Connections: pages counted from 0 or 1, capped, linked or not, with totals or without."""

import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlencode

from tests.platforms import hcl_shapes as shapes
from tests.platforms.server import Asked, StandIn, Told
from tests.platforms.world import Said

ATOM: Final = "application/atom+xml;charset=UTF-8"
CAPS: Final = {"forums": 100, "blogs": 50, "communities": 100, "members": 10_000}
SIZES: Final = {"forums": 10, "blogs": 50, "communities": 10, "members": 10}


class Feeds(StandIn):
    """Pages what the interfaces list."""

    @property
    def _mail(self) -> bool:
        return not self.is_on("no_email")

    def _said(self, uuid: str) -> Said | None:
        return next((said for said in self.world.said.values() if shapes.post_id(said.id) == uuid), None)

    def _named(self, entry: str) -> str:
        return entry.replace("<entry ", '<entry xmlns="http://www.w3.org/2005/Atom" ', 1)

    def _feed(self, asked: Asked, entries: Sequence[str | Callable[[], str]], app: str, *, more: str = "") -> Told:
        """A page, counted from 0 in Blogs and from 1 elsewhere."""
        first = 0 if app == "blogs" else 1
        size = min(
            int(asked.query.get("ps", SIZES.get(app, 10))), CAPS.get(app, 100), int(self.switches.get("cap") or 10**6)
        )
        number = max(first, int(asked.query.get("page", first)))
        start = (number - first) * size
        is_single = app == "members" and self.is_on("single_page")
        cut = [] if is_single and start else entries[start : start + size]
        next_link = ""
        if start + size < len(entries) and not self.is_on("no_next") and not is_single:
            rest = {name: value for name, value in asked.query.items() if name != "page"}
            next_link = f"{shapes.OTHER}{asked.path}?{urlencode({'page': number + 1, **rest})}"
        body = shapes.feed_xml(
            [entry if isinstance(entry, str) else entry() for entry in cut],
            name=app.title(),
            at=self.world.now,
            counts=(len(entries), start + first, size),
            next_link=next_link,
            more=more,
        )
        if self.is_on("no_totals"):
            body = re.sub(rb"<opensearch:totalResults.*?</opensearch:totalResults>", b"", body)
        blanks = b"\n \n" if app == "communities" else b""
        return Told(200, blanks + body, ATOM)
