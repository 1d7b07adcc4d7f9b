"""A run of the mirror in a process of its own, made to be killed; loads what it needs once, for all that are forked."""

import random
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

# The first write loads the ORM and its dialect: loaded here, a forked run begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

import workbench.sync.mirror_events
import workbench.sync.rollups
from tests.sync.mirrored import a_message, a_mirror, an_act
from workbench.models.kinds import EventKind
from workbench.sync.connector import Batch, Cursor
from workbench.sync.records import GoneRecord, Record

MESSAGES = 1_600
SIZE = 40
LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel, workbench.sync.mirror_events, workbench.sync.rollups)


def archive() -> tuple[Record, ...]:
    """The same records each time: replies before their parents, guesses by subject, edits, removals, reactions."""
    rng = random.Random(7)
    told: list[Record] = []
    for number in range(MESSAGES):
        near = f"m{max(0, number + rng.randint(-30, 12))}"
        kind = rng.random()
        if kind < 0.8:
            subject = f"subject {rng.randint(0, 60)}"
            told.append(
                a_message(
                    f"m{number}",
                    by=f"p{rng.randint(0, 25)}",
                    hours=number * 2,
                    text=f"{rng.random()} words?",
                    references=(near,) if rng.random() < 0.6 else (),
                    thread_subject_key=subject,
                    subject_key=subject if rng.random() < 0.5 else None,
                )
            )
        elif kind < 0.9:
            told.append(an_act(f"a{number}", EventKind.REACTION, by="p1", hours=number, target=near))
        elif kind < 0.97:
            told.append(a_message(f"m{number // 2}", by="p2", hours=number, text="Edited"))
        else:
            told.append(GoneRecord(near, "water"))
    return tuple(told)


def batches(records: Sequence[Record], since: Cursor | None) -> Iterator[Batch]:
    """What is left after the cursor, which counts records."""
    for start in range(int(since or 0), len(records), SIZE):
        told = tuple(records[start : start + SIZE])
        yield Batch(told, Cursor(str(start + len(told))))


def run(folder: Path, said: Connection) -> None:
    """Goes on from the stored cursor to the end; says each cursor once it is stored, the first one when it begins."""
    mirrored = a_mirror(folder)
    since = mirrored.mirror.cursor(mirrored.community_id, "messages")
    said.send(int(since or 0))
    for batch in batches(archive(), since):
        mirrored.mirror.apply(mirrored.community_id, "messages", batch)
        said.send(int(batch.cursor or 0))
