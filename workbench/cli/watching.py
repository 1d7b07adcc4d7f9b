"""Verbs about what comes of talk: watch, output, idea and house-rules; they print the list that came out."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

from workbench.cli.basis import scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.operations import watching as deeds
from workbench.operations.house_rules import house_rules
from workbench.operations.letters import Language
from workbench.queries.communities import community_names
from workbench.queries.watching import (
    FoundThread,
    IdeaRow,
    OutputRow,
    WatchRow,
    list_ideas,
    list_outputs,
    list_watched,
    watched_thread,
)
from workbench.workspace import Workspace

Row = WatchRow | OutputRow | IdeaRow
SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "watch": ("thread_id", "subject", "note", "look_on", "done", "closed_at"),
    "output": ("id", "day", "kind", "title", "link", "thread_ids"),
    "idea": ("id", "words", "unit", "handed_on", "outcome", "outcome_words", "thread_ids"),
}
_EMPTY: Final = {"watch": "No thread is watched.", "output": "No output yet.", "idea": "No idea yet."}
_YOUR_COMMUNITY: Final = "[community]"


def run_watching(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Does what was asked for, then lists; refuses what is not here (BadInputError)."""
    deed = _DEEDS.get((options.verb, options.action))
    with open_workspace(options, clock=clock, say=output.warn, writable=deed is not None) as workspace:
        if deed is not None:
            deed(workspace, options)
        with workspace.database.read() as reader:
            rows = [_told(row) for row in _listed(reader, options, output)]
    if output.as_json:
        output.rows(rows, tuple(rows[0]) if rows else SHOWN[options.verb], empty=_EMPTY[options.verb])
    else:
        output.rows(rows, SHOWN[options.verb], empty=_EMPTY[options.verb])
    return 0


def run_house_rules(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Prints the page, with the name of the community in it."""
    name = _YOUR_COMMUNITY
    if options.community is not None:
        with (
            open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
            workspace.database.read() as reader,
        ):
            name = community_names(reader)[scope_of(reader, options.community, output)[0]]
    text = house_rules(Language[options.language.upper()], community=name)
    if output.as_json:
        output.one({"language": options.language, "community": name, "text": text})
    else:
        output.say(text)
    return 0


def _listed(reader: Reader, options: argparse.Namespace, output: Output) -> list[Any]:
    scope = scope_of(reader, getattr(options, "community", None), output)
    if options.verb == "output":
        return list_outputs(reader, scope)
    if options.verb == "idea":
        return list_ideas(reader, scope)
    with_closed = options.action != "list" or options.with_closed
    return [row for row in list_watched(reader, scope) if row.is_open or with_closed]


def _told(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, FoundThread):
            told |= {"thread_id": value.id, "subject": value.subject, "community": value.community}
        elif field.name == "threads":
            told["thread_ids"] = [thread.id for thread in value if thread.id is not None]
        else:
            told[field.name] = value
    return told


def _watched(workspace: Workspace, options: argparse.Namespace) -> str:
    with workspace.database.read() as reader:
        row = watched_thread(reader, EventId(options.thread))
    if row is None:
        message = f"Thread {options.thread} is not watched; `workbench watch list --all` names those that are."
        raise BadInputError(message)
    return row.id


def _threads(options: argparse.Namespace) -> list[EventId]:
    return [EventId(thread) for thread in options.threads]


def _add_watch(workspace: Workspace, options: argparse.Namespace) -> object:
    thread = EventId(options.thread)
    return deeds.watch_thread(workspace, thread_id=thread, note=options.note, look_on=options.until)


def _add_output(workspace: Workspace, options: argparse.Namespace) -> object:
    link, threads = options.link or "", _threads(options)
    return deeds.keep_output(
        workspace, title=options.title, kind=options.kind, day=options.day, link=link, threads=threads
    )


def _set_output(workspace: Workspace, options: argparse.Namespace) -> object:
    return deeds.change_output(
        workspace,
        output_id=options.id,
        title=options.title,
        kind=options.kind,
        day=options.day,
        link=options.link,
        threads=_threads(options),
    )


def _add_idea(workspace: Workspace, options: argparse.Namespace) -> object:
    threads = _threads(options)
    return deeds.keep_idea(workspace, words=options.words, unit=options.unit, handed_on=options.day, threads=threads)


_DEEDS: Final[Mapping[tuple[str, str], Callable[[Workspace, argparse.Namespace], object]]] = {
    ("watch", "add"): _add_watch,
    ("watch", "close"): lambda here, said: deeds.close_watch(here, watch_id=_watched(here, said), done=said.done),
    ("watch", "remove"): lambda here, said: deeds.forget_watch(here, watch_id=_watched(here, said)),
    ("output", "add"): _add_output,
    ("output", "set"): _set_output,
    ("output", "remove"): lambda here, said: deeds.forget_output(here, output_id=said.id),
    ("idea", "add"): _add_idea,
    ("idea", "hand"): lambda here, said: deeds.hand_idea(here, idea_id=said.id, unit=said.unit, on=said.day),
    ("idea", "decide"): lambda here, said: deeds.decide_idea(
        here, idea_id=said.id, outcome=said.outcome, on=said.day, words=said.words
    ),
    ("idea", "remove"): lambda here, said: deeds.forget_idea(here, idea_id=said.id),
}
