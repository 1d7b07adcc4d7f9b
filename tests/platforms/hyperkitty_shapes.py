"""What a HyperKitty says: JSON of its interface, mails rebuilt for an export, pages for browsers."""

import re
from base64 import encodebytes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default
from email.quoprimime import body_encode
from email.utils import format_datetime, formataddr
from html import escape
from typing import Any

from tests.platforms.hyperkitty_shelf import Archive, Mail
from tests.platforms.server import Told

ROOT = "/hyperkitty/"
_LINE = 78
_SPECIAL = re.compile(r'["\\]|=\?')
_FROM = re.compile(rb"(?m)^From ")
_VOTES = {"likes": 0, "dislikes": 0, "status": "neutral"}


def stamp(moment: datetime) -> str:
    """A moment as the interface writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def disguised(address: str) -> str:
    """An address as the interface shows it."""
    return address.replace("@", " (a) ")


def page(title: str, *, body: str = "", status: int = 200, **headers: str) -> Told:
    """A page for browsers; header names are given with underscores."""
    text = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Told(status, text.encode(), "text/html; charset=utf-8", named)


def login_form(token: str, following: str, *, said: str = "") -> str:
    """The sign-in form; `said` is what was wrong."""
    return (
        f'<form class="login" method="post" action="/accounts/login/">{said}'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        '<input type="text" name="login" required><input type="password" name="password" required>'
        '<input type="checkbox" name="remember">'
        f'<input type="hidden" name="next" value="{escape(following)}"><button type="submit">Sign In</button></form>'
    )


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes with links to `host`; `suffix` is what a request's own format adds to each of them."""

    host: str
    suffix: str

    def link(self, archive: Archive, path: str = "") -> str:
        """The address of something in a list."""
        return f"http://{self.host}{ROOT}api/list/{archive.address}/{path}{self.suffix}"

    def list(self, archive: Archive, *, policy: str, created_at: datetime) -> dict[str, Any]:
        """A list."""
        return {
            "url": self.link(archive),
            "name": archive.address,
            "display_name": archive.group.name,
            "description": archive.group.description,
            "subject_prefix": prefix(archive),
            "archive_policy": policy,
            "created_at": f"{created_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            "threads": self.link(archive, "threads/"),
            "emails": self.link(archive, "emails/"),
        }

    def thread(self, archive: Archive, name: str, *, order: Mapping[str, tuple[str | None, str | None]]) -> Any:
        """A thread in short; `order` has the threads after and before each one."""
        mails = archive.threads[name]
        first = next((mail for mail in mails if mail.parent is None), mails[0])
        following, previous = (other and self.link(archive, f"thread/{other}/") for other in order[name])
        return {
            "url": self.link(archive, f"thread/{name}/"),
            "mailinglist": self.link(archive),
            "thread_id": name,
            "subject": first.subject,
            "date_active": stamp(max(mail.sent_at for mail in mails)),
            "starting_email": self.link(archive, f"email/{first.hash}/"),
            "emails": self.link(archive, f"thread/{name}/emails/"),
            "votes_total": 0,
            "replies_count": len(mails) - 1,
            "next_thread": following,
            "prev_thread": previous,
        }

    def whole_thread(self, archive: Archive, name: str, *, order: Mapping[str, tuple[str | None, str | None]]) -> Any:
        """A thread with who takes part."""
        people = {mail.author.id: mail.author for mail in archive.threads[name]}.values()
        return self.thread(archive, name, order=order) | {
            "votes": _VOTES,
            "participants": [{"name": one.name, "email": disguised(one.email)} for one in people],
            "participants_count": len(people),
        }

    def email(self, archive: Archive, mail: Mail) -> dict[str, Any]:
        """A mail without its words."""
        known = f"{mail.author.id:032x}" if mail.author.id in archive.group.members else None
        sender = None if known is None else f"http://{self.host}{ROOT}api/sender/{known}/emails/{self.suffix}"
        return {
            "url": self.link(archive, f"email/{mail.hash}/"),
            "mailinglist": self.link(archive),
            "message_id": mail.message_id,
            "message_id_hash": mail.hash,
            "thread": self.link(archive, f"thread/{mail.thread}/"),
            "sender": {"address": disguised(mail.author.email), "mailman_id": known, "emails": sender},
            "sender_name": mail.author.name,
            "subject": mail.subject,
            "date": stamp(mail.sent_at),
            "parent": None if mail.parent is None else self.link(archive, f"email/{mail.parent.hash}/"),
            "children": [self.link(archive, f"email/{child.hash}/") for child in mail.children],
        }

    def whole_email(self, archive: Archive, mail: Mail, *, is_html: bool) -> dict[str, Any]:
        """A mail with its words; those of one that was only HTML are a file."""
        files = [
            {
                "email": self.link(archive, f"email/{mail.hash}/"),
                "counter": 2,
                "name": "attachment.html",
                "content_type": "text/html",
                "encoding": "utf-8",
                "size": len(_html(mail)),
                "download": f"http://{self.host}{ROOT}list/{archive.address}/message/{mail.hash}/attachment/2/attachment.html",
            }
        ]
        return self.email(archive, mail) | {
            "votes": _VOTES,
            "content": "" if is_html else mail.text,
            "attachments": files if is_html else [],
        }


