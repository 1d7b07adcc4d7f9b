"""Numbers with a size of their own: sums of new messages, marks, a directory of 400,000 people, betweenness of 12,000."""

import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import rustworkx
from sqlcipher3 import dbapi2

from tests.bench.network import BATCH, NOW, SEED, TextMaker
from tests.bench.noted import NotedDatabase, current, opened, timed
from tests.bench.result import Result
from tests.bench.window import median
from workbench.clock import FixedClock
from workbench.ids import CommunityId
from workbench.metrics.network_clusters import clusters
from workbench.metrics.network_layout import places
from workbench.metrics.network_paths import EXACT_UP_TO, betweenness
from workbench.metrics.ties import Edges
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.models.marks import WatchedConnection
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import MemberSort
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MemberRecord, MessageRecord, PersonRecord
from workbench.ui.pages.member_data import People, read_directory
from workbench.vault import KeyFile
from workbench.workspace import Workspace

FILTER_MS, OPEN_MS, SORT_MS = 150.0, 200.0, 600.0
BETWEEN, ROLLUP_SHARE = 1.2, 0.5
CLUSTERS_MS, PLACES_MS = 5_000.0, 10_000.0
"""Worked out in a child process and kept, so only our own bound on patience."""
PEOPLE, OFFICES, GROUPS, TIES = 400_000, 150, 300, 48_000
NETWORK = 12_000
WRITES, MARK_MICROSECONDS = 100_000, 2.0
NEW_MESSAGES, NEW_COMMUNITIES, TURNS = 1_000, 4, 3


def rollups(home: Path, size: int) -> Iterator[Result]:
    """New messages, and of the same transaction the part that sums up; each is taken back, so the profile stays."""
    rng = random.Random(size)
    with opened(home, writable=True) as workspace:
        stored, summed = zip(*(_new_messages(workspace, rng, turn) for turn in range(TURNS)), strict=True)
    whole = median([sum(each) for each in zip(stored, summed, strict=True)])
    yield Result("roll-ups of 1,000 new messages", f"{size:,}", median(list(summed)), "ms", ROLLUP_SHARE, whole)


class _TakenBackError(Exception):
    """Ends a transaction that is only measured."""


def _new_messages(workspace: Workspace, rng: random.Random, turn: int) -> tuple[float, float]:
    """Milliseconds for storing a thousand messages, a fifth of them roots, and for the sums above them."""
    with workspace.database.read() as reader:
        places = reader.rows("SELECT id, remote_id FROM community ORDER BY id LIMIT ?", (NEW_COMMUNITIES,))
        people = [name for (name,) in reader.rows("SELECT remote_id FROM handle ORDER BY id LIMIT 2000")]
    maker = TextMaker(rng)
    begun = stored = summed = 0.0
    with suppress(_TakenBackError), workspace.database.write():
        begun = time.perf_counter()
        with workspace.mirror.together():
            for community, remote in places:
                batch = Batch(tuple(_messages(rng, maker, remote, people, f"{turn}.{remote}")))
                workspace.mirror.apply(CommunityId(community), "messages", batch)
            stored = time.perf_counter()
        summed = time.perf_counter()
        raise _TakenBackError
    return (stored - begun) * 1000, (summed - stored) * 1000


def _messages(
    rng: random.Random, maker: TextMaker, community: str, people: Sequence[str], name: str
) -> Iterator[MessageRecord]:
    root = ""
    for number in range(NEW_MESSAGES // NEW_COMMUNITIES):
        identity, is_root = f"{name}.{number}@new.example.org", number % 5 == 0
        root = identity if is_root else root
        handle = rng.choice(people)
        yield MessageRecord(
            remote_id=identity,
            community=community,
            author=PersonRecord(handle, f"Person {handle[1:]:>05} Example"),
            sent_at=NOW - timedelta(minutes=rng.randrange(14 * 24 * 60)),
            subject=maker.subject(),
            text=maker.text(),
            references=() if is_root else (root,),
        )


def marks() -> Iterator[Result]:
    """What it takes more to hear what a statement writes, beside one statement alone, in memory."""
    taken: dict[type[Any], list[float]] = {WatchedConnection: [], dbapi2.Connection: []}
    for _ in range(TURNS):
        for kind, found in taken.items():
            with closing(dbapi2.connect(":memory:", factory=kind, isolation_level=None)) as connection:
                connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER)")
                connection.execute("BEGIN")
                found.append(_written(connection))
    watched, bare = map(median, taken.values())
    yield Result(
        "the mark of a statement", f"{WRITES:,} writes", watched - bare, "µs", MARK_MICROSECONDS, bare, absolute=True
    )


def _written(connection: Any) -> float:
    begun = time.perf_counter()
    for number in range(WRITES):
        connection.execute("INSERT INTO event VALUES (?, 0)", (number,))
    return (time.perf_counter() - begun) * 1e6 / WRITES


