"""Known note: the line under a heading that says how far its days are known, why not further, and the next step."""

from collections.abc import Callable
from datetime import date

from workbench.models.kinds import WEB_SITES
from workbench.queries.coverage import Behind
from workbench.queries.known import Known
from workbench.ui import numbers
from workbench.ui.directions import apart
from workbench.ui.pages.page import Page
from workbench.ui.period import Period
from workbench.ui.qt_models.community_table import FROM_FILES
from workbench.ui.widgets.state_panel import Offer


def show_known(
    page: Page, known: Known | None, *, only_missing: bool = False, to_month: Callable[[date], object] | None = None
) -> None:
    """Puts the line on a page, or takes it away: for a web site, and with `only_missing` where nothing is missing.

    A page that is about a month of its own goes back by `to_month`, handed the last day known.
    """
    if known is None or known.kind in WEB_SITES or (only_missing and known.is_whole):
        page.set_note("")
        return
    words, icon = known_words(known, today=page.context.workspace.clock.now().date())
    page.set_note(words, icon=icon, token="good" if known.is_whole else "unknown", offer=_offer(page, known, to_month))


def known_words(known: Known, *, today: date) -> tuple[str, str]:
    """How far a span is known, and the icon that goes with it."""
    days = numbers.plural(known.days, "day", "days")
    if known.until is None:
        why = "No day is complete in all communities" if known.kind is None else unknown_words(known)
        what = "only what is here is shown, and more may be missing" if known.has_messages else "nothing is here yet"
        return f"{why}: {what}", "circle-dashed"
    last = apart(numbers.known_until(known.until, today=today))
    until = f"Known until {last}"
    if not known.unknown_days:
        if known.behind is not None:
            return f"{until} · {_behind_words(known.behind)}", "circle-half"
        if known.began is not None and known.began > known.first:
            return f"{until} · nothing is missing since it began on {apart(numbers.day(known.began))}", "check-circle"
        is_over = known.until < min(known.last, today)
        what = "every day of the period that is over is" if is_over else f"all {days} of the period are"
        return f"{until} · {what} complete", "check-circle"
    if known.ended_on is not None:
        return f"{until} · nothing is known of the {days} looked at", "circle-half"
    if known.since is not None and known.since > known.first:
        until = f"Known since {apart(numbers.day(known.since))}, until {last}"
    what = _missing_words(known)
    return f"{until} · {numbers.count(known.unknown_days)} of {days} {what}", "circle-half"


def _missing_words(known: Known) -> str:
    """Why some days are missing, behind their number."""
    if known.kind is not None:
        why = unknown_words(known)
        return why[0].lower() + why[1:]
    if known.behind is not None:
        return f"not known: {_behind_words(known.behind)}"
    return "not complete in every community"


def _behind_words(behind: Behind) -> str:
    """How many communities are complete, and which is the least so: what holds for most says nothing of that one."""
    whole = behind.communities - behind.lacking
    many, verb = numbers.plural(behind.communities, "community", "communities"), "is" if whole == 1 else "are"
    said = f"{numbers.count(whole) if whole else 'none'} of {many} {verb} complete"
    days = f"{numbers.known_percent(behind.share)} of the days"
    if behind.lacking == 1:
        return f"{said}; of {apart(behind.worst)} {days} are known"
    return f"{said}; least is known of {apart(behind.worst)}: {days}"


def known_words_on(known: Known, *, today: date) -> str:
    """The same where it is read on another day, such as on a picture."""
    words, _icon = known_words(known, today=today)
    return f"On {apart(numbers.day(today))}: {words[0].lower()}{words[1:]}"


def unknown_words(known: Known) -> str:
    """Why days are not known, as a reason that begins a line."""
    if known.kind is None:
        return "Not complete"
    if known.kind in FROM_FILES:
        return "Not covered by the files"
    if known.until is None:
        return "The first sync is not finished" if known.has_messages else "Never synced"
    return "Not known yet"


def _offer(page: Page, known: Known, to_month: Callable[[date], object] | None) -> Offer | None:
    """What to do about days that are not known."""
    context = page.context
    ended_on = known.ended_on
    if ended_on is not None and to_month is not None:
        return Offer("Show the last known month", lambda: to_month(ended_on), "calendar-blank")
    if ended_on is not None:
        if page.OWN_PERIOD[0]:
            return None  # another period would change nothing on this page
        period = Period.last_known(ended_on)
        return Offer("Show the last 90 known days", lambda: context.set_period(period), "calendar-blank")
    is_missing = (known.unknown_days > 0 or known.behind is not None) and known.kind not in FROM_FILES
    if is_missing and context.actions.action("sync.now").isEnabled():
        return Offer("Sync now", lambda: context.actions.trigger("sync.now"), "arrows-clockwise")
    return None
