"""Progress: how far a piece of work has come, reported by callables that know no widget and no terminal."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Wait(StrEnum):
    """What a sync waits for: the platform asked us to, its limit of requests, or a line that broke."""

    ASKED = "asked"
    PACE = "pace"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Progress:
    """One report; `done` and `total` count `unit` (messages, bytes, files), `total` None when unknown.

    `fraction` is 0.0 to 1.0 of the whole work, and None when it cannot be said honestly; `note` names what is being
    worked on (a file, a month) in a few words, without personal data.

    A sync also says whose `account` it reads, how many records it looked at (`read`), what it cost so far (`size`, in
    bytes, both ways) and, once that was measured, `seconds_left` of its stage. While it waits, `waits_until` is when it
    goes on, in Unix seconds, and `wait` why.
    """

    done: int
    unit: str
    total: int | None = None
    fraction: float | None = None
    note: str = ""
    stage: str = ""
    account: str = ""
    read: int = 0
    size: int = 0
    seconds_left: float | None = None
    waits_until: float | None = None
    wait: Wait | None = None

    def is_like(self, other: "Progress | None") -> bool:
        """Whether only numbers differ: what else a report says is never left out."""
        return other is not None and (self.account, self.stage, self.waits_until) == (
            other.account,
            other.stage,
            other.waits_until,
        )


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """A report nobody listens to."""
