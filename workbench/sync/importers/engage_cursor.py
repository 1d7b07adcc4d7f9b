"""Where an import of Viva Engage exports stands: one state per archive, kept as the JSON cursor of the importer."""

import json
from dataclasses import dataclass, field
from datetime import date

from workbench.models.moments import DayRange, from_day, to_day
from workbench.sync.connector import Cursor

_VERSION = 1
_GAP_DAYS = 31


@dataclass(slots=True)
class ArchiveState:
    """Of one archive, `row` rows of Messages.csv were read in this turn, one for each portion of edits.

    `private` and `system` rows of them were left out; `days` had messages.

    An archive is asked for by period, and tells older messages only if they changed: days with nothing for over a
    month between them are not promised.
    """

    turn: int = 0
    row: int = 0
    is_done: bool = False
    private: int = 0
    system: int = 0
    days: list[list[int]] = field(default_factory=list)

    def leave_out(self, *, is_private: bool) -> None:
        """Counts a row that is no message of a community."""
        self.private += is_private
        self.system += not is_private

    def saw(self, day: date) -> None:
        """Counts in a day of which an unchanged message was read."""
        number = to_day(day)
        near = [span for span in self.days if span[0] - _GAP_DAYS <= number <= span[1] + _GAP_DAYS]
        if not near:
            self.days.append([number, number])
            return
        if len(near) == 1 and near[0][0] <= number <= near[0][1]:
            return
        first = min(number, *(span[0] for span in near))
        last = max(number, *(span[1] for span in near))
        self.days = sorted([*(span for span in self.days if span not in near), [first, last]])


@dataclass(slots=True)
class ExportCursor:
    """The states of all archives ever read into this account, by fingerprint, and which communities they told of.

    `groups` holds when each was last changed: an older name does not replace a newer one.
    """

    archives: dict[str, ArchiveState] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: Cursor | None) -> "ExportCursor":
        """The cursor behind `text`; an unknown version starts anew, which costs time and changes nothing."""
        if text is None:
            return cls()
        stored = json.loads(text)
        if stored["v"] != _VERSION:
            return cls()
        archives = {mark: ArchiveState(*values) for mark, values in stored["archives"].items()}
        return cls(archives, dict(stored["groups"]))

    def text(self) -> Cursor:
        """The JSON to keep."""
        archives = {
            mark: [state.turn, state.row, state.is_done, state.private, state.system, state.days]
            for mark, state in self.archives.items()
        }
        stored = {"v": _VERSION, "archives": archives, "groups": self.groups}
        return Cursor(json.dumps(stored, separators=(",", ":")))

    def covered(self) -> tuple[DayRange, ...]:
        """The days that the archives read to their end promise to be complete, for the whole network."""
        return tuple(
            DayRange(from_day(first), from_day(last))
            for state in self.archives.values()
            if state.is_done
            for first, last in state.days
        )
