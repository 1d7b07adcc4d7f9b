"""Motion: a drag over a full board, and the window while an import runs."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.bench.network import archive_of
from tests.bench.profiles import profile_of
from tests.bench.result import Result
from tests.bench.window import probed

FRAME_MS, STALL_MS = 16.0, 100.0
ARCHIVE, CARDS = 10_000, 300


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """On the smallest profile: what moves does not depend on how much is mirrored."""
    home = profile_of(folder, min(sizes))
    where = [str(home / "profile"), str(home / "key")]
    drag = json.loads(probed("probe_board", [*where, str(CARDS)]))
    stall = json.loads(probed("probe_motion", [*where, str(archive_of(folder, ARCHIVE))]))
    name = f"{min(sizes):,}"
    return [
        Result(f"drag over a board of {CARDS} cards, frame p95", name, drag["p95"], "ms", FRAME_MS, absolute=True),
        Result("an import runs, longest stall of the window", name, stall["worst"], "ms", STALL_MS, absolute=True),
    ]
