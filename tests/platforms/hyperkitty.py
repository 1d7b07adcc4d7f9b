"""HyperKitty 1.3.12: the archives of a Mailman 3 site on loopback, as its source and recorded answers have them.

A group of the world is a list, `Said.at` the Date of a mail, `Said.shown_from` when it arrived.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import format_datetime, parseaddr
from typing import Self
from urllib.parse import unquote

from typing_extensions import override

from tests.platforms.hyperkitty_api import SLOW_FROM, HyperkittyApi, not_found
from tests.platforms.hyperkitty_chunks import CHUNKED, send_chunks, without_length
from tests.platforms.hyperkitty_door import LOGIN, PASSWORD
from tests.platforms.hyperkitty_shapes import ROOT, exported, feed, page, prefix
from tests.platforms.hyperkitty_shelf import Archive, Mail, message_id_of
from tests.platforms.server import Asked, Told, told
from tests.platforms.world import BEGINNING, Said
from tests.sync.wire import Wire

POSTORIUS = "/postorius/"
_FOREVER = timedelta(days=36500)


class Hyperkitty(HyperkittyApi):
    """A world as mailing lists; a hidden group is a private list."""

    @override
    def start(self, port: int = 0) -> Self:
        super().start(port)
        assert self._server is not None
        send_chunks(self._server)
        return self

    @override
    def wire(self) -> Wire:
        return without_length(super().wire())

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        self.shelf.fill()
        me = self.world.people[self.world.me]
        first = next(iter(self.shelf.archives), "")
        return (
            f"workbench account add {self.address}{ROOT}list/{first}/ --name Lists",
            f"Private lists open with the site's own sign-in: {me.username} and “{PASSWORD}”.",
            f"Pages for owners: {self.address}{POSTORIUS}",
        )

    def deliver(self, content: bytes) -> Said | None:
        """A mail somebody sent to a list; None for one that came before, or whose list or sender is not known here."""
        mail = message_from_bytes(content, policy=default)
        self.shelf.fill()
        archive = self.shelf.archives.get(parseaddr(str(mail["To"]))[1])
        sender = parseaddr(str(mail["From"]))[1].lower()
        author = next((one for one in self.world.people.values() if one.email == sender), None)
        key = str(mail["Message-ID"]).strip("<>")
        answered = {message_id_of(said): said.id for said in self.world.said.values()}
        if archive is None or author is None or key in answered:
            return None
        body = mail.get_body(("plain",))
        said = self.world.say(
            archive.group.id,
            author.id,
            body.get_content().rstrip() if body is not None else "",
            subject=str(mail["Subject"]),
            parent=answered.get(str(mail["In-Reply-To"] or "").strip("<>")),
            key=key,
        )
        if self.is_on("held"):
            said.shown_from = self.world.now + _FOREVER
            self.waiting.append(said)
        return said

    def release(self) -> None:
        """A moderator lets everything through that waited: it arrives now, with the date it was sent."""
        for said in self.waiting:
            said.shown_from = self.world.now
        self.waiting.clear()

    @override
    def answer(self, asked: Asked) -> Told:
        self.shelf.fill()
        path = unquote(asked.path)
        if path == LOGIN:
            return self.door.answer(asked)
        if asked.method not in ("GET", "HEAD"):
            return told({"detail": f'Method "{asked.method}" not allowed.'}, status=405)
        if path.startswith(POSTORIUS):
            return self._for_owners(asked, path.removeprefix(POSTORIUS).split("/"))
        parts = path.removeprefix(ROOT).split("/") if path.startswith(ROOT) else [""]
        if parts[0] == "api" and not self.is_on("no_api"):
            return self.api(asked, parts[1:])
        return self._of_archive(asked, parts[1], parts[2:]) if parts[0] == "list" and parts[2:] else not_found()

    def _of_archive(self, asked: Asked, address: str, parts: list[str]) -> Told:
        archive = self.shelf.archives.get(address)
        if archive is None:
            return not_found()
        if not self.may_read(asked, archive):
            return page("Permission denied", status=403)
        if parts[0] == "export" and len(parts) == 2 and parts[1].endswith(".mbox.gz"):
            return self._export(asked, archive, parts[1])
        return self._page(archive, parts)

    def _page(self, archive: Archive, parts: list[str]) -> Told:
        match parts:
            case ["feed", ""]:
                latest = max((mail.sent_at for mail in archive.mails), default=BEGINNING).astimezone(UTC)
                modified = {"Last-Modified": format_datetime(latest, usegmt=True)}
                return Told(200, feed(archive), "application/rss+xml; charset=utf-8", modified)
            case [""]:
                return page(archive.group.name)
            case ["message", name, ""] if name in archive.by_hash:
                return page(archive.by_hash[name].subject)
        return not_found()

    def _export(self, asked: Asked, archive: Archive, name: str) -> Told:
        if self.is_on("export_disabled"):
            return Told(400, b"Archive download disabled.", "text/html; charset=utf-8")
        try:
            mails = _within(archive.mails, asked.query)
        except ValueError:
            return Told(400, b"Invalid dates", "text/html; charset=utf-8")
        if "thread" in asked.query:
            mails = [mail for mail in mails if mail.thread == asked.query["thread"]]
        if "message" in asked.query:
            mails = [mail for mail in mails if mail.hash == asked.query["message"]]
        slow = self.switches.get("slow_windows")
        if slow and len(mails) > (SLOW_FROM if slow is True else int(slow)):
            return page("Server Error", status=500)
        self._exports += 1
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **CHUNKED}
        body = self._packed_mails(archive, mails)
        cut = int(self.switches.get("cut_exports") or 0)
        if cut and self._exports % cut == 0:
            body = body[: len(body) // 2]
        return Told(200, body, "application/gzip", headers)

    def _packed_mails(self, archive: Archive, mails: Sequence[Mail]) -> bytes:
        packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        subject = prefix(archive) if self.is_on("prefix") else ""
        packed = [
            packer.compress(
                exported(
                    archive,
                    mail,
                    # Another one for each download, as the library draws it.
                    edge=f"==============={self._exports:09d}{number:010d}==",
                    is_html=self.is_html(mail),
                    subject=subject + mail.subject,
                )
            )
            for number, mail in enumerate(mails)
        ]
        return b"".join((*packed, packer.flush()))

    def _for_owners(self, asked: Asked, parts: list[str]) -> Told:
        visitor = self.door.visitor(asked)
        if visitor is None:
            return self.door.led_in(asked)
        match parts:
            case ["lists", name, "csv_view", ""]:
                found = [one for one in self.shelf.archives.values() if one.address.replace("@", ".") == name]
                if found and visitor in found[0].group.owners:
                    rows = [f"{self.world.people[number].email}\r\n" for number in found[0].group.members]
                    return Told(200, "".join(rows).encode(), "text/csv")
                return page("Forbidden", status=403) if found else not_found()
        return not_found()


def _within(mails: Sequence[Mail], query: Mapping[str, str]) -> list[Mail]:
    """The mails whose Date lies in a window of whole days in UTC, in order of arrival."""
    start, end = (
        datetime.strptime(query[name], "%Y-%m-%d").replace(tzinfo=UTC) if name in query else None
        for name in ("start", "end")
    )
    return [mail for mail in mails if (start is None or mail.sent_at >= start) and (end is None or mail.sent_at < end)]


STAND_IN = Hyperkitty
