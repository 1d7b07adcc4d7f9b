"""Power loss by seed: one record of a profile being written, cut at as many moments as wanted, none of it lost."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from tests.builders import a_database
from tests.rig.frail_disk import FrailDisk, recorded
from tests.rig.scribe import LostError, Scribe, checked, prepare
from workbench.models import connections

STEPS = 48
OPENINGS = 4
CHECKPOINT_PAGES = 60
"""So early the log is folded into the file here, that each record holds several such moments."""


@dataclass(slots=True)
class Losses:
    """What became of `cuts`: seeds after which a promised step was missing or the database was damaged, and why."""

    cuts: int = 0
    broken: dict[int, str] = field(default_factory=dict)


@contextmanager
def a_record(*, synchronous: str = "FULL") -> Iterator[FrailDisk]:
    """A profile that was written while every deed was noted; closed and opened again a few times on the way."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-power-"))
    pragmas = {**connections.PRAGMAS, "synchronous": synchronous}
    try:
        prepare(folder)
        with (
            patch.object(connections, "PRAGMAS", pragmas),
            patch.object(connections, "WRITER_CHECKPOINT_PAGES", CHECKPOINT_PAGES),
            recorded(folder) as disk,
        ):
            for _ in range(OPENINGS):
                with closing(a_database(folder)) as database:
                    for step in islice(Scribe(database).steps(), STEPS // OPENINGS):
                        disk.promise(step)
        yield disk
    finally:
        shutil.rmtree(folder)


def cut(disk: FrailDisk, seeds: range) -> Losses:
    """Cuts the power once for each seed and looks at what is left."""
    losses = Losses()
    folder = Path(tempfile.mkdtemp(prefix="workbench-power-"))
    try:
        for seed in seeds:
            losses.cuts += 1
            place = folder / str(seed)
            promised = disk.after_power_loss(seed, place)
            try:
                there = checked(place, promised=promised)
                if random.Random(seed).random() < 0.1:
                    _go_on(place, there)
            except LostError as error:
                losses.broken[seed] = str(error)
            shutil.rmtree(place)
    finally:
        shutil.rmtree(folder)
    return losses


def _go_on(folder: Path, there: int) -> None:
    """What is left is a profile like any other."""
    with closing(a_database(folder)) as database:
        for _ in islice(Scribe(database).steps(), 4):
            pass
    if checked(folder) != there + 4:
        message = "it could not be written any more"
        raise LostError(message)
