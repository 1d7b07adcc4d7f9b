"""Telling: what a run over an account says of how far it came; of how many only where the platform told it."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from workbench.ids import CommunityId
from workbench.progress import Progress, Report
from workbench.sync.connector import Stage

if TYPE_CHECKING:
    from workbench.sync.mirror import Applied

STAGES: Final = {
    Stage.FIRST: "What is new",
    Stage.NEWS: "What is new",
    Stage.MEMBERS: "Members",
    Stage.HISTORY: "History",
    Stage.EXTRAS: "Likes",
}
MEASURED_SECONDS: Final = 10.0
"""So long a stage is watched before it is said how long the rest of it takes."""
_MESSAGES: Final = "messages"


class Telling:
    """Sums up what the communities of a run report; `seconds` is a clock that never goes backwards.

    Numbers of different things are never added up. Of a history, "of how many" is said where every community told its
    number and the run goes back to the beginning (`reaches_back`); of members, for each community by itself.
    """

    def __init__(self, report: Report, *, seconds: Callable[[], float], reaches_back: bool = True) -> None:
        self._report, self._seconds, self._reaches_back = report, seconds, reaches_back
        self._stage = Stage.FIRST
        self._due: tuple[CommunityId, ...] = ()
        self._told: dict[CommunityId, Progress] = {}
        self._totals: dict[CommunityId, Applied] = {}
        self._measured: tuple[float, int] | None = None

    def begin(self, stage: Stage, due: Collection[CommunityId]) -> None:
        """A stage begins, in which these communities have something left to read."""
        self._stage, self._due, self._measured = stage, tuple(due), None
        if self._totals and self._due:
            # The first page of it may take long, and what was said last is over.
            self._sum(note="")

    def of(self, community: CommunityId, name: str, totals: "Callable[[], Applied]") -> Report:
        """What a community reports to; `totals` is what was kept of it in this run."""

        def tell(progress: Progress) -> None:
            if progress.unit == _MESSAGES:
                self._told[community] = progress
            self._totals[community] = totals()
            self._tell(progress, note=": ".join(filter(None, (name, progress.note))))

        return tell

    def _tell(self, progress: Progress, *, note: str) -> None:
        read = sum(one.records for one in self._totals.values())
        stage = STAGES[self._stage]
        counted = self._counted(progress)
        if counted is None:
            self._sum(note=note)
            return
        done, total = counted
        # No share of the whole: how many likes and files follow is not known.
        left = self._seconds_left(done, total) if self._stage is Stage.HISTORY else None
        self._report(Progress(done, progress.unit, total, note=note, stage=stage, read=read, seconds_left=left))

    def _sum(self, *, note: str) -> None:
        """What came so far: of news and history the messages, where there are any; later whatever else there is."""
        added = sum(one.added for one in self._totals.values())
        messages = sum(one.messages for one in self._totals.values())
        read = sum(one.records for one in self._totals.values())
        is_of_messages = messages > 0 and self._stage not in {Stage.MEMBERS, Stage.EXTRAS}
        done, what = (messages, "new message") if is_of_messages else (added, "new item")
        if messages and not is_of_messages:
            done = added - messages
        self._report(Progress(done, what if done == 1 else f"{what}s", note=note, stage=STAGES[self._stage], read=read))

    def _counted(self, progress: Progress) -> tuple[int, int] | None:
        """How many there are of how many in this stage; None where nobody told."""
        if self._stage is Stage.MEMBERS and progress.unit != _MESSAGES and progress.total:
            return min(progress.done, progress.total), progress.total
        if self._stage is not Stage.HISTORY or not self._reaches_back or progress.unit != _MESSAGES:
            return None
        told = [self._told[one] for one in self._due if one in self._told]
        totals = [one.total for one in told if one.total]
        if not totals or len(totals) < len(self._due):
            return None
        # What a platform counts and does not show is not waited for once its history came to an end.
        done = sum((one.total or 0) if one.fraction == 1.0 else min(one.done, one.total or 0) for one in told)
        return done, sum(totals)

    def _seconds_left(self, done: int, total: int) -> float | None:
        """By how fast the messages of this stage came so far."""
        now = self._seconds()
        if self._measured is None:
            self._measured = (now, done)
        began, before = self._measured
        passed, came = now - began, done - before
        if came <= 0 or passed < MEASURED_SECONDS or done >= total:
            return None
        return passed * (total - done) / came
