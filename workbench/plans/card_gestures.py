"""CardGestures: adding, changing, moving and archiving cards, one or many at once; times of a series among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import CardId, uuid7
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board, place_cards
from workbench.plans.drafts import CardDraft, card_edits, draft_of
from workbench.plans.occurrences import own_field, split_id
from workbench.plans.session import PlanSession
from workbench.plans.views import CardView, FieldEdit, RecordKind

_NO_CHANGES: Final[Mapping[CardId, Mapping[str, object]]] = MappingProxyType({})
_FOLLOWS = frozenset({"position", "done_on", "is_archived"})
_STORED = {"due_on": "due", "due_day": "due", "starts_on": "starts", "starts_day": "starts"}


class CardGestures(PlanSession):
    """Gestures on cards; each is one step of undo, however many cards it touches."""

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
            view = self._document.view()
            ids = card_ids or [self.new_card_id() for _ in drafts]
            edits = card_edits(
                drafts,
                ids,
                board=Board(view.cards),
                today=self._today(),
                on_top=on_top,
                objectives={each.id: each.id for each in view.objectives},
            )
            return self._write(edits)

    def duplicate_cards(self, card_ids: Sequence[CardId], *, new_ids: Sequence[CardId] | None = None) -> Changes:
        """Adds a copy of each card, to be done again; of one time of a series, a single card."""
        with self._lock:
            self._ready()
            board = self._board()
            return self.add_cards([draft_of(board.card(card_id)) for card_id in card_ids], card_ids=new_ids)

    def set_card(self, card_id: CardId, **fields: object) -> Changes:
        """Sets fields of a card, by their names in `CardDraft`.

        A new `column` puts the card at its end. With the id of one time of a series, only that time changes. Setting a
        field that is in conflict settles it. Refuses an unknown card or field, and an empty title.
        """
        return self.set_cards([card_id], **fields)

    def set_cards(self, card_ids: Iterable[CardId], **fields: object) -> Changes:
        """Sets the same fields of several cards, as `set_card` does."""
        return self.set_each(dict.fromkeys(card_ids, fields))

    def set_each(self, changes: Mapping[CardId, Mapping[str, object]]) -> Changes:
        """Sets fields of several cards in one gesture, to each card its own, as `set_card` does."""
        with self._lock:
            self._ready()
            return self._write_cards(self._changed(changes))

    def move_card(self, card_id: CardId, *, to: CardColumn, index: int) -> Changes:
        """Puts a card at `index` of a column, counted without the card itself; see `place_card`."""
        return self.move_cards([card_id], to=to, index=index)

    def move_cards(
        self,
        card_ids: Sequence[CardId],
        *,
        to: CardColumn,
        index: int,
        changes: Mapping[CardId, Mapping[str, object]] = _NO_CHANGES,
    ) -> Changes:
        """Puts cards side by side at `index` of a column, counted without them; see `place_cards`.

        With `changes` it also sets fields of each, other than the column, in the same gesture.
        """
        with self._lock:
            self._ready()
            edits = place_cards(self._board(), card_ids, to=to, index=index, today=self._today())
            return self._write_cards([*edits, *self._changed(changes)])

    def archive_card(self, card_id: CardId) -> Changes:
        """Takes a card off the board; it stays in the plan."""
        return self.archive_cards([card_id])

    def archive_cards(self, card_ids: Iterable[CardId]) -> Changes:
        """Takes cards off the board; they stay in the plan."""
        return self._mark_cards(card_ids, is_archived=True)

    def restore_cards(self, card_ids: Iterable[CardId]) -> Changes:
        """Puts archived cards back where they were."""
        return self._mark_cards(card_ids, is_archived=False)

    def set_series(self, card_id: CardId, **fields: object) -> Changes:
        """Sets fields of every time of a series, given by any of them: those of `set_card` but column; and is_archived.

        Also those that were changed for one time alone, unless that time is done: what was done stays as it was. Days
        are those of the first time, and the others keep their distance. On a plain card this is `set_card`.
        """
        with self._lock:
            self._ready()
            series_id, _ = split_id(self._board().card(card_id).id)
            times = self._times(series_id)
            edits: list[FieldEdit] = []
            for name, value in fields.items():
                if name == "column":
                    raise BadInputError(reason="Each time of a series has a column of its own.")
                if name != "is_archived":
                    self._refuse_field(name, value, ())
                stored = _STORED.get(name, name)
                edits.append(FieldEdit(RecordKind.CARD, series_id, stored, value))
                if stored not in {"due", "starts", "recurrence"}:
                    edits += [
                        FieldEdit(RecordKind.CARD, series_id, own_field(stored, card.occurrence), value)
                        for card in times
                        if stored in card.own and card.column is not CardColumn.DONE
                    ]
            if {_STORED.get(name, name) for name in fields} & {"due", "recurrence"}:
                edits += _kept_days(times, is_over="recurrence" in fields and fields["recurrence"] is None)
            return self._write(edits)

    def _changed(self, changes: Mapping[CardId, Mapping[str, object]]) -> list[FieldEdit]:
        """The edits that set fields of cards; those sent to another column go to its end, in the order given."""
        board = self._board()
        edits: list[FieldEdit] = []
        leaving: dict[CardColumn, list[CardId]] = {}
        for card_id, fields in changes.items():
            card = board.card(card_id)
            for name, value in fields.items():
                self._refuse_field(name, value, [card])
                to = _column(value) if name == "column" else card.column
                if to is not card.column:
                    leaving.setdefault(to, []).append(card.id)
                else:
                    # The column a card stands in already is written only to settle what two people said of it.
                    edits.append(FieldEdit(RecordKind.CARD, card.id, _STORED.get(name, name), value))
            if "recurrence" in fields:
                edits += _kept_days(self._times(card.id), is_over=fields["recurrence"] is None)
        for to, moving in leaving.items():
            edits += place_cards(board, moving, to=to, index=len(board.cards), today=self._today())
        return edits

    def _times(self, card_id: CardId) -> list[CardView]:
        series_id, _ = split_id(card_id)
        return [card for card in self._document.view().cards if split_id(card.id)[0] == series_id]

    def _mark_cards(self, card_ids: Iterable[CardId], *, is_archived: bool) -> Changes:
        with self._lock:
            self._ready()
            board = self._board()
            return self._write_cards(
                [
                    FieldEdit(RecordKind.CARD, board.card(card_id).id, "is_archived", is_archived)
                    for card_id in dict.fromkeys(card_ids)
                ]
            )

    def _write_cards(self, edits: Iterable[FieldEdit]) -> Changes:
        """Writes what was said of cards as they are shown: of one time of a series, into the record of the series."""
        return self._write([self._addressed(edit) for edit in edits])

    def _addressed(self, edit: FieldEdit) -> FieldEdit:
        series_id, number = split_id(edit.record_id)
        if edit.field == "recurrence" or "~" in edit.field:
            return replace(edit, record_id=series_id)
        if number or self._is_of_one_time(series_id, edit.field):
            return replace(edit, record_id=series_id, field=own_field(edit.field, number))
        return edit

    def _is_of_one_time(self, card_id: CardId, field: str) -> bool:
        """Whether what is said of the first card of a record is said of this one time only."""
        registers = self._document.registers(RecordKind.CARD, card_id)
        return self._document.is_series(card_id) or own_field(field, 0) in registers

    def _refuse_field(self, name: str, value: object, cards: Sequence[CardView]) -> None:
        if name in _FOLLOWS:
            raise BadInputError(reason=f"The field {name} follows from moving or archiving the card.")
        if name == "recurrence" and any(card.occurrence for card in cards):
            raise BadInputError(reason="How a card comes back is set for the whole series.")
        if name == "objective_id" and value is not None:
            self._objective(value)


def _kept_days(times: Sequence[CardView], *, is_over: bool) -> list[FieldEdit]:
    """Edits that leave the day of what is done, and of what would have none, as it is when a series moves."""
    return [
        FieldEdit(
            RecordKind.CARD,
            split_id(card.id)[0],
            own_field("due", card.occurrence),
            card.due_on if card.due_day is None else card.due_day,
            again=True,
        )
        for card in times
        if card.own and "due" not in card.own and (card.column is CardColumn.DONE or (is_over and card.occurrence))
    ]


def _column(value: object) -> CardColumn:
    try:
        return CardColumn(str(value))
    except ValueError as error:
        raise BadInputError(reason="The board has the columns todo, doing and done.") from error
