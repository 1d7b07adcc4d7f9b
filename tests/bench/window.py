"""The window: first paint and first numbers against an empty PySide6 window, memory, and every page opened once."""

import compileall
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.profiles import profile_of
from tests.bench.result import Result

FIRST_PAINT, FIRST_PAGE, WHOLE_PAGE = 1.5, 3.0, 4.0
"""The last is our own: how communities stand is worked out behind the rows."""
NUMBERS_MB, CHARTS_MB, ALL_PAGES_MB = 110.0, 180.0, 250.0
PAGE_MS, STALL_MS = 100.0, 100.0
STARTS = 5
ROOT = Path(__file__).resolve().parents[2]
PAGES = ("communities", "conversations", "members", "plans", "sync", "settings")


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """Medians of five starts at each size, floor and program in turn."""
    results: list[Result] = []
    # As an installed program has it: without bytecode each start would compile what was changed last.
    compileall.compile_dir(ROOT / "workbench", quiet=1)
    for size in sizes:
        home = profile_of(folder, size)
        where = [str(home / "profile"), str(home / "key")]
        floors, runs = [], []
        for _ in range(STARTS):
            floors.append(float(probed("probe_floor", []).split()[0]))
            runs.append(json.loads(probed("probe_window", [*where, "communities"])))
        floor = median(floors) * 1000
        name = f"{size:,}"
        results += [
            Result("first paint", name, median([one["first_paint"] for one in runs]) * 1000, "ms", FIRST_PAINT, floor),
            *(
                Result(what, name, median([one[key] for one in runs]) * 1000, "ms", goal, floor)
                for what, key, goal in (
                    ("first page with numbers", "first_numbers", FIRST_PAGE),
                    ("first page with everything on it", "first_page", WHOLE_PAGE),
                )
            ),
        ]
        dashboard = json.loads(probed("probe_window", [*where, "dashboard:Community 0000"]))
        results += [
            Result(
                "memory, dashboard's numbers shown", name, dashboard["memory_numbers"], "MB", NUMBERS_MB, absolute=True
            ),
            Result(
                "memory, dashboard with its charts",
                name,
                dashboard["memory_first_page"],
                "MB",
                CHARTS_MB,
                absolute=True,
            ),
        ]
        every = json.loads(probed("probe_window", [*where, ",".join(["dashboard:Community 0000", *PAGES])]))
        results.append(
            Result(
                "memory, every page opened once", name, every[f"memory_{PAGES[-1]}"], "MB", ALL_PAGES_MB, absolute=True
            )
        )
        results += [
            Result(
                f"open {page}, longest stall of the window",
                name,
                every[f"stall_{page}"] * 1000,
                "ms",
                STALL_MS,
                absolute=True,
            )
            for page in PAGES
        ]
    return results


def median(values: list[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


def probed(name: str, arguments: list[str], *, seconds: float = 120) -> str:
    """The last line a probe printed; it runs in a process of its own, without a screen, at most so long."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}", str(time.monotonic()), *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=seconds,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]