def directory(folder: Path) -> Iterator[Result]:
    """The directory of 400,000 people as it opens, is ordered, and is narrowed while somebody types."""
    home = current(directory_of(folder))

    def people(text: str = "", sort: MemberSort = MemberSort.NAME, where: MemberFilter = MemberFilter.ALL) -> People:
        return People((), text, sort, is_descending=False, now=NOW, where=where)

    asked = [
        ("opens", OPEN_MS, people()),
        ("by office", SORT_MS, people(sort=MemberSort.OFFICE)),
        ("last seen", SORT_MS, people(sort=MemberSort.LAST)),
        ("a name", FILTER_MS, people("tuma")),
        ("an office", FILTER_MS, people("office 017")),
        ("two letters", FILTER_MS, people("ko")),
        ("name and language", FILTER_MS, people("mal fr")),
        ("nobody", FILTER_MS, people("zzzz")),
        ("people of other organisations", FILTER_MS, people(where=MemberFilter.EXTERNAL)),
    ]
    with opened(home) as workspace:
        database = NotedDatabase(workspace.database.path, workspace.database.key, writable=False)
        for name, bound, wanted in asked:
            call: Callable[[Database], Any] = partial(read_directory, people=wanted)
            yield database.against_sql(f"directory, {name}", call, size=f"{PEOPLE:,} people", bound=bound)
        database.close()


def directory_of(folder: Path) -> Path:
    """A profile of 400,000 listed people in 300 communities who never wrote; made once and kept."""
    home = folder / f"directory-{PEOPLE}"
    if (home / "ready").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    with Workspace.create(home / "profile", key=KeyFile(home / "key"), clock=FixedClock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Bench")
        for group in range(GROUPS):
            community = workspace.mirror.ensure_community(account, CommunityRecord(f"g{group}", f"Group {group:03}"))
            members = list(_members(group))
            for start in range(0, len(members), BATCH):
                workspace.mirror.apply(community, "members", Batch(tuple(members[start : start + BATCH])))
        workspace.mirror.tidy()
    (home / "ready").touch()
    return home


def _members(group: int) -> Iterator[MemberRecord]:
    """A group's own share of everybody, and a hundred of the group before."""
    share = -(-PEOPLE // GROUPS)
    for number in range(max(0, group * share - 100), min(PEOPLE, (group + 1) * share)):
        rng = random.Random(f"{SEED}/{number}")
        syllables = ("ba", "ko", "ri", "sen", "tu", "mal", "po", "der", "vi", "lon", "gra", "es")
        first, last = ("".join(rng.choices(syllables, k=rng.randint(2, 4))).capitalize() for _ in range(2))
        person = PersonRecord(
            f"p{number}",
            f"{first} {last}",
            office=f"Office {rng.randrange(OFFICES):03}",
            region=f"Region {rng.randrange(7)}",
            organisation=f"Partner {rng.randrange(40)}" if rng.random() < 0.05 else None,
            languages=rng.choice(("en", "fr", "es", "ar", "en, fr")),
            time_zone=rng.choice(("Africa/Nairobi", "Asia/Kathmandu", "America/Lima")),
        )
        yield MemberRecord(f"g{group}", person, joined_at=NOW - timedelta(days=rng.randrange(2_000)))


def between() -> Iterator[Result]:
    """Who stands between others, beside the library's exact call; groups and places of the same people."""
    for nodes in (EXACT_UP_TO, NETWORK):
        edges = edges_of(nodes, nodes * TIES // NETWORK)
        size, word = f"{nodes:,} people", "exact" if nodes <= EXACT_UP_TO else "sampled"
        bare = timed(partial(_bare, edges))
        yield Result(f"betweenness, {word}", size, timed(partial(betweenness, edges)), "ms", BETWEEN, bare)
    found = clusters(edges)
    yield Result("groups", size, timed(partial(clusters, edges)), "ms", CLUSTERS_MS, absolute=True)
    yield Result("places", size, timed(partial(places, edges, found)), "ms", PLACES_MS, absolute=True)


def edges_of(nodes: int, ties: int) -> Edges:
    """A network in which few have many ties; everybody has one."""
    rng = random.Random(f"{SEED}/{nodes}")
    pairs = {(rng.randrange(node), node) for node in range(1, nodes)}
    while len(pairs) < ties:
        one, other = sorted((int(nodes * rng.random() ** 2.2), rng.randrange(nodes)))
        if one != other:
            pairs.add((one, other))
    ends, others = zip(*sorted(pairs), strict=True)
    return Edges(nodes, ends, others, [rng.randint(1, 9) for _ in ends])


def _bare(edges: Edges) -> None:
    graph: Any = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(edges.nodes))
    graph.add_edges_from_no_data(list(zip(edges.ends, edges.others, strict=True)))
    rustworkx.graph_betweenness_centrality(graph, normalized=False)
