"""What it costs this computer to mirror a page: processor time against doing it by hand, and memory as a forum grows.

Run as a script: sync_cost.py FOLDER POSTS mirrors a forum that is made up page by page while it is read.
"""

import gc
import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import httpx2
from sqlcipher3 import dbapi2

from tests.bench.importing import timed
from tests.bench.network import TextMaker
from tests.bench.result import Result
from tests.bench.sync_sites import UNLIMITED, a_world_of
from tests.platforms.discourse import FIREHOSE, Discourse
from tests.platforms.discourse_shapes import category_shape, post_shape, stamp
from tests.platforms.server import Asked, StandIn
from tests.platforms.world import BEGINNING, Group, Said, Someone
from workbench.clock import FixedClock
from workbench.models.kinds import AccountKind
from workbench.operations.seating import Line
from workbench.operations.sources import add_account
from workbench.operations.sync import discover, sync_accounts
from workbench.vault import KeyFile
from workbench.workspace import Workspace

POSTS = 5_000
TIMES_BY_HAND = 2.5
FLAT = 1.4
"""What is kept for later has limits, which a small forum does not reach: the pages of others, and the store's own."""
TOPIC = 20
ADDRESS = "https://forum.example.org"

Answer = Callable[[httpx2.Request], httpx2.Response]


def processor(folder: Path) -> Result:
    """Processor time of a first sync against the same pages parsed and inserted by hand, in one thread each."""
    platform = Discourse(a_world_of(groups=1, people=400, messages=POSTS))
    pages: dict[str, bytes] = {}

    def recorded(request: httpx2.Request) -> httpx2.Response:
        key = str(request.url)
        if key not in pages:
            pages[key] = _answered(platform, request)
        return _json(pages[key])

    _mirrored(folder, recorded, POSTS)
    ours = _mirrored(folder, recorded, POSTS)
    posts = [body for url, body in pages.items() if "/posts.json" in url]
    hand = min(_by_hand(folder, posts) for _ in range(2))
    count = len(posts)
    return Result(
        "processor time of a page of 50 posts, against JSON and rows by hand", f"{count} pages", ours / count * 1e3, "ms", TIMES_BY_HAND, hand / count * 1e3
    )  # fmt: skip


def memory(folder: Path, sizes: Sequence[int]) -> Result:
    """The most memory a process ever holds while it mirrors a forum: of the largest against that of the smallest."""
    command = [sys.executable, "-m", "tests.bench.sync_cost", str(folder)]
    held = {size: timed([*command, str(size)])[1] for size in sorted(sizes)}
    told = ", ".join(f"{megabytes:.0f} MB at {size:,}" for size, megabytes in held.items())
    name = f"memory of a first sync ({told})"
    return Result(name, f"{max(held):,}", max(held.values()), "MB", FLAT, min(held.values()))


def _answered(platform: StandIn, request: httpx2.Request) -> bytes:
    pairs = tuple(parse_qsl(request.url.query.decode(), keep_blank_values=True))
    return platform.respond(Asked(request.method, request.url.path, dict(pairs), {}, b"", pairs)).body


def _json(body: bytes) -> httpx2.Response:
    headers = {"Content-Type": "application/json", "Date": f"{BEGINNING:%a, %d %b %Y %H:%M:%S} GMT"}
    return httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(body))


def _mirrored(folder: Path, answer: Answer, count: int) -> float:
    """Processor seconds of one first sync in a profile of its own; refuses one that is not whole."""
    home = folder / "sync-cost"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    clock = FixedClock(BEGINNING + timedelta(minutes=1))
    line = Line(httpx2.MockTransport(answer), sleep=lambda seconds: clock.advance(timedelta(seconds=seconds)))
    with Workspace.create(home / "profile", key=KeyFile(home / "key"), clock=clock) as workspace:
        given = {"address": ADDRESS, "people": "no", **UNLIMITED}
        account = add_account(workspace, kind=AccountKind.DISCOURSE, name="Bench", settings=given)
        rows = discover(workspace, name="Bench", line=line)
        chosen = [row.community_id for row in rows if row.remote_id.startswith("category-")]
        workspace.accounts.follow(account, chosen)
        gc.collect()
        before = time.process_time()
        results = sync_accounts(workspace, line=line)
        seconds = time.process_time() - before
        errors = [result.error for result in results if result.error is not None]
        with workspace.database.read() as reader:
            held = reader.scalar("SELECT count(*) FROM body")
        assert not errors, errors
        assert held == count, f"{held} of {count} came"
    shutil.rmtree(home)
    return seconds


