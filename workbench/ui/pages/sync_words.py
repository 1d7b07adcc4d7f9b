"""How an account stands, in words: a state, its reason, what comes next by itself, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from workbench.errors import BudgetSpentError, ClockError, ManyGoneError, PlatformBusyError, SignInError
from workbench.messages.clock_words import WRONG_ABOVE, clock_words
from workbench.models.kinds import WEB_SITES, AccountKind, RunState
from workbench.operations.sync import standing_of
from workbench.queries.coverage import days_known
from workbench.queries.sync_status import CommunityStateRow, RunRow
from workbench.sync.platforms import TITLES
from workbench.sync.schedule import Reason, by_itself
from workbench.ui import numbers
from workbench.ui.directions import apart
from workbench.ui.link import FOR_SCHEDULE, Link
from workbench.ui.pages.account_words import ICONS
from workbench.ui.pages.sync_data import AccountView, Cover, Held
from workbench.ui.run_words import ACCOUNT_TITLES, STATE_TITLES, error_of
from workbench.ui.theme import Meaning
from workbench.ui.widgets.coverage_calendar import WEEKS, first_shown
from workbench.ui.words import error_words

KIND_TITLES: Final = {
    **TITLES,
    AccountKind.MAILING_LIST: "Mailing list files",
    AccountKind.HYPERKITTY: "Mailing list archive on the web",
    AccountKind.TABLE: "Table files",
    AccountKind.VIVA_ENGAGE_EXPORT: "Viva Engage export",
    AccountKind.ANALYTICS_FILE: "Web analytics files",
    AccountKind.SAMPLE: "Invented people",
}
KIND_ICONS: Final = {
    **ICONS,
    AccountKind.MAILING_LIST: "tray",
    AccountKind.TABLE: "table",
    AccountKind.VIVA_ENGAGE_EXPORT: "archive",
    AccountKind.ANALYTICS_FILE: "chart-line-up",
    AccountKind.SAMPLE: "flask",
}
LIVE: Final = frozenset(TITLES)
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
    if is_running:
        return Standing("Running", Meaning.NEUTRAL)
    return _by_clock(view, _in_the_way(view) or _of_runs(view) or _at_rest(view, now=now))


def _by_clock(view: AccountView, found: Standing) -> Standing:
    """The same with a line on a clock that is off; that stands first where all is well but the clock."""
    account = view.account
    said = "" if account.is_paused or account.error_code == ClockError.code else clock_words(account.clock_skew)
    if not said:
        return found
    is_wrong = abs(account.clock_skew or timedelta()) > WRONG_ABOVE and found.meaning is Meaning.GOOD
    title, meaning = (ACCOUNT_TITLES[ClockError.code], Meaning.WATCH) if is_wrong else (found.title, found.meaning)
    return replace(found, title=title, meaning=meaning, sentence=f"{found.sentence} {said}".strip())


def _in_the_way(view: AccountView) -> Standing | None:
    """What keeps the account as a whole from going on."""
    account = view.account
    if account.is_paused:
        return Standing("Paused", Meaning.NEUTRAL, "Left out of syncing until you resume it. What is here stays.")
    if account.error_code is not None:
        return _of_account(account.error_code, account.error_reason)
    return Standing("Question for you", Meaning.WATCH) if view.asks else None


def _of_runs(view: AccountView) -> Standing | None:
    if view.last_run is not None:
        return _of_run(view.last_run, is_live=view.account.kind in LIVE)
    if view.account.last_success_at is None:
        if view.account.kind not in LIVE:
            is_empty = not any(cover.messages for cover in view.covers)
            return Standing("Nothing yet", Meaning.UNKNOWN, "No file was brought in for it.") if is_empty else None
        return Standing("Never synced", Meaning.UNKNOWN, "Nothing has been fetched yet. Sync now when there is a line.")
    return None  # its platform was asked, and there was nothing new


def _of_account(code: str, reason: str | None) -> Standing:
    """What stood in the way of all its communities alike. Of a sign-in, a banner of the card says the rest."""
    words, details = error_words(error_of(code, reason))
    title = ACCOUNT_TITLES.get(code)
    # What is said elsewhere on the card is left out here: the banner of a sign-in, and when it goes on by itself.
    told = {SignInError.code: "", PlatformBusyError.code: words[0], BudgetSpentError.code: words[2]}
    sentence = told.get(code, " ".join(words))
    return Standing(title or "Failed", Meaning.BAD if title is None else Meaning.WATCH, sentence, details)


def _of_run(run: RunRow, *, is_live: bool) -> Standing | None:
    """What the run says that tells most; None where it went well."""
    title, meaning = STATE_TITLES[run.state]
    if run.error_code == ManyGoneError.code:
        return None  # asked as a question of its own, until it is answered
    if run.error_code is not None and run.state in {RunState.FAILED, RunState.PARTLY}:
        words, details = error_words(error_of(run.error_code, run.error_reason))
        return Standing(title, meaning, " ".join(words), details)
    is_cut_short = is_live and run.state is RunState.PARTLY and not run.rejected
    if is_cut_short or run.state in {RunState.CANCELLED, RunState.RUNNING}:
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
    if is_live and is_unfinished(view):
        said = "Not all communities were read to their end yet. What came is kept; the next sync goes on from there."
        return Standing("Not finished", Meaning.WATCH, said)
    if is_live and account.last_success_at is not None and (now - account.last_success_at).days > _OLD_DAYS:
        return Standing("Getting old", Meaning.WATCH, "Sync now when there is a line.")
    return Standing("Up to date" if is_live else "Brought in", Meaning.GOOD)


def about(view: AccountView, *, now: datetime) -> str:
    """What an account is, how much it holds and when it last worked."""
    account = view.account
    parts = [KIND_TITLES[account.kind]]
    if account.base_url:
        host = f"{account.base_url.split('://')[-1].rstrip('/')}"
        parts = [host] if account.kind is AccountKind.HYPERKITTY else [parts[0], host]
    if len(view.covers) != 1:
        parts.append(numbers.plural(len(view.covers), "community", "communities"))
    if account.kind in WEB_SITES:
        parts.append(f"page views of {numbers.plural(view.known_days, 'day', 'days')}")
    else:
        parts.append(numbers.plural(view.messages, "message", "messages"))
    has_come = account.last_success_at is not None or view.messages > 0
    if has_come and is_unfinished(view):
        parts.append("not finished")
    elif account.last_success_at is not None:
        word = "synced" if account.kind in LIVE else "brought in"
        parts.append(f"{word} {numbers.ago(account.last_success_at, now=now)}")
    elif account.kind in LIVE:
        parts.append("never synced")
    if view.waiting and has_come:
        parts.append(f"{numbers.plural(view.waiting, 'community', 'communities')} waiting")
    return " · ".join(parts)


def is_unfinished(view: AccountView) -> bool:
    """Whether a community of an account on a line was never read to its end, be it paused or not."""
    return view.account.kind in LIVE and any(_is_unread(cover.state) for cover in view.covers)


def _is_unread(state: CommunityStateRow | None) -> bool:
    """Whether a community that is followed was never read to its end."""
    return state is not None and state.is_followed and state.is_visible and state.synced_at is None


def next_words(view: AccountView, *, link: Link, now: datetime) -> str:
    """What happens next by itself, and when; empty where the state says it already."""
    account = view.account
    if account.kind not in LIVE or not account.followed:
        return ""
    # As the clock of the window decides it: what a cut ended is tried again long before its hour.
    allowed = by_itself(standing_of(account, spent_today=view.spent.today.bytes), link=FOR_SCHEDULE[link], now=now)
    at = "" if allowed.at is None else numbers.when(allowed.at, now=now)
    if view.is_all_paused and allowed.reason in _BY_ITSELF:
        return "Everything is paused: it syncs only when you ask, until you resume at the foot of the window."
    metered = " Text only, while the network is metered." if link is Link.METERED else ""
    words = {
        Reason.NO_LINK: "Waits until you have signed in to this network."
        if link is Link.PORTAL
        else "Waits for a link.",
        Reason.BUDGET_SPENT: f"The data for today is used up; there is more {at}.",
        Reason.BY_HAND: "Syncs only when you ask.",
        Reason.ASKED_TO_WAIT: f"The platform asked to wait: next {at}.",
        Reason.NOT_DUE: f"Next by itself {at}.{metered}",
        None: f"Due now: it starts within a minute.{metered}",
    }
    return words.get(allowed.reason, "")


_BY_ITSELF: Final = frozenset({None, Reason.NOT_DUE, Reason.ASKED_TO_WAIT})


def spent_words(view: AccountView) -> str:
    """What it cost: `34 kB of 5 MB today · 1.2 MB this month`."""
    today, month = numbers.size(view.spent.today.bytes), numbers.size(view.spent.month.bytes)
    limit = "" if view.cap is None else f" of {numbers.whole_size(view.cap)}"
    raised = ", raised for today" if view.is_raised and view.cap is not None else ""
    raised = ", no limit for today" if view.is_raised and view.cap is None else raised
    return f"{today}{limit} today{raised} · {month} this month"


def counts_words(state: CommunityStateRow) -> str:
    """Our numbers beside the platform's: `1,204 messages here, 1,210 there · 60 members, 60 there · 14 May 2026`."""
    is_unread = state.synced_at is None and not state.messages and not state.members
    parts = ["Nothing is here yet"] if is_unread else []
    for ours, theirs, one, many in (
        (state.messages, state.platform_messages, "message", "messages"),
        (state.members, state.platform_members, "member", "members"),
    ):
        if one == "message" and (ours, theirs) == (0, 0) and state.platform_members is not None:
            continue  # of people only
        if not is_unread:
            parts.append(_beside(ours, theirs, one, many))
        elif theirs is not None:
            parts.append(f"{numbers.plural(theirs, one, many)} there")
    if state.counted_at is not None and (state.platform_messages, state.platform_members) != (None, None):
        parts.append(f"counted {numbers.day_of(state.counted_at)}")
    return " · ".join(parts)


