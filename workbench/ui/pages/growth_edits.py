"""Growth edits: what the leader writes beside the charts, written in order, with its way back and forth."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from workbench.models.changes import Changes
from workbench.operations.annotations import put_back_annotation
from workbench.ui.edit_history import Edit, EditHistory, Written

if TYPE_CHECKING:
    from workbench.notes.annotations import AnnotationBefore


class GrowthEdits(EditHistory):
    """Every deed answers what was there before, which is put back to undo it."""

    OFFERS_REDO: ClassVar[bool] = False

    def make(self, deed: "Callable[[], AnnotationBefore]", words: str) -> None:
        """Writes an edit and says so."""
        named = words[0].lower() + words[1:]
        self.write(Edit(partial(self._written, deed), words, f"Taken back: {named}", f"Made again: {named}"))

    def _written(self, deed: "Callable[[], AnnotationBefore]") -> Written:
        back = partial(put_back_annotation, self._context.workspace, deed())
        return Written(Changes.NOTES, partial(self._written, back))
