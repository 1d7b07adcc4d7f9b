"""Look-ups of many keys at once, and the digests that stand for remote ids; for the mirror's own modules."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice
from typing import Any

from sqlalchemy import Connection

_CHUNK = 500


def select_among(
    connection: Connection, statement: str, values: Iterable[object], *, before: tuple[object, ...] = ()
) -> Iterator[Sequence[Any]]:
    """Rows of `statement`, whose `(?*)` stands for `values`, in chunks; `before` are the parameters ahead of it.

    The order over all chunks is the caller's business.
    """
    left = iter(values)
    while chunk := tuple(islice(left, _CHUNK)):
        yield from connection.exec_driver_sql(_spelled_out(statement, len(chunk)), (*before, *chunk)).all()


@cache
def _spelled_out(statement: str, count: int) -> str:
    return statement.replace("(?*)", f"({','.join('?' * count)})")


def digest(*texts: str) -> bytes:
    """16 bytes that stand for the texts, in order."""
    return blake2b("\x1f".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


# A message id is asked for again by each reply to it: most of them within the next few hundred messages.
remote_key = lru_cache(maxsize=8192)(digest)


def next_id(connection: Connection, statement: str) -> int:
    """One more than the largest id that `statement` ("SELECT max(id) FROM …") finds."""
    largest: int | None = connection.exec_driver_sql(statement).scalar()
    return (largest or 0) + 1


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