def _beside(ours: int, theirs: int | None, one: str, many: str) -> str:
    lead = f"{numbers.plural(ours, one, many)} here"
    return lead if theirs is None else f"{lead}, {numbers.count(theirs)} there"


def synced_words(state: CommunityStateRow, *, now: datetime) -> str:
    """When a community was last read to its end."""
    if not state.is_visible:
        return "the platform no longer lists it"
    if not state.is_followed:
        return "not followed any more"
    return "never read to the end" if state.synced_at is None else f"synced {numbers.ago(state.synced_at, now=now)}"


_KINDS: Final = {"messages": "messages", "members": "members", "reactions": "likes"}


def held_words(held: Held) -> str:
    """Such as `The platform no longer shows 340 of 400 members`."""
    told = [
        f"{numbers.count(gone)} of {numbers.count(of)} {_KINDS.get(kind, kind)}"
        for kind, (gone, of) in sorted(held.items())
    ]
    return f"The platform no longer shows {' and '.join(told)}."


def cover_words(cover: Cover) -> str:
    """How far a community is known, and how many days are not."""
    if cover.known_until is None:
        return "No days known to be complete"
    known = f"Known until {apart(numbers.known_until(cover.known_until, today=cover.today))}"
    if not cover.unknown_days:
        return f"{known}, no day missing"
    return f"{known} · {numbers.count(cover.unknown_days)} of {numbers.plural(cover.days, 'day', 'days')} not known"


