"""Edit: one change to what is kept of a person, before and after; the inverse of an edit is an edit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.operations import identities, people
from workbench.workspace import Workspace


class About(StrEnum):
    """What an edit is about, in a word."""

    NOTE = "note"
    TAGS = "tags"
    FACTS = "details"
    PATH = "advocate"
    CONTACTS = "contacts"
    THANKS = "thanks"
    NUDGE = "nudge"
    MERGE = "joining"
    APART = "answer"
    COUNTED = "counting"


@dataclass(frozen=True, slots=True)
class Edit:
    """`before` and `after` as the writer of that thing takes them; for a merge the id of who is joined, or None."""

    person_id: PersonId
    name: str
    before: Any
    after: Any
    about: About = About.NOTE

    def inverse(self) -> "Edit":
        """What takes it back."""
        return replace(self, before=self.after, after=self.before)

    def apply(self, workspace: Workspace) -> Changes:
        """Writes `after`."""
        return _WRITE[self.about](workspace, self)

    @property
    def what(self) -> str:
        """What was edited, in a word."""
        return self.about.value


def _merge(workspace: Workspace, edit: Edit) -> Changes:
    if edit.after is not None:
        return identities.merge_people(workspace, into=edit.person_id, person=edit.after)
    return identities.unmerge_person(workspace, person=edit.before)


def _apart(workspace: Workspace, edit: Edit) -> Changes:
    other = edit.before if edit.after is None else edit.after
    return identities.tell_apart(workspace, one=edit.person_id, other=other, are_two=edit.after is not None)


def _nudge(workspace: Workspace, edit: Edit) -> Changes:
    if edit.after is None:
        return people.take_back_nudge(workspace, person_id=edit.person_id)
    return people.nudge_person(workspace, person_id=edit.person_id, is_sent=edit.after)


def _counted(workspace: Workspace, edit: Edit) -> Changes:
    return people.count_as_program(workspace, person_ids=[edit.person_id], is_program=edit.after)


_WRITE: Final[dict[About, Callable[[Workspace, Edit], Changes]]] = {
    About.NOTE: lambda workspace, edit: workspace.notes.set_note(edit.person_id, edit.after),
    About.TAGS: lambda workspace, edit: workspace.notes.set_tags(edit.person_id, edit.after),
    About.FACTS: lambda workspace, edit: people.set_facts(workspace, person_id=edit.person_id, facts=edit.after),
    About.PATH: lambda workspace, edit: people.set_path(workspace, person_id=edit.person_id, path=edit.after),
    About.CONTACTS: lambda workspace, edit: people.set_contacts(workspace, person_id=edit.person_id, rows=edit.after),
    About.THANKS: lambda workspace, edit: people.set_thanks(workspace, person_id=edit.person_id, rows=edit.after),
    About.NUDGE: _nudge,
    About.MERGE: _merge,
    About.APART: _apart,
    About.COUNTED: _counted,
}
