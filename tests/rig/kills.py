"""kill -9 by seed: a process that writes to a profile is killed at any moment; what it was told is stored, is there."""

import multiprocessing
import random
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

# The first write loads the ORM and its dialect: loaded here, a forked writer begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

import workbench.models.tables
import workbench.sync.mirror_batch
from tests.builders import a_database
from tests.rig.scribe import LostError, Scribe, checked, prepare

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel, workbench.models.tables, workbench.sync.mirror_batch)
LONGEST_LIFE_SECONDS = 0.2
KILLS_A_PROFILE = 50


@dataclass(slots=True)
class Killed:
    """What came of `kills`: the steps written in all, and the kills after which something was missing, with why."""

    kills: int = 0
    steps: int = 0
    broken: dict[int, str] = field(default_factory=dict)


def kill(times: int, *, seed: int = 0) -> Killed:
    """Kills a writer so often, each time after a moment of the seed's choosing, and looks at what is left.

    One profile lives through fifty kills, then a new one begins.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([__name__])
    rng = random.Random(seed)
    result = Killed()
    root = Path(tempfile.mkdtemp(prefix="workbench-kill-"))
    try:
        while result.kills < times:
            folder = root / str(result.kills)
            prepare(folder)
            for _ in range(min(KILLS_A_PROFILE, times - result.kills)):
                told = _one_life(context, folder, rng.uniform(0, LONGEST_LIFE_SECONDS), has_written=rng.random() < 0.5)
                result.kills += 1
                try:
                    there = checked(folder, promised=told)
                except LostError as error:
                    result.broken[result.kills] = str(error)
                    break
            else:
                result.steps += there
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(root)
    return result


def _one_life(context: BaseContext, folder: Path, seconds: float, *, has_written: bool) -> int:
    """Starts a writer, lets it write for so long, kills it; the last step it was told is stored.

    The time begins when it has opened the profile, or when it `has_written` for the first time.
    """
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_write, args=(folder, theirs))
    process.start()
    theirs.close()
    told = int(mine.recv())  # its first word: how far those before it came
    if has_written:
        told = int(mine.recv())
    process.join(seconds)
    process.kill()
    process.join()
    try:
        while mine.poll():
            told = int(mine.recv())
    except EOFError:
        pass  # a word it could not finish was not said
    finally:
        mine.close()
    return told


def _write(folder: Path, said: Connection) -> None:
    with closing(a_database(folder)) as database:
        scribe = Scribe(database)
        said.send(scribe.done)
        for step in scribe.steps():
            said.send(step)
