"""Probe: one service that an account was told of, tried without changing anything there; what came of it in words."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class Probe:
    """`part` names the service, `said` what it answered. `error` is why it did not; None also for one nobody gave."""

    part: str
    said: str = ""
    error: WorkbenchError | None = None
    is_given: bool = True


def tried(part: str, ask: Callable[[], str]) -> Probe:
    """Asks, and keeps the refusal as the answer."""
    try:
        return Probe(part, ask())
    except WorkbenchError as error:
        return Probe(part, error=error)
