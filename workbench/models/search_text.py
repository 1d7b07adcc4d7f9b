"""Search text: how words of every script go into the full-text index, are asked for, and are found again in a text.

The index knows runs of letters between spaces. Scripts written without spaces go in as overlapping pairs of characters
("会议程" → "会议 议程 程"), so a question becomes a phrase of pairs. Accents, vowel signs and Arabic spelling variants
are folded on both sides. Taking a row out of the index needs the very text that went in: nothing here may depend on
settings, and a change of rules needs a rebuilt index.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from workbench.ids import CommunityId

# Han, Bopomofo, Kana, Hangul, Thai, Lao, Burmese, Khmer: no spaces between words, or words that grow endings.
_UNSPACED = (
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ec6\u0edc-\u0edf\u1000-\u103f\u1050-\u109d\u1100-\u11ff\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SHORT = 8
_UNSPACED_RUN = re.compile(f"{_UNSPACED}+")
_PIECE = re.compile(rf"(?P<run>{_UNSPACED}+)|(?:(?!{_UNSPACED})[^\W_])+")
_CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')
_VOICING = "\u3099\u309a"  # marks of Kana: dropping them would turn one word into another
_LAST_MARK = 0x20F0
# Spellings that people mix freely, and letters with a stroke that have no decomposition.
_SAME_LETTER = str.maketrans(
    {
        "\u0640": None,
        "\u00ad": None,
        "\ufeff": None,  # Arabic stretching, soft hyphen, byte order mark
        **dict.fromkeys(map(chr, (*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)))),
        "\u0671": "\u0627",
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u0629": "\u0647",
        "\u06a9": "\u0643",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)
_MOST_TERMS = 24


def indexable(text: str) -> str:
    """The text as it goes into the index, and as it must be given again to take it out."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(_indexable_run, text)


def folded(text: str) -> str:
    """The text without accents, vowel signs, invisible characters and spelling variants; case is kept."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(_folded_run, text)


def match_expression(
    user_text: str, communities: Iterable[CommunityId] = (), *, ends_with_beginning: bool = True
) -> str:
    """What to hand to MATCH: every word must occur, the last one as a beginning unless told otherwise, "…" as a phrase.

    `communities` limits where (none: everywhere). Empty when the text holds no word at all; then nothing can match, and
    MATCH must not be asked. Takes any text.
    """
    phrases = _phrases(user_text, ends_with_beginning=ends_with_beginning)
    if not phrases:
        return ""
    words = " AND ".join(phrases)
    scopes = " OR ".join(f'"{scope_token(community)}"' for community in communities)
    return f"{{scope}} : ({scopes}) AND {{subject body}} : ({words})" if scopes else f"{{subject body}} : ({words})"


def scope_token(community: CommunityId | int) -> str:
    """The word in the index column `scope` that stands for a community."""
    return f"c{community}"


def plain_terms(user_text: str) -> tuple[str, ...]:
    """The words of the question, folded and in lower case, for `term_ranges`; the last one is a beginning."""
    pieces = (piece.group() for chunk in _chunks(user_text) for piece in _PIECE.finditer(chunk))
    return tuple(dict.fromkeys(pieces))


def term_ranges(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where `terms` (of `plain_terms`) stand in a text: character ranges, in order, that do not overlap."""
    lowered, origins = _lowered_with_origins(text)
    found: list[tuple[int, int]] = []
    for number, term in enumerate(terms):
        is_prefix = number == len(terms) - 1
        is_run = _UNSPACED_RUN.fullmatch(term) is not None
        start = lowered.find(term)
        while start >= 0:
            end = start + len(term)
            if is_run or _stands_alone(lowered, start, end, is_prefix=is_prefix):
                found.append((origins[start], origins[end]))
            start = lowered.find(term, end)
    return tuple(_merged(sorted(found)))


