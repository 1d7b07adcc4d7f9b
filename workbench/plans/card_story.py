"""CardStory: who changed a card last, and what two people said of it apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workbench.ids import CardId
from workbench.models.moments import from_micros
from workbench.plans.occurrences import split_id, split_registers
from workbench.plans.register import Entry, Registers
from workbench.plans.views import Conflict, PlanView, RecordKind

_MOVES = frozenset({"position"})


@dataclass(frozen=True, slots=True)
class CardStory:
    """`author` is empty and `at` None where nobody is known to have changed it; conflicts as `settle` takes them."""

    author: str = ""
    at: datetime | None = None
    conflicts: tuple[Conflict, ...] = ()


def card_story(card_id: CardId, registers: Registers, view: PlanView) -> CardStory:
    """The story of one card, out of the registers of its record; of a time of a series, with what all times share.

    Its place among the cards of a column is no change of it.
    """
    series_id, number = split_id(card_id)
    newest = max(_said(registers, number), key=lambda entry: entry.at, default=None)
    conflicts = tuple(
        each
        for each in view.conflicts
        if each.kind is RecordKind.CARD
        and (each.record_id == card_id or (each.record_id == series_id and each.occurrence is None))
    )
    if newest is None:
        return CardStory(conflicts=conflicts)
    return CardStory(newest.author, from_micros(newest.at), conflicts)


def _said(registers: Registers, number: int) -> Iterator[Entry]:
    base, own = split_registers(registers)
    for part in (base, own.get(number, {})):
        for name, entries in part.items():
            if name not in _MOVES:
                yield from entries
