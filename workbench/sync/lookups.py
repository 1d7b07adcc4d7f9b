"""Look-ups of many keys at once, and the digests that stand for remote ids; for the mirror's own modules."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 512


def driver(connection: "Connection") -> Any:
    """The driver's own connection, inside the same transaction, for statements that come with every page.

    Most of the sixty that a page of messages needs take SQLite less time than the ORM takes to hand them on.
    """
    return connection.connection.driver_connection


def select_among(
    connection: "Connection", statement: str, values: Iterable[object], *, before: tuple[object, ...] = ()
) -> Iterator[Sequence[Any]]:
    """Rows of `statement`, whose `(?*)` stands for `values`, in chunks; `before` are the parameters ahead of it.

    The order over all chunks is the caller's business.
    """
    left = iter(values)
    execute = driver(connection).execute
    while chunk := tuple(islice(left, _CHUNK)):
        # The last one again up to a power of two: few spellings, which the driver keeps ready to run.
        size = 1 << (len(chunk) - 1).bit_length()
        again = chunk[-1:] * (size - len(chunk))
        yield from execute(_spelled_out(statement, size), (*before, *chunk, *again)).fetchall()


@cache
def _spelled_out(statement: str, count: int) -> str:
    return statement.replace("(?*)", f"({','.join('?' * count)})")


def digest(*texts: str) -> bytes:
    """16 bytes that stand for the texts, in order."""
    return blake2b("\x1f".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


# A message id is asked for again by each reply to it: most of them within the next few hundred messages.
remote_key = lru_cache(maxsize=8192)(digest)


GIVEN_ONCE = ("account", "community", "person", "event")
"""Tables whose ids never go to another row, not even after theirs was removed."""
_NEXT = """
SELECT max(ifnull((SELECT max(id) FROM {0}), 0), ifnull((SELECT id FROM lastid WHERE name = '{0}'), 0)) + 1
"""
_KEEP = """
INSERT INTO lastid SELECT '{0}', max(id) FROM {0} HAVING max(id) IS NOT NULL
ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id)
"""


def next_id(connection: "Connection", table: str) -> int:
    """The id of the next row of a table that is among `GIVEN_ONCE`."""
    found: int = driver(connection).execute(_NEXT.format(table)).fetchone()[0]
    return found


def keep_ids(connection: "Connection") -> None:
    """Before rows are removed: remembers the largest ids there are."""
    for table in GIVEN_ONCE:
        driver(connection).execute(_KEEP.format(table))


def storable(text: str) -> str:
    """The text without what a database cannot keep: NUL, and halves of surrogate pairs (shown as "?")."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
