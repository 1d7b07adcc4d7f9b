"""Question states: what the page says when there is nothing to list, and the step it offers."""

from collections.abc import Callable

from workbench.operations.questions import Board
from workbench.queries.lanes import STALE_AFTER
from workbench.queries.surge import OFFICES, RESPONDERS
from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in


def late_words(board: Board) -> str:
    """How many on the board waited too long, and how many there are in all where the period hides some."""
    count, in_all = numbers.count(board.late), numbers.count(board.late_in_all)
    if board.late == board.late_in_all:
        return f"{count} late" if board.late else "None is late"
    return f"{count if board.late else 'None'} late in this period, {in_all} in all"


def first_use_words(actions: ActionRegistry) -> StateWords:
    """Before anything was brought in."""
    return StateWords(
        "No question stays unanswered",
        ("Once a community is here, every question in it is listed with its age, and with who sees to it.",),
        "question",
        ways_in(actions),
    )


def no_urgent_words() -> StateWords:
    """No thread is marked as urgent."""
    sentences = (
        "Mark a thread as urgent at its side, and it is seen here who comes to help, from which offices and how fast.",
        f"It counts as reached once {RESPONDERS} people from {OFFICES} offices answered within 24 hours.",
    )
    return StateWords("No urgent thread", sentences, "lightning")


def no_tags_words(all_time: Callable[[], object] | None) -> StateWords:
    """Nobody used a hashtag; `all_time` where only a period was looked at."""
    offers = () if all_time is None else (Offer("Look at all time", all_time, "calendar-blank"),)
    return StateWords("No hashtags here", ("Nobody marked a word with # in what was looked at.",), "hash", offers)


def nothing_stale_words() -> StateWords:
    """Every file and link was touched lately."""
    sentence = f"No file or link has been left alone for more than {STALE_AFTER.days} days."
    return StateWords("The Library is alive", (sentence,), "books")
