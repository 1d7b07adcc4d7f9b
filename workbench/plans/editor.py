"""PlanEditor: the one door to a plan held open: its cards, objectives, checkpoints, and the plan itself."""

from collections.abc import Mapping

from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.changes import Changes
from workbench.models.plans_kept import place_named
from workbench.plans.card_story import CardStory, card_story
from workbench.plans.checkpoint_gestures import CheckpointGestures
from workbench.plans.fields import field_of
from workbench.plans.locking import DAY_0_STAYS, why_it_stays
from workbench.plans.objective_gestures import ObjectiveGestures
from workbench.plans.occurrences import own_field, split_id
from workbench.plans.part_gestures import PartGestures
from workbench.plans.projection import refuse_taken_name
from workbench.plans.views import Conflict, FieldEdit, RecordKind


class PlanEditor(PartGestures, ObjectiveGestures, CheckpointGestures):
    """Reads and changes one plan. Each change is one step of undo, saved when it returns, and answers with Changes."""

    def set_plan(self, **fields: object) -> Changes:
        """Sets name, purpose, owner, starts_on, community_name, is_archived, and every other field of `PlanView`.

        Refuses an empty name, purpose or owner, a name another plan has, and an unknown field. The plan is tied to the
        mirrored community of that name, if there is one. Due days counted from day 0 move with `starts_on`, which stays
        where it is once a checkpoint is locked.
        """
        with self._lock:
            self._ready()
            if "created_at" in fields:
                raise BadInputError(reason="The moment a plan was made cannot be changed.")
            self._refuse_another_start(fields)
            with self._database.write() as session:
                # Asked before the edit: a refused name must not cost the undo history.
                refuse_taken_name(session, self._plan_id, str(fields.get("name", "")))
                if "community_name" in fields and "community_place" not in fields:
                    place = place_named(session.connection(), str(fields["community_name"]))
                    fields["community_place"] = place
                return self._write([FieldEdit(RecordKind.PLAN, "", name, value) for name, value in fields.items()])

    def _refuse_another_start(self, fields: Mapping[str, object]) -> None:
        view = self._document.view()
        moves = fields.get("starts_on", view.starts_on) != view.starts_on
        if moves and any(checkpoint.locked_at is not None for checkpoint in view.checkpoints):
            raise BadInputError(reason=DAY_0_STAYS)

    def card_story(self, card_id: CardId) -> CardStory:
        """Who changed a card last, and what waits for a choice on it; empty for an unknown card."""
        with self._lock:
            self._ready()
            registers = self._document.registers(RecordKind.CARD, split_id(card_id)[0])
            return card_story(card_id, registers, self._document.view())

    def settle(self, conflict: Conflict, candidate_index: int, *, notes: str | None = None) -> Changes:
        """Keeps one of the values two people gave a field; refuses where the field has been settled since.

        `notes` become the notes of that card in the same gesture, so that the other value can be kept there; where the
        field is the notes themselves, they are the value that is kept. Only cards have notes (BadInputError).

        This is the one thing that is written into a locked checkpoint: which of two people's values stays. Day 0 and
        the baselines it was locked with are no choice any more; the first value, which is theirs, is the one to keep.
        """
        with self._lock:
            self._ready()
            field = field_of(conflict.kind, conflict.field)
            if field is None or not 0 <= candidate_index < len(conflict.candidates):
                raise BadInputError(reason="There is no such value to choose.")
            if conflict not in self._document.view().conflicts:
                raise BadInputError(reason="This field has changed since; look at it again.")
            name, record_id = conflict.field, conflict.record_id
            is_for_good = conflict.kind is not RecordKind.CHECKPOINT and self._document.is_held(
                conflict.kind, record_id, name
            )
            if is_for_good and candidate_index:
                raise BadInputError(reason=why_it_stays(conflict.kind))
            if conflict.occurrence is not None:
                record_id, name = split_id(record_id)[0], own_field(name, conflict.occurrence)
            edits = {name: conflict.candidates[candidate_index].value}
            if notes is not None:
                if conflict.kind is not RecordKind.CARD:
                    raise BadInputError(reason="Only cards have notes.")
                edits[name.removesuffix(conflict.field) + "notes"] = notes
            return self._write([FieldEdit(conflict.kind, record_id, each, value) for each, value in edits.items()])