def _by_hand(folder: Path, pages: list[bytes]) -> float:
    """Processor seconds of what somebody would write who wants the posts only: encrypted, with the same index of words."""
    home = folder / "sync-by-hand"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    connection = dbapi2.connect(str(home / "posts.db"))
    connection.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("CREATE TABLE person (name TEXT PRIMARY KEY, shown TEXT)")
    connection.execute(
        "CREATE TABLE message (id INTEGER PRIMARY KEY, topic INTEGER, number INTEGER, author TEXT, at TEXT, subject TEXT, text TEXT, html TEXT,"
        " UNIQUE (topic, number))"
    )
    connection.execute("CREATE INDEX message_when ON message (at)")
    connection.execute(
        "CREATE VIRTUAL TABLE fts USING fts5(scope, subject, body, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO fts (fts, rank) VALUES ('secure-delete', 1)")
    connection.commit()
    before = time.process_time()
    for page in pages:
        posts = json.loads(page)["latest_posts"]
        connection.executemany("INSERT OR IGNORE INTO person VALUES (:username, :name)", posts)
        connection.executemany(
            "INSERT OR IGNORE INTO message VALUES (:id, :topic_id, :post_number, :username, :created_at, :topic_title, :raw, :cooked)",
            posts,
        )
        connection.executemany(
            "INSERT INTO fts (rowid, scope, subject, body) VALUES (:id, 'c1', :topic_title, :raw)", posts
        )
        connection.commit()
    seconds = time.process_time() - before
    connection.close()
    shutil.rmtree(home)
    return seconds


class _Endless:
    """A forum of so many posts in topics of twenty, none of which is kept: each page is made when it is asked for."""

    def __init__(self, posts: int) -> None:
        self._posts = posts
        maker = TextMaker(random.Random(4))
        self._texts = [maker.text() for _ in range(997)]
        self._people = [
            Someone(number, f"Person {number:04} Example", f"person{number}", "") for number in range(1, 401)
        ]

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """What the forum says."""
        path, query = request.url.path, dict(request.url.params)
        if path == "/categories.json":
            group = Group(11, "Everything", "")
            topics = -(-self._posts // TOPIC)
            return _told({"category_list": {"categories": [category_shape(group, topics=topics, posts=self._posts)]}})
        if path == "/posts.json":
            top = min(self._posts + 1, int(query.get("before", self._posts + 1)))
            return _told(
                {"latest_posts": [self._post(number) for number in range(top - 1, max(0, top - 1 - FIREHOSE), -1)]}
            )
        assert path in ("/latest.json", "/c/11/l/latest.json"), path
        size, page = int(query.get("per_page", "30")), int(query.get("page", "0"))
        last = -(-self._posts // TOPIC) - page * size
        listed: dict[str, object] = {"topics": [self._topic(number) for number in range(last, max(0, last - size), -1)]}
        if last > size:
            listed["more_topics_url"] = f"/latest?page={page + 1}"
        return _told({"users": [], "topic_list": listed})

    def _at(self, number: int) -> datetime:
        return BEGINNING - timedelta(minutes=self._posts - number)

    def _post(self, number: int) -> dict[str, object]:
        topic, place = (number - 1) // TOPIC + 1, (number - 1) % TOPIC + 1
        said = Said(number, 11, number % 400 + 1, self._at(number), "", self._texts[number % 997], topic)
        author = self._people[number % 400]
        shape = post_shape(said, topic_id=topic, number=place, parent=None, author=author, me=1, with_raw=True)
        return shape | {"topic_title": f"Topic {topic}", "category_id": 11}

    def _topic(self, topic: int) -> dict[str, object]:
        last = min(topic * TOPIC, self._posts)
        count = last - (topic - 1) * TOPIC
        return {
            "id": topic, "title": f"Topic {topic}", "slug": "topic", "posts_count": count, "highest_post_number": count,
            "created_at": stamp(self._at((topic - 1) * TOPIC + 1)), "last_posted_at": stamp(self._at(last)),
            "bumped_at": stamp(self._at(last)), "pinned": False, "category_id": 11, "like_count": 0, "visible": True,
        }  # fmt: skip


def _told(value: object) -> httpx2.Response:
    return _json(json.dumps(value, separators=(",", ":")).encode())


def main(folder: Path, posts: int) -> int:
    """Mirrors a forum of so many posts."""
    _mirrored(folder, _Endless(posts).answer, posts)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
