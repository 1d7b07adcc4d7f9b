"""Deeds of the verb people: facts, thanks, contacts, the way to being an advocate, and leaving somebody alone.

What the coordinator wrote about somebody in words of their own is shown in the window only, and printed nowhere.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from workbench.cli.output import Output
from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.operations import people as deeds
from workbench.operations.questions import person_called
from workbench.queries.evidence import thread_name
from workbench.queries.identities import people_named, root_of
from workbench.queries.members import person_card
from workbench.queries.network import names_of
from workbench.queries.people_own import (
    TYPED,
    AdvocatePath,
    ContactKind,
    ContactRow,
    Step,
    ThanksRow,
    advocate_path,
    contacts,
    last_nudge,
    own_facts,
    thanks_to,
)
from workbench.queries.preferences import my_name
from workbench.workspace import Workspace

SET: Final = ("id", "name", *TYPED, "is_sponsor", "is_leaving", "leaves_on", "tags")
THANKS: Final = ("id", "day", "given_by", "reason", "thread_id", "subject")
CONTACTS: Final = ("id", "day", "kind")
ADVOCATE: Final = ("id", "name", "step", "spotted_on", "asked_on", "agreed_on", "active_on")
NUDGE: Final = ("id", "name", "is_sent", "at", "paused_until")
_FACTS: Final = (*TYPED, "is_sponsor")
_GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "set": (*_FACTS, "leaving", "tags", "untags", "note"),
    "thank": ("reason", "given_by", "day", "thread", "remove"),
    "contact": ("kind", "day", "note", "remove"),
    "advocate": ("step", "day", "note", "is_over"),
}
Whose = dict[str, Any]
"""Id and name of whom an answer is about."""


Kept = TypeVar("Kept", ContactRow, ThanksRow)


def writes(options: argparse.Namespace) -> bool:
    """Whether there is something to keep; a deed without options tells what is kept already."""
    if options.action == "nudge":
        return True
    given = [getattr(options, name) for name in _GIVEN.get(options.action, ())]
    # Of facts None is something to keep: that nothing is typed.
    nothing: tuple[object, ...] = (..., []) if options.action == "set" else (None, False)
    return any(value not in nothing for value in given)


def run_deed(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    """Does it where there is something to keep, then prints what is kept; refuses as the operations do."""
    with workspace.database.read() as reader:
        person_id = person_meant(reader, options.person, output)
    if writes(options):
        _DEEDS[options.action](workspace, person_id, options)
    with workspace.database.read() as reader:
        whose = {"id": person_id, "name": names_of(reader, [person_id])[person_id].name}
        _TELL[options.action](reader, person_id, whose, workspace.clock.now(), output)
    return 0


def person_meant(reader: Reader, typed: str, output: Output) -> PersonId:
    """Who is meant by a name, by how it begins, or by an id; refuses nobody, and several by their ids (BadInputError).

    It is said on stderr who that is, where what was typed is not the whole of the name.
    """
    same = people_named(reader, typed)
    person_id = root_of(reader, same[0].person_id if len(same) == 1 else person_called(reader, typed))
    if not same and not typed.strip().isdecimal():
        output.warn(f"“{typed}” is taken for “{names_of(reader, [person_id])[person_id].name}”.")
    return person_id


def _set(workspace: Workspace, person_id: PersonId, options: argparse.Namespace) -> None:
    said: dict[str, Any] = {name: value for name in _FACTS if (value := getattr(options, name)) is not ...}
    if options.leaving is not ...:
        day = options.leaving if isinstance(options.leaving, date) else None
        said |= {"is_leaving": options.leaving is not None, "leaves_on": day}
    with workspace.database.read() as reader:
        facts = own_facts(reader, person_id)
        card = person_card(reader, person_id, as_of=workspace.clock.now())
    if said:
        deeds.set_facts(workspace, person_id=person_id, facts=replace(facts, **said))
    if options.tags or options.untags:
        gone = {tag.casefold() for tag in options.untags}
        kept = [tag for tag in (() if card is None else card.tags) if tag.casefold() not in gone]
        workspace.notes.set_tags(person_id, [*kept, *options.tags])
    if options.note is not ...:
        workspace.notes.set_note(person_id, options.note or "")


def _thank(workspace: Workspace, person_id: PersonId, options: argparse.Namespace) -> None:
    with workspace.database.read() as reader:
        rows, by = thanks_to(reader, person_id), options.given_by or my_name(reader)
        is_here = options.thread is None or thread_name(reader, EventId(options.thread)) is not None
    if options.remove is not None:
        deeds.set_thanks(workspace, person_id=person_id, rows=_without(rows, options.remove))
        return
    if options.reason is None:
        message = "Say what for: --for WORDS."
        raise BadInputError(message)
    if not is_here:
        message = f"There is no thread {options.thread} in this profile; `workbench threads` lists them."
        raise BadInputError(message)
    thread = None if options.thread is None else EventId(options.thread)
    row = ThanksRow("", options.day or local_day(workspace.clock.now()), by, options.reason, thread)
    deeds.set_thanks(workspace, person_id=person_id, rows=(row, *rows))


def _contact(workspace: Workspace, person_id: PersonId, options: argparse.Namespace) -> None:
    with workspace.database.read() as reader:
        rows = contacts(reader, person_id)
    if options.remove is not None:
        deeds.set_contacts(workspace, person_id=person_id, rows=_without(rows, options.remove))
        return
    if options.kind is None:
        message = "Say how you spoke to them: --kind call, mail or met."
        raise BadInputError(message)
    day = options.day or local_day(workspace.clock.now())
    row = ContactRow("", ContactKind(options.kind), day, options.note or "")
    deeds.set_contacts(workspace, person_id=person_id, rows=(row, *rows))


def _advocate(workspace: Workspace, person_id: PersonId, options: argparse.Namespace) -> None:
    with workspace.database.read() as reader:
        path = advocate_path(reader, person_id)
    said: dict[str, Any] = {} if options.note is None else {"note": options.note}
    if options.step is not None:
        day = options.day or local_day(workspace.clock.now())
        said[f"{options.step}_on"] = None if options.is_over else day
    path = replace(path, **said)
    if options.step is None and (path.step is None or options.note is None):
        message = f"Name the step: {', '.join(Step)}."
        raise BadInputError(message)
    deeds.set_path(workspace, person_id=person_id, path=path if path.step is not None else AdvocatePath())


def _nudge(workspace: Workspace, person_id: PersonId, options: argparse.Namespace) -> None:
    if options.is_over:
        deeds.take_back_nudge(workspace, person_id=person_id)
    else:
        deeds.nudge_person(workspace, person_id=person_id, is_sent=not options.not_now)


def _without(rows: Sequence[Kept], begin: str) -> list[Kept]:
    """All but the one whose id begins so; refuses none and several."""
    gone = [row for row in rows if begin and row.id.startswith(begin)]
    if len(gone) != 1:
        message = f"{'Several' if gone else 'None'} of these has an id that begins with “{begin}”."
        raise BadInputError(message)
    return [row for row in rows if row != gone[0]]


_DEEDS: Final[Mapping[str, Callable[[Workspace, PersonId, argparse.Namespace], None]]] = {
    "set": _set,
    "thank": _thank,
    "contact": _contact,
    "advocate": _advocate,
    "nudge": _nudge,
}


def _tell_set(reader: Reader, person_id: PersonId, whose: Whose, now: datetime, output: Output) -> None:
    facts, card = own_facts(reader, person_id), person_card(reader, person_id, as_of=now)
    told = {name: getattr(facts, name) for name in SET[2:-1]}
    output.one({**whose, **told, "tags": [] if card is None else list(card.tags)})


def _tell_thanks(reader: Reader, person_id: PersonId, whose: Whose, _now: datetime, output: Output) -> None:
    rows = [{name: getattr(row, name) for name in THANKS} for row in thanks_to(reader, person_id)]
    output.rows(rows, THANKS, empty=f"Nobody thanked {whose['name']} yet.")


def _tell_contacts(reader: Reader, person_id: PersonId, whose: Whose, _now: datetime, output: Output) -> None:
    rows = [{name: getattr(row, name) for name in CONTACTS} for row in contacts(reader, person_id)]
    output.rows(rows, CONTACTS, empty=f"No contact with {whose['name']} yet.")


def _tell_path(reader: Reader, person_id: PersonId, whose: Whose, _now: datetime, output: Output) -> None:
    path = advocate_path(reader, person_id)
    output.one({**whose, **{name: getattr(path, name) for name in ADVOCATE[2:]}})


def _tell_nudge(reader: Reader, person_id: PersonId, whose: Whose, now: datetime, output: Output) -> None:
    found = last_nudge(reader, person_id, as_of=now)
    output.one({**whose, **{name: None if found is None else getattr(found, name) for name in NUDGE[2:]}})


_TELL: Final[Mapping[str, Callable[[Reader, PersonId, Whose, datetime, Output], None]]] = {
    "set": _tell_set,
    "thank": _tell_thanks,
    "contact": _tell_contacts,
    "advocate": _tell_path,
    "nudge": _tell_nudge,
}
