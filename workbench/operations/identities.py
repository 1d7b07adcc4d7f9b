"""Identities: who may be one person, what a merge would join, and the merge itself with its way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workbench.cancel import CancelToken
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.operations.people_names import LONG_WORD, WORDS, Likeness, name_words, pairs
from workbench.queries.identities import (
    Identity,
    NamedPerson,
    identity,
    named_like,
    named_people,
    root_of,
    same_address,
    told_apart,
)
from workbench.queries.members import list_members
from workbench.workspace import Workspace

_FEW: Final = 6
"""So many are shown to choose from; who looks for more types more of the name."""
_MOST: Final = 200
_EACH: Final = 5000
_WEAK: Final = frozenset({Likeness.INITIALS, Likeness.SPELLING})
"""Names that are only alike are many people's: two who are known to sit in different offices are not proposed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two who may be one person; `reason` says why in words. Nothing is ever joined by itself."""

    one: Identity
    other: Identity
    likeness: Likeness
    reason: str


def suggestions(
    database: Database, *, person_id: PersonId | None = None, limit: int = _MOST, cancel: CancelToken | None = None
) -> list[Suggestion]:
    """Pairs that may be one person (of everybody, or with `person_id`), the surest first and then by name.

    Pairs that somebody told apart stay away.
    """
    with database.read() as reader:
        apart = told_apart(reader)
        people = {}
        for number, person in enumerate(_compared(reader, person_id)):
            people[person.person_id] = person
            if cancel is not None and number % _EACH == 0:
                cancel.check()
        found = {pair: Likeness.ADDRESS for pair in same_address(reader) if set(pair) <= set(people)}
        for one, other, likeness in pairs((person.person_id, name_words(person.name)) for person in people.values()):
            found.setdefault((PersonId(one), PersonId(other)), likeness)
        wanted = [
            (pair, likeness)
            for pair, likeness in found.items()
            if pair not in apart
            and (person_id is None or person_id in pair)
            and not (likeness in _WEAK and _sit_apart(*(people[one] for one in pair)))
        ]
        wanted.sort(key=lambda item: (item[1], people[item[0][0]].name.casefold(), item[0]))
        chosen = []
        for (one, other), likeness in wanted[:limit]:
            first, second = identity(reader, one), identity(reader, other)
            if first is not None and second is not None:
                chosen.append(Suggestion(*_longer_first(first, second), likeness, _reason(likeness, first, second)))
        return chosen


def _compared(reader: Reader, person_id: PersonId | None) -> Iterable[NamedPerson]:
    """Everybody; for one person those who share a word of the name, or an address, with them."""
    if person_id is None:
        return named_people(reader)
    one = identity(reader, person_id)
    words = [word for word in name_words("" if one is None else one.name) if len(word) >= LONG_WORD]
    like = {person.person_id: person for person in named_like(reader, words)}
    others = {other for pair in same_address(reader) if person_id in pair for other in pair} - set(like)
    for other in sorted(others):
        found = identity(reader, other)
        if found is not None:
            like[other] = NamedPerson(other, found.name, found.office)
    return like.values()


def others_found(database: Database, person_id: PersonId, text: str) -> list[Identity]:
    """Whom these words find, by name: six at most, for a person who knows that one of them is `person_id` too.

    Nothing has to speak for it, and whether somebody once told the two apart does not matter. Words of nobody find
    nobody; no words do not either.
    """
    if not text.strip():
        return []
    with database.read() as reader:
        rows = list_members(reader, (), text=text, limit=_FEW + 1)
        found = (identity(reader, row.person_id) for row in rows if row.person_id != person_id)
        return [one for one in found if one is not None][:_FEW]


def preview(database: Database, into: PersonId, person: PersonId) -> tuple[Identity, Identity]:
    """What a merge would join: who stays by name, and who is joined. Refuses somebody unknown (BadInputError)."""
    with database.read() as reader:
        shown = [identity(reader, root_of(reader, one)) for one in (into, person)]
    if shown[0] is None or shown[1] is None:
        message = "there is no such person in this profile"
        raise BadInputError(message)
    return shown[0], shown[1]


def merge_people(workspace: Workspace, *, into: PersonId, person: PersonId) -> Changes:
    """Makes two one; the name of `into` stays. Refuses as `PeopleMerger.merge`."""
    from workbench.sync.people_merge import PeopleMerger  # noqa: PLC0415 - loads the ORM, which reading does not need

    return PeopleMerger(workspace.database, workspace.clock).merge(into, person)


def unmerge_person(workspace: Workspace, *, person: PersonId) -> Changes:
    """Tells somebody apart again who was made one with another; both are whole. Refuses as `PeopleMerger.unmerge`."""
    from workbench.sync.people_merge import PeopleMerger  # noqa: PLC0415 - as above

    return PeopleMerger(workspace.database, workspace.clock).unmerge(person)


def tell_apart(workspace: Workspace, *, one: PersonId, other: PersonId, are_two: bool = True) -> Changes:
    """Remembers that these are two people, so that nobody proposes a merge again; or takes that back."""
    from workbench.sync.people_merge import PeopleMerger  # noqa: PLC0415 - as above

    return PeopleMerger(workspace.database, workspace.clock).not_same(one, other, is_other=are_two)


def _longer_first(one: Identity, other: Identity) -> tuple[Identity, Identity]:
    """The fuller name first: it is the one to keep."""
    return (one, other) if (-len(one.name), one.person_id) <= (-len(other.name), other.person_id) else (other, one)


def _sit_apart(one: NamedPerson, other: NamedPerson) -> bool:
    return bool(one.office and other.office) and one.office != other.office


def _reason(likeness: Likeness, one: Identity, other: Identity) -> str:
    words = WORDS[likeness]
    if one.office and other.office:
        words += ", the same office" if one.office == other.office else ", but other offices"
    return words
