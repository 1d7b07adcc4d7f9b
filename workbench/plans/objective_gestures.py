"""ObjectiveGestures: objectives, their baselines, and the readings of measures kept by hand."""

from dataclasses import asdict
from datetime import date, datetime

from workbench.errors import BadInputError
from workbench.ids import ObjectiveId, uuid7
from workbench.models.changes import Changes
from workbench.plans.drafts import ObjectiveDraft, objective_edits
from workbench.plans.fields import BASELINE_PREFIX, READING_PREFIX
from workbench.plans.positions import between
from workbench.plans.session import PlanSession
from workbench.plans.views import HAND_KEPT, Baseline, FieldEdit, ObjectiveTags, Reading, RecordKind

_SETTABLE = frozenset(
    {"title", "measure", "target", "is_archived", "kind", "problem", "tags", "alignment", "horizon", "due", "due_day"}
    | {"hand_unit"}
)


class ObjectiveGestures(PlanSession):
    """Gestures on objectives."""

    def add_objective(self, draft: ObjectiveDraft, *, objective_id: ObjectiveId | None = None) -> Changes:
        """Adds an objective; refuses without title or measure."""
        with self._lock:
            self._ready()
            last = max((each.position for each in self._viewed().objectives), default="")
            new_id = objective_id or ObjectiveId(uuid7(self._clock))
            return self._write(objective_edits(draft, new_id, position=between(last, None)))

    def set_objective(self, objective_id: ObjectiveId, **fields: object) -> Changes:
        """Sets title, measure, target, is_archived, kind, problem, tags, alignment, horizon, due or due_day, hand_unit.

        Refuses an empty measure, and to archive the last objective. A changed measure shows its own baseline once it
        has one; the one of the former measure is kept.
        """
        with self._lock:
            self._ready()
            self._objective(objective_id)
            others = [each for each in self._viewed().objectives if each.id != objective_id and not each.is_archived]
            if fields.get("is_archived") and not others:
                raise BadInputError(
                    reason="A plan keeps at least one objective: without a measure nobody can say whether it worked."
                )
            if set(fields) - _SETTABLE:
                raise BadInputError(reason=f"An objective has these fields to set: {', '.join(sorted(_SETTABLE))}.")
            stored: dict[str, object] = {}
            for name, value in fields.items():
                if name == "tags":
                    stored |= _tags(value)
                else:
                    stored["due" if name == "due_day" else name] = value
            return self._write(
                [FieldEdit(RecordKind.OBJECTIVE, objective_id, name, value) for name, value in stored.items()]
            )

    def set_baseline(
        self,
        objective_id: ObjectiveId,
        *,
        value: float | None,
        numerator: float | None,
        denominator: float | None,
        coverage: float | None,
        at: datetime,
    ) -> Changes:
        """Freezes the objective's measure as it stood; refuses when this measure is frozen already, or kept by hand.

        Undo does not take it back: it is a reading, not an edit.
        """
        with self._lock:
            self._ready()
            objective = self._objective(objective_id)
            if objective.measure == HAND_KEPT:
                raise BadInputError(reason="The baseline of a measure kept by hand is its first reading.")
            if objective.baseline is not None:
                raise BadInputError(reason="The baseline of this objective is frozen, so that progress stays honest.")
            baseline = Baseline(value, numerator, denominator, coverage, at)
            name = BASELINE_PREFIX + objective.measure
            return self._write([FieldEdit(RecordKind.OBJECTIVE, objective_id, name, baseline)], undoable=False)

    def add_reading(self, objective_id: ObjectiveId, *, on: date, value: float, note: str = "") -> Changes:
        """Writes down what was read on a day, in place of what that day had; refuses for a measure of the mirror."""
        return self._write_reading(objective_id, on, Reading(on, value, note))

    def remove_reading(self, objective_id: ObjectiveId, *, on: date) -> Changes:
        """Takes the reading of a day away; nothing happens where there is none."""
        return self._write_reading(objective_id, on, None)

    def _write_reading(self, objective_id: ObjectiveId, on: date, reading: Reading | None) -> Changes:
        with self._lock:
            self._ready()
            if self._objective(objective_id).measure != HAND_KEPT:
                raise BadInputError(reason="This measure is read from the mirror; what it says is never typed.")
            edit = FieldEdit(RecordKind.OBJECTIVE, objective_id, READING_PREFIX + on.isoformat(), reading)
            return self._write([edit])


def _tags(value: object) -> dict[str, object]:
    if not isinstance(value, ObjectiveTags):
        raise BadInputError(reason="Tags are lists of words for behaviour, family, benefit and risk.")
    return asdict(value)
