"""Two people made one, or apart again, in a process of its own that is ended at a given statement."""

from datetime import timedelta
from pathlib import Path

# Loaded here, so that a forked run begins at once.
import sqlalchemy.dialects.sqlite.pysqlite
import sqlmodel

from tests.builders import a_clock
from tests.sync.killed_batch import dying_at
from tests.sync.mirrored import START, Mirrored, a_message, a_mirror, a_person, an_act
from workbench.ids import PersonId
from workbench.models.kinds import EventKind
from workbench.notes.store import NotesStore
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.records import MemberRecord

LOADED = (sqlalchemy.dialects.sqlite.pysqlite, sqlmodel)


def begin(folder: Path) -> Mirrored:
    """A mirror with a talk of three, two of whom are the same person; something is noted about each of them."""
    mirrored = a_mirror(folder)
    mirrored.apply(
        a_message("m0"),
        a_message("m1", by="ami", hours=1, references=("m0",)),
        a_message("m2", by="bruno", hours=2, references=("m1",)),
        an_act("l0", EventKind.REACTION, by="ami", hours=3, target="m2"),
        an_act("l1", EventKind.REACTION, by="bruno", hours=4, target="m1"),
        MemberRecord("water", a_person("ami"), joined_at=START, role="Owner"),
        MemberRecord("water", a_person("amina"), joined_at=START, left_at=START + timedelta(days=1), role="Mentor"),
    )
    notes = NotesStore(mirrored.database, a_clock())
    for handle in ("amina", "ami"):
        notes.set_note(who(mirrored, handle), f"Met {handle}")
        notes.set_tags(who(mirrored, handle), [handle])
    return mirrored


def who(mirrored: Mirrored, handle: str) -> PersonId:
    """The person a handle was of in the beginning."""
    statement = "SELECT coalesce(own_id, person_id) FROM handle WHERE remote_id = ?"
    return PersonId(mirrored.scalar(statement, (handle,)))


def finish(mirrored: Mirrored, *, is_undo: bool) -> None:
    """The merge, or what takes it back."""
    merger = PeopleMerger(mirrored.database, a_clock())
    if is_undo:
        merger.unmerge(who(mirrored, "ami"))
    else:
        merger.merge(who(mirrored, "amina"), who(mirrored, "ami"))


def run(folder: Path, statement: int, is_undo: bool) -> None:
    """Ends this process before the statement of this number, with code 9; or gets through."""
    mirrored = a_mirror(folder)
    dying_at(mirrored, statement)
    finish(mirrored, is_undo=is_undo)
