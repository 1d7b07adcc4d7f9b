"""Wording: an error in words, read by the command line and the window."""

from dataclasses import dataclass
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.messages.error_words import WORDS
from workbench.messages.refined import refined


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain sentences, the code for the help page, and details to copy (reason and numbers, home folder hidden)."""

    happened: str
    safe: str
    next: str
    code: str
    details: str = ""

    def lines(self) -> str:
        """All of it as short lines for a terminal."""
        return "\n".join(
            line for line in (self.happened, self.safe, self.next, self.details and f"({self.details})") if line
        )


def wording(error: BaseException) -> Wording:
    """The words for an error; anything outside our tree is told as an unexpected one, by its class only."""
    if not isinstance(error, WorkbenchError):
        happened, safe, next_step = WORDS["unexpected"]
        return Wording(happened, safe, next_step, "unexpected", type(error).__name__)
    happened, safe, next_step = WORDS[error.code]
    happened, next_step = refined(error, happened, next_step)
    return Wording(happened, safe, next_step, error.code, _details(error))


def _details(error: WorkbenchError) -> str:
    parts = [error.reason] if error.reason and error.reason != error.code else []
    parts += [f"{name}: {_without_home(str(value))}" for name, value in error.details.items()]
    return "; ".join(parts)


def _without_home(text: str) -> str:
    """The user's name often stands in the path of the home folder, and details get copied into reports."""
    return text.replace(str(Path.home()), "~") if str(Path.home()) not in {"/", ""} else text
