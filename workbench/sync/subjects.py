"""Subjects made comparable: reply marks, list tags and blanks taken off, so that a reply finds its thread."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Marks mail programs of many languages put before a subject when answering; Latin ones also as "Re[2]:" and "Re(2):".
_LATIN = (
    "re", "aw", "antw", "antwort", "sv", "svar", "vs", "vá", "rép", "ré", "réponse", "resp", "respuesta", "res", "rif",
    "odp", "odpověď", "odg", "ynt", "yan", "atb", "bls", "απ", "σχετ", "отв", "ответ", "відп",
)  # fmt: skip
_OTHER = (
    "回复",
    "回覆",
    "答复",
    "答覆",
    "回信",
    "返信",
    "答",
    "회신",
    "답장",
    "رد",
    "الرد",
    "پاسخ",
    "תשובה",
    "השב",
    "ตอบกลับ",
)
_REPLY = re.compile(
    rf"(?:(?:{'|'.join(_LATIN)})\s*(?:[\[(]\s*\d+\s*[\])]|\^\d+)?\s*[:：]|(?:{'|'.join(_OTHER)})\s*[:：])\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[[^\[\]]{1,60}\]\s*")
_TRAILER = re.compile(r"\s*\((?:fwd|was:?\s[^()]*)\)\s*$", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\xad]")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """`key` compares subjects (None where nothing is left to compare); `is_reply` says a reply mark was taken off."""

    key: str | None
    is_reply: bool


@lru_cache(maxsize=2048)
def subject_key(subject: str) -> SubjectKey:
    """What a subject is about, without "Re:" in any language, "[list]" tags, case and blanks; never refuses.

    "Fwd:" stays: passing something on starts a new thread. A subject that is only tags keeps them.
    """
    whole = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", subject[:_LONGEST])).split())
    rest, is_reply = whole, False
    while True:
        mark = _REPLY.match(rest) or _TAG.match(rest)
        if mark is None:
            break
        is_reply = is_reply or not mark[0].startswith("[")
        rest = rest[mark.end() :]
    rest = _TRAILER.sub("", rest)
    if not rest and not is_reply:
        rest = whole
    return SubjectKey(rest.casefold().strip() or None, is_reply)
