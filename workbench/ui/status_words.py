"""What each part of the status bar says for every state, why, and what can be done about it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from workbench.errors import LineError
from workbench.models.kinds import OutboxState
from workbench.sync.schedule import budget_from
from workbench.ui import numbers
from workbench.ui.link import Link
from workbench.ui.run_words import ACCOUNT_TITLES, DATA_USED_UP
from workbench.ui.status_row import StatusRow


class Step(StrEnum):
    """What a popover offers."""

    OPEN_SYNC = "open-sync"
    OPEN_OUTBOX = "open-outbox"
    OPEN_HELD_BACK = "open-held-back"
    OPEN_SIGN_IN_PAGE = "open-sign-in-page"
    SYNC_NOW = "sync-now"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"


STEPS: Final[Mapping[Step, tuple[str, str]]] = {
    Step.OPEN_SYNC: ("Open Sync", "arrows-clockwise"),
    Step.OPEN_OUTBOX: ("Open the outbox", "paper-plane-right"),
    Step.OPEN_HELD_BACK: ("See what was held back", "tray"),
    Step.OPEN_SIGN_IN_PAGE: ("Open sign-in page", "globe"),
    Step.SYNC_NOW: ("Sync now", "arrows-clockwise"),
    Step.STOP: ("Stop", "x"),
    Step.PAUSE: ("Pause all", "pause"),
    Step.RESUME: ("Resume", "play"),
}
"""Title and icon of each button."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: `text`, and `short` where there is little room; the reason and next steps it opens."""

    text: str
    short: str
    icon: str
    reason: str
    steps: tuple[Step, ...] = (Step.OPEN_SYNC,)
    token: str = "second"
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The whole bar; None for a part that has nothing to say."""

    link: Part
    success: Part
    posts: Part | None
    held_back: Part | None
    data: Part
    pause: Part | None


def parts(
    status: StatusRow,
    link: Link,
    *,
    running: str | None,
    now: datetime,
    waiting: str = "",
    is_check: bool = False,
) -> Parts:
    """What the bar says. `running` names the account that syncs now, "" before that is known, None while none does.

    `waiting` is what that waits for, in words; `is_check` where it is compared with its platform.
    """
    return Parts(
        link=_link(link, has_lines=bool(status.lines)),
        success=_success(status, link, now=now) if running is None else _running(running, waiting, is_check=is_check),
        posts=_posts(status),
        held_back=_held_back(status),
        data=_data(status, now=now),
        pause=_pause(status, is_running=running is not None),
    )


_LINKS: Final = {
    Link.ONLINE: ("Online", "wifi-high", "There is a network."),
    Link.METERED: (
        "Online, metered", "wifi-medium", "This network may cost money by the megabyte. Syncs fetch text only.",
    ),
    Link.PORTAL: (
        "Sign-in page", "warning-circle",
        "This network seems to want you to sign in first: another page answered in place of the platform. "
        "Sign in there in your browser; then it goes on.",
    ),
    Link.OFFLINE: (
        "Offline", "wifi-slash", "There is no network. Reading, writing, planning and reports all work; syncing waits.",
    ),
    Link.UNKNOWN: (
        "Link not known", "wifi-none", "This system does not say whether there is a network. A try will tell.",
    ),
}  # fmt: skip


def _link(link: Link, *, has_lines: bool) -> Part:
    title, icon, reason = _LINKS[link]
    steps: tuple[Step, ...] = (Step.OPEN_SYNC,)
    if link is Link.PORTAL:
        steps = (Step.OPEN_SIGN_IN_PAGE, Step.SYNC_NOW) if has_lines else (Step.OPEN_SIGN_IN_PAGE,)
    elif link is not Link.OFFLINE and has_lines:
        steps = (Step.SYNC_NOW, Step.OPEN_SYNC)
    is_bad = link in {Link.PORTAL, Link.OFFLINE}
    token = "watch" if link is Link.PORTAL else "second"
    return Part(title, "Metered" if link is Link.METERED else title, icon, reason, steps, token, is_bad)


def unfinished_words(status: StatusRow) -> str:
    """What a program that has just begun says of syncs that did not come to their end; empty for none."""
    stopped = [line for line in status.lines if line.is_unfinished and line.followed]
    if not stopped:
        return ""
    named = stopped[0].name if len(stopped) == 1 else numbers.plural(len(stopped), "account", "accounts")
    goes = not status.is_all_paused and all(
        line.standing.every_minutes is not None and not line.standing.is_paused for line in stopped
    )
    then = "it goes on by itself from there" if goes else "the next sync goes on from there"
    return f"The last sync of {named} was stopped on its way. What came is kept; {then}."


def portal_address(status: StatusRow) -> str:
    """A page without encryption, which a network that wants a sign-in can answer with its own.

    That of a platform the accounts live on; where they name none, the one that is reserved for examples.
    """
    for line in sorted(status.lines, key=lambda line: line.standing.is_paused):
        host = urlsplit(line.base_url or "").hostname
        if host:
            # Without the port: only what goes to the usual one is answered in a platform's place.
            return f"http://{f'[{host}]' if ':' in host else host}/"
    return "http://example.com/"


def _running(account: str, waiting: str, *, is_check: bool) -> Part:
    """What syncs or is compared now, by the words its card on the Sync page has."""
    verb = "Waiting" if waiting else "Checking" if is_check else "Syncing"
    reason = "What arrives shows at once. A stop keeps what was stored."
    return Part(
        f"{verb}{':' if waiting else ''} {account}" if account else verb,
        verb,
        "clock" if waiting else "arrows-clockwise",
        f"{waiting}. {reason}" if waiting else reason,
        (Step.STOP, Step.OPEN_SYNC),
    )


def _success(status: StatusRow, link: Link, *, now: datetime) -> Part:
    at = status.last_success_at
    ago = numbers.ago(at, now=now)
    if status.sign_ins:
        text = f"{numbers.plural(status.sign_ins, 'account needs', 'accounts need')} a sign-in"
        named = ", ".join(line.name for line in status.lines if line.needs_sign_in)
        reason = f"{named}: the platform ended the sign-in. Everything fetched before can be read."
        return Part(text, "Sign in", "key", reason, token="watch", is_strong=True)
    if any(line.has_failed and not line.standing.is_paused for line in status.lines):
        return _failed(status, link, now=now)
    if at is None:
        return _never(status, link)
    lead = f"{'Synced' if status.lines else 'Brought in'} {ago}"
    many = numbers.plural(status.communities, "community", "communities")
    reason = f"Last success {numbers.moment(at)}. {many} in this profile."
    if status.left_unread:
        many = numbers.plural(status.left_unread, "community", "communities")
        reason += f" {many} of a paused account {'was' if status.left_unread == 1 else 'were'} never read to the end."
    if not status.waiting:
        lead, ago = (f"{part}, not finished" if status.left_unread else part for part in (lead, ago))
        return Part(lead, ago, "clock", reason, _to_sync(status, link))
    waiting = numbers.plural(status.waiting, "community", "communities")
    verb = "was" if status.waiting == 1 else "were"
    reason += f" {waiting} {verb} not read to the end for longer than usual."
    short = f"{ago}, {numbers.count(status.waiting)} waiting"
    return Part(f"{lead}, {waiting} waiting", short, "clock", reason, _to_sync(status, link))


def _never(status: StatusRow, link: Link) -> Part:
    """Before the first success; something may be here all the same."""
    if status.has_messages:
        reason = "Some messages are here already, but no community was read to its end."
        text = f"First {'sync' if status.lines else 'import'} not finished"
        return Part(text, "Not finished", "clock", reason, _to_sync(status, link))
    reason = "No community has been brought in. Everything else works without it."
    if status.waiting:
        reason = f"{numbers.plural(status.waiting, 'community waits', 'communities wait')} for the first sync."
    return Part("Nothing synced yet", "Never synced", "clock", reason, _to_sync(status, link))


_FAILED: Final = "Last try failed"


def _failed(status: StatusRow, link: Link, *, now: datetime) -> Part:
    """Of the last try of each account, those that did not come to their end."""
    lines = [line for line in status.lines if line.has_failed and not line.standing.is_paused]
    titles = {
        ACCOUNT_TITLES[LineError.code] if line.is_cut else ACCOUNT_TITLES.get(line.standing.error_code or "", _FAILED)
        for line in lines
    }
    title = titles.pop() if len(titles) == 1 else _FAILED
    tried = max((line.standing.tried_at for line in lines if line.standing.tried_at is not None), default=None)
    text = title if tried is None else f"{title} {numbers.ago(tried, now=now)}"
    reason = f"{', '.join(line.name for line in lines)}: not everything was read. What came before is kept."
    if status.last_success_at is not None:
        reason += f" Last success {numbers.moment(status.last_success_at)}."
    return Part(text, title, "warning-circle", reason, _to_sync(status, link), token="watch")


def _to_sync(status: StatusRow, link: Link) -> tuple[Step, ...]:
    can_try = status.lines and link not in {Link.OFFLINE, Link.PORTAL}
    return (Step.SYNC_NOW, Step.OPEN_SYNC) if can_try else (Step.OPEN_SYNC,)


_POSTS: Final = (
    ("pending", (OutboxState.QUEUED, OutboxState.SENDING)),
    ("not sure", (OutboxState.UNKNOWN,)),
    ("refused", (OutboxState.REFUSED,)),
    ("on hold", (OutboxState.PAUSED, OutboxState.EXPIRED)),
)


def _posts(status: StatusRow) -> Part | None:
    counts = [(word, sum(status.posts.get(state, 0) for state in states)) for word, states in _POSTS]
    told = [f"{numbers.count(count)} {word}" for word, count in counts if count]
    if not told:
        return None
    total = sum(count for _word, count in counts)
    reason = "They go out with the next sync, in the order you queued them."
    if status.decisions:
        verb = "post waits" if status.decisions == 1 else "posts wait"
        reason = (
            f"{numbers.count(status.decisions)} {verb} for you to decide. Nothing is lost and nothing is sent twice."
        )
    elif status.posts.get(OutboxState.UNKNOWN):
        reason = "A line broke while sending. It is looked for on the platform before anything is sent again."
    return Part(
        " · ".join(told), numbers.plural(total, "post", "posts"), "paper-plane-right", reason, (Step.OPEN_OUTBOX,),
        token="watch" if status.decisions else "second", is_strong=bool(status.decisions),
    )  # fmt: skip


def _held_back(status: StatusRow) -> Part | None:
    if not status.held_back:
        return None
    count = numbers.count(status.held_back)
    reason = "These could not be read whole. Nothing was lost: each is kept with its place and its reason."
    return Part(f"{count} held back", count, "tray", reason, (Step.OPEN_HELD_BACK,))


def _data(status: StatusRow, *, now: datetime) -> Part:
    used, caps = numbers.size(status.bytes_today), [line.standing.daily_cap for line in status.lines]
    reason = "Sent and received by syncing since midnight UTC."
    if any(cap is not None for cap in caps):
        reason += " Limits are set for each account on the Sync page."
    spent = [line.name for line in status.lines if budget_from(line.standing, now=now) is not None]
    if spent:
        reason = f"{', '.join(spent)}: the data for today is used up. {reason}"
        return Part(f"{DATA_USED_UP}: {used} today", used, "database", reason, token="watch")
    return Part(f"{used} used today", used, "database", reason)


def _pause(status: StatusRow, *, is_running: bool) -> Part | None:
    """Nothing where no account is on a line."""
    if not status.lines:
        return None
    if status.is_all_paused:
        reason = "No account syncs by itself until you resume. You can still sync one by hand."
        return Part("Paused", "Paused", "pause", reason, (Step.RESUME,), is_strong=True)
    reason = "Keeps every account from syncing by itself until you resume."
    if is_running:
        reason = "Stops what runs now and keeps every account from syncing by itself. What was stored stays."
    return Part("Pause all", "Pause", "pause", reason, (Step.PAUSE,))
