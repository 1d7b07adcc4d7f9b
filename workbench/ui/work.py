"""Work: one import, sync, check or removal under way or ended, as pages watch it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from workbench.progress import Progress
from workbench.ui.jobs import Job

if TYPE_CHECKING:
    from workbench.sync.engine import RunResult


class WorkKind(StrEnum):
    """What is being done; one of each kind at a time."""

    IMPORT = "import"
    TABLE = "table"
    SYNC = "sync"
    CHECK = "check"
    SAMPLE = "sample"
    REMOVE = "remove"


ON_LINE: Final = frozenset({WorkKind.SYNC, WorkKind.CHECK})


@dataclass(eq=False, slots=True)
class Work:
    """One piece of work; `subject` names the community or account (empty: all), `results` one for each community.

    `is_by_itself` is a sync nobody asked for: it says nothing at its end unless it broke down.

    Whoever shows the end of it sets `is_seen`; then nothing is said at the foot of the window.
    """

    kind: WorkKind
    subject: str
    job: Job | None = None
    results: "tuple[RunResult, ...]" = ()
    error: Exception | None = None
    is_running: bool = True
    is_seen: bool = False
    is_by_itself: bool = False
    accounts: list[str] = field(default_factory=list)
    """Whose turn it was, in order; the last one is being read."""
    _counted: tuple[int, int] = (0, 0)

    @property
    def progress(self) -> Progress | None:
        """How far it has come."""
        return self.job.progress if self.job is not None else None

    @property
    def account(self) -> str:
        """The account that is being read now, empty where that is not known yet."""
        return self.accounts[-1] if self.accounts else self.subject

    def heard(self, progress: Progress) -> bool:
        """Takes in a report; whether anything has arrived with it."""
        if progress.account and progress.account not in self.accounts[-1:]:
            self.accounts.append(progress.account)
        before, self._counted = self._counted, (progress.read, progress.done)
        return not progress.stage or self._counted != before

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self.job is not None and self.job.cancel.is_cancelled

    def stop(self) -> None:
        """Asks it to stop; what was stored stays."""
        if self.job is not None:
            self.job.cancel.cancel()

    def total(self, name: str) -> int:
        """A count over all results: added, changed, unchanged, rejected."""
        return sum(int(getattr(result.totals, name)) for result in self.results)

    @property
    def first_error(self) -> Exception | None:
        """What went wrong first: with all of it, or with a part."""
        return self.error or next((result.error for result in self.results if result.error is not None), None)
