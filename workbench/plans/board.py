"""Board: where a kanban move lands, what is overdue, how much is under way; values in, values out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.plans.positions import between, run
from workbench.plans.views import CardView, FieldEdit, RecordKind

if TYPE_CHECKING:
    # Rows of the database are not needed to move cards.
    from workbench.queries.plans import CardRow

COLUMN_ORDER = tuple(CardColumn)
_RANK = {column: rank for rank, column in enumerate(COLUMN_ORDER)}


def board_order(card: CardView) -> tuple[bool, int, str, str]:
    """Sort key of cards: archived last, by column, by position; equal positions by id."""
    return card.is_archived, _RANK[card.column], card.position, card.id


@dataclass(frozen=True, slots=True)
class Board:
    """The cards of one plan in board order."""

    cards: tuple[CardView, ...]

    @classmethod
    def of(cls, cards: Iterable[CardView]) -> "Board":
        """A board of cards in any order."""
        return cls(tuple(sorted(cards, key=board_order)))

    def column(self, column: CardColumn) -> tuple[CardView, ...]:
        """The cards shown in one column, top to bottom."""
        return tuple(card for card in self.cards if card.column is column and not card.is_archived)

    def card(self, card_id: CardId) -> CardView:
        """The card of that id; BadInputError when the board has none."""
        for card in self.cards:
            if card.id == card_id:
                return card
        raise BadInputError(reason="This card is not on the board.")


def place_card(board: Board, card_id: CardId, *, to: CardColumn, index: int, today: date) -> tuple[FieldEdit, ...]:
    """The edits that put one card at `index` of column `to`; see `place_cards`."""
    return place_cards(board, [card_id], to=to, index=index, today=today)


def place_cards(
    board: Board, card_ids: Sequence[CardId], *, to: CardColumn, index: int, today: date
) -> tuple[FieldEdit, ...]:
    """The edits that put cards side by side, in the order given, at `index` of column `to`, counted without them.

    An index outside the column means its nearest end; no edits when they are there already. Moving to Done stamps
    `done_on` with `today`, moving out clears it. Only the moved cards are touched, except where neighbours share one
    position (two people moved at once): those are told apart again. BadInputError when a card is not on the board
    or is archived.
    """
    cards = [board.card(card_id) for card_id in dict.fromkeys(card_ids)]
    if any(card.is_archived for card in cards):
        raise BadInputError(reason="An archived card has no place on the board; restore it first.")
    moved = {card.id for card in cards}
    shown = board.column(to)
    others = [other for other in shown if other.id not in moved]
    index = max(0, min(index, len(others)))
    wanted = [*(each.id for each in others[:index]), *(card.id for card in cards)]
    if [each.id for each in shown[: len(wanted)]] == wanted and all(card.column is to for card in cards):
        return ()
    edits = _spaced(
        [card.id for card in cards], low=others[index - 1].position if index else "", following=others[index:]
    )
    for card in cards:
        if card.column is not to:
            edits.append(FieldEdit(RecordKind.CARD, card.id, "column", to))
            if to is CardColumn.DONE:
                edits.append(FieldEdit(RecordKind.CARD, card.id, "done_on", today))
            elif card.column is CardColumn.DONE:
                edits.append(FieldEdit(RecordKind.CARD, card.id, "done_on", None))
    return tuple(edits)


def is_for_checkpoint(card: "CardView | CardRow", *, day: int, on: date) -> bool:
    """Whether an open card is the one that templates bring for a checkpoint, held `on`: its name, its day."""
    is_named = re.match(rf"Checkpoint, day {day}\b", card.title, re.IGNORECASE) is not None
    is_open = card.column is not CardColumn.DONE and not card.is_archived
    return is_named and (card.due_day == day or card.due_on == on) and is_open and not card.series_id and not card.own


def end_position(board: Board, column: CardColumn) -> str:
    """The position behind the last card of a column."""
    cards = board.column(column)
    return between(cards[-1].position if cards else "", None)


def top_position(board: Board, column: CardColumn) -> str:
    """The position before the first card of a column."""
    cards = board.column(column)
    return between("", cards[0].position if cards else None)


def _spaced(card_ids: Sequence[CardId], *, low: str, following: list[CardView]) -> list[FieldEdit]:
    crowded = list(card_ids)
    high: str | None = None
    for other in following:
        if other.position > low:
            high = other.position
            break
        crowded.append(other.id)
    positions = run(low, high, len(crowded))
    return [
        FieldEdit(RecordKind.CARD, crowded_id, "position", position)
        for crowded_id, position in zip(crowded, positions, strict=True)
    ]
