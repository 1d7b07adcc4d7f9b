"""Importing mail: rate against a script written by hand, memory, cost per message as the profile grows."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.bench.network import archive_of
from tests.bench.result import Result

SHARE_OF_HAND = 0.4
MOST_MEGABYTES = 300.0
GROWTH = 1.5
ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """One import of each size, by hand and by the program, each in a process of its own."""
    results: list[Result] = []
    first_cost: float | None = None
    for size in sizes:
        archive = archive_of(folder, size)
        scratch = folder / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        hand_seconds, _ = timed([sys.executable, "-m", "tests.bench.by_hand", str(archive), str(scratch / "hand.db")])
        ours = [
            sys.executable,
            "-m",
            "workbench",
            "--profile",
            str(scratch / "profile"),
            "--key-file",
            str(scratch / "key"),
        ]
        our_seconds, megabytes = timed([*ours, "import", "mailing-list", str(archive), "--community", "Bench"])
        shutil.rmtree(scratch)
        name = f"{size:,}"
        results.append(
            Result(
                "import, messages a second",
                name,
                size / our_seconds,
                "/s",
                SHARE_OF_HAND,
                size / hand_seconds,
                is_share=True,
            )
        )
        results.append(Result("import, memory", name, megabytes, "MB", MOST_MEGABYTES, absolute=True))
        cost = our_seconds / size * 1e6
        if first_cost is None:
            first_cost = cost
        else:
            results.append(
                Result("import, cost a message against the smallest size", name, cost, "µs", GROWTH, first_cost)
            )
    return results


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds of one run and the most memory it held (RSS, MB); refuses a run that fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    most = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, most))
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    if code != 0:
        message = f"{' '.join(command[:4])} … ended with {code}"
        raise RuntimeError(message)
    return seconds, most[0]


def _watch(pid: int, most: list[float]) -> None:
    try:
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            most[0] = max(most[0], process.memory_info().rss / 1e6)
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        return
