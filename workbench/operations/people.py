"""People: what the coordinator does with somebody in the directory; the window and the command line call these."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.metrics.personas import Persona, persona
from workbench.models.changes import Changes
from workbench.operations.letters import Language, Letter, addressed, letter_text
from workbench.queries.knowledge import Knower, who_knows
from workbench.queries.people_details import PersonDetails
from workbench.queries.people_own import AdvocatePath, ContactRow, OwnFacts, ThanksRow, last_nudge
from workbench.queries.scope import Scope
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.notes.people import PeopleNotes

_PERSONA_WORDS: Final = {
    Persona.OBSERVER: "Mostly reads",
    Persona.BROADCASTER: "Mostly begins threads",
    Persona.CATALYST: "Draws many answers",
    Persona.RESPONDER: "Mostly answers others",
    Persona.ENGAGER: "Begins and answers alike",
}


def set_facts(workspace: Workspace, *, person_id: PersonId, facts: OwnFacts) -> Changes:
    """Keeps what was typed about a person; it wins over what sources tell. Refuses an unknown time zone."""
    if facts.time_zone and facts.time_zone.strip():
        _require_time_zone(facts.time_zone.strip())
    return _notes(workspace).set_facts(person_id, facts)


def count_as_program(workspace: Workspace, *, person_ids: Sequence[PersonId], is_program: bool | None) -> Changes:
    """Counts these nowhere from now on, as programs; or everywhere, as people; None leaves it to the sources again.

    It stays whatever a sync brings. Refuses somebody who is not there (BadInputError).
    """
    from workbench.sync.people_counted import PeopleCounter  # noqa: PLC0415 - loads the ORM, which reading does not need

    return PeopleCounter(workspace.database).count(person_ids, is_program=is_program)


def set_path(workspace: Workspace, *, person_id: PersonId, path: AdvocatePath) -> Changes:
    """Where a person stands on the way to being an advocate; an empty path takes them off it."""
    return _notes(workspace).set_path(person_id, path)


def set_contacts(workspace: Workspace, *, person_id: PersonId, rows: Sequence[ContactRow]) -> Changes:
    """Makes these all the contacts with a person; one that is new gets its id here."""
    notes = _notes(workspace)
    kept = [ContactRow(row.id or notes.new_id(), row.kind, row.day, row.note) for row in rows]
    return notes.set_contacts(person_id, kept)


def set_thanks(workspace: Workspace, *, person_id: PersonId, rows: Sequence[ThanksRow]) -> Changes:
    """Makes these all the thanks to a person; refuses some without a giver or a reason (BadInputError)."""
    notes = _notes(workspace)
    kept = [ThanksRow(row.id or notes.new_id(), row.day, row.given_by, row.reason, row.thread_id) for row in rows]
    return notes.set_thanks(person_id, kept)


def nudge_person(workspace: Workspace, *, person_id: PersonId, is_sent: bool = True) -> Changes:
    """Notes that somebody gone quiet was written to, or (`is_sent` False) shall be left alone for ninety days.

    There is no second nudge within the pause: refused (BadInputError).
    """
    with workspace.database.read() as reader:
        earlier = last_nudge(reader, person_id, as_of=workspace.clock.now())
    if earlier is not None:
        message = f"They were asked after already; the next time is {local_day(earlier.paused_until).isoformat()}."
        raise BadInputError(message)
    notes = _notes(workspace)
    return notes.nudge(person_id, nudge_id=notes.new_id(), is_sent=is_sent)


def take_back_nudge(workspace: Workspace, *, person_id: PersonId) -> Changes:
    """Forgets the latest nudge of a person; nothing happens without one."""
    with workspace.database.read() as reader:
        earlier = last_nudge(reader, person_id, as_of=workspace.clock.now())
    return Changes.NOTHING if earlier is None else _notes(workspace).forget_nudge(earlier.id)


def nudge_text(workspace: Workspace, *, name: str, community: str, language: Language = Language.ENGLISH) -> str:
    """A few friendly lines to copy, for somebody gone quiet."""
    with workspace.database.read() as reader:
        return addressed(letter_text(reader, Letter.NUDGE, language), name=name, community=community)


def knows(workspace: Workspace, *, text: str, scope: Scope = ()) -> list[Knower]:
    """Who knows about something, by name, with the threads as proof."""
    with workspace.database.read() as reader:
        return who_knows(reader, text, scope)


def persona_words(details: PersonDetails) -> str:
    """How somebody took part in the last ninety days; for the person card alone, never exported."""
    return _PERSONA_WORDS[persona(posts=details.posts, given=details.given, received=details.received)]


def offset_of(time_zone: str) -> timedelta | None:
    """A fixed offset as sources write it (+03:00, UTC-5); None for anything else, also for names of zones."""
    plain = time_zone.strip().upper().removeprefix("UTC").removeprefix("GMT")
    sign, digits = plain[:1], plain[1:].replace(":", "")
    if sign not in {"+", "-"} or not digits.isdecimal() or len(digits) not in {1, 2, 4}:
        return None
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) == 4 else (digits, "0")  # noqa: PLR2004 - hhmm
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if sign == "-" else offset


def _require_time_zone(name: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only when somebody types one

    if offset_of(name) is not None:
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = "There is no such time zone; write it as Africa/Nairobi or +03:00."
        raise BadInputError(message) from error


def _notes(workspace: Workspace) -> "PeopleNotes":
    from workbench.notes.people import PeopleNotes  # noqa: PLC0415 - stores load the ORM, reading does not need them

    return PeopleNotes(workspace.database, workspace.clock)
