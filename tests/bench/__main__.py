"""`python3 dev.py bench [window|motion|reading|importing|sync|plans|numbers] [--sizes 10k,100k,1M]`: prints every row and writes JSON beside."""

import argparse
import sys
from pathlib import Path

from tests.bench import importing, motion, numbers, plans, reading, sync, window
from tests.bench.result import Result, table, write_json

GROUPS = {
    "window": window.run,
    "motion": motion.run,
    "reading": reading.run,
    "importing": importing.run,
    "sync": sync.run,
    "plans": plans.run,
    "numbers": numbers.run,
}
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "bench"
UNITS = {"k": 1_000, "m": 1_000_000}


def a_size(text: str) -> int:
    """`10k` → 10,000."""
    unit = UNITS.get(text[-1:].lower())
    return int(text) if unit is None else int(float(text[:-1]) * unit)


def main(arguments: list[str]) -> int:
    """Runs the named groups, all of them by default; 0 when every goal is kept."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help="which to run (all)")
    parser.add_argument("--sizes", default="10k,100k", help="messages, such as 10k,100k,1M (10k,100k)")
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help="where the profiles are kept between runs (.cache/bench)"
    )
    options = parser.parse_args(arguments)
    sizes = [a_size(text) for text in options.sizes.split(",")]
    results: list[Result] = []
    for name in options.groups or list(GROUPS):
        sys.stderr.write(f"{name} …\n")
        found = GROUPS[name](options.cache, sizes)
        sys.stdout.write(f"{table(found)}\n\n")
        sys.stdout.flush()
        results += found
    target = options.cache / "results.json"
    write_json(target, results)
    missed = [result for result in results if not result.holds]
    sys.stdout.write(f"{len(results) - len(missed)} of {len(results)} goals kept. Written to {target}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