# What is not ASCII is folded run by run: a mark that stands behind an ASCII letter is simply dropped, so nothing joins
# across the edge of a run. Short runs (an accent, a dash, a curly quote) come again and again.
def _folded_run(match: re.Match[str]) -> str:
    run = match.group()
    return _fold_short(run) if len(run) <= _SHORT else _fold(run)


def _indexable_run(match: re.Match[str]) -> str:
    run = match.group()
    return _index_short(run) if len(run) <= _SHORT else _index(run)


def _fold(run: str) -> str:
    plain = _marks().sub("", unicodedata.normalize("NFKD", run))
    return unicodedata.normalize("NFC", plain).translate(_SAME_LETTER)


def _index(run: str) -> str:
    return _UNSPACED_RUN.sub(_pairs_between_spaces, _fold(run))


_fold_short = lru_cache(maxsize=4096)(_fold)
_index_short = lru_cache(maxsize=4096)(_index)


def _phrases(user_text: str, *, ends_with_beginning: bool) -> list[str]:
    chunks = _chunks(user_text)
    last = len(chunks) - 1 if ends_with_beginning else -1
    found = (_phrase(chunk, is_beginning=number == last) for number, chunk in enumerate(chunks))
    return [phrase for phrase in found if phrase is not None]


def _chunks(user_text: str) -> list[str]:
    """Parts between spaces or quotes, folded, that hold at least one letter or digit."""
    parts = (match.group(1) or match.group(2) or "" for match in _CHUNK.finditer(user_text))
    chunks = (folded(part).lower() for part in parts)
    return [chunk for chunk in chunks if _PIECE.search(chunk)][:_MOST_TERMS]


def _phrase(chunk: str, *, is_beginning: bool) -> str | None:
    tokens: list[str] = []
    is_prefix = is_beginning
    pieces = list(_PIECE.finditer(chunk))
    for piece in pieces:
        run = piece.group("run")
        if run is None:
            tokens.append(piece.group())
        elif piece is not pieces[-1]:
            tokens += [*_pairs(run), run[-1]]
        else:
            # A single character begins exactly one pair wherever it stands; pairs are whole already.
            tokens += _pairs(run) or [run]
            is_prefix = len(run) == 1
    return f'"{" ".join(tokens)}"{" *" if is_prefix else ""}' if tokens else None


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _pairs_between_spaces(match: re.Match[str]) -> str:
    run = match.group()
    # The last character stands alone too, so that every character begins one token.
    return f" {' '.join([*_pairs(run), run[-1]])} "


@cache
def _marks() -> re.Pattern[str]:
    """Marks that are written around letters, of every script that is in use today."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, _LAST_MARK + 1), *range(0xA66F, 0xAC00), *range(0xFB1E, 0xFE30)):
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} and chr(code) not in _VOICING:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]+")


@cache
def _lowered(character: str) -> str:
    return folded(character).lower()


def _lowered_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The folded text in lower case and, for each of its characters and its end, the place in `text`."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    characters = [_lowered(character) for character in text]
    origins = [place for place, folds in enumerate(characters) for _ in folds]
    return "".join(characters), [*origins, len(text)]


def _stands_alone(lowered: str, start: int, end: int, *, is_prefix: bool) -> bool:
    """Whether a word begins at `start`, and ends at `end` unless a beginning is enough."""
    if start > 0 and _is_inside_word(lowered[start - 1]):
        return False
    return is_prefix or end == len(lowered) or not _is_inside_word(lowered[end])


def _is_inside_word(character: str) -> bool:
    return character.isalnum() and _UNSPACED_RUN.match(character) is None


def _merged(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted ranges with overlapping and touching ones made one."""
    pending: tuple[int, int] | None = None
    for first, last in ranges:
        if pending is None:
            pending = (first, last)
        elif first <= pending[1]:
            pending = (pending[0], max(pending[1], last))
        else:
            yield pending
            pending = (first, last)
    if pending is not None:
        yield pending
