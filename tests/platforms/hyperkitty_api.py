"""The interface of HyperKitty for programs: lists, threads and mails as JSON, with the habits of Django REST framework."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from tests.platforms.hyperkitty_door import Door
from tests.platforms.hyperkitty_shapes import Writer, page, prefix
from tests.platforms.hyperkitty_shelf import Archive, Mail, Shelf
from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import BEGINNING, Said, World

SLOW_FROM = 500
"""How many mails are too many for a slow site, unless the switch says otherwise."""


class HyperkittyApi(StandIn):
    """What the site holds and who may read it, and the part of it that answers programs."""

    NAME: ClassVar[str] = "hyperkitty"
    PACKS: ClassVar[bool] = False
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "no_api": "/api/ is closed, as some sites have it",
        "bare_arrays_only": "limit is not understood and everything comes at once, as with version 1.3.7",
        "page_size": "that many items a page where no limit is given; without it all come, in a bare array",
        "export_disabled": "archives cannot be downloaded",
        "private": "every list is private, also those of groups that are not hidden",
        "slow_windows": f"exports of more mails than this ({SLOW_FROM} when on) fail with 500",
        "cut_exports": "every so many-th export ends halfway",
        "html_only": "every so many-th mail is HTML alone: an empty text and a file",
        "prefix": "the list puts its prefix before subjects",
        "held": "what is sent to a list waits for a moderator",
        "second_step": "signing in takes a second step",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.shelf = Shelf(world)
        self.door = Door(world, has_second_step=self.is_on("second_step"))
        self.waiting: list[Said] = []
        self._exports = 0

    def may_read(self, asked: Asked, archive: Archive) -> bool:
        """Whether who asks may see this list."""
        visitor = self.door.visitor(asked)
        return not self.is_private(archive) or visitor in archive.group.members or visitor in archive.group.owners

    def is_private(self, archive: Archive) -> bool:
        """Whether only its members may see this list."""
        return self.is_on("private") or archive.group.is_hidden

    def is_html(self, mail: Mail) -> bool:
        """Whether this mail came as HTML alone."""
        every = int(self.switches.get("html_only") or 0)
        return bool(every) and mail.said.id % every == 0

    def api(self, asked: Asked, parts: list[str]) -> Told:
        """The answer of the interface to a path below its root, in parts."""
        accepted = asked.headers.get("accept", "")
        if "format" not in asked.query and "text/html" in accepted and "json" not in accepted:
            return page("Django REST framework")
        archives, writer = self.shelf.archives, _writer(asked)
        match parts:
            case ["lists", ""]:
                shown = [archive for archive in archives.values() if not self.is_private(archive)]
                return self._listed(asked, shown, lambda archive: self._list(writer, archive))
            case ["tags", ""]:
                return self._listed(asked, [], lambda tag: tag)
            case ["sender", who, "emails", ""]:
                found = [
                    (mail, archive)
                    for archive in archives.values()
                    for mail in archive.mails
                    if not self.is_private(archive) and who in (mail.author.email, f"{mail.author.id:032x}")
                ]
                found.sort(key=lambda one: one[0].arrived_at, reverse=True)
                return self._listed(asked, found, lambda one: writer.email(one[1], one[0]))
            case ["list", address, *rest]:
                return self._of_list(asked, archives.get(address), rest)
        return not_found()

    def _of_list(self, asked: Asked, archive: Archive | None, parts: list[str]) -> Told:
        """A single thing that is not there is told so; asking for several without their list breaks the site."""
        match parts:
            case ["threads" | "emails", ""] | ["thread", _, "emails", ""]:
                return page("Server Error", status=500) if archive is None else self._many(asked, archive, parts)
            case [""] | ["thread" | "email", _, ""]:
                return self._one(asked, archive, parts)
        return not_found()

    def _many(self, asked: Asked, archive: Archive, parts: list[str]) -> Told:
        if not self.may_read(asked, archive):
            return _forbidden()
        writer = _writer(asked)
        if parts[0] == "threads":
            order = archive.by_activity()
            beside = _beside(order)
            return self._listed(asked, order, lambda name: writer.thread(archive, name, order=beside))
        mails = archive.mails[::-1] if parts[0] == "emails" else archive.in_order(parts[1])
        return self._listed(asked, mails, lambda mail: self._prefixed(archive, writer.email(archive, mail)))

    def _one(self, asked: Asked, archive: Archive | None, parts: list[str]) -> Told:
        if archive is None or not _holds(archive, parts):
            kind = {"thread": "Thread", "email": "Email"}.get(parts[0], "MailingList")
            return told({"detail": f"No {kind} matches the given query."}, status=404)
        if not self.may_read(asked, archive):
            return _forbidden(is_known=self.door.visitor(asked) is not None)
        writer = _writer(asked)
        if parts[0] == "thread":
            return told(writer.whole_thread(archive, parts[1], order=_beside(archive.by_activity())))
        if parts[0] == "email":
            mail = archive.by_hash[parts[1]]
            return told(self._prefixed(archive, writer.whole_email(archive, mail, is_html=self.is_html(mail))))
        return told(self._list(writer, archive))

    def _prefixed(self, archive: Archive, shape: dict[str, Any]) -> dict[str, Any]:
        return shape | {"subject": prefix(archive) + shape["subject"]} if self.is_on("prefix") else shape

    def _list(self, writer: Writer, archive: Archive) -> dict[str, Any]:
        policy = "private" if self.is_private(archive) else "public"
        first = min((mail.arrived_at for mail in archive.mails), default=BEGINNING)
        return writer.list(archive, policy=policy, created_at=first)

    def _listed(self, asked: Asked, items: Sequence[Any], shape: Callable[[Any], Any]) -> Told:
        """A page, or everything in a bare array where no good limit is given and the site has none of its own."""
        limit = _number(asked.query.get("limit")) or int(self.switches.get("page_size") or 0)
        if not limit or self.is_on("bare_arrays_only"):
            return told([shape(item) for item in items])
        offset = _number(asked.query.get("offset"))

        def link(start: int) -> str:
            query = {**asked.query, "limit": str(limit), "offset": str(start)}
            if start <= 0:
                del query["offset"]
            return f"http://{_host(asked)}{asked.path}?{urlencode(sorted(query.items()))}"

        return told(
            {
                "count": len(items),
                "next": link(offset + limit) if offset + limit < len(items) else None,
                "previous": link(offset - limit) if offset > 0 else None,
                "results": [shape(item) for item in items[offset : offset + limit]],
            }
        )


def _host(asked: Asked) -> str:
    return asked.headers.get("host", "lists.example.org")


def _writer(asked: Asked) -> Writer:
    return Writer(_host(asked), "?format=json" if "format" in asked.query else "")


def _holds(archive: Archive, parts: Sequence[str]) -> bool:
    if parts[0] == "thread":
        return parts[1] in archive.threads
    return parts[0] != "email" or parts[1] in archive.by_hash


def _beside(order: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """The thread after and the one before each, of those that stand latest first."""
    after, before = [None, *order[:-1]], [*order[1:], None]
    return {name: (after[at], before[at]) for at, name in enumerate(order)}


def _number(text: str | None) -> int:
    """A number of the query; 0 for what is none, or below."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def _forbidden(*, is_known: bool = True) -> Told:
    detail = "You do not have permission to perform this action."
    return told({"detail": detail if is_known else "Authentication credentials were not provided."}, status=403)


def not_found() -> Told:
    """The page of a site for a path it does not know."""
    return page("Not Found", status=404)
