"""Conversation states: what the page says when there is nothing to list, and the step it offers."""

from collections.abc import Callable

from workbench.queries.threads import ThreadFilter
from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.sanitiser import line
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in

_EMPTY = {
    ThreadFilter.ALL: ("No conversations here", "Nothing was written in these communities.", "chats"),
    ThreadFilter.UNANSWERED: (
        "Every question has a reply",
        "No question waits for one.",
        "check-circle",
    ),
    ThreadFilter.MINE: ("Nothing of yours here", "You have not written in these communities.", "user-circle"),
    ThreadFilter.STARRED: ("No stars yet", "Press S on a conversation to keep it here.", "star"),
    ThreadFilter.UNREAD: ("All read", "There is nothing here you have not read.", "check-circle"),
}

_EMPTY_SO_FAR = {
    ThreadFilter.ALL: ("No conversations here yet", "Nothing of what was read so far was written then.", "chats"),
    ThreadFilter.UNANSWERED: (
        "No open question so far",
        "None of the questions that are here waits for a reply; not all of them are here.",
        "circle-half",
    ),
}


def first_use_words(actions: ActionRegistry) -> StateWords:
    """Before anything was brought in."""
    return StateWords(
        "Read what people write, offline",
        ("Once a community is here, its conversations can be read, searched and starred without a network.",),
        "chats",
        ways_in(actions),
    )


def empty_words(
    where: ThreadFilter,
    *,
    has_period: bool,
    show_all: Callable[[], object],
    all_time: Callable[[], object],
    is_whole: bool = True,
) -> StateWords:
    """When the filter, the scope or the period leaves nothing; a period is named because it is easily forgotten.

    Unless all days looked at are known (`is_whole`), nothing is claimed of what is not here.
    """
    title, sentence, icon = _EMPTY[where]
    if not is_whole and where in _EMPTY_SO_FAR:
        title, sentence, icon = _EMPTY_SO_FAR[where]
    offers = []
    if has_period:
        sentence = f"{sentence} Only the chosen period was looked at."
        offers.append(Offer("Look at all time", all_time, "calendar-blank"))
    if where is not ThreadFilter.ALL:
        offers.append(Offer("Show all conversations", show_all, "chats"))
    return StateWords(title, (sentence,), icon, tuple(offers))


def found_words(messages: int, *, is_cut: bool) -> str:
    """How many messages a search found, beside the heading; nobody counted those that are not listed."""
    if is_cut:
        return f"the best {numbers.plural(messages, 'message', 'messages')}, all time"
    return f"{numbers.plural(messages, 'message', 'messages')} found, best first, all time"


def nothing_found(text: str, *, clear: Callable[[], object], has_scope: bool) -> StateWords:
    """When no message holds the words."""
    where = "in the chosen communities" if has_scope else "anywhere"
    sentence = f"No message {where} holds all of “{line(text)}”. Fewer or shorter words find more."
    return StateWords("Nothing found", (sentence,), "magnifying-glass", (Offer("Clear search", clear, "x"),))
