"""Bytes of a sync: when nothing is new, when something is, and when the line is cut thirty times; without waiting."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.result import Result
from tests.bench.sync_profile import TOKEN_LENGTH, at_once, moved, port_of, profile_at, synced
from tests.bench.sync_sites import Cost, Site, a_world_of, forum, lists, network
from tests.platforms.world import World
from tests.rig.thin_line import ThinLine
from workbench.models.kinds import AccountKind
from workbench.operations.sync import sync_accounts

Make = Callable[[World], Site]

COMMUNITIES = 8
NEW = 744
"""Not a multiple of any page: the page that would show that there is no more is another matter."""
QUIET_BYTES = 2_000.0
OVERHEAD = 1.15
CUTS, GIVEN = 30, 36
"""Breaks there have to be, and connections that would break: some do not carry enough to."""
LONG: Mapping[Make, int] = {forum: 10_000, network: 5_000, lists: 10_000}
ROUNDS = 60


def quiet_and_new(make: Make, folder: Path) -> list[Result]:
    """A site of eight communities: a sync with nothing new, then one with two hundred new messages."""
    site = make(a_world_of(groups=COMMUNITIES, people=400, messages=1_600))
    try:
        with profile_at(site, folder / "sync-bytes") as workspace:
            for _ in range(2):
                synced(site, workspace)
                site.clock.skip(3_600)
            before = site.cost()
            synced(site, workspace)
            quiet = _without_token(site, site.cost() - before)
            said = site.speak(NEW)
            before = site.cost()
            brought = sum(result.totals.added for result in synced(site, workspace))
            assert brought >= NEW, f"{site.title}: {brought} of {NEW} came"
            fresh = _without_token(site, site.cost() - before)
            best = site.pages(said)
    finally:
        site.platform.stop()
    is_engage = site.kind is AccountKind.VIVA_ENGAGE
    allowed = 1 if is_engage else COMMUNITIES
    each = "account" if is_engage else "community"
    more = ", without its token" if is_engage else ""
    size = f"{COMMUNITIES} communities"
    per = quiet.bytes / (1 if is_engage else COMMUNITIES)
    return [
        Result(f"nothing new, {site.title}, requests", size, quiet.requests, "", float(allowed), absolute=True),
        Result(f"nothing new, {site.title}, an {each}{more}".replace("an c", "a c"), size, per, "B", QUIET_BYTES, absolute=True),
        Result(f"new messages, {site.title}, both ways{more}, against their pages", f"{NEW}", fresh.bytes / 1e3, "kB", OVERHEAD, best / 1e3),
    ]  # fmt: skip


def cut(make: Make, folder: Path) -> Result:
    """A first sync that is cut thirty times or more, in the middle of answers, against one that is not."""
    whole = _first(make, folder, ())
    rng = random.Random(3)
    # What a connection carries until it breaks differs, so that it breaks anywhere in an answer.
    each = whole.carried / (GIVEN * 1.3)
    broken = _first(make, folder, [int(each * rng.uniform(0.6, 1.0)) for _ in range(GIVEN)])
    assert broken.cuts >= CUTS, f"{broken.title}: {broken.cuts} of {CUTS} cuts came to pass"
    name = f"first sync cut {broken.cuts} times, {broken.title}, both ways, against uncut"
    return Result(name, f"{LONG[make]:,}", broken.carried / 1e3, "kB", OVERHEAD, whole.carried / 1e3)


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a line carried for a first sync, and how often it broke."""

    title: str
    carried: int
    cuts: int


def _first(make: Make, folder: Path, cuts: Sequence[int]) -> _Carried:
    """A first sync over a line with these cuts, begun anew until everything is there."""
    site = make(a_world_of(groups=COMMUNITIES, people=400, messages=LONG[make]))
    try:
        with profile_at(site, folder / "sync-cuts") as workspace:
            with ThinLine(port_of(site), kilobits=1e7, round_trip=0, loss=0) as line:
                moved(site, workspace, line.port)
                line.cuts = list(cuts)
                for _ in range(ROUNDS):
                    results = sync_accounts(workspace, line=at_once(site))
                    if all(result.error is None for result in results):
                        break
                    site.clock.skip(120)
            with workspace.database.read() as reader:
                held = reader.scalar("SELECT count(*) FROM body")
            assert held == LONG[make], f"{site.title}: {held} of {LONG[make]} messages came"
    finally:
        site.platform.stop()
    return _Carried(site.title, line.up.carried + line.down.carried, line.broken)


def _without_token(site: Site, cost: Cost) -> Cost:
    if site.kind is not AccountKind.VIVA_ENGAGE:
        return cost
    return Cost(cost.requests, cost.up - cost.requests * TOKEN_LENGTH, cost.down)
