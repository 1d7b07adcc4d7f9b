"""guess: what the columns of a table most likely mean, by headers in six languages and by what the cells look like."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from workbench.sync.importers.cells import Unclear, folded, moment_of
from workbench.sync.importers.table_mapping import (
    DAYS,
    FIELDS,
    ColumnMapping,
    F,
    TableField,
    TableKind,
    header_word,
)
from workbench.sync.importers.table_words import HEADERS, KINDS, NO, YES
from workbench.sync.people import plain_address

_EXACT, _PART, _WITHIN, _BY_CONTENT = 1.0, 0.9, 0.6, 0.5
_LEAST: Final = 0.3
_MISSED: Final = 2.0
_MOST: Final = 0.6  # of the samples must be of a sort to count as that sort
_SEPARATE: Final = re.compile(r"[/|()\[\]\n]")
_SPACELESS: Final = re.compile(r"[\u3400-\u9fff]")
_CLOCK: Final = re.compile(r"\s*\d{1,2}[:h时]\d{0,2}.{0,12}")


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping with how sure each column is (0 to 1), and sentences about what a person should look at."""

    mapping: ColumnMapping
    confidence: tuple[float, ...]
    doubts: tuple[str, ...] = ()


def is_known_header(text: str) -> bool:
    """Whether a cell is a word that tables of the six languages put over a column."""
    return bool(_candidates(text)) and max(_candidates(text).values()) >= _PART


def guess(headers: Sequence[str], samples: Sequence[Sequence[str]], *, kind: TableKind | None = None) -> Guess:
    """What the columns of a table most likely mean; `samples` are rows below the header, `kind` is known or guessed.

    A header in any of the six languages counts most, then what the cells look like. Never refuses: what cannot be told
    is None, with confidence 0.
    """
    sorts = [_sorts(values) for values in _by_column(samples, len(headers))]
    kinds = (kind,) if kind is not None else tuple(TableKind)
    best = max((_for_kind(headers, sorts, each) for each in kinds), key=_worth)
    doubts = list(best.doubts)
    places = best.mapping.columns
    for place, field in enumerate(places):
        if field in DAYS and sorts[place].count and sorts[place].dates < _MOST:
            doubts.append(f"Few cells of “{headers[place]}” look like dates.")
    return replace(best, doubts=tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Sorts:
    """How large a share of a column's filled cells is of each sort."""

    count: int
    addresses: float = 0.0
    dates: float = 0.0
    clocks: float = 0.0
    kinds: float = 0.0
    answers: float = 0.0


def _sorts(values: Sequence[str]) -> _Sorts:
    filled = [value for value in values if value]
    if not filled:
        return _Sorts(0)

    def share(hits: Iterable[bool]) -> float:
        return sum(hits) / len(filled)

    return _Sorts(
        len(filled),
        addresses=share("@" in value and plain_address(value) is not None for value in filled),
        dates=share(moment_of(value) is not Unclear.NO_DATE for value in filled),
        clocks=share(_CLOCK.fullmatch(value) is not None for value in filled),
        kinds=share(header_word(value) in KINDS for value in filled),
        answers=share(folded(value).strip() in YES | NO for value in filled),
    )


def _for_kind(headers: Sequence[str], sorts: Sequence[_Sorts], kind: TableKind) -> Guess:
    """The best mapping as if the table were of this kind: surest columns first, each field once."""
    wishes: list[tuple[float, int, TableField]] = []
    for place, header in enumerate(headers):
        found = _candidates(header)
        for field in FIELDS[kind]:
            sure = _judged(field, found, sorts[place], kind=kind)
            if sure >= _LEAST:
                wishes.append((sure, place, field))
    wishes.sort(key=lambda wish: (-wish[0], wish[1]))
    columns: list[TableField | None] = [None] * len(headers)
    confidence = [0.0] * len(headers)
    doubts: list[str] = []
    for sure, place, field in wishes:
        if columns[place] is not None:
            continue
        if field in columns:
            if sure >= _PART:
                first = headers[columns.index(field)]
                doubts.append(f"“{headers[place]}” could be meant as well as “{first}”.")
            continue
        columns[place], confidence[place] = field, sure
    return Guess(ColumnMapping(kind, tuple(columns)), tuple(confidence), tuple(dict.fromkeys(doubts)))


def _judged(field: TableField, found: dict[TableField, float], sorts: _Sorts, *, kind: TableKind) -> float:  # noqa: PLR0911 - one answer per rule
    """How sure it is that a column is `field`: by its header, borne out or belied by its cells."""
    sure = found.get(field, 0.0)
    if field in {F.NAME, F.ADDRESS} and sorts.addresses >= _MOST:
        return max(sure, 0.8) if field is F.ADDRESS else 0.0
    if field is F.TIME:
        return sure if sorts.clocks >= _MOST else 0.0
    if field is F.DATE and sorts.dates >= _MOST:
        if not sure and found.get(F.TIME):
            return _PART  # some languages have one word for both
        return sure or (_BY_CONTENT if not found else 0.0)
    if field is F.JOINED and not sure and sorts.dates >= _MOST and (F.DATE in found or not found):
        return _BY_CONTENT
    if field in DAYS and sorts.count and not sorts.dates:
        return sure / 2
    if field is F.KIND and kind is TableKind.EVENTS:
        return max(sure, _BY_CONTENT) if sorts.kinds >= _MOST else sure * sorts.kinds
    if field is F.ATTENDED and sorts.count and sorts.answers < _MOST:
        return 0.0
    return sure


def _worth(found: Guess) -> float:
    return sum(found.confidence) - _MISSED * len(found.mapping.missing())


@lru_cache(maxsize=4096)
def _found(header: str) -> tuple[tuple[TableField, float], ...]:
    words = header_word(header)
    if not words:
        return ()
    found: dict[TableField, float] = {}
    for field, aliases in _ALIASES.items():
        if words in aliases:
            found[field] = _EXACT
        elif any(header_word(part) in aliases for part in _SEPARATE.split(header)):
            found[field] = _PART
    if not found:
        lengths = {field: _longest_within(words, aliases) for field, aliases in _ALIASES.items()}
        longest = max(lengths.values())
        if longest:
            found = {field: _WITHIN for field, length in lengths.items() if length == longest}
    return tuple(found.items())


def _candidates(header: str) -> dict[TableField, float]:
    """What a header may mean, and how sure each of it is."""
    return dict(_found(header))


def _longest_within(words: str, aliases: frozenset[str]) -> int:
    """The length of the longest alias inside a header: as whole words, in Chinese as letters."""
    padded = f" {words} "
    return max(
        (
            len(alias)
            for alias in aliases
            if (f" {alias} " in padded and len(alias) > 2) or (_SPACELESS.search(alias) and alias in words)  # noqa: PLR2004 - two letters are inside much
        ),
        default=0,
    )


def _by_column(samples: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    return [[row[place] for row in samples if place < len(row)] for place in range(width)]


_ALIASES: Final[dict[TableField, frozenset[str]]] = {
    field: frozenset(map(header_word, HEADERS[field.value])) for field in TableField
}
