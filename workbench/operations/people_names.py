"""May two names be one person's? By words in any order, initials and small slips of the pen; a reason in words."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import combinations
from typing import Final

from workbench.models.people_keys import plain_key

LONG_WORD: Final = 3
"""Shorter words of a name are in too many names to find anybody by."""
_ALIKE: Final = 88
_SLIP: Final = 68
_CROWD: Final = 40
"""A word and an initial that more people share than this say nothing about who is who."""


_AGES: Final = frozenset({"jr", "sr", "junior", "senior", "filho", "neto", "fils", "hijo"})


class Likeness(IntEnum):
    """How sure it is that two are one, the surest first."""

    ADDRESS = 1
    SAME = 2
    ORDER = 3
    INITIALS = 4
    SPELLING = 5


WORDS: Final = {
    Likeness.ADDRESS: "Two platforms tell the same address",
    Likeness.SAME: "The same name",
    Likeness.ORDER: "The same names in another order",
    Likeness.INITIALS: "One gives initials where the other gives a name",
    Likeness.SPELLING: "Nearly the same spelling",
}


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation, in their order."""
    plain = "".join(letter if letter.isalnum() else " " for letter in plain_key(name))
    return tuple(plain.split())


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    """How alike two names are, as `name_words` gives them; None where nothing speaks for one person.

    A single word is never enough, unless it is the whole of both.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - 30 ms, and only when names are compared

    if one == other:
        return Likeness.SAME if one else None
    if min(len(one), len(other)) < 2:  # noqa: PLR2004 - a first and a last name
        return None
    if sorted(one) == sorted(other):
        return Likeness.ORDER
    is_short = _has_initials(one) or _has_initials(other)
    if is_short and (_fits_initials(one, other) or _fits_initials(other, one)):
        return Likeness.INITIALS
    # A slip of the pen is in one word; two different short first names are two people, and so are two numbers.
    slips = _different(one, other)
    if slips is None or any(_tells_apart(word) for word in slips):
        return None
    is_alike = fuzz.ratio(*slips) >= _SLIP and fuzz.token_sort_ratio(" ".join(one), " ".join(other)) >= _ALIKE
    return Likeness.SPELLING if is_alike else None


def pairs(names: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[int, int, Likeness]]:
    """Pairs (smaller id, larger id) whose names are alike, each once; never compares everybody with everybody."""
    blocks: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}
    for person, words in names:
        for key in _keys(words):
            blocks.setdefault(key, []).append((person, words))
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) > _CROWD:
            continue
        for (one, words), (other, others) in combinations(block, 2):
            pair = (min(one, other), max(one, other))
            if one != other and pair not in seen:
                seen.add(pair)
                found = likeness(words, others)
                if found is not None:
                    yield *pair, found


def _keys(words: tuple[str, ...]) -> set[tuple[str, str]]:
    """A long word with the first letter of another: what two spellings of a name have in common."""
    if len(words) == 1:
        return {(words[0], "")}
    return {
        (word, other[0])
        for place, word in enumerate(words)
        if len(word) >= LONG_WORD
        for further, other in enumerate(words)
        if further != place
    }


def _has_initials(words: tuple[str, ...]) -> bool:
    return min(map(len, words)) == 1


def _fits_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `short` is `long` with some names cut to their first letters; at least one long word is the same."""
    if len(short) > len(long):
        return False
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((one for one in left if one == word or (len(word) == 1 and one[0] == word)), None)
        if match is None:
            return False
        left.remove(match)
    return any(len(word) >= LONG_WORD and word in long for word in short)


def _tells_apart(word: str) -> bool:
    """Whether a word stands in a name to tell two people of it apart: a number, in letters as well, or an age."""
    return any(letter.isdigit() for letter in word) or word in _AGES or not word.strip("ivx")


def _different(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str] | None:
    """The one word in which two names differ, in each; None where more do."""
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    return (mine[0], theirs[0]) if len(mine) == len(theirs) == 1 and min(len(mine[0]), len(theirs[0])) > 1 else None
