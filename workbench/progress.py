"""Progress: how far a piece of work has come, reported by callables that know no widget and no terminal."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One report; `done` and `total` count `unit` (messages, bytes, files), `total` None when unknown.

    `fraction` is 0.0 to 1.0 of the whole work, or None when it cannot be said honestly; `note` names what is
    being worked on (a file, a month) in a few words, without personal data.
    """

    done: int
    unit: str
    total: int | None = None
    fraction: float | None = None
    note: str = ""


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """A report nobody listens to."""