def prefix(archive: Archive) -> str:
    """What a list puts before subjects."""
    return f"[{archive.group.name}] "


def exported(archive: Archive, mail: Mail, *, subject: str, edge: str, is_html: bool) -> bytes:
    """A mail as an export rebuilds it: few headers, always in parts, the line of the mbox with its arrival.

    The text is written as Python's library chooses: plain while lines are short, packed where one is long.
    """
    sender, to = mail.author.email, archive.address
    headers = [
        ("From", formataddr((mail.author.name, sender))),
        ("To", to),
        ("Subject", subject),
        ("Date", format_datetime(mail.sent_at)),
    ]
    head = f"From {sender} {mail.arrived_at.astimezone(UTC):%c}\n".encode()
    head += b"".join(_header(name, value) for name, value in headers)
    head += f"Message-ID: <{mail.message_id}>\n".encode()
    head += b"" if mail.in_reply_to is None else f"In-Reply-To: <{mail.in_reply_to}>\n".encode()
    head += f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{edge}"\n\n'.encode()
    parts = [_text_part("\n" if is_html else mail.text)]
    if is_html:
        parts.append(
            b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n"
            b'Content-Disposition: attachment; filename="attachment.html"\nMIME-Version: 1.0\n\n'
            + encodebytes(_html(mail))
        )
    body = b"".join(b"--" + edge.encode() + b"\n" + part + b"\n" for part in parts)
    return head + body + b"--" + edge.encode() + b"--\n\n\n"


def feed(archive: Archive) -> bytes:
    """The last 30 mails by date, whole."""
    latest = sorted(archive.mails, key=lambda mail: mail.sent_at, reverse=True)[:30]
    items = "".join(
        f"<item><title>{escape(mail.subject)}</title><link>{ROOT}list/{archive.address}/message/{mail.hash}/</link>"
        f"<description>{escape(mail.text.replace('@', '＠'))}</description>"
        f"<pubDate>{format_datetime(mail.sent_at.astimezone(UTC))}</pubDate></item>"
        for mail in latest
    )
    name = escape(archive.group.name)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def _header(name: str, value: str) -> bytes:
    if value.isascii() and len(name) + len(value) + 2 <= _LINE and not _SPECIAL.search(value):
        return f"{name}: {value}\n".encode()
    folded: str = default.fold(*default.header_store_parse(name, value))
    return folded.encode()


def _text_part(text: str) -> bytes:
    data = text.encode()
    way, packed = "7bit" if data.isascii() else "8bit", data
    if max(map(len, data.split(b"\n"))) > _LINE:
        quoted, letters = body_encode(data.decode("latin-1"), _LINE).encode(), encodebytes(data)
        way, packed = ("base64", letters) if len(letters) < len(quoted) else ("quoted-printable", quoted)
    head = f'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: {way}\n\n'
    return head.encode() + _FROM.sub(b">From ", packed)


def _html(mail: Mail) -> bytes:
    lines = escape(mail.text.strip()).replace("\n", "<br>\n")
    return f"<p>{lines}</p>\n".encode()
