"""Keeping: writes what took long to work out, takes out what does not hold any more, and forgets it all."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from workbench.errors import ProfileBusyError, StoreError
from workbench.models.database import Database
from workbench.models.marks import Ground
from workbench.models.moments import DAY_MICROSECONDS, to_micros

KEPT: Final = 20_000
"""Answers that are kept at a time; the oldest go first."""
LONGEST: Final = 4 << 20
"""Letters of an answer that is kept; a longer one takes long to read as well."""


CACHE: Final = "cache"
"""The folder beside the database with what is kept in files."""
LOOKS: Final = "look-*.bin"
"""Networks with the names of everybody in them."""
DRAWN: Final = "network-*.bin"
"""Who is drawn where, without names."""


class Answer(NamedTuple):
    """An answer to keep: a digest of the question, the marks it was read with, and JSON text.

    `own` None rests on nothing the coordinator made.
    """

    asked: str
    mirror: int
    own: int | None
    as_of: datetime
    body: str


def keep_results(database: Database, answers: Sequence[Answer], *, wait_milliseconds: int = 0) -> bool:
    """Keeps answers in place of older ones to the same question; False where that could not be done in time.

    Nobody is told: while somebody else writes for longer than `wait_milliseconds`, on a full disk, or in a profile
    opened for reading, they are worked out again another time. An answer whose marks have moved meanwhile is not kept.
    """
    answers = [answer for answer in answers if len(answer.body) <= LONGEST]
    if not answers or not database.writable:
        return False
    with suppress(ProfileBusyError, StoreError), database.jot(wait_milliseconds=wait_milliseconds) as connection:
        marks = dict(connection.execute("SELECT name, mark FROM keptmark"))
        mirror, own = (marks.get(ground.value, 0) for ground in (Ground.MIRROR, Ground.OWN))
        holding = [each for each in answers if each.mirror == mirror and each.own in {None, own}]
        connection.executemany(
            "INSERT INTO keptresult (asked, mirror_mark, own_mark, as_of, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (asked) DO UPDATE SET mirror_mark = excluded.mirror_mark, own_mark = excluded.own_mark,"
            " as_of = excluded.as_of, body = excluded.body",
            [(each.asked, each.mirror, each.own, to_micros(each.as_of), each.body) for each in holding],
        )
        if holding:
            today = to_micros(max(each.as_of for each in holding)) // DAY_MICROSECONDS * DAY_MICROSECONDS
            connection.execute(
                "DELETE FROM keptresult WHERE mirror_mark <> ? OR own_mark <> ? OR as_of < ?"
                " OR id <= (SELECT id FROM keptresult ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (mirror, own, today, KEPT),
            )
        return bool(holding)
    return False


def forget_kept(execute: Callable[..., Any], *, names: tuple[str, ...] = (LOOKS,)) -> None:
    """Forgets what was worked out, in the database (by its `execute`) and in files of these `names` beside it.

    For writes after which somebody's name must not stay here; anything else leaves what no longer holds to the next
    reading. Forgotten in vain when the transaction ends badly: it is worked out again.
    """
    execute("DELETE FROM keptresult")
    path = execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    if path:
        forget_files(Path(path).parent, names=names)


def forget_files(profile: Path, *, names: tuple[str, ...] = (LOOKS,), but: str | None = None) -> None:
    """Deletes what is kept in files of a profile, except for those of the state `but`."""
    with suppress(OSError):
        for path in (file for name in names for file in (profile / CACHE).glob(name)):
            if but is None or not path.stem.endswith(but):
                path.unlink(missing_ok=True)
