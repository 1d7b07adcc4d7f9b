"""PlanDocument: a plan as a pycrdt document; edit, undo, merge with a partner's copy, rebuild without what was erased.

Shape: maps "meta" (format, id), "plan" (registers), "objectives" and "cards" (id → map of registers), "checkpoint-30",
"checkpoint-60" and "checkpoint-90" (registers; at the root, because a map made twice apart keeps only one of the two).
Nothing is ever removed from a map but the entries of a register: archive, column and position are fields, so no merge
can lose a card.
Notes are a register like the rest, not a shared text: two people rarely write one note at the same moment, and then
both texts stay side by side, whole, instead of being woven into one that neither wrote; and one undo rule serves all.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from pycrdt import Doc, Map, UndoManager

from workbench.errors import BadInputError, DamagedError
from workbench.ids import PlanId
from workbench.models.moments import to_micros
from workbench.plans.archiving import FIELD, known_to
from workbench.plans.closed_days import PlanDays
from workbench.plans.fields import field_of
from workbench.plans.horizon import CHECKPOINT_DAYS, checkpoints
from workbench.plans.locking import LOCK, is_held, knows_lock, locked_first, locks_for
from workbench.plans.occurrences import into_its_record, place_of, shown_for_one_time
from workbench.plans.reading import (
    CardRecord,
    card_conflicts,
    conflicts_of,
    read_cards,
    read_checkpoint,
    read_objective,
    read_plan,
    value_of,
)
from workbench.plans.register import Registers, erase, outdated, read, write
from workbench.plans.views import Conflict, FieldEdit, ObjectiveView, PlanView, RecordKind

FORMAT = 2
_UNLOCKED_FORMAT = 1
# Only transactions of the first origin are taken back by undo: not the partner's edits, not the empty map a new card
# lives in (a partner may have written into it since), not what `_settle` puts right.
_ME, _PARTNER, _FRAME, _SETTLE = "me", "partner", "frame", "settle"

_AT_ROOT = frozenset({RecordKind.PLAN, RecordKind.CHECKPOINT})
_SAME = object()
_View = TypeVar("_View")


class PlanDocument:
    """One plan in memory with its undo history. Not for two threads at once; `PlanEditor` takes care of that."""

    def __init__(self) -> None:
        # No client id is passed, ever: two copies with one id diverge in silence.
        self._doc: Doc[Any] = Doc(allow_multithreading=True)
        self._meta = self._doc.get("meta", type=Map)
        self._maps: dict[RecordKind, Map[Any]] = {
            RecordKind.OBJECTIVE: self._doc.get("objectives", type=Map),
            RecordKind.CARD: self._doc.get("cards", type=Map),
        }
        self._roots: dict[tuple[RecordKind, str], Map[Any]] = {(RecordKind.PLAN, ""): self._doc.get("plan", type=Map)}
        for day in CHECKPOINT_DAYS:
            self._roots[RecordKind.CHECKPOINT, str(day)] = self._doc.get(f"checkpoint-{day}", type=Map)
        # A capture timeout of 0: one gesture is one step, however quick the next one follows.
        self._history = UndoManager(scopes=[*self._maps.values(), *self._roots.values()], capture_timeout_millis=0)
        self._history.include_origin(_ME)
        self._touched: set[tuple[RecordKind, str]] = set()
        self._subscriptions = [
            *(records.observe_deep(partial(self._on_events, kind)) for kind, records in self._maps.items()),
            *(root.observe(partial(self._on_root_event, key)) for key, root in self._roots.items()),
        ]
        self._registers: dict[RecordKind, dict[str, Registers]] = {kind: {} for kind in RecordKind}
        self._cards: dict[str, CardRecord] = {}
        self._view: PlanView | None = None
        self._objectives: dict[str, ObjectiveView] = {}
        self._conflicts: dict[tuple[RecordKind, str], tuple[Conflict, ...]] = {}
        self._days = self._read_days()
        self._refresh({(RecordKind.PLAN, "")})

    @classmethod
    def new(cls, plan_id: PlanId) -> "PlanDocument":
        """An empty plan of that id."""
        document = cls()
        with document._doc.transaction(origin=_FRAME):
            document._meta["format"] = _UNLOCKED_FORMAT
            document._meta["id"] = plan_id
        return document

    @classmethod
    def from_bytes(cls, data: bytes) -> "PlanDocument":
        """The plan kept in `data`, with no history; DamagedError, or BadInputError when a newer version wrote it."""
        document = cls()
        document._apply(data)
        if not document.id:
            raise DamagedError(reason="a plan document names no plan")
        return document

    @property
    def id(self) -> PlanId:
        """The id the plan keeps for life."""
        return PlanId(str(self._meta.get("id", "")))

    def to_bytes(self) -> bytes:
        """The whole document."""
        data: bytes = self._doc.get_update()
        return data

    def write(self, edits: Iterable[FieldEdit], *, at: datetime, author: str, undoable: bool = True) -> bool:
        """One gesture: every edit in one transaction, one step of undo. False when nothing differs from what is there.

        Refuses with BadInputError, before anything is written, a field or value that cannot be.
        """
        kept = (into_its_record(edit) for edit in edits)
        changes = [(edit, value) for edit in kept if (value := self._encoded(edit)) is not _SAME]
        self._make_room(edit for edit, _ in changes)
        locks = [*self._locks(RecordKind.PLAN, "")]
        with self._doc.transaction(origin=_ME if undoable else _FRAME):
            # A lock comes first: what is written with it knows it. Archiving comes last: it remembers what it knew, and
            # what was typed with it is known.
            for edit, value in sorted(changes, key=lambda one: (one[0].field != LOCK, one[0].field.endswith(FIELD))):
                record = self._record(edit.kind, edit.record_id)
                known = known_to(record.to_py() or {}, edit.field, value) if edit.kind is RecordKind.CARD else ()
                if is_held(edit.kind, edit.field):
                    known = locks
                op = write(record, edit.field, value, at=to_micros(at), author=author, knows=known)
                if edit.field == LOCK:
                    locks.append(op)
                    # A version that knows nothing of what a lock holds would take it for damage.
                    self._meta["format"] = FORMAT
        self._take_in()
        return bool(changes)

    @property
    def can_undo(self) -> bool:
        """Whether an edit of this session can be taken back."""
        return self._history.can_undo()

    @property
    def can_redo(self) -> bool:
        """Whether an undone edit can be made again."""
        return self._history.can_redo()

    def undo(self) -> bool:
        """Takes back the latest own edit that still shows; a partner's later value stays. False when there is none."""
        return self._step(self._history.undo, undoing=True)

    def redo(self) -> bool:
        """Makes the latest undone edit again; False when there is none."""
        return self._step(self._history.redo, undoing=False)

    def merge(self, update: bytes) -> bool:
        """Takes in a partner's document or update; True when anything shown changed, which undo does not take back.

        It is tried on a copy first, so that damage (DamagedError), another plan's file or a newer version's
        (BadInputError) change nothing here.
        """
        self._refuse_unfit(update)
        before = self.view()
        with self._damage_named(), self._doc.transaction(origin=_PARTNER):
            self._doc.apply_update(update)
        self._take_in()
        return self.view() != before

    def rebuild(self) -> "PlanDocument":
        """The same plan without the values that were overwritten, and without history; merges as before.

        While an undo history lives, overwritten names stay in the bytes; loading them without one lets them go.
        """
        return PlanDocument.from_bytes(PlanDocument.from_bytes(self.to_bytes()).to_bytes())

    def forget(self, name: str) -> bool:
        """Takes a person's name out of owners and authors and drops the history; `rebuild` then lets the bytes go."""
        is_named = False
        with self._doc.transaction(origin=_SETTLE):
            for kind, records in self._registers.items():
                for record_id, registers in records.items():
                    is_named = erase(self._record(kind, record_id), registers, name) or is_named
        self._take_in()
        self._history.clear()
        return is_named

    def view(self) -> PlanView:
        """The plan as it stands."""
        # A gesture asks several times what is there before and after it.
        if self._view is None:
            self._view = self._read()
        return self._view

    def _read(self) -> PlanView:
        return read_plan(
            self.id,
            self._registers[RecordKind.PLAN].get("", {}),
            objectives=list(self._objectives.values()),
            cards=list(self._cards.values()),
            checkpoints=[
                read_checkpoint(each, self.registers(RecordKind.CHECKPOINT, str(each.day)))
                for each in checkpoints(self._days.starts_on, holidays=self._days.holidays)
            ],
            conflicts=[each for key in sorted(self._conflicts) for each in self._conflicts[key]],
        )

    def registers(self, kind: RecordKind, record_id: str) -> Registers:
        """Every value a record holds now, field by field; empty for an unknown record."""
        return self._registers[kind].get(record_id, {})

    def is_series(self, card_id: str) -> bool:
        """Whether the record of that id has, or had, more than one time."""
        found = self._cards.get(card_id)
        return found is not None and found.series is not None

    def is_held(self, kind: RecordKind, record_id: str, name: str) -> bool:
        """Whether a field shows what a checkpoint was locked with."""
        entries = self.registers(kind, record_id).get(name, ())
        return is_held(kind, name) and bool(entries) and knows_lock(entries[0], self._locks(kind, record_id))

    def _locks(self, kind: RecordKind, record_id: str) -> tuple[str, ...]:
        return locks_for(self._registers[RecordKind.CHECKPOINT], kind, record_id)

    def _read_days(self) -> PlanDays:
        plan = self.registers(RecordKind.PLAN, "")
        starts_on = value_of(RecordKind.PLAN, plan, "starts_on")
        return PlanDays(starts_on, value_of(RecordKind.PLAN, plan, "holidays"))

    def _record(self, kind: RecordKind, record_id: str) -> Map[Any]:
        record = self._roots[kind, record_id] if kind in _AT_ROOT else self._maps[kind][record_id]
        if not isinstance(record, Map):
            message = "a record that is not a map"
            raise ValueError(message)  # noqa: TRY004 - a wrong shape is damage, like any other wrong value
        return record

    def _encoded(self, edit: FieldEdit) -> object:
        field = field_of(edit.kind, edit.field)
        if field is None or (edit.kind in _AT_ROOT and (edit.kind, edit.record_id) not in self._roots):
            raise BadInputError(reason=f"A {edit.kind.value} has no field named {edit.field}.")
        value = field.encode(edit.value)
        registers = self.registers(edit.kind, edit.record_id)
        entries = registers.get(edit.field, ())
        asks = any(edit.field == place_of(each) for each in self._conflicts.get((edit.kind, edit.record_id), ()))
        if len(entries) > 1 or edit.again or asks:
            return value  # writing any value, also the one shown, is the choice that ends a conflict
        if not entries:
            entries = shown_for_one_time(edit, registers)
        shown = entries[0].value if entries else None
        is_same = shown == value if entries else field.decode(value) == field.default
        return _SAME if is_same else value

    def _refuse_unfit(self, update: bytes) -> None:
        trial = PlanDocument()
        trial._apply(self.to_bytes(), update)
        with self._damage_named():
            is_ours = trial.id == self.id and not _names_other_plan(update, self.id)
        if not is_ours:
            raise BadInputError(reason="This file holds another plan.")

    def _make_room(self, edits: Iterable[FieldEdit]) -> None:
        # Collected per document, so that 2,000 new cards are one transaction and not 2,000.
        fresh = {
            (edit.kind, edit.record_id): None
            for edit in edits
            if edit.kind not in _AT_ROOT and edit.record_id not in self._maps[edit.kind]
        }
        if fresh:
            with self._doc.transaction(origin=_FRAME):
                for kind, record_id in fresh:
                    self._maps[kind][record_id] = Map()

    def _apply(self, *updates: bytes) -> None:
        with self._damage_named():
            for update in updates:
                with self._doc.transaction(origin=_PARTNER):
                    self._doc.apply_update(update)
            self._take_in()
        if int(self._meta.get("format", FORMAT)) > FORMAT:
            raise BadInputError(reason="This plan was written by a newer version of the program.")

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, RuntimeError, OverflowError, KeyError) as error:
            raise DamagedError(reason="a plan document does not read back") from error

    def _step(self, step: Any, *, undoing: bool) -> bool:
        # An own edit that a partner has overwritten since shows nothing when it is taken back: go on to the next one.
        while True:
            before = {kind: dict(records) for kind, records in self._registers.items()}
            if not step():
                return False
            touched = self._take_in()
            self._settle(touched, before, undoing=undoing)
            if any(before[kind].get(record_id, {}) != self.registers(kind, record_id) for kind, record_id in touched):
                return True

    def _settle(
        self, touched: set[tuple[RecordKind, str]], before: dict[RecordKind, dict[str, Registers]], *, undoing: bool
    ) -> None:
        """Takes out again the old values an undo brought back beside a later value that had replaced them."""
        stale: list[tuple[RecordKind, str, str]] = []
        for kind, record_id in touched:
            was = before[kind].get(record_id, {})
            for name, entries in self.registers(kind, record_id).items():
                before_it = was.get(name, ())
                # What was typed before a checkpoint was locked is not brought back into it, nor under it.
                is_locked = is_held(kind, name) and bool(self._locks(kind, record_id))
                ops = (
                    [entry.op for entry in entries if entry not in before_it]
                    # Where none of the values stayed, a choice made after the lock was taken back: it asks again.
                    if is_locked and any(entry in before_it for entry in entries)
                    else outdated(before_it, entries, undoing=undoing)
                )
                stale += [(kind, record_id, f"{name}:{op}") for op in ops]
        with self._doc.transaction(origin=_SETTLE):
            for kind, record_id, key in stale:
                del self._record(kind, record_id)[key]
        self._take_in()

    def _on_events(self, kind: RecordKind, events: Sequence[Any]) -> None:
        for event in events:
            if event.path:
                self._touched.add((kind, str(event.path[0])))
            else:
                self._touched.update((kind, record_id) for record_id in event.keys)

    def _on_root_event(self, key: tuple[RecordKind, str], _event: Any) -> None:
        self._touched.add(key)

    def _take_in(self) -> set[tuple[RecordKind, str]]:
        touched, self._touched = self._touched, set()
        self._refresh(touched)
        return touched

    def _refresh_registers(self, touched: set[tuple[RecordKind, str]]) -> set[tuple[RecordKind, str]]:
        """The values of what was touched, and what of them asks; answers all that may show something else now."""
        # Every value of a map is read in a transaction; one around them all spares thousands of them.
        with self._doc.transaction():
            records = {key: self._record(*key).to_py() or {} for key in touched}
        for (kind, record_id), record in records.items():
            self._registers[kind][record_id] = read(record)
        if any(kind is RecordKind.CHECKPOINT for kind, _ in touched):
            # A lock that came or went says anew what is shown of day 0, of baselines and of the other words.
            held = (RecordKind.PLAN, RecordKind.OBJECTIVE, RecordKind.CHECKPOINT)
            touched = touched | {(kind, record_id) for kind in held for record_id in self._registers[kind]}
        for kind, record_id in touched:
            registers = self._registers[kind][record_id]
            if kind is RecordKind.CARD:
                self._conflicts[kind, record_id] = card_conflicts(record_id, registers)
                continue
            registers = locked_first(kind, registers, self._locks(kind, record_id))
            self._registers[kind][record_id] = registers
            self._conflicts[kind, record_id] = conflicts_of(kind, record_id, registers)
        return touched

    def _refresh(self, touched: set[tuple[RecordKind, str]]) -> None:
        """Reads again what the last transaction touched: an edit in a plan of 2,000 cards costs one card."""
        self._view = None
        touched = self._refresh_registers(touched)
        days = self._read_days()
        if days != self._days:
            self._days = days
            touched = touched | {
                (kind, record_id)
                for kind in (RecordKind.CARD, RecordKind.OBJECTIVE)
                for record_id in self._registers[kind]
            }
        for kind, record_id in touched:
            registers = self._registers[kind][record_id]
            # A card whose making was undone has no entries left: its empty map waits for the redo, unseen.
            starts_on, holidays = days.starts_on, days.holidays
            if kind is RecordKind.CARD:
                cards = read_cards(record_id, registers, starts_on=starts_on, holidays=holidays)
                _put(self._cards, record_id, cards if registers else None)
            elif kind is RecordKind.OBJECTIVE:
                objective = read_objective(record_id, registers, starts_on=starts_on, holidays=holidays)
                _put(self._objectives, record_id, objective if registers else None)
            elif kind is RecordKind.CHECKPOINT:
                # Read when shown; here only so that damage is found when the bytes are read.
                for name in registers:
                    value_of(kind, registers, name)


def _put(views: dict[str, _View], record_id: str, view: _View | None) -> None:
    if view is None:
        views.pop(record_id, None)
    else:
        views[record_id] = view


def _names_other_plan(update: bytes, plan_id: PlanId) -> bool:
    alone: Doc[Any] = Doc()
    alone.apply_update(update)
    return bool(alone.get("meta", type=Map).get("id", plan_id) != plan_id)
