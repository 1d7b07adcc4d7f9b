"""Kept measures: what took long to work out is not worked out again while nothing it rests on has changed.

Every page and the command line ask here, so that they show the same numbers. An answer is kept with the marks of the
transaction it was read in, and found again only in a transaction with the same marks.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from workbench.clock import SystemClock
from workbench.metrics.catalog import find_metric
from workbench.metrics.packing import pack, unpack
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Database, Reader
from workbench.models.keeping import Answer, keep_results
from workbench.operations.measures_beside import worked_out
from workbench.queries.frames import FramePart
from workbench.queries.kept import Marks, digest, kept_rows
from workbench.queries.scope import Scope

LONG_SECONDS: Final = 0.1
"""What takes less is worked out each time."""
MOMENTARY: Final = frozenset({"unanswered", "heat"})
"""What changes with the hour though nothing is written: questions grow late, and threads cool down."""
HOLDS_FOR: Final = timedelta(hours=1)
"""So long an answer of these holds; all others hold for the day (UTC) they were worked out on."""
OWN_PARTS: Final = (
    FramePart.HOLDINGS | FramePart.LIBRARY | FramePart.ACTIVITIES | FramePart.COORDINATION | FramePart.URGENT
)
"""What is read from the coordinator's own plans, cards and marks; a card moved leaves all other answers as they are."""


class _Fresh(NamedTuple):
    """What was just worked out, the name it goes under, and the marks of the transaction it was read in."""

    name: str
    key: str
    values: Sequence[Value]
    marks: Marks
    as_of: datetime


class KeptMeasures:
    """Answers as `measure_all` does, from what is kept where that holds; made anew for each reading."""

    def __init__(self, database: Database, *, long_seconds: float = LONG_SECONDS) -> None:
        self._database = database
        self._long_seconds = long_seconds
        self._clock = SystemClock()  # for how long something takes; what time it is comes with each question
        self._fresh: list[_Fresh] = []
        self._moments: list[datetime] = []
        self.seconds = 0.0
        """How long it took to work out what was not kept."""
        self.found_any = False
        """Whether anything of what was asked was kept."""

    def __call__(
        self, reader: Reader, keys: Sequence[str], *, scope: Scope, windows: Sequence[Window], as_of: datetime
    ) -> dict[str, list[Value]]:
        """Several measures over the same windows; refuses an unknown key (BadInputError)."""
        asked = digest(reader, [sorted(scope), [(window.first_day, window.until_day) for window in windows]])
        names = {key: f"{key} {asked}" for key in keys}
        found = self._found(reader, names, windows, as_of)
        missing = [key for key in names if key not in found]
        if missing:
            began = self._clock.monotonic()
            worked = worked_out(self._database, reader, missing, scope=scope, windows=windows, as_of=as_of)
            self.seconds += self._clock.monotonic() - began
            self._fresh += [
                _Fresh(names[key], key, values, worked.marks, as_of) for key, values in worked.values.items()
            ]
            found |= worked.values
        return {key: found[key] for key in names}

    def as_of(self, now: datetime) -> datetime:
        """The moment the answers are from, the earliest where they differ.

        That is `now` where none of them changes with the hour: they are what they would be now.
        """
        return min(self._moments, default=now)

    def keep(self, *, wait_milliseconds: int = 0) -> bool:
        """Keeps what was worked out if that took long; False where it did not, or could not be kept in time."""
        fresh, self._fresh = self._fresh, []
        if self.seconds < self._long_seconds:
            return False
        return keep_results(self._database, list(_answers(fresh)), wait_milliseconds=wait_milliseconds)

    def _found(
        self, reader: Reader, names: Mapping[str, str], windows: Sequence[Window], as_of: datetime
    ) -> dict[str, list[Value]]:
        """What is kept and holds; what cannot be read is worked out again, and written over."""
        rows = kept_rows(reader, tuple(names.values()), as_of=as_of)
        found: dict[str, list[Value]] = {}
        for key, name in names.items():
            row = rows.get(name)
            is_momentary = key in MOMENTARY
            if is_momentary and row is not None and row.as_of <= as_of - HOLDS_FOR:
                continue
            if row is not None and row.rests_on_own is rests_on_own(key):
                with suppress(ValueError, TypeError, KeyError, AttributeError):
                    found[key] = unpack(row.body, windows)
                    self._moments += [row.as_of] if is_momentary else []
                    self.found_any = True
        return found


@contextmanager
def kept_measures(database: Database, *, long_seconds: float = LONG_SECONDS) -> Iterator[tuple[Reader, KeptMeasures]]:
    """A read transaction and its measures; what took long is kept when the block has ended well."""
    measures = KeptMeasures(database, long_seconds=long_seconds)
    with database.read() as reader:
        yield reader, measures
    measures.keep()


def rests_on_own(key: str) -> bool:
    """Whether a measure reads anything the coordinator made; refuses an unknown key (BadInputError)."""
    return bool(find_metric(key).needs & OWN_PARTS)


def _answers(fresh: Sequence[_Fresh]) -> Iterator[Answer]:
    for name, key, values, now, as_of in fresh:
        with suppress(TypeError):  # a kind of detail that would not come back as it was is not kept
            yield Answer(name, now.mirror, now.own if rests_on_own(key) else None, as_of, pack(values))
