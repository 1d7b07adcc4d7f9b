"""Message parts: a plain text taken apart into what its author wrote, what they quoted, and what a list added below."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from workbench.ui.sanitiser import shown

LEFT_OPEN: Final = 5
"""Quotes of up to this many lines are shown at once; longer ones wait behind a link."""
CHUNK: Final = 24_000
"""Characters of a text laid out at once; what follows waits behind a link."""
_DEEPEST: Final = 4
_QUOTE: Final = re.compile(r"[ \t]?((?:>[ \t]?)+)")
_FOOTER: Final = re.compile(r"_{10,}\s*\Z|-- ?\Z|-{3,} ?original message ?-{3,}\s*\Z", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s<>\"”»]{3,2000}|\bwww\.[^\s<>\"”»]{3,2000}", re.IGNORECASE)
_TRAILING: Final = ".,;:!?'’"
_OPENERS: Final = {")": "(", "]": "[", "}": "{"}


class PartKind(Enum):
    """Whose words a part holds."""

    OWN = auto()
    QUOTE = auto()
    FOOTER = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together; `depth` counts the levels of quoting."""

    kind: PartKind
    lines: tuple[str, ...]
    depth: int = 0

    @property
    def folds(self) -> bool:
        """Whether it waits behind a link until it is asked for."""
        return self.kind is PartKind.FOOTER or (self.kind is PartKind.QUOTE and len(self.lines) > LEFT_OPEN)


def parts_of(text: str) -> tuple[Part, ...]:
    """The text in parts, in order, safe to show; a footer runs from its rule to the end."""
    found: list[tuple[PartKind, int, list[str]]] = []
    is_footer = False
    for raw in shown(text).rstrip().split("\n"):
        quote = _QUOTE.match(raw)
        # A rule inside a quote belongs to what is quoted; one at the very top is no footer.
        is_footer = is_footer or (quote is None and bool(found) and _FOOTER.match(raw) is not None)
        if is_footer:
            kind, depth, line = PartKind.FOOTER, 0, raw
        elif quote is not None:
            kind, depth, line = PartKind.QUOTE, min(_DEEPEST, quote.group(1).count(">")), raw[quote.end() :]
        else:
            kind, depth, line = PartKind.OWN, 0, raw
        if found and found[-1][:2] == (kind, depth):
            found[-1][2].append(line.rstrip())
        else:
            found.append((kind, depth, [line.rstrip()]))
    parts = (Part(kind, _trimmed(lines), depth) for kind, depth, lines in _joined(found))
    return tuple(part for part in parts if part.lines)


def link_ranges(text: str) -> list[tuple[int, int, str]]:
    """Addresses in a text: start, end and where each leads."""
    found = []
    for match in _LINK.finditer(text):
        address = match.group().rstrip(_TRAILING)
        # A bracket that was opened before the address is not part of it.
        while (opener := _OPENERS.get(address[-1:])) and address.count(address[-1]) > address.count(opener):
            address = address[:-1].rstrip(_TRAILING)
        target = address if "://" in address else f"http://{address}"
        found.append((match.start(), match.start() + len(address), target))
    return found


def _joined(found: list[tuple[PartKind, int, list[str]]]) -> list[tuple[PartKind, int, list[str]]]:
    """Quotes of different depth that follow one another become one when only blank lines of ours stand between."""
    joined: list[tuple[PartKind, int, list[str]]] = []
    for number, (kind, depth, lines) in enumerate(found):
        is_gap = kind is PartKind.OWN and not any(lines)
        follows = number + 1 < len(found) and found[number + 1][:2] == (joined[-1][:2] if joined else None)
        if is_gap and (not joined or follows):
            continue
        if joined and joined[-1][:2] == (kind, depth):
            joined[-1][2].extend(["", *lines])
        else:
            joined.append((kind, depth, lines))
    return joined


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    """Without blank lines at both ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return tuple(lines[first:last])
