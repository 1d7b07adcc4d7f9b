"""What the command line prints: rows as a table or JSON on stdout, progress and errors on stderr."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from workbench.clock import Clock
from workbench.errors import SignInError, WorkbenchError, store_error
from workbench.messages import Wording, wording
from workbench.progress import Progress

BAR_CELLS = 24
WIDEST = 60
REDRAW_SECONDS = 0.1
LINE_SECONDS = 5.0
RATE_SECONDS = 2.0  # before that the rate says nothing
MANY_SECONDS = 90.0
ERROR = ("error", "happened", "safe", "next")
SIGN_IN_HERE = (
    "On the command line: `workbench account sign-in NAME`, after `workbench account set NAME --secret password` where "
    "it takes a password."
)

Row = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON takes it: moments and days in ISO 8601, enums by value, also inside lists and objects."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def cell(value: Any) -> str:
    """A value as a person reads it in a table."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return _four_figures(value)
    if isinstance(value, tuple | list):
        items = [cell(item) for item in value]
        return (" " if all(item.endswith(".") for item in items) else ", ").join(items)
    # Control characters and bidi overrides in names must not steer the terminal.
    text = str(plain(value))
    return "".join(" " if unicodedata.category(character) in {"Cc", "Cf"} else character for character in text)


def _four_figures(value: float) -> str:
    """Four figures, or all before the point; never an exponent, which "1.753e+04" hours would be to nobody's use."""
    text = f"{value:.4g}"
    if "e" not in text:
        return text
    return f"{value:.0f}" if abs(value) > 1 else f"{value:.10f}".rstrip("0").rstrip(".")


class Output:
    """Prints for people or for programs. A reader that goes away raises BrokenPipeError, a full disk NoSpaceError.

    JSON is UTF-8 wherever it goes; text becomes what the terminal can show.
    """

    def __init__(self, *, as_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = stdout or sys.stdout
        self._err = stderr or sys.stderr
        for stream, encoding in ((self._out, "utf-8" if as_json else None), (self._err, None)):
            if isinstance(stream, io.TextIOWrapper):
                # Names come in every script, and file names need not be text at all.
                stream.reconfigure(encoding=encoding, errors="backslashreplace")

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

    def text(self, text: str) -> None:
        """A whole document, as it is, for people and programs alike."""
        self._write(text)

    def warn(self, text: str) -> None:
        """A line on stderr; one that nobody reads any more is no reason to stop."""
        with suppress(OSError):
            print(text, file=self._err, flush=True)

    def fail(self, error: BaseException) -> None:
        """What happened, what is safe, what to do next; as an object on stdout too when the output is JSON."""
        self.explain(error)
        if self.as_json:
            self._json(error_row(error))

    def explain(self, error: BaseException, *, whose: str = "") -> None:
        """The words alone, on stderr: where the rows on stdout carry the error themselves; with the name of `whose`."""
        words = wording(error)
        happened = f"{cell(whose)}: {words.happened}" if whose else words.happened
        here = SIGN_IN_HERE if isinstance(error, SignInError) else ""
        for line in (happened, words.safe, words.next, here, _details(error, words)):
            if line:
                self.warn(line)

    def flush(self) -> None:
        """Hands everything on; what cannot be written is said here and not when Python ends."""
        if self._out is not None:
            self._write("")

    def _json(self, value: Any) -> None:
        self._line(json.dumps(value, ensure_ascii=False, indent=2))

    def _line(self, text: str) -> None:
        if self._out is not None:
            self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            if not text:
                self._out.flush()
        except OSError as error:
            self._let_go()
            if isinstance(error, BrokenPipeError):
                raise
            raise store_error(error) from error

    def _let_go(self) -> None:
        """Sends what is still buffered nowhere: Python flushes once more at its end and would complain."""
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), self._out.fileno())

    def _table(self, lines: list[list[str]], columns: Sequence[str]) -> None:
        titles = [column.replace("_", " ") for column in columns]
        # A path that is cut short is of no use to anybody; everything else is.
        most = [sys.maxsize if column == "path" else WIDEST for column in columns]
        widths = [
            min(most[place], max(display_width(line[place]) for line in [titles, *lines]))
            for place in range(len(columns))
        ]
        for line in [titles, ["─" * width for width in widths], *lines]:
            self._line("  ".join(fit(text, width) for text, width in zip(line, widths, strict=True)).rstrip())


def error_row(error: BaseException | None) -> dict[str, str | None]:
    """An error under the four keys every verb uses for one; None under each where all went well."""
    if error is None:
        return dict.fromkeys(ERROR)
    words = wording(error)
    return {"error": words.code, "happened": words.happened, "safe": words.safe, "next": words.next}


def _details(error: BaseException, words: Wording) -> str:
    """What helps to find the cause, unless the words have said it."""
    is_told = isinstance(error, WorkbenchError) and error.reason.casefold().rstrip(".") in words.happened.casefold()
    return f"({words.details})" if words.details and not is_told else ""


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
        self._stream: TextIO | None = stream or sys.stderr
        self._is_terminal = self._stream is not None and self._stream.isatty()
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
        self._draw(f"\r\x1b[2K{text}" if self._is_terminal else f"{text}\n")
        self._is_open = self._is_terminal

    def close(self) -> None:
        """Leaves the terminal's line clean for what comes next."""
        if self._is_open:
            self._draw("\r\x1b[2K")
            self._is_open = False

    def _draw(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # whoever watched went away; the work goes on
            self._stream = None

    @staticmethod
    def _text(progress: Progress, seconds: float) -> str:
        """A line such as "[#####-----] 42 %  12,000 messages  2,400/s  3 min left  2009q3.txt"."""
        parts = []
        if progress.fraction is not None:
            full = round(BAR_CELLS * progress.fraction)
            parts.append(f"[{'#' * full}{'-' * (BAR_CELLS - full)}] {100 * progress.fraction:3.0f} %")
        parts += filter(None, (progress.account and cell(progress.account), progress.stage))
        if progress.waits_until is not None:
            until = datetime.fromtimestamp(progress.waits_until, UTC).astimezone()
            return "  ".join([*parts, f"waiting until {until:%H:%M:%S}"])
        total = "" if progress.total is None else f" of {progress.total:,}"
        parts += [f"{progress.done:,}{total} {progress.unit}"] if progress.unit else []
        left = progress.seconds_left
        if not progress.stage:
            parts.append(f"{progress.done / seconds:,.0f}/s")
            left = seconds / progress.fraction - seconds if progress.fraction and seconds > RATE_SECONDS else None
        if left is not None:
            many = f"{left / 60:.0f} min left" if left >= MANY_SECONDS else f"{left:.0f} s left"
            parts.append(f"{many} for this part" if progress.stage else many)
        if progress.note:
            parts.append(cell(progress.note))
        return "  ".join(parts)
