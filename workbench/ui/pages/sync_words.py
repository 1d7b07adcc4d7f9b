"""How an account and a run stand, in words: a state, its reason, and what to do next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workbench.errors import WorkbenchError
from workbench.models.kinds import AccountKind, RunState
from workbench.queries.sync_status import RunRow
from workbench.ui import numbers
from workbench.ui.pages.sync_data import AccountView, Cover
from workbench.ui.theme import Meaning
from workbench.ui.words import error_words

KIND_TITLES: Final = {
    AccountKind.MAILING_LIST: "Mailing list files",
    AccountKind.HYPERKITTY: "Mailing list archive on the web",
    AccountKind.TABLE: "Table files",
    AccountKind.SAMPLE: "Sample network, invented people",
}
KIND_ICONS: Final = {
    AccountKind.MAILING_LIST: "tray",
    AccountKind.HYPERKITTY: "globe",
    AccountKind.TABLE: "table",
    AccountKind.SAMPLE: "flask",
}
STATE_TITLES: Final = {
    RunState.RUNNING: ("Interrupted", Meaning.WATCH),
    RunState.DONE: ("Done", Meaning.GOOD),
    RunState.PARTLY: ("Partly done", Meaning.WATCH),
    RunState.CANCELLED: ("Stopped", Meaning.NEUTRAL),
    RunState.FAILED: ("Failed", Meaning.BAD),
}
LIVE: Final = frozenset({AccountKind.HYPERKITTY})
"""Kinds that have something new to fetch; the others change when files are brought in again."""
_OLD_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """A word with its meaning; `sentence` is the reason and the next step, empty while all is well."""

    title: str
    meaning: Meaning
    sentence: str = ""
    details: str = ""
    shows_held_back: bool = False


def standing(view: AccountView, *, now: datetime, is_running: bool) -> Standing:
    """How an account stands."""
    account, run = view.account, view.last_run
    is_live = account.kind in LIVE
    if is_running:
        return Standing("Running", Meaning.NEUTRAL)
    if account.is_paused:
        return Standing("Paused", Meaning.NEUTRAL, "Left out of syncing until you resume it. What is here stays.")
    if run is None:
        return Standing("Never synced", Meaning.UNKNOWN, "Nothing has been fetched yet. Sync now when there is a line.")
    if run.state in {RunState.FAILED, RunState.PARTLY} and run.error_code is not None:
        words, details = error_words(error_of(run.error_code, run.error_reason))
        title, meaning = STATE_TITLES[run.state]
        return Standing(title, meaning, " ".join(words), details)
    if run.state in {RunState.CANCELLED, RunState.RUNNING}:
        title, meaning = STATE_TITLES[run.state]
        step = "Sync now" if is_live else "Bring the same files in again"
        return Standing(title, meaning, f"What was stored up to there is kept. {step} to go on from that point.")
    if account.held_back:
        said = f"{numbers.plural(account.held_back, 'item', 'items')} could not be read and stand aside; the rest is here."
        return Standing(f"{numbers.count(account.held_back)} held back", Meaning.WATCH, said, shows_held_back=True)
    if is_live and account.last_success_at is not None and (now - account.last_success_at).days > _OLD_DAYS:
        return Standing("Getting old", Meaning.WATCH, "Sync now when there is a line.")
    return Standing("Up to date" if is_live else "Brought in", Meaning.GOOD)


def about(view: AccountView, *, now: datetime) -> str:
    """What an account is, how much it holds and when it last worked."""
    account = view.account
    parts = [KIND_TITLES[account.kind]]
    if account.base_url:
        parts[0] = f"{account.base_url.split('://')[-1].rstrip('/')}"
    if len(view.covers) != 1:
        parts.append(numbers.plural(len(view.covers), "community", "communities"))
    parts.append(numbers.plural(view.messages, "message", "messages"))
    word = "synced" if account.kind in LIVE else "brought in"
    never = f"never {word}"
    parts.append(never if account.last_success_at is None else f"{word} {numbers.ago(account.last_success_at, now=now)}")
    return " · ".join(parts)


def cover_words(cover: Cover) -> str:
    """How far a community is known, and how many days are not."""
    if cover.known_until is None:
        return "No days known to be complete"
    known = f"Known until {numbers.known_until(cover.known_until, today=cover.last)}"
    if not cover.unknown_days:
        return f"{known}, no day missing"
    return f"{known} · {numbers.count(cover.unknown_days)} of {numbers.count(cover.days)} days not known"


def run_title(run: RunRow, *, is_running: bool) -> tuple[str, Meaning]:
    """The state of a run; one that has no end while nothing runs was interrupted."""
    if is_running and run.state is RunState.RUNNING:
        return "Running", Meaning.NEUTRAL
    if run.state is RunState.DONE and run.rejected:
        return "Done, some held back", Meaning.WATCH
    return STATE_TITLES[run.state]


def run_words(run: RunRow, *, is_running: bool) -> tuple[str, str]:
    """One run in sentences, and details to copy (empty while nothing went wrong)."""
    title, _meaning = run_title(run, is_running=is_running)
    if run.error_code is not None:
        words, details = error_words(error_of(run.error_code, run.error_reason))
        return f"{run.community}, {numbers.moment(run.started_at)}. {' '.join(words)}", details
    took = "" if run.ended_at is None else f" in {duration((run.ended_at - run.started_at).total_seconds())}"
    known = f"; {numbers.count(run.unchanged)} were already there" if run.unchanged else ""
    return f"{run.community}, {numbers.moment(run.started_at)}: {title.lower()}{took}{known}.", ""


def duration(seconds: float) -> str:
    """How long something took: 0.4 s, 12 s, 3 min."""
    if seconds < 10:  # noqa: PLR2004 - tenths are of interest under ten
        return f"{numbers.decimal(round(seconds, 1))}\N{NO-BREAK SPACE}s"
    return numbers.hours(seconds / 3600) if seconds >= 60 else f"{numbers.count(seconds)}\N{NO-BREAK SPACE}s"  # noqa: PLR2004


def error_of(code: str, reason: str | None) -> WorkbenchError:
    """The error a history line was written for; an unknown code is told as an unexpected error."""
    return _CLASSES.get(code, WorkbenchError)(reason or "")


def _with_descendants(kind: type[WorkbenchError]) -> list[type[WorkbenchError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _with_descendants(child))]


_CLASSES: Final = {kind.code: kind for kind in _with_descendants(WorkbenchError)}
