"""The verb search: finding messages, and keeping a search by a name to come back to it."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.cli.basis import scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.reading import period_of
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.operations.questions import listen_for, looked_at, name_listening, person_called, stop_listening
from workbench.queries.communities import community_names
from workbench.queries.listening import ListeningRow, find_listening, list_listening
from workbench.queries.scope import Scope
from workbench.queries.search import search
from workbench.queries.search_filters import MessageKind, SearchFilters
from workbench.workspace import Workspace

BEST: Final = 20
"""So many messages a search prints without --limit."""
SEARCH: Final = ("id", "subject", "author", "sent_at", "snippet")
SAVED: Final = ("name", "words", "communities", "by", "kind", "has_answer", "from", "to", "new", "looked_at")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search as it was typed, or as it was kept."""

    words: str
    scope: Scope
    filters: SearchFilters


def run_search(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Searches, or does with the kept searches what was asked for; refuses options that do not go together."""
    if options.save is not None and options.text is None:
        message = "--save keeps the words that are searched for; give them."
        raise BadInputError(message)
    if options.is_seen and not options.saved:
        message = "--seen goes with the kept search whose hits were seen: --saved NAME --seen."
        raise BadInputError(message)
    writes = options.save is not None or options.is_seen or options.forget is not None or options.rename is not None
    with open_workspace(options, clock=clock, say=output.warn, writable=writes) as workspace:
        for wanted, deed in _KEEPING.items():
            if getattr(options, wanted) is not None:
                return deed(workspace, options, output)
        with workspace.database.read() as reader:
            asked = _Asked(options.text, scope_of(reader, options.community, output), _filters(reader, options, clock))
        if options.save is not None:
            listen_for(workspace, words=asked.words, scope=asked.scope, filters=asked.filters, name=options.save)
        return _found(workspace, asked, options, output)


def _found(workspace: Workspace, asked: _Asked, options: argparse.Namespace, output: Output) -> int:
    limit = BEST if options.limit is None else int(options.limit)
    with workspace.database.read() as reader:
        rows = search(reader, asked.words, scope=asked.scope, limit=limit + 1, filters=asked.filters)
    found = [{key: getattr(row, key) for key in SEARCH} for row in rows[:limit]]
    output.rows(found, SEARCH, empty="No message holds that.")
    if options.limit is None and len(rows) > limit:
        output.warn(f"The best {limit}; --limit N shows more.")
    return 0


def _saved(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    """Runs a kept search; without a name all of them are listed."""
    if not options.saved:
        with workspace.database.read() as reader:
            names = community_names(reader)
            told = [_told(row, names) for row in list_listening(reader)]
        output.rows(told, SAVED, empty="No search is kept.")
        return 0
    with workspace.database.read() as reader:
        kept = _kept(reader, options.saved)
    code = _found(workspace, _searchable(kept), options, output)
    if options.is_seen:
        looked_at(workspace, listening_id=kept.id)
    return code


def _rename(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    old, new = options.rename
    with workspace.database.read() as reader:
        kept = _kept(reader, old)
    name_listening(workspace, listening_id=kept.id, name=new)
    output.one({"renamed": kept.title, "name": new})
    return 0


def _forget(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        kept = _kept(reader, options.forget)
    stop_listening(workspace, listening_id=kept.id)
    output.one({"forgotten": kept.title, "words": kept.words})
    return 0


_KEEPING: Final[dict[str, Callable[[Workspace, argparse.Namespace, Output], int]]] = {
    "saved": _saved,
    "rename": _rename,
    "forget": _forget,
}


def _kept(reader: Reader, name: str) -> ListeningRow:
    found = find_listening(reader, name)
    if found is None:
        message = f"No search is kept as “{name}”; `workbench search --saved` lists them."
        raise BadInputError(message)
    return found


def _searchable(kept: ListeningRow) -> _Asked:
    if kept.is_gone:
        message = f"“{kept.title}” was kept for communities or a person who are not here any more."
        raise BadInputError(message)
    return _Asked(kept.words, kept.scope, kept.filters)


def _told(row: ListeningRow, names: Mapping[CommunityId, str]) -> dict[str, Any]:
    filters, period = row.filters, row.filters.period
    told = (
        row.title,
        row.words,
        [names[one] for one in row.scope if one in names],
        row.person or None,
        None if filters.kind is None else filters.kind.value,
        filters.has_answer,
        None if period is None else period[0].date(),
        None if period is None else period[1].date(),
        row.new,
        row.looked_at,
    )
    return dict(zip(SAVED, told, strict=True))


def _filters(reader: Reader, options: argparse.Namespace, clock: Clock) -> SearchFilters:
    """What the options narrow a search to; refuses an unknown name, or several (BadInputError)."""
    return SearchFilters(
        person_id=None if options.by is None else person_called(reader, options.by),
        period=period_of(options, clock),
        kind=None if options.kind is None else MessageKind(options.kind),
        has_answer=options.has_answer,
    )
