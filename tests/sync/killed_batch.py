"""One batch of everything, applied in a process of its own that is ended at a given statement."""

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

# Loaded here, so that a forked run begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

import workbench.sync.mirror_batch
from tests.sync.mirrored import LIST, Mirrored, a_message, a_mirror, a_person, an_act
from workbench.models.kinds import EventKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch, Census, CensusOf, Cursor
from workbench.sync.lookups import driver
from workbench.sync.mirror import RunLog
from workbench.sync.records import (
    CommunityRecord,
    GoneActRecord,
    MemberRecord,
    PageViews,
    Rejected,
    SiteDaysRecord,
)

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel, workbench.sync.mirror_batch)
DAY = DayRange(a_message("x").sent_at.date(), a_message("x").sent_at.date())


def before() -> Batch:
    """What the mirror holds already."""
    people = (MemberRecord("water", a_person(name)) for name in ("bruno", "chen"))
    like = an_act("l0", EventKind.REACTION, by="chen", hours=3, target="m0")
    return Batch((a_message("m0"), a_message("m1", hours=1, references=("m0",)), like, *people), Cursor("1"))


def second() -> Batch:
    """News, edits, a like taken back, days, censuses of every kind, quarantine, coverage, cursor."""
    return Batch(
        (
            a_message("m2", hours=2, references=("m0",), version="2"),
            a_message("m1", hours=1, references=("m0",), text="Edited"),
            an_act("l1", EventKind.REACTION, by="dalia", hours=4, target="m2"),
            GoneActRecord("l0", "water", EventKind.REACTION),
            SiteDaysRecord("water", DAY, (PageViews("/", 3),)),
            CommunityRecord(LIST.remote_id, LIST.name, messages=3),
        ),
        Cursor("2"),
        rejected=(Rejected("page", 4, "no_date", "no date"),),
        covered=(DAY,),
        censuses=(
            Census(CensusOf.MEMBERS, frozenset({"bruno"})),
            Census(CensusOf.MESSAGES, frozenset({"m1", "m2"})),
            Census(CensusOf.REACTIONS, frozenset({"dalia"}), root="m2"),
        ),
        requests=2,
    )


def begin(folder: Path) -> Mirrored:
    """A mirror that holds `before`, with a run on its way."""
    mirrored = a_mirror(folder)
    mirrored.mirror.apply(mirrored.community_id, "messages", before())
    mirrored.mirror.start_run(mirrored.community_id)
    return mirrored


def finish(mirrored: Mirrored) -> None:
    """Applies `second` as a part of that run."""
    log = RunLog(mirrored.scalar("SELECT max(id) FROM syncrun"))
    mirrored.mirror.cursor(mirrored.community_id, "messages")
    mirrored.mirror.apply(mirrored.community_id, "messages", second(), log=log)


def dying_at(mirrored: Mirrored, statement: int) -> Callable[[], int]:
    """Ends this process before the statement of this number; the answer says how many there were so far."""
    count = -1  # the commit below, which only sets the trace, is none of them

    def step(text: str) -> None:
        nonlocal count
        # What the search index runs inside a statement of ours is told as a comment.
        count += not text.startswith("--")
        if count == statement:
            os._exit(9)

    with mirrored.database.write() as session:
        # The driver's own trace: also what does not go through the ORM, each row for itself, and the commit.
        driver(session.connection()).set_trace_callback(step)
    return lambda: count


def run(folder: Path, statement: int, said: Connection) -> None:
    """Ends this process before the statement of this number, or says how many there are."""
    mirrored = a_mirror(folder)
    counted = dying_at(mirrored, statement)
    finish(mirrored)
    said.send(counted())
