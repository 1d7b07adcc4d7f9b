"""The log: what happened, in counts and code words; never a name, a text, a token or an address.

A field that is not on the list is left out, whatever it holds, and so is a value of another shape than its field has.
An error is written down as its class, its code and the lines it passed, never as its message.
"""

import logging
import re
import traceback
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from datetime import UTC
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from typing import Any, Literal

from typing_extensions import override

from workbench.clock import Clock
from workbench.errors import WorkbenchError

KEPT_DAYS = 30
NUMBERS = frozenset(
    {
        "account_id", "added", "bytes", "changed", "community_id", "count", "exit_code", "files", "milliseconds",
        "pages", "rejected", "requests", "rows", "run_id", "schema", "seconds", "unchanged",
    }
)  # fmt: skip
WORDS = frozenset({"code", "error", "format", "kind", "lane", "page", "state", "stream", "system", "verb"})

_EVENT = re.compile(r"[a-z_]{1,30}(\.[a-z_]{1,30}){0,3}")
# No digits, blanks, signs of an address or of a query: tokens and names do not get through by mistake.
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,30}")
_DEEPEST = 12


class Log:
    """Writes to one file per day in `folder`, kept for thirty days. A log that cannot be written stops nobody."""

    def __init__(self, folder: Path, *, clock: Clock) -> None:
        self._clock = clock
        self._handler = _open_handler(folder)
        self._logger: Any = None

    def event(self, name: str, /, **fields: object) -> None:
        """Something that happened: `sync.finished`, with numbers and code words."""
        self._write("info", name, fields)

    def failure(self, name: str, error: BaseException, /, **fields: object) -> None:
        """An error that was met: its class, code and where it passed."""
        code = error.code if isinstance(error, WorkbenchError) else "unexpected"
        known = {"error": type(error).__name__, "code": code}
        self._write("error", name, {**fields, **known}, where=_lines(error))

    def close(self) -> None:
        """Closes the file."""
        if self._handler is not None:
            # What is left in the buffer of a full disk cannot be saved.
            with suppress(OSError):
                self._handler.close()
            self._handler = None

    def _write(
        self, level: Literal["info", "error"], name: str, fields: Mapping[str, object], *, where: tuple[str, ...] = ()
    ) -> None:
        if self._handler is None:
            return
        if self._logger is None:
            self._logger = self._make_logger(self._handler)
        getattr(self._logger, level)(name, **allowed(fields), **({"where": where} if where else {}))

    def _make_logger(self, handler: logging.Handler) -> Any:
        import structlog  # noqa: PLC0415 - brings asyncio; the first event loads it, start-up does not

        def stamped(_logger: Any, method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
            event = str(fields.pop("event"))
            moment = self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
            return {"at": moment, "level": method, "event": event if _EVENT.fullmatch(event) else "unnamed", **fields}

        return structlog.wrap_logger(_Sink(handler), processors=[stamped, structlog.processors.JSONRenderer()])


def allowed(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that may be written: numbers under a name for numbers, code words under a name for words."""
    return {name: value for name, value in fields.items() if _is_allowed(name, value)}


def _is_allowed(name: str, value: object) -> bool:
    if name in NUMBERS:
        return isinstance(value, int | float)
    return name in WORDS and isinstance(value, str) and _WORD.fullmatch(value) is not None


def _lines(error: BaseException) -> tuple[str, ...]:
    """Places in the code the error passed, innermost last, as file:line without folders or source text."""
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    return tuple(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)


def _open_handler(folder: Path) -> logging.Handler | None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _QuietHandler(
            folder / "workbench.log", when="D", backupCount=KEPT_DAYS, utc=True, delay=True, encoding="utf-8"
        )
    except OSError:  # a folder that cannot be written: the work itself says so where it matters
        return None
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler


class _Sink:
    """Hands finished lines to the file; no named logger, so nothing that libraries log can reach it."""

    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def info(self, line: str) -> None:
        self._handler.handle(logging.LogRecord("workbench", logging.INFO, "", 0, line, None, None))

    error = info


class _QuietHandler(TimedRotatingFileHandler):
    """A file handler that gives up a line rather than print to the terminal, where the text would be seen."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is reported by the work that needed it."""
