"""Member edits: what is written about people, in order, each with its way back (Ctrl+Z) and forth again."""

from functools import partial
from typing import Protocol

from workbench.models.changes import Changes
from workbench.ui.edit_history import Edit, EditHistory, there_and_back
from workbench.ui.sanitiser import line
from workbench.workspace import Workspace


class Undoable(Protocol):
    """One change to what is kept of somebody or something, and its way back."""

    @property
    def name(self) -> str:
        """Whom or what it is about."""
        ...

    @property
    def what(self) -> str:
        """What was edited, in a word."""
        ...

    def inverse(self) -> "Undoable":
        """What takes it back."""
        ...

    def apply(self, workspace: Workspace) -> Changes:
        """Writes it."""
        ...


class MemberEdits(EditHistory):
    """An edit shows itself where it was made, so only its undoing is put in words."""

    def make(self, edit: Undoable, *, says_so: bool = False) -> None:
        """Writes an edit of the person at the keyboard; `says_so` where nothing else shows that it was kept."""
        workspace = self._context.workspace
        deed = there_and_back(partial(edit.apply, workspace), partial(edit.inverse().apply, workspace))
        about = f"{edit.what} of {line(edit.name)}."
        self.write(Edit(deed, f"Saved: {about}" if says_so else "", f"Taken back: {about}"))
