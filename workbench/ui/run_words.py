"""How a run went, in words, from what its line of the history holds."""

from typing import Final

from workbench.errors import (
    BudgetSpentError,
    ClockError,
    LineError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.models.kinds import RunState
from workbench.queries.sync_status import RunRow
from workbench.ui import numbers
from workbench.ui.theme import Meaning
from workbench.ui.words import error_words

STATE_TITLES: Final = {
    RunState.RUNNING: ("Interrupted", Meaning.WATCH),
    RunState.DONE: ("Done", Meaning.GOOD),
    RunState.PARTLY: ("Partly done", Meaning.WATCH),
    RunState.CANCELLED: ("Stopped", Meaning.NEUTRAL),
    RunState.FAILED: ("Failed", Meaning.BAD),
}
DATA_USED_UP: Final = "Data used up"
"""What a limit of a day ended, wherever that is told: nothing failed."""
ACCOUNT_TITLES: Final = {
    LineError.code: "Cut off",
    PlatformBusyError.code: "Asked to wait",
    BudgetSpentError.code: DATA_USED_UP,
    SignInError.code: "Sign-in needed",
    ClockError.code: "Clock is off",
}
"""What stood in the way of all communities of an account alike, by the error's code, on its card and in the bar."""

_CUT_SHORT: Final = (
    "the sync of its account ended before everything was read. What came is kept; the next sync goes on from there."
)
_TENTHS_BELOW: Final = 10
_MINUTE: Final = 60


def run_title(run: RunRow, *, is_running: bool) -> tuple[str, Meaning]:
    """The state of a run; one that has no end while nothing runs was interrupted."""
    if is_running and run.state is RunState.RUNNING:
        return "Running", Meaning.NEUTRAL
    if run.state is RunState.DONE and run.rejected:
        return "Done, some held back", Meaning.WATCH
    if run.error_code == BudgetSpentError.code:
        return DATA_USED_UP, Meaning.WATCH
    return STATE_TITLES[run.state]


def run_words(run: RunRow, *, is_running: bool) -> tuple[str, str]:
    """One run in sentences, and details to copy (empty while nothing went wrong)."""
    title, _meaning = run_title(run, is_running=is_running)
    if run.error_code is not None:
        words, details = error_words(error_of(run.error_code, run.error_reason))
        said = f"{run.community}, {numbers.moment(run.started_at)}. {' '.join(words)}"
        return said, "" if run.state is RunState.CANCELLED else details
    if run.state is RunState.PARTLY and not run.rejected:
        # What ended the whole account stands in the history once, where it happened.
        return f"{run.community}, {numbers.moment(run.started_at)}: {_CUT_SHORT}", ""
    took = "" if run.ended_at is None else f" in {duration((run.ended_at - run.started_at).total_seconds())}"
    known = f"; {numbers.count(run.unchanged)} were already there" if run.unchanged else ""
    return f"{run.community}, {numbers.moment(run.started_at)}: {title.lower()}{took}{known}.", ""


def run_facts(run: RunRow) -> str:
    """What a run cost and brought: `12 requests · 34 kB down · 2 kB up · 5 new · 1 gone`; what is none is left out."""
    parts: list[str] = []
    if run.requests:
        parts.append(numbers.plural(run.requests, "request", "requests"))
        parts += [f"{numbers.size(run.bytes_in)} down", f"{numbers.size(run.bytes_out)} up"]
    told = ((run.added, "new"), (run.changed, "changed"), (run.gone, "gone"), (run.rejected, "held back"))
    parts += [f"{numbers.count(count)} {word}" for count, word in told if count]
    return " · ".join(parts) or "Nothing new."


def cost_words(cost: int, *, of_runs: int, of_removed: int = 0) -> str:
    """How what runs cost adds up to what was used today; empty where nothing was."""
    if not cost:
        return ""
    rest = max(0, cost - of_runs - of_removed)
    said = [f"Used today: {numbers.size(cost)}."]
    if of_runs and rest + of_removed:
        said.append(f"{numbers.size(of_runs)} of it stands with the runs of today.")
    if rest:
        said.append(f"{numbers.size(rest)} went to lists of communities, sign-ins, answers sent and files.")
    if of_removed:
        said.append(f"{numbers.size(of_removed)} was used by accounts that have been removed since.")
    return " ".join(said)


def duration(seconds: float) -> str:
    """How long something took: 0.4 s, 12 s, 3 min."""
    if seconds < _TENTHS_BELOW:
        return f"{numbers.decimal(round(seconds, 1))}\N{NO-BREAK SPACE}s"
    return numbers.hours(seconds / 3600) if seconds >= _MINUTE else f"{numbers.count(seconds)}\N{NO-BREAK SPACE}s"


def error_of(code: str, reason: str | None) -> WorkbenchError:
    """The error a history line was written for; an unknown code is told as an unexpected error."""
    return _CLASSES.get(code, WorkbenchError)(reason or "")


def _with_descendants(kind: type[WorkbenchError]) -> list[type[WorkbenchError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _with_descendants(child))]


_CLASSES: Final = {kind.code: kind for kind in _with_descendants(WorkbenchError)}
