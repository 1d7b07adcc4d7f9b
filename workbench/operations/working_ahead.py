"""Working ahead: what pages ask first is worked out and kept before anybody opens them, where that takes long.

In a child process, because it keeps Python's lock; a stop ends it at once, since all it writes may be lost.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from workbench.cancel import CancelToken
from workbench.models.database import Database, Reader
from workbench.operations.kept import LONG_SECONDS, KeptMeasures
from workbench.operations.page_measures import Question, first_questions
from workbench.progress import Report, silent
from workbench.queries.kept import all_messages, keeps_anything, largest_communities
from workbench.queries.scope import Scope
from workbench.workspace import Workspace

AHEAD_ORDER: Final = "ahead"
LARGE: Final = 200_000
"""From so many messages on some page takes long enough to be kept."""
COMMUNITY_SECONDS: Final = 20.0
"""How long single communities are worked on after the whole network, the largest first."""
KEEP_MILLISECONDS: Final = 5_000
"""How long is waited for somebody else's write; whoever opened a page does not wait at all."""
Days = tuple[date, date]
_USUAL_DAYS: Final = 90


def is_worth_it(reader: Reader) -> bool:
    """Whether this profile is so large that pages would keep anybody waiting."""
    return keeps_anything(reader) or all_messages(reader) >= LARGE


def work_ahead(
    workspace: Workspace,
    *,
    days: Days | None = None,
    seconds: float = COMMUNITY_SECONDS,
    long_seconds: float = LONG_SECONDS,
    cancel: CancelToken | None = None,
) -> int:
    """Works out what pages on the whole network ask first, then those on its largest communities; how many of these.

    `days` are those of the period chosen, the last 90 without. Goes on to smaller communities until one takes less
    than `long_seconds`, or `seconds` are over. What is kept already is left as it is. Can be stopped between two
    questions (CancelledError).
    """
    as_of, cancel = workspace.clock.now(), cancel or CancelToken()
    today = as_of.astimezone(UTC).date()
    asked = tuple(first_questions(days or (today - timedelta(days=_USUAL_DAYS), today), now=as_of))
    ahead = _Ahead(workspace.database, asked, as_of, cancel)
    ahead.work_out(())
    with workspace.database.read() as reader:
        largest = largest_communities(reader)
    spent = 0.0
    for done, community in enumerate(largest):
        if spent >= seconds:
            return done
        took = ahead.work_out((community,))
        if took < long_seconds and not ahead.found_any:
            return done + 1
        spent += took
    return len(largest)


def keep_up(workspace: Workspace, *, say: Callable[[str], object]) -> None:
    """Works out anew what something brought in made invalid; nothing happens where nothing took long before."""
    with workspace.database.read() as reader:
        is_wanted = keeps_anything(reader)
    if is_wanted:
        say("Working out the numbers that changed; what was fetched is stored.")
        work_ahead(workspace)


def work_ahead_beside(
    workspace: Workspace, *, days: Days | None = None, report: Report = silent, cancel: CancelToken | None = None
) -> int:
    """As `work_ahead`, in a child process of a window; blocks, and refuses as `ask_child` does."""
    from workbench.operations.worker import ask_child  # noqa: PLC0415 - it brings the importers, which the child needs

    order: dict[str, Any] = {
        "profile": str(workspace.profile.absolute()),
        "key": workspace.database.key.hex(),
        AHEAD_ORDER: None if days is None else [day.isoformat() for day in days],
    }
    return int(ask_child(order, report=report, cancel=cancel, patience=0.0)[AHEAD_ORDER])


def days_told(told: Sequence[str] | None) -> Days | None:
    """The child's side: the days of an order."""
    if told is None:
        return None
    first, last = map(date.fromisoformat, told)
    return first, last


class _Ahead:
    """Asks the same questions of one scope after the other."""

    def __init__(
        self,
        database: Database,
        asked: Sequence[Question],
        as_of: datetime,
        cancel: CancelToken,
    ) -> None:
        self._database = database
        self._asked = asked
        self._as_of = as_of
        self._cancel = cancel
        self.found_any = False
        """Whether anything was kept already of what was asked last."""

    def work_out(self, scope: Scope) -> float:
        """Keeps every answer, for a page asks several of them; the seconds it took to work out what was not there."""
        self.found_any, seconds = False, 0.0
        for question in self._asked:
            self._cancel.check()
            # A transaction for each, so that the log of a sync at work does not grow for minutes.
            kept = KeptMeasures(self._database, long_seconds=0.0)
            with self._database.read() as reader:
                kept(reader, question.keys, scope=scope, windows=question.windows, as_of=self._as_of)
            kept.keep(wait_milliseconds=KEEP_MILLISECONDS)
            self.found_any |= kept.found_any
            seconds += kept.seconds
        return seconds
