"""PlanEditor: one plan held open with its undo history; every gesture saves document and rows in one transaction."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CardId, ObjectiveId, PlanId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board, place_card
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft, ObjectiveDraft, card_edits, objective_edits
from workbench.plans.fields import BASELINE_PREFIX
from workbench.plans.positions import between
from workbench.plans.projection import (
    Rows,
    community_named,
    new_revision,
    refuse_taken_name,
    stored_document,
    stored_revision,
    write_changed,
)
from workbench.plans.views import Baseline, FieldEdit, ObjectiveView, PlanView, RecordKind
from workbench.queries.plan_files import plan_file

if TYPE_CHECKING:
    from sqlmodel import Session

_GONE = "This plan is no longer in the profile."


class PlanEditor:
    """Reads and changes one plan. Each change is one step of undo, is saved when it returns, and answers with Changes.

    Usable from any thread, one at a time. When a save fails nothing of the gesture is kept: the plan is read again as
    stored and its undo history starts anew. A save that meets a newer stored document merges with it.
    """

    def __init__(self, database: Database, clock: Clock, *, author: str, plan_id: PlanId) -> None:
        self._database = database
        self._clock = clock
        self._author = author
        self._plan_id = plan_id
        self._lock = threading.RLock()
        self._is_stale = False
        self._load()

    @property
    def plan_id(self) -> PlanId:
        """The plan held open."""
        return self._plan_id

    def view(self) -> PlanView:
        """The plan as it stands."""
        with self._lock:
            self._ready()
            return self._viewed()

    @property
    def can_undo(self) -> bool:
        """Whether an edit of this session can be taken back."""
        return self._document.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an undone edit can be made again."""
        return self._document.can_redo

    def new_card_id(self) -> CardId:
        """An id to hand to `add_card`, for a caller that wants to select the card afterwards."""
        return CardId(uuid7(self._clock))

    def add_card(self, draft: CardDraft, *, card_id: CardId | None = None, on_top: bool = False) -> Changes:
        """Adds a card at the end of its column, or on top of it; refuses without a title."""
        return self.add_cards([draft], card_ids=None if card_id is None else [card_id], on_top=on_top)

    def add_cards(
        self, drafts: Sequence[CardDraft], *, card_ids: Sequence[CardId] | None = None, on_top: bool = False
    ) -> Changes:
        """Adds several cards in one gesture, in their order; on top, the last one stands first."""
        with self._lock:
            self._ready()
            ids = card_ids or [self.new_card_id() for _ in drafts]
            return self._write(card_edits(drafts, ids, board=self._board(), today=self._today(), on_top=on_top))

    def set_card(self, card_id: CardId, **fields: object) -> Changes:
        """Sets fields of a card: title, column, pillar, owner, due_on or due_day, hours, notes.

        A new `column` puts the card at its end. Setting a field that is in conflict settles it. Refuses an unknown card
        or field, and an empty title.
        """
        with self._lock:
            self._ready()
            card = self._board().card(card_id)
            edits: list[FieldEdit] = []
            for name, value in fields.items():
                if name in {"position", "done_on", "is_archived"}:
                    raise BadInputError(reason=f"The field {name} follows from moving or archiving the card.")
                if name == "column" and value != card.column:
                    edits += self._moved(card_id, to=_column(value), index=len(self._board().cards))
                else:
                    edits.append(FieldEdit(RecordKind.CARD, card_id, _stored_name(name), value))
            return self._write(edits)

    def move_card(self, card_id: CardId, *, to: CardColumn, index: int) -> Changes:
        """Puts a card at `index` of a column, counted without the card itself; see `place_card`."""
        with self._lock:
            self._ready()
            return self._write(self._moved(card_id, to=to, index=index))

    def archive_card(self, card_id: CardId) -> Changes:
        """Takes a card off the board; it stays in the plan."""
        return self._mark_card(card_id, is_archived=True)

    def restore_card(self, card_id: CardId) -> Changes:
        """Puts an archived card back where it was."""
        return self._mark_card(card_id, is_archived=False)

    def set_plan(self, **fields: object) -> Changes:
        """Sets name, purpose, owner, starts_on, community_name or is_archived.

        Refuses an empty name, purpose or owner, a name another plan has, and an unknown field. The plan is tied to the
        mirrored community of that name, if there is one. Due days counted from day 0 move with `starts_on`.
        """
        with self._lock:
            self._ready()
            if "created_at" in fields:
                raise BadInputError(reason="The moment a plan was made cannot be changed.")
            with self._database.write() as session:
                # Asked before the edit: a refused name must not cost the undo history.
                refuse_taken_name(session, self._plan_id, str(fields.get("name", "")))
                return self._write([FieldEdit(RecordKind.PLAN, "", name, value) for name, value in fields.items()])

    def add_objective(self, draft: ObjectiveDraft, *, objective_id: ObjectiveId | None = None) -> Changes:
        """Adds an objective; refuses without title or measure."""
        with self._lock:
            self._ready()
            last = max((each.position for each in self._viewed().objectives), default="")
            new_id = objective_id or ObjectiveId(uuid7(self._clock))
            return self._write(objective_edits(draft, new_id, position=between(last, None)))

    def set_objective(self, objective_id: ObjectiveId, **fields: object) -> Changes:
        """Sets title, measure, target or is_archived; refuses an empty measure, and to archive the last objective.

        A changed measure shows its own baseline once it has one; the one of the former measure is kept.
        """
        with self._lock:
            self._ready()
            self._objective(objective_id)
            others = [each for each in self._viewed().objectives if each.id != objective_id and not each.is_archived]
            if fields.get("is_archived") and not others:
                raise BadInputError(
                    reason="A plan keeps at least one objective: without a measure nobody can say whether it worked."
                )
            if set(fields) - {"title", "measure", "target", "is_archived"}:
                raise BadInputError(reason="An objective has a title, a measure and a target to set.")
            return self._write(
                [FieldEdit(RecordKind.OBJECTIVE, objective_id, name, value) for name, value in fields.items()]
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
        """Freezes the objective's measure as it stood; refuses when this measure is frozen already.

        Undo does not take it back: it is a reading, not an edit.
        """
        with self._lock:
            self._ready()
            objective = self._objective(objective_id)
            if objective.baseline is not None:
                raise BadInputError(reason="The baseline of this objective is frozen, so that progress stays honest.")
            baseline = Baseline(value, numerator, denominator, coverage, at)
            name = BASELINE_PREFIX + objective.measure
            return self._write([FieldEdit(RecordKind.OBJECTIVE, objective_id, name, baseline)], undoable=False)

    def undo(self) -> Changes:
        """Takes back the latest edit of this session that still shows; NOTHING when there is none."""
        with self._lock:
            self._ready()
            return self._saved(has_changed=self._document.undo())

    def redo(self) -> Changes:
        """Makes the latest undone edit again; NOTHING when there is none."""
        with self._lock:
            self._ready()
            return self._saved(has_changed=self._document.redo())

    def merge(self, update: bytes) -> Changes:
        """Takes in a partner's copy of this plan; refuses damage and other plans, and then changes nothing."""
        with self._lock:
            self._ready()
            return self._saved(has_changed=self._document.merge(update))

    def to_bytes(self) -> bytes:
        """The document, to be handed to a partner."""
        with self._lock:
            self._ready()
            return self._document.to_bytes()

    def _load(self) -> None:
        with self._database.read() as reader:
            stored = plan_file(reader, self._plan_id)
        if stored is None:
            raise BadInputError(reason=_GONE)
        self._document = PlanDocument.from_bytes(stored.document)
        self._revision = stored.revision
        self._community_id = stored.community_id
        self._rows = Rows.of(self._viewed())
        self._is_stale = False

    def _ready(self) -> None:
        if self._is_stale:
            self._load()

    def _viewed(self) -> PlanView:
        return replace(self._document.view(), community_id=self._community_id)

    def _board(self) -> Board:
        return Board(self._document.view().cards)

    def _today(self) -> date:
        return self._clock.now().date()

    def _moved(self, card_id: CardId, *, to: CardColumn, index: int) -> tuple[FieldEdit, ...]:
        return place_card(self._board(), card_id, to=to, index=index, today=self._today())

    def _mark_card(self, card_id: CardId, *, is_archived: bool) -> Changes:
        with self._lock:
            self._ready()
            self._board().card(card_id)
            return self._write([FieldEdit(RecordKind.CARD, card_id, "is_archived", is_archived)])

    def _objective(self, objective_id: ObjectiveId) -> ObjectiveView:
        for objective in self._document.view().objectives:
            if objective.id == objective_id:
                return objective
        raise BadInputError(reason="This objective is not in the plan.")

    def _write(self, edits: Sequence[FieldEdit], *, undoable: bool = True) -> Changes:
        now = self._clock.now()
        return self._saved(has_changed=self._document.write(edits, at=now, author=self._author, undoable=undoable))

    def _saved(self, *, has_changed: bool) -> Changes:
        if not has_changed:
            return Changes.NOTHING
        try:
            with self._database.write() as session:
                rows, revision = self._store(session)
        except BaseException:
            self._is_stale = True
            raise
        self._rows, self._revision = rows, revision
        return Changes.PLANS

    def _store(self, session: "Session") -> tuple[Rows, str]:
        stored = stored_revision(session, self._plan_id)
        if stored is None:
            raise BadInputError(reason=_GONE)
        is_in_step = stored == self._revision
        if not is_in_step:
            self._document.merge(stored_document(session, self._plan_id))
        view = self._document.view()
        if view.name != self._rows.plan["name"]:
            refuse_taken_name(session, view.id, view.name)
        if view.community_name != self._rows.plan["community_name"]:
            self._community_id = community_named(session, view.community_name)
        rows = Rows.of(replace(view, community_id=self._community_id))
        revision = new_revision()
        write_changed(
            session,
            rows,
            self._document.to_bytes(),
            before=self._rows if is_in_step else None,
            at=self._clock.now(),
            revision=revision,
        )
        return rows, revision


def _stored_name(name: str) -> str:
    return "due" if name in {"due_on", "due_day"} else name


def _column(value: object) -> CardColumn:
    try:
        return CardColumn(str(value))
    except ValueError as error:
        raise BadInputError(reason="The board has the columns todo, doing and done.") from error