def line_words(cover: Cover) -> str:
    """As `cover_words`, beside a calendar, of the days which that shows; what was before a community began is none."""
    if cover.known_until is None:
        return cover_words(cover)
    first, until = _first_looked_at(cover), apart(numbers.known_until(cover.known_until, today=cover.today))
    days = (cover.last - first).days + 1
    unknown = days - days_known(cover.known, first, cover.last)
    if unknown <= 0:
        since = "" if first != cover.began else f" since it began on {apart(numbers.day(first))}"
        return f"Known until {until}, no day missing{since}"
    oldest = cover.known[-1].first
    known = f"Known since {apart(numbers.day(oldest))}, until {until}" if oldest > first else f"Known until {until}"
    return f"{known} · {numbers.count(unknown)} of the {numbers.plural(days, 'day', 'days')} shown not known"


def _first_looked_at(cover: Cover) -> date:
    """The first day of a calendar that there is something to know of."""
    shown = first_shown(cover.today)
    return shown if cover.began is None else max(shown, cover.began)


def whole_words(covers: Sequence[Cover], *, is_live: bool) -> str:
    """How far several communities are known: of those on a line, the weeks that their calendars show."""
    covers = [cover for cover in covers if not cover.is_people_only] or covers  # a list of people has no days to know
    many = numbers.plural(len(covers), "community", "communities")
    whole = sum(cover.knows(_first_looked_at(cover) if is_live else cover.first, cover.last) for cover in covers)
    if is_live:
        return f"{numbers.count(whole)} of {many} known on all days of the last {WEEKS} weeks"
    return f"{numbers.count(whole)} of {many} known without a gap"
