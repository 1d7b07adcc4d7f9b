"""Sync on the thin line (64 kbit/s each way, 700 ms there and back, 5 % loss), in real time and with real limits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.result import Result
from tests.bench.sync_profile import moved, port_of, profile_at, synced
from tests.bench.sync_sites import SILENCE, Site, a_world_of, forum, lists
from tests.platforms.world import World
from tests.rig.thin_line import ThinLine
from workbench.cancel import CancelToken
from workbench.models.moments import to_micros
from workbench.operations.seating import Line
from workbench.operations.sync import sync_accounts
from workbench.workspace import Workspace

COMMUNITIES, PEOPLE, MESSAGES = 25, 2_400, 2_500
SCREEN_SECONDS = 60.0
SILENT = 20
PATIENCE_SECONDS = 150.0
DAILY_COMMUNITIES, DAILY = 8, 50
DAILY_KILOBYTES, DAILY_SECONDS = 200.0, 90.0
IN_USE = 85.0
LONG = 2_400
LOOK_SECONDS = 0.1
SECOND = 1_000_000
REAL = Line()

Make = Callable[[World], Site]


def as_a_guest(world: World) -> Site:
    """A forum that is asked as often as forums allow unless somebody set another number, likes included."""
    return forum(world, people="yes")


def first_screen(make: Make, folder: Path, *, silent: int = 0) -> Result:
    """Seconds from the start of a first sync until every community has its newest messages.

    Some may be `silent` for half a year: what a window shows first has nothing of those, so that nobody waits for them.
    """
    site = make(a_world_of(groups=COMMUNITIES, people=PEOPLE, messages=MESSAGES, silent=silent))
    with _on_the_line(site, folder) as (workspace, line):
        cancel, reached = CancelToken(), list[float]()
        started = time.monotonic()

        def watch() -> None:
            while not reached and time.monotonic() - started < PATIENCE_SECONDS:
                if _has_newest(workspace, site):
                    reached.append(time.monotonic() - started)
                time.sleep(LOOK_SECONDS)
            cancel.cancel()

        watcher = threading.Thread(target=watch)
        watcher.start()
        sync_accounts(workspace, line=REAL, cancel=cancel)
        watcher.join()
        carried = line.down.carried / 1e3
    size = f"{COMMUNITIES} communities, {PEOPLE:,} people"
    seconds = reached[0] if reached else PATIENCE_SECONDS
    name = f"first useful screen, {site.title}, {carried:,.0f} kB"
    if silent:
        name += f", {silent} silent for half a year"
    return Result(name, size, seconds, "s", SCREEN_SECONDS, absolute=True)


def daily(make: Make, folder: Path) -> list[Result]:
    """The sync of a day later, with fifty new messages in eight communities."""
    site = make(a_world_of(groups=DAILY_COMMUNITIES, people=400, messages=800))
    with _on_the_line(site, folder, is_read=True) as (workspace, line):
        site.clock.skip(86_400)
        said = site.speak(DAILY)
        for number, one in enumerate(said[: DAILY // 5]):
            site.platform.world.like(one.id, number + 1)
        started = time.monotonic()
        results = synced(site, workspace, line=REAL)
        seconds = time.monotonic() - started
        carried = (line.up.carried + line.down.carried) / 1e3
        added = sum(result.totals.added for result in results)
        assert added >= DAILY, f"{site.title}: {added} of {DAILY} came"
    size = f"{DAILY} new in {DAILY_COMMUNITIES}"
    return [
        Result(f"daily sync, {site.title}, time", size, seconds, "s", DAILY_SECONDS, absolute=True),
        Result(f"daily sync, {site.title}, both ways", size, carried, "kB", DAILY_KILOBYTES, absolute=True),
    ]


def in_use(make: Make, folder: Path) -> Result:
    """The share of a first sync in which the line down was in use, from its first connection to its last byte."""
    site = make(a_world_of(groups=DAILY_COMMUNITIES if make is not lists else 1, people=200, messages=LONG))
    with _on_the_line(site, folder) as (workspace, line):
        synced(site, workspace, line=REAL)
        share = line.share_in_use * 100
        carried = line.down.carried / 1e3
    name = f"link in use in a first sync, {site.title}, {carried:,.0f} kB"
    return Result(name, f"{LONG:,}", share, "%", IN_USE, is_share=True, absolute=True)


@contextmanager
def _on_the_line(site: Site, folder: Path, *, is_read: bool = False) -> Iterator[tuple[Workspace, ThinLine]]:
    """A profile behind a thin line of its own; with `is_read` everything was read before, without that line."""
    try:
        with profile_at(site, folder / f"sync-line-{threading.get_ident()}") as workspace:
            if is_read:
                synced(site, workspace)
            with ThinLine(port_of(site)) as line:
                moved(site, workspace, line.port)
                yield workspace, line
    finally:
        site.platform.stop()


def _has_newest(workspace: Workspace, site: Site) -> bool:
    """Whether the last message is here of each community that spoke lately, by the second, as platforms tell time."""
    world = site.platform.world
    last: dict[int, int] = {}
    for one in world.said.values():
        if world.now - one.at < SILENCE / 2:
            last[one.group] = to_micros(one.at) // SECOND
    with workspace.database.read() as reader:
        rows = reader.rows("SELECT max(e.at) FROM event e JOIN body b ON b.event_id = e.id GROUP BY e.community_id")
    return {row[0] // SECOND for row in rows} >= set(last.values())
