"""What the command line prints: rows as a table or JSON on stdout, progress and errors on stderr."""

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, TextIO

from workbench.clock import Clock
from workbench.errors import WorkbenchError
from workbench.messages import wording
from workbench.progress import Progress

BAR_CELLS = 24
REDRAW_SECONDS = 0.1
LINE_SECONDS = 5.0

Row = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON takes it: moments and days in ISO 8601, enums by value."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def cell(value: Any) -> str:
    """A value as a person reads it in a table."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple | list):
        return ", ".join(cell(item) for item in value)
    # Control characters and bidi overrides in names must not steer the terminal.
    text = str(plain(value))
    return "".join(" " if unicodedata.category(character) in {"Cc", "Cf"} else character for character in text)


class Output:
    """Prints for people or for programs; a closed pipe is not an error."""

    def __init__(self, *, as_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = stdout or sys.stdout
        self._err = stderr or sys.stderr

    def rows(self, rows: Sequence[Row], columns: Sequence[str], *, empty: str = "Nothing to show.") -> None:
        """A list: an array of objects with exactly these keys, or a table under these titles."""
        if self.as_json:
            self._json([{key: plain(row[key]) for key in columns} for row in rows])
        elif not rows:
            self._line(empty)
        else:
            self._table([[cell(row[key]) for key in columns] for row in rows], columns)

    def one(self, row: Row) -> None:
        """One thing: an object, or label and value line by line."""
        if self.as_json:
            self._json({key: plain(value) for key, value in row.items()})
        else:
            width = max(len(key) for key in row)
            for key, value in row.items():
                self._line(f"{key.replace('_', ' '):<{width}}  {cell(value)}")

    def say(self, text: str) -> None:
        """A line for people; silent when the output is JSON."""
        if not self.as_json:
            self._line(text)

    def warn(self, text: str) -> None:
        """A line on stderr."""
        print(text, file=self._err)

    def fail(self, error: WorkbenchError) -> None:
        """What happened, what is safe, what to do next; as an object on stdout too when the output is JSON."""
        words = wording(error)
        for line in (words.happened, words.safe, words.next):
            if line:
                self.warn(line)
        if self.as_json:
            self._json(
                {"error": words.code, "happened": words.happened, "safe": words.safe, "next": words.next},
            )

    def _json(self, value: Any) -> None:
        self._line(json.dumps(value, ensure_ascii=False, indent=2))

    def _line(self, text: str) -> None:
        print(text, file=self._out)

    def _table(self, lines: list[list[str]], columns: Sequence[str]) -> None:
        titles = [column.replace("_", " ") for column in columns]
        widths = [
            min(60, max(display_width(line[place]) for line in [titles, *lines])) for place in range(len(columns))
        ]
        for line in [titles, ["─" * width for width in widths], *lines]:
            self._line("  ".join(fit(text, width) for text, width in zip(line, widths, strict=True)).rstrip())


def display_width(text: str) -> int:
    """Columns a text takes on a terminal: wide East Asian characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def fit(text: str, width: int) -> str:
    """The text cut or padded to `width` columns."""
    if display_width(text) > width:
        while display_width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - display_width(text))


class ProgressLine:
    """Shows progress on stderr: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, clock: Clock, *, stream: TextIO | None = None) -> None:
        self._clock = clock
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._started = clock.monotonic()
        self._shown = float("-inf")
        self._is_open = False

    def __call__(self, progress: Progress) -> None:
        """One report; drawn only as often as a person can read."""
        now = self._clock.monotonic()
        if now - self._shown < (REDRAW_SECONDS if self._is_terminal else LINE_SECONDS):
            return
        self._shown = now
        text = self._text(progress, max(now - self._started, 1e-6))
        if self._is_terminal:
            self._stream.write(f"\r\x1b[2K{text}")
            self._is_open = True
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()

    def close(self) -> None:
        """Leaves the terminal's line clean for what comes next."""
        if self._is_open:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._is_open = False

    @staticmethod
    def _text(progress: Progress, seconds: float) -> str:
        """A line such as "[#####-----] 42 %  12,000 messages  2,400/s  3 min left  2009q3.txt"."""
        parts = []
        if progress.fraction is not None:
            full = round(BAR_CELLS * progress.fraction)
            parts.append(f"[{'#' * full}{'-' * (BAR_CELLS - full)}] {progress.fraction:4.0%}")
        parts.append(f"{progress.done:,} {progress.unit}")
        parts.append(f"{progress.done / seconds:,.0f}/s")
        if progress.fraction and seconds > 2:  # noqa: PLR2004 - before that the rate says nothing
            left = seconds / progress.fraction - seconds
            parts.append(f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left")  # noqa: PLR2004
        if progress.note:
            parts.append(progress.note)
        return "  ".join(parts)
