"""PlanSession: one plan held open with its undo history; what is written saves document and rows in one transaction."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from workbench.clock import Clock, local_day
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.plan_parts import read_names
from workbench.plans.board import Board
from workbench.plans.document import PlanDocument
from workbench.plans.going_back import edits_back
from workbench.plans.preview import MergePreview, preview
from workbench.plans.projection import (
    Rows,
    new_revision,
    placed,
    refuse_taken_name,
    stored_document,
    stored_revision,
    write_changed,
)
from workbench.plans.views import FieldEdit, ObjectiveView, PlanView
from workbench.queries.plan_files import plan_file

if TYPE_CHECKING:
    from sqlmodel import Session

_GONE = "This plan is no longer in the profile."


class PlanSession:
    """What every gesture on a plan needs; the gestures are in the classes below it, `PlanEditor` is all of them.

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

    def preview(self, update: bytes) -> MergePreview:
        """What `merge(update)` would change; refuses as that does, and changes nothing."""
        with self._lock:
            self._ready()
            return preview(self._document, update)

    def go_back(self, copy: bytes) -> Changes:
        """Makes the plan look as in a kept copy, in one gesture that undo takes back; refuses another plan's copy."""
        with self._lock:
            self._ready()
            return self._write(edits_back(self._document, copy))

    def reread(self) -> None:
        """Reads the plan as stored before it is asked again: for a caller whose transaction was taken back."""
        self._is_stale = True

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
        self._community = stored.community_id, tuple(read_names(stored.community_place))
        self._rows = Rows.of(self._viewed())
        self._is_stale = False

    def _ready(self) -> None:
        if self._is_stale:
            self._load()

    def _viewed(self) -> PlanView:
        community_id, place = self._community
        view = self._document.view()
        return replace(view, community_id=community_id, community_place=view.community_place or place)

    def _board(self) -> Board:
        return Board(self._document.view().cards)

    def _today(self) -> date:
        return local_day(self._clock.now())

    def _objective(self, objective_id: object) -> ObjectiveView:
        for objective in self._document.view().objectives:
            if objective.id == objective_id:
                return objective
        raise BadInputError(reason="This objective is not in the plan.")

    def _write(self, edits: Sequence[FieldEdit], *, undoable: bool = True) -> Changes:
        now = self._clock.now()
        has_changed = self._document.write(edits, at=now, author=self._author, undoable=undoable)
        return self._saved(has_changed=has_changed)

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
        view = placed(session, view)
        self._community = view.community_id, view.community_place
        rows = Rows.of(view, before=self._rows)
        revision = new_revision()
        write_changed(
            session,
            rows,
            self._document.to_bytes(),
            # Rows without a revision were made by an older version, which knew fewer fields.
            before=self._rows if is_in_step and stored else None,
            at=self._clock.now(),
            revision=revision,
        )
        return rows, revision
