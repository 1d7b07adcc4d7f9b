"""Against perceval, which researchers use: the same posts of the same stand-in, all of them and then fifty new ones."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.bench.result import Result
from tests.bench.sync_profile import profile_at, synced
from tests.bench.sync_sites import Cost, Site, a_world_of, forum, lists
from tests.platforms.world import World

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
POSTS, NEW = 10_000, 50
REQUESTS, NEW_REQUESTS, NEW_KILOBYTES = 210.0, 3.0, 15.0
OF_ITS_BYTES = {"Discourse": 0.5, "HyperKitty": 1.0}
"""Of a mailing list both fetch the same exports: there is no half to be had."""

Make = Callable[[World], Site]


def rows(make: Make, folder: Path) -> list[Result]:
    """Requests and bytes of both, counted by the stand-in."""
    perceval = _perceval()
    site = make(a_world_of(groups=1, people=400, messages=POSTS, is_uneven=True))
    try:
        theirs = _theirs(site, perceval, folder, since=None)
        with profile_at(site, folder / "sync-perceval") as workspace:
            ours = _ours(site, lambda: synced(site, workspace))
            said = site.speak(NEW)
            news = _ours(site, lambda: synced(site, workspace))
            their_news = _theirs(
                site, perceval, folder, since=f"{min(one.at for one in said) - timedelta(seconds=1):%Y-%m-%d %H:%M:%S}"
            )
    finally:
        site.platform.stop()
        shutil.rmtree(folder / "sync-perceval-home", ignore_errors=True)
    title, posts, few = f"{site.title} against perceval", f"{POSTS:,}", f"{NEW} new"
    return [
        Result(f"{title}, requests", posts, ours.requests, "", REQUESTS, theirs.requests, absolute=True),
        Result(f"{title}, both ways", posts, ours.bytes / 1e3, "kB", OF_ITS_BYTES[site.title], theirs.bytes / 1e3),
        Result(f"{title}, requests", few, news.requests, "", NEW_REQUESTS, their_news.requests, absolute=True),
        Result(f"{title}, both ways", few, news.bytes / 1e3, "kB", NEW_KILOBYTES, their_news.bytes / 1e3, absolute=True),
    ]  # fmt: skip


def _ours(site: Site, sync: Callable[[], object]) -> Cost:
    before = site.cost()
    sync()
    return site.cost() - before


def _theirs(site: Site, perceval: Path, folder: Path, *, since: str | None) -> Cost:
    address = site.platform.address
    home = folder / "sync-perceval-home"
    home.mkdir(parents=True, exist_ok=True)
    if site.title == "Discourse":
        words = ["discourse", address]
    else:
        (settings,) = site.settings(address)
        words = ["hyperkitty", settings["address"], "--mboxes-path", str(home / "mboxes")]
    words += [] if since is None else ["--from-date", since]
    before = site.cost()
    # It keeps what it is asked for in its home.
    subprocess.run(
        [str(perceval), *words, "--output", str(home / "items.json")],
        check=True,
        env=os.environ | {"HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    return site.cost() - before


def _perceval() -> Path:
    """The command, installed by packaging/servers/perceval.py where it is missing."""
    script = PACKAGING / "servers" / "perceval.py"
    subprocess.run([sys.executable, str(script)], check=True)
    venv = PACKAGING.parent / ".cache" / "servers" / "perceval" / "venv"
    return venv / ("Scripts/perceval.exe" if os.name == "nt" else "bin/perceval")


BOTH: tuple[Make, ...] = (partial(forum, is_uneven=True), lists)
