"""Where an import of mail archives stands: one state per file, kept as the JSON cursor of the mailing-list importer."""

import json
from dataclasses import astuple, dataclass, field
from datetime import date, datetime

from workbench.models.moments import DayRange, from_day, from_micros, to_day, to_micros
from workbench.sync.connector import Cursor
from workbench.sync.periods import period_of

_VERSION = 1
HEAD = 1024
"""How many bytes of a file's beginning tell whether it is still the same file."""


@dataclass(slots=True)
class FileState:
    """Up to `at` (an offset in plain bytes, always the start of a mail) the file was read.

    `fingerprint` is empty until the file was read to its end; then `at` is the start of its last mail, which is read
    again when the file has grown, because it may have been caught half written. `head` is a digest of the first bytes.
    Of the files on its mails those up to `kept_to` bytes were asked for, and others left out; None where none was.
    """

    at: int = 0
    head: str = ""
    fingerprint: str = ""
    previous: int | None = None  # moment of the mail before `at`, the last resort for a missing date
    first_day: int | None = None
    last_day: int | None = None
    kept_to: int | None = 0

    @property
    def previous_at(self) -> datetime | None:
        """The moment of the mail before `at`."""
        return None if self.previous is None else from_micros(self.previous)

    def saw(self, sent_at: datetime, *, is_guess: bool, period: DayRange | None) -> None:
        """Counts a mail of the file in; days outside the period the file is named after promise nothing."""
        self.previous = to_micros(sent_at)
        day = sent_at.date()
        if is_guess or (period is not None and not period.first <= day <= period.last):
            return
        number = to_day(day)
        self.first_day = number if self.first_day is None else min(self.first_day, number)
        self.last_day = number if self.last_day is None else max(self.last_day, number)


@dataclass(slots=True)
class ArchiveCursor:
    """The states of all files ever read for this community, by name."""

    files: dict[str, FileState] = field(default_factory=dict)

    @classmethod
    def read(cls, text: Cursor | None) -> "ArchiveCursor":
        """The cursor behind `text`; an unknown version starts anew, which costs time and changes nothing."""
        if text is None:
            return cls()
        stored = json.loads(text)
        if stored["v"] != _VERSION:
            return cls()
        return cls({name: FileState(*values) for name, values in stored["files"].items()})

    def text(self) -> Cursor:
        """The JSON to keep."""
        files = {name: astuple(state) for name, state in self.files.items()}
        return Cursor(json.dumps({"v": _VERSION, "files": files}, ensure_ascii=False, separators=(",", ":")))

    def latest_day(self) -> date | None:
        """The day of the latest believable mail in all files."""
        days = [state.last_day for state in self.files.values() if state.last_day is not None]
        return from_day(max(days)) if days else None

    def covered(self, name: str) -> tuple[DayRange, ...]:
        """The days the file promises to be complete.

        A file read to its end that is named after a period promises all of it, once a later mail somewhere shows that
        the period is over; until then, and without such a name, up to its last mail. A cut file promises the days
        before its last mail.
        """
        state = self.files[name]
        period = period_of(name)
        latest = self.latest_day()
        first = period.first if period else None if state.first_day is None else from_day(state.first_day)
        last = None if state.last_day is None else from_day(state.last_day - (not state.fingerprint))
        if state.fingerprint and period is not None and latest is not None and latest > period.last:
            last = period.last
        return () if first is None or last is None or last < first else (DayRange(first, last),)
