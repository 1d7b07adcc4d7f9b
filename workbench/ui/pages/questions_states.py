"""Question states: what the page says when there is nothing to list, and the step it offers."""

from collections.abc import Callable, Sequence

from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.operations.questions import Board
from workbench.queries.hashtags import TagRow
from workbench.queries.lanes import STALE_AFTER
from workbench.queries.surge import OFFICES, RESPONDERS
from workbench.queries.watching import IdeaRow, OutputRow, WatchRow
from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in


def late_words(board: Board) -> str:
    """How many on the board waited too long, and how many there are in all where the period hides some."""
    count, in_all = numbers.count(board.late), numbers.count(board.late_in_all)
    if board.late == board.late_in_all:
        return f"{count} late" if board.late else "None is late"
    return f"{count if board.late else 'None'} late in this period, {in_all} in all"


def tags_words(rows: Sequence[TagRow]) -> str:
    """How many hashtags are listed, and how many of them are told anywhere else."""
    many = sum(row.people >= MINIMUM_PEOPLE for row in rows)
    said = numbers.plural(len(rows), "hashtag", "hashtags")
    if many == len(rows):
        return said
    return f"{said}, {numbers.count(many)} of five people or more; the others stay on this screen"


def stale_words(count: int, *, is_all: bool) -> str:
    """How many files and links of the Library are listed, and why these."""
    said = numbers.plural(count, "file or link", "files and links")
    days = numbers.count(STALE_AFTER.days)
    return f"{'' if is_all else 'the latest '}{said} in whose conversation nothing happened for {days} days or more"


def kept_words(part: int, rows: Sequence[WatchRow | OutputRow | IdeaRow]) -> str:
    """How many threads are watched, outputs kept, ideas open: the three parts in this order."""
    if part == 1:
        return numbers.plural(len(rows), "output", "outputs") if rows else ""
    is_idea = part == 2  # noqa: PLR2004 - the third
    number = sum(row.outcome == "open" if isinstance(row, IdeaRow) else getattr(row, "is_open", True) for row in rows)
    words = numbers.plural(number, "open idea", "open ideas") if is_idea else f"{numbers.count(number)} watched"
    return words if rows else ""


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
