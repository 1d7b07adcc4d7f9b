"""Verbs about people: lists and answers work beside an open window, joining writes."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.basis import scope_of
from workbench.cli.keys import open_workspace, read_descriptor
from workbench.cli.output import Output
from workbench.cli.people_deeds import person_meant, run_deed, writes
from workbench.cli.reading import EVERYTHING
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.operations.identities import merge_people, preview, suggestions, unmerge_person
from workbench.operations.own_organisations import choose_own
from workbench.operations.people import count_as_program
from workbench.queries.identities import Identity, merges, people_named, root_of
from workbench.queries.knowledge import HOW_FAR, leaving_holders, who_knows
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import list_members, person_card
from workbench.queries.own_organisations import most_told, own_organisations, unsaid_words
from workbench.queries.people_details import person_details
from workbench.queries.people_own import counted_as
from workbench.workspace import Workspace

PEOPLE: Final = (
    "id", "name", "office", "region", "organisation", "role", "languages", "time_zone", "topics", "communities",
    "last_at",
)  # fmt: skip
LEAVING: Final = ("leaves_on", "only_they_answered", "few_answer")
KNOWS: Final = ("id", "name", "office", "threads", "thanked", "proofs")
SAME: Final = ("id", "name", "other_id", "other", "reason")
ROBOT: Final = ("id", "name", "is_program", "typed", "told_by_source")
OWN: Final = ("own_organisations", "most_people_have")
NOT_KNOWN: Final = "not known"
MERGED: Final = ("id", "name", "handles", "communities", "messages")


def run_people(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out the action that was typed."""
    writable = options.action in {"merge", "unmerge", "export", "robot"} or writes(options)
    writable = writable or (options.action == "own" and bool(options.names or options.none))
    with open_workspace(options, clock=clock, say=output.warn, writable=writable) as workspace:
        return _ACTIONS[options.action](workspace, options, output)


