"""`python3 dev.py rig`: walks, kills and power cuts by seed, as many as wanted; one line at the end, and how it ended."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.rig.kills import kill
from tests.rig.places import PLACES
from tests.rig.power_loss import a_record, cut
from tests.rig.walk import Tally, Walked, walk_named

CUTS_A_RECORD = 250


def main(arguments: list[str]) -> int:
    """0 where everything held."""
    parser = argparse.ArgumentParser(prog="dev.py rig", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="walks at each platform")
    parser.add_argument("--from", type=int, default=1, dest="first", help="the first seed")
    parser.add_argument("--place", choices=sorted(PLACES), help="one platform alone")
    parser.add_argument("--trace", action="store_true", help="print what happened on each walk")
    parser.add_argument("--kills", type=int, default=0, help="processes to kill while they write")
    parser.add_argument("--power", type=int, default=0, help="power cuts while something is written")
    told = parser.parse_args(arguments)
    lost = _kills(told.kills) + _cuts(told.power) if told.kills or told.power else 0
    keys = [told.place] if told.place else sorted(PLACES)
    tally = Tally()
    wanted = [(key, seed) for seed in range(told.first, told.first + told.seeds) for key in keys]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for walked in pool.map(walk_named, wanted):
            tally.add(walked)
            if told.trace or walked.broken is not None:
                _tell(walked)
    print(tally.line)
    return 1 if tally.broken or lost else 0


def _tell(walked: Walked) -> None:
    print(f"seed {walked.seed} at {walked.place}, trace {walked.trace}: {walked.why or 'all held'}")
    for line in walked.log:
        print(f"    {line}")


def _kills(times: int) -> int:
    killed = kill(times)
    for number, why in killed.broken.items():
        print(f"kill {number}: {why}")
    print(f"kills {killed.kills}, {killed.steps} steps written: acknowledged writes lost {len(killed.broken)}")
    return len(killed.broken)


def _cuts(times: int) -> int:
    broken: dict[int, str] = {}
    for first in range(0, times, CUTS_A_RECORD):
        with a_record() as disk:
            broken |= cut(disk, range(first, min(times, first + CUTS_A_RECORD))).broken
    for seed, why in broken.items():
        print(f"power cut {seed}: {why}")
    print(f"power cuts {times}: acknowledged writes lost {len(broken)}")
    return len(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
