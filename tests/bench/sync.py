"""Sync: what it asks, weighs, costs and takes on a thin line, against the limits of the same run and against perceval."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.bench import sync_bytes, sync_cost, sync_line, sync_perceval
from tests.bench.result import Result
from tests.bench.sync_sites import SITES, forum, lists, network


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """Some seven minutes; `sizes` are those over which memory has to stay flat."""
    folder.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for make in SITES:
        results += sync_bytes.quiet_and_new(make, folder)
    results += [sync_bytes.cut(make, folder) for make in SITES]
    results += [sync_cost.processor(folder), sync_cost.memory(folder, sizes)]
    for make in sync_perceval.BOTH:
        results += sync_perceval.rows(make, folder)
    return results + on_the_line(folder)


def on_the_line(folder: Path) -> list[Result]:
    """What has to wait for the line, three at a time: each has a line of its own, and computes next to nothing."""
    waiting: list[Callable[[], list[Result]]] = [
        lambda: [sync_line.first_screen(sync_line.as_a_guest, folder)],
        lambda: [sync_line.first_screen(network, folder)],
        lambda: [sync_line.first_screen(network, folder, silent=sync_line.SILENT)],
        partial(sync_line.daily, sync_line.as_a_guest, folder),
        partial(sync_line.daily, network, folder),
        partial(sync_line.daily, lists, folder),
        lambda: [sync_line.in_use(forum, folder)],
        lambda: [sync_line.in_use(lists, folder)],
    ]
    with ThreadPoolExecutor(3) as workers:
        return [result for job in [workers.submit(one) for one in waiting] for result in job.result()]
