"""Sent: what became of the answers a run tried to send, told item by item, with an exit code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.cli.output import ERROR, Output, cell
from workbench.cli.runs import DONE, PARTLY
from workbench.models.kinds import OutboxState, PostKind
from workbench.operations.outbox import explained, outbox_rows
from workbench.queries.outbox import OutboxRow
from workbench.workspace import Workspace

_KINDS: Final = {PostKind.REPLY: "Answer", PostKind.TOPIC: "Topic", PostKind.LIKE: "Like"}
_CODES: Final = {
    OutboxState.REFUSED: "refused",
    OutboxState.UNKNOWN: "unsettled",
    OutboxState.PAUSED: "paused",
    OutboxState.EXPIRED: "expired",
}
"""States in which something did not go out, each by the code of a JSON row."""
_SAFE: Final = "Your text is kept here."
_NEXT: Final = "`workbench outbox list` shows it; `outbox retry ID` and `outbox drop ID` decide."


@dataclass
class SentWatch:
    """Made before a run; afterwards it tells what the run did with the outbox."""

    workspace: Workspace
    _before: dict[str, tuple[object, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._before = {row.id: _where(row) for row in outbox_rows(self.workspace)}

    def rows(self) -> list[OutboxRow]:
        """Items that ended somewhere else than they stood, or were tried once more, in order."""
        ends = {OutboxState.SENT, *_CODES}
        return [
            row
            for row in outbox_rows(self.workspace)
            if row.state in ends and self._before.get(row.id, ()) != _where(row)
        ]


def _where(row: OutboxRow) -> tuple[object, ...]:
    return row.state, row.attempts, row.looks


def say_sent(rows: Sequence[OutboxRow], output: Output) -> int:
    """A line for each item on stderr, and the next step where one did not go out; partly done then."""
    for row in rows:
        subject = f", “{row.subject}”" if row.subject else ""
        output.warn(cell(f"{_KINDS[row.kind]} in {row.community}{subject}: {explained(row)}"))
    if all(row.state is OutboxState.SENT for row in rows):
        return DONE
    output.warn(f"{_SAFE} {_NEXT}")
    return PARTLY


def unsent_rows(rows: Sequence[OutboxRow], columns: Sequence[str]) -> list[dict[str, Any]]:
    """The items that did not go out as JSON rows of a run: under the name of their community, with an error."""
    counts = dict.fromkeys(columns, 0)
    return [
        counts
        | {"community": row.community, "state": "partly"}
        | dict(zip(ERROR, (_CODES[row.state], explained(row), _SAFE, _NEXT), strict=True))
        for row in rows
        if row.state in _CODES
    ]
