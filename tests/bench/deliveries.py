"""Plan files over a bad post, in full: `python -m tests.bench.deliveries [DELIVERIES]` prints what happened to them."""

import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.operations.deliveries import run

DELIVERIES = 1_000
STEPS = 120


def main() -> int:
    """0 when every story ended with one plan on all desks and no typed value lost; a story that did not, raises."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else DELIVERIES
    done = doubled = spoiled = restores = undone = conflicts = stories = 0
    for seed in count():
        with tempfile.TemporaryDirectory() as folder:
            post = run(Path(folder), seed=seed, steps=STEPS, with_undo=bool(seed % 2))
        stories += 1
        done, doubled, spoiled = done + post.deliveries, doubled + post.doubled, spoiled + post.cut
        restores, undone, conflicts = restores + post.restores, undone + post.undone, conflicts + post.conflicts
        if done >= wanted:
            break
    sys.stdout.write(
        f"{stories} stories, {done} deliveries: {doubled} doubled, {spoiled} cut or flipped, {restores} profiles restored, "
        f"{undone} edits undone, {conflicts} conflicts listed at the end; all desks equal, nothing lost\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
