"""A HyperKitty in memory that speaks through the wire: same paths, shapes and traps as the recorded replies."""

import json
import zlib
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha1
from pathlib import Path
from urllib.parse import unquote

import httpx2

from tests.sync.connector_suite import folded
from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch, Cursor
from workbench.sync.connectors.hyperkitty import HyperkittyConnector
from workbench.sync.records import MessageRecord
from workbench.sync.signing import Signer

RECORDED = Path(__file__).parent / "hyperkitty"
ROOT = "https://lists.example.org/archives/"
FISHERS = "fishers@example.org"
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MESSAGES = HyperkittyConnector.streams[0]
PEOPLE = ("Amina Example", "Luis Ejemplo", "Moussa Sample", "Mei Invented")

Fault = Callable[[httpx2.Request], httpx2.Response | None]


def recorded(name: str) -> bytes:
    """A reply recorded from a real site that holds invented people."""
    return (RECORDED / name).read_bytes()


def message_hash(message_id: str) -> str:
    """The name HyperKitty gives a message: base32 of the SHA-1 of its Message-ID without angle brackets."""
    return b32encode(sha1(message_id.encode(), usedforsecurity=False).digest()).decode()


def gzipped(data: bytes) -> bytes:
    """As the site packs an export while it writes it."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


@dataclass(frozen=True)
class Mail:
    """One mail in an archive; `arrived` orders the summaries, `sent_at` decides the export window."""

    message_id: str
    sent_at: datetime
    arrived: datetime
    subject: str = "Nets"
    body: str = "Which nets do you mend?"
    author: str = PEOPLE[0]
    parent: str | None = None

    @property
    def name(self) -> str:
        return message_hash(self.message_id)

    def exported(self) -> bytes:
        address = f"{self.author.split()[0].lower()}@example.org"
        reply = f"In-Reply-To: <{self.parent}>\n" if self.parent else ""
        head = (
            f"From {address} {self.arrived:%c}\nFrom: {self.author} <{address}>\nTo: {FISHERS}\n"
            f"Subject: {self.subject}\nDate: {format_datetime(self.sent_at)}\nMessage-ID: <{self.message_id}>\n{reply}"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="==edge=="\n\n'
        )
        part = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
        return f"{head}--==edge==\n{part}{self.body}\n\n--==edge==--\n\n\n".encode()

    def summary(self, address: str) -> dict[str, object]:
        base = f"{ROOT}api/list/{address}/"
        parent = f"{base}email/{message_hash(self.parent)}/?format=json" if self.parent else None
        return {
            "url": f"{base}email/{self.name}/?format=json",
            "mailinglist": f"{base}?format=json",
            "message_id": self.message_id,
            "message_id_hash": self.name,
            "thread": f"{base}thread/{self.name}/?format=json",
            "sender": {"address": "somebody (a) example.org", "mailman_id": None, "emails": None},
            "sender_name": self.author,
            "subject": self.subject,
            "date": f"{self.sent_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "parent": parent,
            "children": [],
        }


def history(count: int, *, every: timedelta = timedelta(hours=9), last: datetime = NOW) -> list[Mail]:
    """`count` mails up to `last`, each third one an answer to the one before it."""
    mails = []
    for number in range(count):
        at = last - every * (count - number)
        parent = f"nets.{number - 1}@example.org" if number % 3 == 2 else None
        mails.append(Mail(f"nets.{number}@example.org", at, at, f"Nets {number}", "Aye.", PEOPLE[number % 4], parent))
    return mails


@dataclass
class FakeSite:
    """Lists by address; `asked` keeps every request, `fault` may answer in the site's place."""

    lists: dict[str, list[Mail]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    knows_limit: bool = True
    has_api: bool = True
    now: datetime = NOW
    cookie: str = ""
    """What a request has to carry for what is private, and for the pages of owners."""
    addresses: dict[str, list[str]] = field(default_factory=dict)
    """The members of lists, as the pages for owners give them."""
    fault: Fault | None = None
    asked: list[httpx2.Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    roots: list[tuple[str, Signer | None]] = field(default_factory=list)

    def client(self, *, root: str = ROOT, **options: object) -> ApiClient:
        """A client whose wire ends here; it never sleeps, and notes what it would have slept."""
        clock = FixedClock(self.now)
        transport = Wire(self.answer)
        return ApiClient(
            root,
            clock=clock,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
            transport=transport,
            **options,  # type: ignore[arg-type]  # options of the test at hand
        )

    def connector(self, address: str | None = None) -> HyperkittyConnector:
        return HyperkittyConnector(self.client(), root=ROOT, address=address, has_api=self.has_api)

    def deliver(self, mail: Mail, address: str = FISHERS) -> None:
        self.lists.setdefault(address, []).append(mail)

    def paths(self) -> list[str]:
        """What was asked since this was last called, below the archive's root."""
        paths = [str(request.url).removeprefix(ROOT).replace("format=json&", "") for request in self.asked]
        self.asked.clear()
        return paths

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        reply = self.fault(request) if self.fault else None
        if reply is None:
            reply = self._answer(request)
        reply.headers.setdefault("Date", format_datetime(self.now, usegmt=True))
        return reply

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = unquote(request.url.path).removeprefix("/archives/")
        query = dict(request.url.params)
        is_in = bool(self.cookie) and self.cookie in request.headers.get("Cookie", "")
        if path.startswith("/mailman3/"):
            return self._for_owners(path, is_in=is_in)
        if path.startswith("api/") and not self.has_api:
            return page(404, "<html>no such page</html>")
        if path == "api/lists/":
            shown = [self._described(name) for name in sorted(self.lists) if name not in self.private]
            return self._listed(shown, query, path)
        is_api, address = path.startswith("api/"), path.removeprefix("api/").split("/")[1]
        if address not in self.lists and path.endswith("/emails/"):
            return page(500, recorded("emails-unknown-500.html").decode())
        if address not in self.lists or (address in self.private and not is_in):
            status = 403 if address in self.private else 404
            return (
                as_json(recorded(f"list-{status}.json"), status=status) if is_api else page(status, "<html>no</html>")
            )
        return self._of_list(path, query, address)

    def _of_list(self, path: str, query: dict[str, str], address: str) -> httpx2.Response:
        mails = self.lists[address]
        if path.endswith("/emails/"):
            newest_first = sorted(mails, key=lambda mail: mail.arrived, reverse=True)
            return self._listed([mail.summary(address) for mail in newest_first], query, path)
        if path.startswith("api/") and "/email/" in path:
            return self._one([mail for mail in mails if mail.name == path.split("/")[4]], address)
        return exported(mails, query) if "/export/" in path else as_json(json.dumps(self._described(address)).encode())

    def _one(self, mails: list[Mail], address: str) -> httpx2.Response:
        if not mails:
            return as_json(b'{"detail":"No Email matches the given query."}', status=404)
        return as_json(json.dumps(mails[0].summary(address) | {"content": mails[0].body, "attachments": []}).encode())

    def _for_owners(self, path: str, *, is_in: bool) -> httpx2.Response:
        if path == "/mailman3/accounts/login/":
            return page(200, "<!DOCTYPE html><html>Sign in</html>")
        if not is_in:
            return httpx2.Response(302, headers={"Location": "/mailman3/accounts/login/"})
        found = [rows for name, rows in self.addresses.items() if name.replace("@", ".") == path.split("/")[3]]
        if not found:
            return page(403, "<!DOCTYPE html><html>Not yours</html>")
        body = "".join(f"{row}\r\n" for row in found[0]).encode()
        return httpx2.Response(200, headers={"Content-Type": "text/csv"}, content=body)

    def _described(self, name: str) -> dict[str, object]:
        return json.loads(recorded("list-200.json")) | {
            "name": name,
            "display_name": name.split("@", maxsplit=1)[0].title(),
        }

    def _listed(self, items: list[dict[str, object]], query: dict[str, str], path: str) -> httpx2.Response:
        if not self.knows_limit or "limit" not in query:
            return as_json(json.dumps(items).encode())
        limit, offset = int(query["limit"]), int(query.get("offset", 0))
        following = f"{ROOT}{path}?format=json&limit={limit}&offset={offset + limit}"
        value = {
            "count": len(items),
            "next": following if offset + limit < len(items) else None,
            "previous": None,
            "results": items[offset : offset + limit],
        }
        return as_json(json.dumps(value).encode())


def exported(mails: list[Mail], query: dict[str, str]) -> httpx2.Response:
    """An export window: by the Date header, in order of arrival, without a length."""
    start = date.fromisoformat(query.get("start", "0001-01-01"))
    end = date.fromisoformat(query.get("end", "9999-12-31"))
    wanted = [mail for mail in mails if start <= mail.sent_at.astimezone(UTC).date() < end]
    wanted = [mail for mail in wanted if query.get("message", mail.name) == mail.name]
    data = b"".join(mail.exported() for mail in sorted(wanted, key=lambda mail: mail.arrived))
    return packed(gzipped(data))


def packed(data: bytes) -> httpx2.Response:
    """A reply that carries a gzip file as the site sends it: in chunks, of no stated length."""
    return httpx2.Response(200, headers={"Content-Type": "application/gzip"}, content=iter((data,)))


def as_json(body: bytes, *, status: int = 200) -> httpx2.Response:
    return httpx2.Response(status, headers={"Content-Type": "application/json"}, content=body)


def page(status: int, html: str) -> httpx2.Response:
    return httpx2.Response(status, headers={"Content-Type": "text/html; charset=utf-8"}, content=html.encode())


def pull(site: FakeSite, since: Cursor | None = None, *, address: str = FISHERS) -> list[Batch]:
    return list(site.connector().pull(address, MESSAGES, since=since))


def mirrored(batches: list[Batch]) -> set[str]:
    return {record.remote_id for record in folded(batches).values() if isinstance(record, MessageRecord)}


def end(batches: list[Batch]) -> Cursor:
    cursor = batches[-1].cursor
    assert cursor is not None
    return cursor


def ids(site: FakeSite) -> set[str]:
    return {mail.message_id for mail in site.lists[FISHERS]}
