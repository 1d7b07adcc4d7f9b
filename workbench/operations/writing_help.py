"""Writing help: open questions to begin a talk with, and what makes a draft hard to read; it changes nothing."""

import re
from collections.abc import Mapping
from typing import Final

from workbench.operations.letters import Language

LONG_SENTENCE: Final = 25
"""Words; who reads in a second language loses the thread of longer ones."""
LONG_TEXT: Final = 200
"""Words; on a telephone that is more than two screens."""
_MANY_SHORT: Final = 4
_SENTENCE: Final = re.compile(r"[.!?؟。！？]+(?=\s|$)|\n+")
_ROMAN: Final = re.compile(r"[IVX]+")
_SHORT: Final = re.compile(r"(?<![\w#@/(])[^\W\d_]{2,6}(?![\w/])")

PROMPTS: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ENGLISH: (
        "What is the one thing you would do differently next time, and why?",
        "Who has tried this in the field: what worked, and what did not?",
        "What do you need to know this month that you cannot find?",
        "Which document do you send to colleagues most often, and what for?",
        "What has changed where you work since we last talked?",
    ),
    Language.FRENCH: (
        "Que feriez-vous autrement la prochaine fois, et pourquoi ?",
        "Qui l’a essayé sur le terrain : qu’est-ce qui a marché, et qu’est-ce qui n’a pas marché ?",
        "De quoi avez-vous besoin ce mois-ci que vous ne trouvez pas ?",
        "Quel document envoyez-vous le plus souvent à vos collègues, et pour quoi faire ?",
        "Qu’est-ce qui a changé chez vous depuis notre dernier échange ?",
    ),
    Language.SPANISH: (
        "¿Qué harías de otra manera la próxima vez, y por qué?",
        "¿Quién lo ha probado en el terreno: qué funcionó y qué no?",
        "¿Qué necesitas saber este mes que no logras encontrar?",
        "¿Qué documento envías más a tus colegas, y para qué?",
        "¿Qué ha cambiado donde trabajas desde la última vez que hablamos?",
    ),
    Language.ARABIC: (
        "ما الشيء الذي ستفعله بطريقة مختلفة في المرة القادمة، ولماذا؟",
        "من جرّب هذا في الميدان: ما الذي نجح وما الذي لم ينجح؟",
        "ما الذي تحتاج إلى معرفته هذا الشهر ولا تجده؟",
        "ما الوثيقة التي ترسلها إلى زملائك أكثر من غيرها، ولماذا؟",
        "ما الذي تغيّر في مكان عملك منذ آخر حديث لنا؟",
    ),
}
"""Questions nobody can answer with yes or no."""


def plain_hints(text: str) -> tuple[str, ...]:
    """What would make a draft easier to read, in sentences; empty where nothing would.

    Words are counted between spaces, so that nothing is said of scripts that set none.
    """
    words = len(text.split())
    longest = max((len(sentence.split()) for sentence in _SENTENCE.split(text)), default=0)
    found = []
    if longest > LONG_SENTENCE:
        found.append(f"The longest sentence has {longest:,} words; two short ones are easier to follow.")
    if words > LONG_TEXT:
        found.append(f"It has {words:,} words; put what you ask for first.")
    short = _unexplained(text)
    if short:
        found.append(f"Not everybody knows {', '.join(short)}; write it out once.")
    return tuple(found)


def _unexplained(text: str) -> list[str]:
    """Words of capitals alone that nothing in brackets explains; a text all in capitals has none."""
    if text.upper() == text:
        return []
    all_short = dict.fromkeys(
        word
        for word in _SHORT.findall(text)
        if word.isupper() and word.lower() != word and not _ROMAN.fullmatch(word)  # "Part II", "Henry VIII"
    )
    return [word for word in all_short if f"{word} (" not in text and f"({word})" not in text][:_MANY_SHORT]
