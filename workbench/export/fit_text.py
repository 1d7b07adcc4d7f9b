"""Text fit for an XML document, and which way it runs."""

import re

# XML 1.0 allows no control characters but tab, line feed and carriage return.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def fit(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter is of a script that runs from right to left (Arabic, Hebrew and their kin)."""
    first = _LETTER.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first.group()) is not None
