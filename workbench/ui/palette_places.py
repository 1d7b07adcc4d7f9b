"""Places the palette goes to besides actions, under the words people type for them; pure but for what it opens."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from workbench.ids import AccountId
from workbench.ui.context import PagePart
from workbench.ui.widgets.palette import Entry

PAGE_WORDS: Final[Mapping[str, str]] = {
    "today": "start home first to-do list week",
    "communities": "groups forums lists teams",
    "conversations": "threads messages topics posts mail inbox unread",
    "questions": "answers unanswered open board",
    "members": "people directory persons contacts names",
    "network": "map graph ties links",
    "plans": "goals objectives cards board charter",
    "sync": "accounts platforms download fetch connection",
    "settings": "preferences options backup passphrase language theme",
    "rollup": "headquarters offices countries",
}
"""Further words of the pages of the rail, by their keys."""


class Place(NamedTuple):
    """Part of the window one can go to; `argument` is what its page is opened with."""

    title: str
    page: str
    argument: object
    icon: str
    words: str


PLACES: Final = (
    Place("Dashboard", "dashboard", None, "chart-line", "numbers figures measures charts statistics community"),
    Place("Scorecard", "scorecard", None, "gauge", "numbers targets health measures kpi"),
    Place("Growth", "growth", None, "trend-up", "numbers adoption members newcomers retention"),
    Place("Dialogue", "dialogue", None, "chats-circle", "numbers replies hot discussion depth"),
    Place("Comparison", "comparison", None, "columns", "compare communities side by side"),
    Place(
        "Community card", "dashboard", PagePart.COMMUNITY_CARD, "identification-card", "about coordinator purpose type"
    ),
    Place("Head count", "growth", PagePart.HEAD_COUNT, "users-three", "staff people could take part adoption share"),
    Place("Benchmarks", "comparison", PagePart.BENCHMARK, "scales", "benchmark published number other networks"),
    Place("Outbox", "sync", "outbox", "paper-plane-right", "sent drafts waiting queue answers unsent"),
    Place("Accounts and archives", "sync", "accounts", "plus-circle", "platforms limits sign in data bytes"),
    Place("What was synced and imported", "sync", "history", "clock", "history runs log trace past"),
    Place("What was held back", "sync", "held-back", "tray", "quarantine rejected errors left out"),
    Place("Listening", "questions", "Listening", "chats", "topics watch words"),
    Place("Urgent questions", "questions", "Urgent", "lightning", "surge hurry"),
    Place("Hashtags", "questions", "Hashtags", "chats", "tags topics"),
    Place("Library", "questions", "Library", "stack", "documents knowledge items stale"),
)
_LISTS: Final = (
    ("Who knows about …?", "knows", "magnifying-glass", "expert experts find ask knowledge"),
    ("Advocates", "advocates", "megaphone", "helpers champions"),
    ("Gone quiet", "quiet", "moon", "silent drifting inactive lost members"),
    ("Sponsors", "sponsors", "handshake", "support management"),
    ("Thanks given", "thanks", "heart", "recognition praise"),
    ("Knowledge that leaves", "leaving", "sign-out", "experts retire handover"),
    ("Perhaps the same person", "same", "users", "double duplicate join merge identity"),
)


def place_entries(open_page: Callable[[str, object], object], accounts: Mapping[AccountId, str]) -> list[Entry]:
    """An entry for each place, for each list of people, and for the limits of each account on a line."""
    entries = [
        Entry(one.title, "Page", one.icon, partial(open_page, one.page, one.argument), words=one.words)
        for one in PLACES
    ]
    entries += [
        Entry(title, "People", icon, partial(_open_list, open_page, key), words=f"people {words}")
        for title, key, icon, words in _LISTS
    ]
    entries += [
        Entry(
            f"Limits of {name}",
            "Account",
            "gear",
            partial(open_page, "sync", f"account:limits:{account}"),
            words="data cap budget megabytes metered pause schedule files history",
        )
        for account, name in sorted(accounts.items(), key=lambda one: one[1].casefold())
    ]
    return entries


def _open_list(open_page: Callable[[str, object], object], key: str) -> None:
    from workbench.ui.pages.person_list_data import PeopleList  # noqa: PLC0415 - comes with the page it opens

    open_page("members", PeopleList(key))
