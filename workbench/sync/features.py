"""What a text says about itself: whether it asks something, and which of its lines its author wrote."""

import re

QUESTION_MARKS = "?\uff1f\u061f\u037e"
"""`?`, full-width, Arabic and Greek; tested before Unicode normalisation, which turns U+037E into a semicolon."""

_QUESTION = re.compile(f"[{QUESTION_MARKS}]")
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"]+|mailto:[^\s<>\"]+", re.IGNORECASE)
# One look for all lines that are not their author's own: the rest of a text is passed over as fast as C can.
_FOREIGN = re.compile(
    r"^(?:(?P<end>--[ \t]?$|[ \t]*(?:-{2,}|_{5,})[ \t]*(?i:original[ -]message|forwarded message|message d'origine"
    r"|mensaje original|ursprüngliche nachricht|mensagem original|原始邮件|الرسالة الأصلية))"
    r"|(?P<run>[ \t]*+>[^\n]*+(?:\n[ \t]*+>[^\n]*+)*+)|[ \t]*(?:\|(?!\|)|[A-Z][A-Za-z]{0,3}>)[^\n]*)",
    re.MULTILINE,
)
_SAYS = (
    r"wrote|writes|said|a écrit|écrit|escribió|escribio|schrieb|schreef|scrisse|ha scritto|escreveu|skrev"
    r"|написал\(?а?\)?|пишет|写道|寫道|のメッセージ|كتب(?:ت)?|yazdı|napisał\(?a?\)?|kirjoitti|menulis|viết"
)
_INTRODUCTION = re.compile(
    rf"(?:.*(?:\b|\s)(?:{_SAYS})\s?(?:\[[^\]]*\])?\s?[:：].{{0,3}}|.*\b(?:schrieb|skrev)\b.*:)\s*", re.IGNORECASE
)
_OPENING = re.compile(
    r"[ \t]*(?:(?:on|le|el|em|il|op|am|den|dne|w dniu|at|in a message|quoting|في|بتاريخ)\b|在|\d{1,4}[-/.年]).*",
    re.IGNORECASE,
)
_INTRODUCTION_LINES = 3
_LONGEST_INTRODUCTION = 300


def is_question(text: str) -> bool:
    """Whether a question mark of any script is left once URLs are removed."""
    if _QUESTION.search(text) is None:
        return False
    return _QUESTION.search(_URL.sub(" ", text)) is not None


def own_words(text: str) -> str:
    """`text` without what its author did not write.

    Quoted lines (">", "|", "AB>"), the line that introduces them ("On … wrote:"), a copied original message and the
    signature after "-- " go. A "|" line stays where nothing else is quoted around it and it looks like a table.
    """
    if not any(mark in text for mark in (">", "|", "--", "__", ":", "：")):
        return text
    kept: list[str] = []
    start = 0
    for foreign in _FOREIGN.finditer(text):
        line = foreign[0]
        if foreign["run"] is None and foreign["end"] is None and _is_table_row(line):
            continue
        if start < foreign.start():
            kept += text[start : foreign.start() - 1].split("\n")
        if foreign["end"] is not None:
            return "\n".join(kept)
        lines = line.count("\n") + 1
        while lines and _drop_introduction(kept):
            lines -= 1
        start = foreign.end() + 1
    if start <= len(text):
        kept += text[start:].split("\n")
    return "\n".join(kept)


def _is_table_row(line: str) -> bool:
    """Whether it is one like "| name | office |", which is no quotation."""
    return line.lstrip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2  # noqa: PLR2004 - a row has at least two cells


def _drop_introduction(kept: list[str]) -> bool:
    """Takes the paragraph that introduces a quotation off the end of what was kept, if it is one."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    if not end or not _introduces(kept[end - 1]):
        return False
    start = end - 1
    # "On Monday, 5 January 2026 at 09:00, Amina Example" may stand on the line before "<…> wrote:".
    for above in range(end - 1, max(end - 1 - _INTRODUCTION_LINES, -1), -1):
        if not kept[above].strip():
            break
        if _OPENING.fullmatch(kept[above]):
            start = above
            break
    del kept[start:]
    return True


def _introduces(line: str) -> bool:
    # Nearly all lines fail the first two tests, which cost nothing.
    return (":" in line or "：" in line) and len(line) <= _LONGEST_INTRODUCTION and bool(_INTRODUCTION.fullmatch(line))
