"""Hashtags: which words of a text are marked with "#", in every script, as they are stored and compared.

A text whose tags are to be found by other rules than before has to be read again: a change here needs a migration.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 50

_SIGNS = "#\uff03"
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)[^\s<>\"]+", re.IGNORECASE)
# Not behind a letter ("C#"), a slash or "&" (addresses, HTML), another "#"; vowel signs belong to a word.
_TAG = re.compile(
    rf"(?<![\w/&.=?{_SIGNS}-])[{_SIGNS}](\w(?:[\w\u064b-\u0652\u0900-\u0d7f\u200c\u200d]|-(?=\w))*+)(?!\(|\[|\.\w|::|</)"
)
# A line of a program, and a remark in one: "#reads the file" above "read(file)", or behind it.
_CODE = re.compile(
    r"<-|->|==|[{};]\s*$|\w\((?!e?s\))|\w\s?=\s?[\w\"'(]|^\s*[>+$%]|\$\w|::|^\s*(?:library|import|include|def|end)\b"
)
_REMARK = re.compile(r"^\s*#+\s*\w+[^\S\n]+(?!#)\S")
_ALONE = re.compile(r"^\s*#+\s*[\w-]+\W*$")
_NAMES = frozenset({"define", "elif", "else", "endif", "error", "if", "ifdef", "ifndef", "include", "pragma", "undef"})
"""What a line of C begins with; nobody means a topic by it."""
_NUMBER = re.compile(r"[0-9a-f-]*\d[0-9a-f-]*")


def hashtags_in(text: str) -> tuple[str, ...]:
    """The tags of a text without their "#", each once, in order, as `tag_key` makes them.

    Left out: what stands in an address, numbers ("#12", "#1f9fdf2"), remarks in programs, and more than 50 characters.
    """
    if _TAG.search(text) is None:
        return ()
    lines = _without_remarks(_URL.sub(" ", text).splitlines())
    found = dict.fromkeys(tag_key(match[1]) for line in lines for match in _TAG.finditer(line))
    return tuple(tag for tag in found if _is_word(tag))


def tag_key(word: str) -> str:
    """A tag as it is stored: without "#", case and ways to encode it make no difference."""
    return unicodedata.normalize("NFKC", word.strip().lstrip(_SIGNS)).casefold()


def _without_remarks(lines: list[str]) -> Iterator[str]:
    """The lines that hold a sign, without what is a remark in a program.

    A line that begins with "#word" is one where the line before or after it is code; with further words also where that
    begins so too.
    """
    filled = [line for line in lines if line.strip()]
    for place, line in enumerate(filled):
        sign = min((at for at in map(line.find, _SIGNS) if at >= 0), default=-1)
        if sign < 0 or (sign > 0 and _CODE.search(line[:sign])):
            continue
        near = filled[max(0, place - 1) : place] + filled[place + 1 : place + 2]
        is_remark = _REMARK.match(line) is not None
        is_odd = any(_CODE.search(other) or (is_remark and _REMARK.match(other)) for other in near)
        if not (is_odd and (is_remark or _ALONE.match(line))):
            yield line


def _is_word(tag: str) -> bool:
    is_number = _NUMBER.fullmatch(tag) is not None
    return 1 < len(tag) <= LONGEST and tag not in _NAMES and not is_number and any(sign.isalpha() for sign in tag)
