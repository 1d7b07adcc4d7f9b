"""PlanStore: the writer of plans; makes them, opens them for editing, forgets people in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from workbench.clock import Clock, local_day
from workbench.errors import BadInputError
from workbench.ids import CardId, ObjectiveId, PlanId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.plans_kept import place_named, place_of
from workbench.plans.board import Board
from workbench.plans.copies import forget_in_copies
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft, ObjectiveDraft, card_edits, objective_edits
from workbench.plans.editor import PlanEditor
from workbench.plans.plan_json import PlanParts
from workbench.plans.positions import run
from workbench.plans.projection import (
    Rows,
    new_revision,
    placed,
    refuse_taken_name,
    write_changed,
    write_new,
)
from workbench.plans.views import FieldEdit, RecordKind
from workbench.queries.plan_files import stored_plans

__all__ = ["PlanEditor", "PlanStore"]


class PlanStore:
    """Makes plans and opens them; `author` is the name written beside every value typed here."""

    def __init__(self, database: Database, clock: Clock, *, author: str) -> None:
        self._database = database
        self._clock = clock
        self._author = author

    def create(
        self,
        *,
        name: str,
        purpose: str,
        owner: str,
        starts_on: date,
        community_id: int | None = None,
        community_name: str = "",
        objectives: Sequence[ObjectiveDraft],
        cards: Sequence[CardDraft] = (),
        **charter: object,
    ) -> PlanId:
        """Makes a plan and answers its id; `charter` takes every other field of `PlanView` by name.

        Refuses, with one sentence why it matters: no name, purpose, owner or objective with a measure, a name another
        plan has, a card without a title. Whether a measure is one of the catalogue is for the caller to check.
        """
        if not objectives:
            raise BadInputError(
                reason="A plan needs at least one measure: without a number nobody can show what 90 days changed."
            )
        with self._database.write() as session:
            place, called = ((), "") if community_id is None else place_of(session.connection(), community_id)
        values = {
            "name": name,
            "purpose": purpose,
            "owner": owner,
            "starts_on": starts_on,
            "community_name": community_name or called,
            "created_at": self._clock.now(),
        } | charter
        if community_id is not None:
            values["community_place"] = place
        edits = [FieldEdit(RecordKind.PLAN, "", field, value) for field, value in values.items()]
        keys: dict[str, str] = {}
        for draft, position in zip(objectives, run("", None, len(objectives)), strict=True):
            objective_id = ObjectiveId(uuid7(self._clock))
            edits += objective_edits(draft, objective_id, position=position)
            keys[draft.key] = objective_id
        ids = [CardId(uuid7(self._clock)) for _ in cards]
        edits += card_edits(cards, ids, board=Board(()), today=local_day(self._clock.now()), objectives=keys)
        return self._keep([edits], name=name, community_id=community_id)

    def add(self, parts: PlanParts, *, name: str | None = None) -> PlanId:
        """Makes a plan of what a file held, under another name if one is given; it is a plan of its own from then on.

        Refuses what `create` refuses.
        """
        edits = list(parts.edits)
        if name is not None:
            edits.append(FieldEdit(RecordKind.PLAN, "", "name", name))
        with self._database.write() as session:
            if not parts.community_place:
                place = place_named(session.connection(), parts.community_name)
                edits.append(FieldEdit(RecordKind.PLAN, "", "community_place", place))
            # Each time of a series is written after the series: what it has of its own is told from that.
            return self._keep([edits, parts.of_times], name=name or parts.name)

    def _keep(self, writes: Sequence[Sequence[FieldEdit]], *, name: str, community_id: int | None = None) -> PlanId:
        plan_id = PlanId(uuid7(self._clock))
        document = PlanDocument.new(plan_id)
        for edits in writes:
            document.write(edits, at=self._clock.now(), author=self._author)
        with self._database.write() as session:
            view = placed(session, document.view())
            # Whoever says which one means that one, also where two accounts mirror the same.
            rows = Rows.of(view if community_id is None else replace(view, community_id=community_id))
            refuse_taken_name(session, plan_id, name)
            write_new(session, rows, document.to_bytes(), at=self._clock.now(), revision=new_revision())
        return plan_id

    def under(self, clock: Clock) -> "PlanStore":
        """The same plans and author under another clock: for what is told after it happened."""
        return PlanStore(self._database, clock, author=self._author)

    def open(self, plan_id: PlanId) -> PlanEditor:
        """The plan with an undo history of its own, for as long as the editor is kept; refuses an unknown plan."""
        return PlanEditor(self._database, self._clock, author=self._author, plan_id=plan_id)

    def forget_person(self, name: str) -> Changes:
        """Takes a name out of every plan, as owner and as author, and out of what was overwritten.

        Notes and titles are free text and stay. Close the editors first: their undo history still knows the name.
        """
        changes = Changes.NOTHING
        with self._database.read() as reader:
            files = stored_plans(reader)
        with self._database.write() as session:
            for file in files:
                document = PlanDocument.from_bytes(file.document)
                if not document.forget(name):
                    continue
                clean = document.rebuild()
                rows = Rows.of(placed(session, clean.view()))
                now, revision = self._clock.now(), new_revision()
                write_changed(session, rows, clean.to_bytes(), before=None, at=now, revision=revision)
                changes |= Changes.PLANS
            forget_in_copies(session, name)
        return changes
