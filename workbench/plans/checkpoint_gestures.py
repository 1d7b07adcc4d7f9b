"""CheckpointGestures: filling in day 30, 60 and 90, and locking them with their numbers."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.board import is_for_checkpoint, place_cards
from workbench.plans.locking import held_with
from workbench.plans.session import PlanSession
from workbench.plans.views import CheckpointMeasure, CheckpointView, FieldEdit, RecordKind

_WORDS = ("what_worked", "decisions", "next_steps")


class CheckpointGestures(PlanSession):
    """Gestures on checkpoints."""

    def set_checkpoint(self, day: int, **fields: object) -> Changes:
        """Sets what_worked, decisions, next_steps or measures of day 30, 60 or 90; refuses once it is locked."""
        with self._lock:
            self._ready()
            self._open_checkpoint(day)
            if set(fields) - {*_WORDS, "measures"}:
                raise BadInputError(reason="A checkpoint has what worked, decisions, next steps and measures to set.")
            return self._write([_edit(day, name, value) for name, value in fields.items()])

    def lock_checkpoint(self, day: int, *, measures: Sequence[CheckpointMeasure], **fields: object) -> Changes:
        """Closes a checkpoint with its numbers, its words and who closed it; refuses one that is locked already.

        Undo does not take it back. All of it is written anew, with day 0 and the baselines it is told from, so that
        what a partner wrote meanwhile stands beside it for a choice, and changes nothing of it (see `locking`). The
        card that templates bring for holding it is done with it.
        """
        with self._lock:
            self._ready()
            checkpoint = self._open_checkpoint(day)
            if set(fields) - set(_WORDS):
                raise BadInputError(reason="A checkpoint has what worked, decisions and next steps to set.")
            values = {name: getattr(checkpoint, name) for name in _WORDS} | fields
            values |= {"measures": tuple(measures), "locked_at": self._clock.now(), "locked_by": self._author}
            edits = [replace(_edit(day, name, value), again=True) for name, value in values.items()]
            edits += held_with(self._document.view(), checkpoint)
            board = self._board()
            own = [card.id for card in board.cards if is_for_checkpoint(card, day=day, on=checkpoint.falls_on)]
            edits += place_cards(board, own, to=CardColumn.DONE, index=len(board.cards), today=self._today())
            return self._write(edits, undoable=False)

    def _open_checkpoint(self, day: int) -> CheckpointView:
        for checkpoint in self._document.view().checkpoints:
            if checkpoint.day == day:
                if checkpoint.locked_at is not None:
                    raise BadInputError(reason="This checkpoint is locked with its numbers; write into the next one.")
                return checkpoint
        raise BadInputError(reason="A plan has checkpoints on day 30, 60 and 90.")


def _edit(day: int, name: str, value: object) -> FieldEdit:
    return FieldEdit(RecordKind.CHECKPOINT, str(day), name, value)
