"""Question edits: what the coordinator settles about questions and listening, written in order, with its way back."""

from collections.abc import Callable
from functools import partial

from workbench.models.changes import Changes
from workbench.notes.care import CareBefore, ListeningBefore
from workbench.notes.watching import RowBefore
from workbench.operations.questions import put_back
from workbench.operations.watching import put_row_back
from workbench.ui.edit_history import Edit, EditHistory, Written

Before = CareBefore | ListeningBefore | RowBefore


class QuestionEdits(EditHistory):
    """What is put back is made again by the same deed."""

    def make(self, deed: Callable[[], Before | None], words: str) -> None:
        """Writes an edit and says so; where `deed` answers what was before, it can be taken back."""
        named = f"{words[0].lower()}{words[1:]}"
        edit = Edit(partial(self._written, deed), words, f"Taken back: {named}", f"Made again: {named}")
        self.write(edit)

    def _written(self, deed: Callable[[], Before | None]) -> Written:
        before = deed()
        return Written(Changes.MARKS, None if before is None else partial(self._put_back, deed, before))

    def _put_back(self, deed: Callable[[], Before | None], before: Before) -> Written:
        workspace = self._context.workspace
        changes = put_row_back(workspace, before) if isinstance(before, RowBefore) else put_back(workspace, before)
        return Written(changes, partial(self._written, deed))
