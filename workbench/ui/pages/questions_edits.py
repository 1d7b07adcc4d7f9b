"""Question edits: what the coordinator settles about questions and listening, written in order, with its way back."""

from collections.abc import Callable
from functools import partial

from workbench.models.changes import Changes
from workbench.notes.care import CareBefore, ListeningBefore
from workbench.operations.questions import put_back
from workbench.ui.edit_history import Edit, EditHistory, Written

Before = CareBefore | ListeningBefore


class QuestionEdits(EditHistory):
    """Nothing is redone: the deed itself is one click away."""

    def make(self, deed: Callable[[], Before | None], words: str) -> None:
        """Writes an edit and says so; where `deed` answers what was before, it can be taken back."""
        taken_back = f"Taken back: {words[0].lower()}{words[1:]}"
        self.write(Edit(partial(self._written, deed), made=words, taken_back=taken_back))

    def _written(self, deed: Callable[[], Before | None]) -> Written:
        before = deed()
        return Written(Changes.MARKS, None if before is None else partial(self._put_back, before))

    def _put_back(self, before: Before) -> Written:
        return Written(put_back(self._context.workspace, before))
