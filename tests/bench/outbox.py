"""The outbox over a bad line, in full: `python -m tests.bench.outbox [POSTS]` prints one line for each kind of platform."""

import sys
import tempfile
from pathlib import Path

from tests.sync.outbox_desk import over_a_bad_line

POSTS = 10_000


def main() -> int:
    """0 when nothing was lost, and nothing went twice but at most one in ten thousand that a person sent again."""
    posts, is_kept = int(sys.argv[1]) if len(sys.argv) > 1 else POSTS, True
    for knows_keys in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            line = over_a_bad_line(Path(folder), posts=posts, knows_keys=knows_keys)
        how = "with a key" if knows_keys else "by looking"
        sys.stdout.write(
            f"{line.posts} posts, every fifth call lost, {how}: {line.lost} lost, {line.doubled} doubled, "
            f"{line.doubled_unasked} of them unasked, {line.asked} asked of a person\n"
        )
        most = 0 if knows_keys else max(1, posts // POSTS)
        is_kept = is_kept and not line.lost and not line.doubled_unasked and line.doubled <= most
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
