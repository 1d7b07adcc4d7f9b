"""Snippets: the piece of a text around the words that were searched, as plain text with the places to highlight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.models.search_text import folded, term_ranges

SNIPPET_LENGTH = 200
_LEAD = 48
_ELLIPSIS = "…"
_MOST_PLACES = 200


class Highlight(NamedTuple):
    """Characters [start, end) of a plain text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """At most 200 characters of a text, and the words in it that were searched."""

    text: str
    highlights: tuple[Highlight, ...]


def snippet_of(text: str, terms: Sequence[str]) -> Snippet:
    """The stretch of `text` that holds most different `terms` (of `plain_terms`); its beginning where it holds none.

    Line breaks and runs of spaces become one space.
    """
    line = " ".join(text.split())
    places = term_ranges(line, terms)[:_MOST_PLACES]
    begin, end = _stretch(line, _best_start(line, places))
    lead = _ELLIPSIS if begin else ""
    trail = _ELLIPSIS if end < len(line) else ""
    shift = len(lead) - begin
    shown = tuple(Highlight(start + shift, min(stop, end) + shift) for start, stop in places if begin <= start < end)
    return Snippet(lead + line[begin:end] + trail, shown)


def highlights_in(text: str, terms: Sequence[str]) -> tuple[Highlight, ...]:
    """Where `terms` stand in a short text that is shown whole."""
    return tuple(Highlight(start, end) for start, end in term_ranges(text, terms))


def _best_start(line: str, places: Sequence[tuple[int, int]]) -> int:
    """The place from which a snippet shows most different words; the first of equally good ones."""
    words = [folded(line[start:end]).lower() for start, end in places]
    best, best_worth = 0, (0, 0)
    for number, (start, _) in enumerate(places):
        reach = start + SNIPPET_LENGTH - _LEAD - 2 * len(_ELLIPSIS)
        seen = [word for word, (_, end) in zip(words[number:], places[number:], strict=True) if end <= reach]
        worth = (len(set(seen)), len(seen))
        if worth > best_worth:
            best, best_worth = start, worth
    return best


def _stretch(line: str, start: int) -> tuple[int, int]:
    """Begin and end of the shown part, at spaces where there are any near."""
    if len(line) <= SNIPPET_LENGTH:
        return 0, len(line)
    begin = max(0, start - _LEAD)
    if begin:
        space = line.find(" ", begin, start)
        begin = begin if space < 0 else space + 1
    room = SNIPPET_LENGTH - len(_ELLIPSIS) - (len(_ELLIPSIS) if begin else 0)
    end = min(len(line), begin + room)
    if end < len(line):
        space = line.rfind(" ", start + room // 2, end)
        end = end if space < 0 else space
    return begin, end