def _list(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        scope, is_leaving = scope_of(reader, options.community, output), options.who == MemberFilter.LEAVING
        rows = list_members(
            reader,
            scope,
            text=options.text,
            where=MemberFilter(options.who),
            limit=EVERYTHING if options.limit is None else options.limit,
        )
        unsaid = unsaid_words(reader) if options.who == MemberFilter.EXTERNAL else ""
        leaving = leaving_holders(reader, scope, as_of=workspace.clock.now()) if is_leaving else ()
    told = [{key: getattr(row, key) for key in PEOPLE if key != "id"} | {"id": row.person_id} for row in rows]
    if unsaid:
        output.warn(f"{unsaid}. `workbench people own NAME` says it.")
    told = [{key: row[key] for key in PEOPLE} for row in told]
    if is_leaving:
        goes = {one.person_id: (one.leaves_on, one.alone, list(one.topics)) for one in leaving}
        told = [row | dict(zip(LEAVING, goes[row["id"]], strict=True)) for row in told if row["id"] in goes]
    output.rows(told, (*PEOPLE, *LEAVING) if is_leaving else PEOPLE, empty="Nobody there.")
    return 0


def _show(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    now = workspace.clock.now()
    with workspace.database.read() as reader:
        person_id = person_meant(reader, options.person, output)
        card = person_card(reader, person_id, as_of=now)
        details = person_details(reader, person_id, as_of=now)
    facts = {
        key: getattr(details.own, key) or getattr(details.told, key)
        for key in ("region", "organisation", "role", "level", "languages", "time_zone")
    }
    output.one(
        {
            "id": person_id,
            "name": "" if card is None else card.name,
            "office": None if card is None else card.office,
            **facts,
            "topics": list(details.topics),
            "communities": [] if card is None else [one.name for one in card.communities],
            "messages": 0 if card is None else card.messages,
            "first_at": None if card is None else card.first_at,
            "last_at": None if card is None else card.last_at,
            "ties": details.partners,
            "ties_by_office": [f"{tied.place or NOT_KNOWN}: {tied.people}" for tied in details.offices],
            "ties_by_level": [f"{tied.place or NOT_KNOWN}: {tied.people}" for tied in details.levels],
            "roles": [f"{one.community}: {one.role}" for one in details.roles],
            "helped": [f"{one.thread_id}: {one.subject}" for one in details.helped],
            "liked": details.liked,
            "thanked": [f"{one.day}, {one.given_by}: {one.reason}" for one in details.thanks],
            "promises": [f"{one.plan}: {one.title}" for one in details.promises if not one.is_done],
            "advocate": details.path.step,
            "contacts": [f"{one.day}: {one.kind.value}" for one in details.contacts],
            "left_alone_until": None if details.nudge is None else details.nudge.paused_until,
            "sponsor": details.own.is_sponsor,
            "leaving": details.own.is_leaving,
            "leaves_on": details.own.leaves_on,
            "tags": [] if card is None else list(card.tags),
            "known_as": [f"{handle.account}: {handle.name}" for handle in details.handles],
            "joined": [f"{one.person_id}: {one.name}" for one in details.merged],
        }
    )
    output.say("Notes about people are shown in the window only.")
    return 0


def _knows(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        scope = scope_of(reader, options.community, output)
        found = who_knows(reader, options.text, scope, only_known=options.only_known)
    rows: list[dict[str, Any]] = []
    for one in found:
        proofs = [f"{proof.thread_id}: {proof.subject}" for proof in one.proofs]
        row = (one.person_id, one.name, one.office, one.threads, one.thanked, proofs)
        rows.append(dict(zip(KNOWS, row, strict=True)))
    output.rows(rows, KNOWS, empty="Nobody wrote about that.")
    output.say(HOW_FAR)
    return 0


def _same(workspace: Workspace, _options: argparse.Namespace, output: Output) -> int:
    rows = [
        dict(zip(SAME, (one.one.person_id, one.one.name, one.other.person_id, one.other.name, one.reason), strict=True))
        for one in suggestions(workspace.database)
    ]
    output.rows(rows, SAME, empty="Nobody looks like somebody else.")
    return 0


def _merge(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        keep, other = (root_of(reader, _person(reader, text)) for text in (options.keep, options.other))
    shown = preview(workspace.database, keep, other)
    merge_people(workspace, into=keep, person=other)
    output.one({"merged": _told(shown[1]), "into": _told(shown[0])})
    return 0


def _unmerge(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        person_id = _joined(reader, options.person)
    unmerge_person(workspace, person=person_id)
    with workspace.database.read() as reader:
        name = reader.one("SELECT name FROM person WHERE id = ?", (person_id,))
    output.one({"unmerged": person_id, "name": "" if name is None else name[0]})
    return 0


def _robot(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    with workspace.database.read() as reader:
        person_id = root_of(reader, _person(reader, options.person))
    is_program = None if options.as_told else not options.is_person
    count_as_program(workspace, person_ids=[person_id], is_program=is_program)
    with workspace.database.read() as reader:
        counted = counted_as(reader, person_id)
        name = reader.scalar("SELECT name FROM person WHERE id = ?", (person_id,))
    row = (person_id, name, counted.is_program, counted.typed, counted.told)
    output.one(dict(zip(ROBOT, row, strict=True)))
    return 0


def _own(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    if options.names or options.none:
        choose_own(workspace, names=options.names)
    with workspace.database.read() as reader:
        own = own_organisations(reader)
        row = (None if own is None else list(own), most_told(reader))
    output.one(dict(zip(OWN, row, strict=True)))
    return 0


def _told(one: Identity) -> dict[str, Any]:
    row = (one.person_id, one.name, list(one.handles), one.communities, one.messages)
    return dict(zip(MERGED, row, strict=True))


def _person(reader: Reader, text: str) -> PersonId:
    """Who is meant by a name or an id; refuses nobody, and a name that several have (BadInputError)."""
    if text.isdecimal():
        return PersonId(int(text))
    found = people_named(reader, text)
    if len(found) == 1:
        return found[0].person_id
    if not found:
        message = f"There is nobody called “{text}” in this profile; `workbench people list --text` finds people."
        raise BadInputError(message)
    ids = ", ".join(str(one.person_id) for one in found)
    message = f"Several people are called “{text}”; name one of them by id: {ids}."
    raise BadInputError(message)


def _joined(reader: Reader, text: str) -> PersonId:
    """Who of those that were joined is meant."""
    if text.isdecimal():
        return PersonId(int(text))
    found = [row for row in merges(reader) if row.name.casefold() == text.casefold()]
    if len(found) == 1:
        return found[0].person_id
    message = f"Nobody called “{text}” was joined with somebody; `workbench people show` names who was."
    if found:
        message = f"Name one by id: {', '.join(str(row.person_id) for row in found)}."
    raise BadInputError(message)


def _export(workspace: Workspace, options: argparse.Namespace, output: Output) -> int:
    from workbench.operations.people_export import write_directory  # noqa: PLC0415 - only when a file is written

    with workspace.database.read() as reader:
        scope = scope_of(reader, options.community, output)
        unsaid = unsaid_words(reader) if options.who == MemberFilter.EXTERNAL else ""
    if unsaid:
        output.warn(f"{unsaid}.")
    descriptor = options.file_passphrase_fd
    place, people = write_directory(
        workspace, scope=scope, text=options.text, where=MemberFilter(options.who), out=options.out,
        recipient=options.names_for, purpose=options.names_because,
        passphrase=None if descriptor is None else read_descriptor(descriptor),
    )  # fmt: skip
    output.one({"written": str(place), "people": people})
    return 0


_ACTIONS: Final[dict[str, Callable[[Workspace, argparse.Namespace, Output], int]]] = {
    "list": _list,
    "show": _show,
    "knows": _knows,
    "same": _same,
    "merge": _merge,
    "unmerge": _unmerge,
    "robot": _robot,
    "own": _own,
    "export": _export,
    **dict.fromkeys(("set", "thank", "contact", "advocate", "nudge"), run_deed),
}
