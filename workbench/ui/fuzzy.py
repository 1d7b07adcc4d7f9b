"""Fuzzy: how well typed letters fit a title; pure, for the command palette."""

from typing import Final

_START: Final = 8
_ROW: Final = 4
_GAP: Final = 1


def fit(typed: str, title: str) -> int | None:
    """A score, higher is better; None when the letters do not occur in this order. Empty typing fits all with 0.

    Letters at the beginning of words and letters in a row count more; skipped letters count a little against.
    """
    wanted = "".join(typed.casefold().split())
    text = title.casefold()
    if not wanted:
        return 0
    place = text.find(typed.casefold().strip())
    if place >= 0:
        return 1000 - place + (_START if _begins(text, place) else 0) - len(text)
    score, at, last = 0, 0, -2
    for letter in wanted:
        found = _next(text, letter, at)
        if found < 0:
            return None
        score += _ROW if found == last + 1 else -min(found - at, 8) * _GAP
        score += _START if _begins(text, found) else 0
        last, at = found, found + 1
    return score - len(text) // 8


def _next(text: str, letter: str, start: int) -> int:
    """Where `letter` comes next: right here, else at the beginning of a word, else anywhere."""
    if start < len(text) and text[start] == letter:
        return start
    for place in range(start, len(text)):
        if text[place] == letter and _begins(text, place):
            return place
    return text.find(letter, start)


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
