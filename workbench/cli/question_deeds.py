"""Deeds of the verb questions: giving, settling and marking one, how long one may wait, and what is listened for."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from workbench.cli.basis import scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.operations import questions as deeds
from workbench.queries.listening import find_listening, list_listening
from workbench.queries.messages import thread_messages
from workbench.queries.questions import find_question, limit_hours
from workbench.queries.surge import thread_surge
from workbench.workspace import Workspace

TOUCHED: Final = ("id", "community", "subject", "state", "owner", "is_by_hand", "is_urgent")
HEARD: Final = ("name", "words", "owner", "new", "looked_at")
NOBODY: Final = "none"
"""In place of a name: nobody sees to it any more."""


def run_deed(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Does it and prints what it touched, as the board now has it; refuses as the operations do."""
    told = {"limit": "hours", "listen": "words"}.get(options.action, "thread")
    writable = getattr(options, told) is not None
    with open_workspace(options, clock=clock, say=output.warn, writable=writable) as workspace:
        if options.action == "limit":
            _limit(workspace, options, output)
        elif options.action == "listen":
            _listen(workspace, options, output)
        else:
            thread = EventId(options.thread)
            _DEEDS[options.action](workspace, thread, options)
            with workspace.database.read() as reader:
                output.one(_touched(reader, thread, clock.now()))
    return 0


def _route(workspace: Workspace, thread: EventId, options: argparse.Namespace) -> None:
    with workspace.database.read() as reader:
        owner, owner_id = deeds.owner_called(reader, options.to)
    deeds.route_question(workspace, thread_id=thread, owner=owner, owner_id=owner_id)


def _answered(workspace: Workspace, thread: EventId, options: argparse.Namespace) -> None:
    if options.by_hand:
        deeds.answered_by_hand(workspace, thread_id=thread)
    else:
        deeds.settle_question(workspace, thread_id=thread, is_answered=True)


_DEEDS: Final[Mapping[str, Callable[[Workspace, EventId, argparse.Namespace], object]]] = {
    "route": _route,
    "answered": _answered,
    "abandoned": lambda here, thread, _said: deeds.settle_question(here, thread_id=thread, is_answered=False),
    "reopen": lambda here, thread, _said: deeds.reopen_question(here, thread_id=thread),
    "urgent": lambda here, thread, said: deeds.mark_urgent(here, thread_id=thread, is_urgent=not said.is_over),
}


def _touched(reader: Reader, thread: EventId, now: datetime) -> dict[str, Any]:
    """The thread as the board has it; without a state where it is no question and nobody's."""
    found = find_question(reader, thread, as_of=now)
    is_urgent = thread_surge(reader, thread, as_of=now) is not None
    if found is not None:
        return {name: getattr(found, name) for name in TOUCHED} | {"is_urgent": is_urgent}
    (first,) = thread_messages(reader, thread, limit=1)
    return dict(zip(TOUCHED, (thread, first.community, first.subject, None, "", False, is_urgent), strict=True))


def _limit(workspace: Workspace, options: argparse.Namespace, output: Output) -> None:
    if options.hours is not None:
        deeds.choose_limit(workspace, hours=options.hours)
    with workspace.database.read() as reader:
        output.one({"hours": limit_hours(reader)})


def _listen(workspace: Workspace, options: argparse.Namespace, output: Output) -> None:
    """Listens for words, gives what is listened for to somebody, or stops; then everything that is listened for."""
    words: str | None = options.words
    if words is None and (options.to is not None or options.is_over):
        message = "Say which words: `workbench questions listen WORDS`."
        raise BadInputError(message)
    if words is not None:
        _hear(workspace, words, options, output)
    with workspace.database.read() as reader:
        rows = [
            {name: row.title if name == "name" else getattr(row, name) for name in HEARD}
            for row in list_listening(reader)
        ]
    output.rows(rows, HEARD, empty="Nothing is listened for.")


def _hear(workspace: Workspace, words: str, options: argparse.Namespace, output: Output) -> None:
    owner = None
    with workspace.database.read() as reader:
        scope, found = scope_of(reader, options.community, output), find_listening(reader, words)
        if options.to is not None:
            owner = ("", None) if options.to == NOBODY else deeds.owner_called(reader, options.to)
    if options.is_over:
        if found is None:
            message = f"“{words}” is not listened for; `workbench questions listen` lists what is."
            raise BadInputError(message)
        deeds.stop_listening(workspace, listening_id=found.id)
        return
    if found is None or owner is None:
        # As it was typed the first time: the same word in other letters is the same word.
        deeds.listen_for(workspace, words=words if found is None else found.words, scope=scope)
        with workspace.database.read() as reader:
            found = find_listening(reader, words)
    if found is not None and owner is not None:
        deeds.give_listening(workspace, listening_id=found.id, owner=owner[0], owner_id=owner[1])
