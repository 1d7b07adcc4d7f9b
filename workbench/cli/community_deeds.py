"""Deeds of the verb communities: the card, head counts, benchmarks and notes beside the charts, as they then are."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from workbench.cli.basis import EVERYBODY, scope_of
from workbench.cli.community_words import NOT_SAID, WORDS
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.reading import run_reading
from workbench.clock import Clock, local_day
from workbench.errors import BadInputError
from workbench.models.database import Reader
from workbench.models.kinds import CommunityType
from workbench.operations import annotations as noting
from workbench.operations.benchmarks import set_benchmark
from workbench.operations.community_card import set_card
from workbench.operations.head_counts import remove_head_count, set_head_count
from workbench.queries.annotations import annotations
from workbench.queries.benchmarks import benchmarks
from workbench.queries.communities import community_names
from workbench.queries.community_card import community_card
from workbench.queries.frames_plans import head_counts
from workbench.workspace import Workspace

CARD: Final = ("id", "name", "type", "level", "asked_by", *WORDS, "leaders")
COUNTS: Final = ("community", "on", "people", "source", "holds_before")
BENCHMARKS: Final = ("measure", "type", "value", "source", "on")
NOTES: Final = ("id", "day", "words", "community")
_CHOICES: Final = ("type", "level", "asked_by")
Said = argparse.Namespace


def run_communities(options: Said, output: Output, clock: Clock) -> int:
    """The list; with an action what is kept of that kind, after keeping what was typed. Refuses as operations do."""
    if not options.action:
        return run_reading(options, output, clock)
    given, deed, tell = _ACTIONS[options.action]
    writes = any(_is_said(getattr(options, name)) for name in given) or _unsays(options)
    with open_workspace(options, clock=clock, say=output.warn, writable=writes) as workspace:
        if writes:
            deed(workspace, options, output)
        with workspace.database.read() as reader:
            tell(reader, options, output)
    return 0


def _is_said(value: object) -> bool:
    return not any(value is nothing for nothing in (None, ..., False))


def _unsays(options: Said) -> bool:
    """Of a card None is something to keep: that nobody said it."""
    return options.action == "card" and any(getattr(options, word) is None for word in WORDS)


def _set_card(workspace: Workspace, options: Said, output: Output) -> None:
    fields = {name: value for name in (*_CHOICES, *WORDS) if (value := getattr(options, name)) is not ...}
    with workspace.database.read() as reader:
        (community_id,) = scope_of(reader, options.name, output)
    said = {name: None if value == NOT_SAID else value for name, value in fields.items()}
    set_card(workspace, community_id=community_id, fields=said)


def _tell_card(reader: Reader, options: Said, output: Output) -> None:
    (community_id,) = scope_of(reader, options.name)
    card = community_card(reader, community_id)
    output.one({"id": community_id, **{name: getattr(card, name) for name in CARD[1:]}})


def _set_count(workspace: Workspace, options: Said, output: Output) -> None:
    with workspace.database.read() as reader:
        scope = scope_of(reader, options.community, output)
    community_id = next(iter(scope), None)
    if options.remove is not None:
        remove_head_count(workspace, on=options.remove, community_id=community_id)
        return
    if options.people is None:
        message = "Say how many people: `workbench communities head-count PEOPLE --source TEXT`."
        raise BadInputError(message)
    day = options.on or local_day(workspace.clock.now())
    set_head_count(
        workspace, people=options.people, on=day, source=options.source, community_id=community_id,
        holds_before=options.holds_before,
    )  # fmt: skip


def _tell_counts(reader: Reader, options: Said, output: Output) -> None:
    names, scope = community_names(reader), scope_of(reader, options.community)
    scopes = [scope] if scope else [(), *((community_id,) for community_id in names)]
    rows = [
        {"community": names[one[0]] if one else EVERYBODY, **{name: getattr(count, name) for name in COUNTS[1:]}}
        for one in scopes
        for count in head_counts(reader, one)
    ]
    output.rows(rows, COUNTS, empty="No head count yet.")


def _set_number(workspace: Workspace, options: Said, _output: Output) -> None:
    if options.measure is None or (options.value is None) is not options.remove:
        message = "Name the measure and its number, or the measure and --remove."
        raise BadInputError(message)
    kind = None if options.type in {None, NOT_SAID} else CommunityType(options.type)
    set_benchmark(
        workspace, measure=options.measure, kind=kind, value=options.value, source=options.source, day=options.on
    )


def _tell_numbers(reader: Reader, _options: Said, output: Output) -> None:
    rows = [
        dict(zip(BENCHMARKS, (row.measure, kind, row.value, row.source, row.day), strict=True))
        for kind in (None, *CommunityType)
        for row in benchmarks(reader, kind).values()
    ]
    output.rows(rows, BENCHMARKS, empty="No benchmark yet.")


def _set_note(workspace: Workspace, options: Said, output: Output) -> None:
    wanted = options.change or options.remove
    with workspace.database.read() as reader:
        scope = scope_of(reader, options.community, output)
        note = None if wanted is None else _note_meant(reader, wanted)
    if options.remove is not None and note is not None:
        noting.remove_annotation(workspace, annotation_id=note)
        return
    if options.day is None or options.words is None:
        message = "Say on which day, and what happened."
        raise BadInputError(message)
    if note is not None:
        noting.change_annotation(workspace, annotation_id=note, day=options.day, words=options.words)
    else:
        noting.annotate(workspace, day=options.day, words=options.words, community_id=next(iter(scope), None))


def _note_meant(reader: Reader, begin: str) -> str:
    """The note whose id begins so; refuses none and several."""
    found = [row.id for row in annotations(reader, (), date.min, date.max) if row.id.startswith(begin)]
    if len(found) != 1:
        message = f"{'Several notes have' if found else 'No note has'} an id that begins with “{begin}”."
        raise BadInputError(message)
    return found[0]


def _tell_notes(reader: Reader, options: Said, output: Output) -> None:
    found = annotations(reader, scope_of(reader, options.community), date.min, date.max)
    rows = [{name: getattr(row, name) or None for name in NOTES} for row in found]
    output.rows(rows, NOTES, empty="No note beside the charts yet.")


_Action = tuple[tuple[str, ...], Callable[[Workspace, Said, Output], None], Callable[[Reader, Said, Output], Any]]
_ACTIONS: Final[Mapping[str, _Action]] = {
    "card": ((*_CHOICES, *WORDS), _set_card, _tell_card),
    "head-count": (("people", "remove", "on"), _set_count, _tell_counts),
    "benchmark": (("measure", "value", "remove"), _set_number, _tell_numbers),
    "note": (("day", "words", "change", "remove"), _set_note, _tell_notes),
}
"""What is typed to keep something, what keeps it, and what tells what is kept."""
