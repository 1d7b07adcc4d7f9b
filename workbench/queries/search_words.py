"""Search words: what a question asks the index, which of its words are common, and what a common beginning stands for.

The index finds all words with a beginning by walking every hit of each of them, which takes half a second where one is
common. The newest hits are all that is looked at then, so the beginning is put into words that are really in use: those
of some hundred messages, taken from several places of the mirror. They only stand for it where they alone are common.
"""

import re
from collections import Counter
from collections.abc import Iterator

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.search_text import indexable, match_expression, plain_terms

RARE = 5_000
_SHORTEST_BEGINNING = 3
_PLACES, _AT_EACH, _LETTERS, _MOST_WORDS = 8, 120, 2_000, 64
_BEGINNING = re.compile(r'"([^" ]+)" \*')  # quotes around words are the expression's own, never the person's

_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH :words LIMIT :limit)"
_SOME = f"""
SELECT subject, substr(text, 1, {_LETTERS}) FROM body
WHERE event_id <= (SELECT max(event_id) FROM body) * :place / {_PLACES} ORDER BY event_id DESC LIMIT {_AT_EACH}
"""  # noqa: S608 - our own constants


class SearchWords:
    """The words of a question, which has to hold one at least; each is common or rare by itself and everywhere.

    A word is common that stands in more than `rare` messages. Words that only begin like the last one are left out
    where that is common itself, and where it has one or two letters and is found as it stands.
    """

    def __init__(self, reader: Reader, text: str, *, rare: int = RARE) -> None:
        self._reader, self._text, self._rare = reader, text, rare
        *before, last = plain_terms(text)
        words = [match_expression(term, ends_with_beginning=False) for term in before]
        whole, beginning = match_expression(last, ends_with_beginning=False), match_expression(last)
        # "the" begins "then" too, but where "the" alone is everywhere nothing is gained by walking through those. One
        # sign of a script without spaces is a beginning wherever it stands.
        self._is_beginning = _BEGINNING.search(whole) is not None or (
            self._is_rare(whole) and (len(last) >= _SHORTEST_BEGINNING or not last.isascii() or self._is_nowhere(whole))
        )
        self._in_use = self._words_in_use(beginning) if self._is_beginning else ""
        words.append(beginning if self._is_beginning else whole)
        self.is_rare = not self._in_use and all(map(self._is_rare, words))

    def expression(self, scope: tuple[CommunityId, ...] = ()) -> str:
        """What to hand to MATCH, within a scope."""
        expression = match_expression(self._text, scope, ends_with_beginning=self._is_beginning)
        return _BEGINNING.sub(self._in_use, expression) if self._in_use else expression

    def _is_rare(self, words: str) -> bool:
        count: int = self._reader.scalar(_HOW_MANY, {"words": words, "limit": self._rare + 1})
        return count <= self._rare

    def _is_nowhere(self, words: str) -> bool:
        return not self._reader.scalar(_HOW_MANY, {"words": words, "limit": 1})

    def _words_in_use(self, beginning: str) -> str:
        """Words with this beginning that are common together, as a part of an expression; empty where they are not."""
        match = _BEGINNING.search(beginning)
        if match is None:
            return ""
        words = re.compile(rf"(?<![^\W_]){re.escape(match[1])}[^\W_]*")
        found = Counter(word for text in self._some_texts() for word in words.findall(text))
        chosen = sorted({match[1], *(word for word, _ in found.most_common(_MOST_WORDS))})
        either = " OR ".join(f'"{word}"' for word in chosen)
        return f"({either})" if found and not self._is_rare(f"{{subject body}} : ({either})") else ""

    def _some_texts(self) -> Iterator[str]:
        for place in range(_PLACES, 0, -1):
            for subject, text in self._reader.rows(_SOME, {"place": place}):
                yield indexable(f"{subject} {text}").lower()
