"""How an account stands, in words: a state, its reason, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workbench.models.kinds import AccountKind, RunState
from workbench.queries.sync_status import RunRow
from workbench.ui import numbers
from workbench.ui.pages.sync_data import AccountView, Cover
from workbench.ui.run_words import STATE_TITLES, error_of
from workbench.ui.theme import Meaning
from workbench.ui.words import error_words

KIND_TITLES: Final = {
    AccountKind.MAILING_LIST: "Mailing list files",
    AccountKind.HYPERKITTY: "Mailing list archive on the web",
    AccountKind.TABLE: "Table files",
    AccountKind.SAMPLE: "Invented people",
}
KIND_ICONS: Final = {
    AccountKind.MAILING_LIST: "tray",
    AccountKind.HYPERKITTY: "globe",
    AccountKind.TABLE: "table",
    AccountKind.SAMPLE: "flask",
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
    if is_running:
        return Standing("Running", Meaning.NEUTRAL)
    if account.is_paused:
        return Standing("Paused", Meaning.NEUTRAL, "Left out of syncing until you resume it. What is here stays.")
    if run is None:
        return Standing("Never synced", Meaning.UNKNOWN, "Nothing has been fetched yet. Sync now when there is a line.")
    return _of_run(run, is_live=account.kind in LIVE) or _at_rest(view, now=now)


def _of_run(run: RunRow, *, is_live: bool) -> Standing | None:
    """What the newest run says; None where it went well."""
    title, meaning = STATE_TITLES[run.state]
    if run.error_code is not None and run.state in {RunState.FAILED, RunState.PARTLY}:
        words, details = error_words(error_of(run.error_code, run.error_reason))
        return Standing(title, meaning, " ".join(words), details)
    if run.state in {RunState.CANCELLED, RunState.RUNNING}:
        step = "Sync now" if is_live else "Bring the same files in again"
        return Standing(title, meaning, f"What was stored up to there is kept. {step} to go on from that point.")
    return None


def _at_rest(view: AccountView, *, now: datetime) -> Standing:
    """How an account stands whose newest run went well."""
    account = view.account
    if account.held_back:
        said = f"{numbers.plural(account.held_back, 'item', 'items')} could not be read; the rest is here."
        return Standing(f"{numbers.count(account.held_back)} held back", Meaning.WATCH, said, shows_held_back=True)
    is_live = account.kind in LIVE
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
    if account.last_success_at is not None:
        word = "synced" if account.kind in LIVE else "brought in"
        parts.append(f"{word} {numbers.ago(account.last_success_at, now=now)}")
    elif account.kind in LIVE:
        parts.append("never synced")
    return " · ".join(parts)


def cover_words(cover: Cover) -> str:
    """How far a community is known, and how many days are not."""
    if cover.known_until is None:
        return "No days known to be complete"
    known = f"Known until {numbers.known_until(cover.known_until, today=cover.today)}"
    if not cover.unknown_days:
        return f"{known}, no day missing"
    return f"{known} · {numbers.count(cover.unknown_days)} of {numbers.count(cover.days)} days not known"


def whole_words(covers: Sequence[Cover]) -> str:
    """How far several communities are known."""
    whole = sum(1 for cover in covers if _is_whole(cover))
    return f"{numbers.count(whole)} of {numbers.plural(len(covers), 'community', 'communities')} known without a gap"


def _is_whole(cover: Cover) -> bool:
    return cover.known_until is not None and cover.known_until >= cover.last and not cover.gaps
