"""Trace: what a run asked and what came, one plain line a step; short enough to be stored with every batch."""

from collections import deque
from datetime import datetime
from typing import Final

FIRST_LINES: Final = 12
LAST_LINES: Final = 48


class Trace:
    """Keeps the first and the last lines, and how many lay between; no line holds personal data."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._last: deque[str] = deque(maxlen=LAST_LINES)
        self._count = 0

    def add(self, at: datetime, text: str) -> None:
        """One more line, with the time of day (UTC) in front."""
        line = f"{at:%H:%M:%S} {text}"
        self._count += 1
        if len(self._first) < FIRST_LINES:
            self._first.append(line)
        else:
            self._last.append(line)

    @property
    def text(self) -> str:
        """All lines that were kept."""
        left_out = self._count - len(self._first) - len(self._last)
        between = [f"… {left_out} more steps"] if left_out else []
        return "\n".join((*self._first, *between, *self._last))


def size_words(count: int) -> str:
    """Bytes in words: "740 B", "14.2 kB", "3.1 MB"."""
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
