"""A document beside a plain model of what has to be visible in it."""

from dataclasses import dataclass, field
from datetime import timedelta

from tests.plans.samples import AT, an_edit
from workbench.plans.document import PlanDocument
from workbench.plans.views import FieldEdit, RecordKind


def shown(document: PlanDocument, card_id: str, name: str) -> set[object]:
    """The value shown and those listed beside it."""
    return {entry.value for entry in document.registers(RecordKind.CARD, card_id).get(name, ())}


# Many editors, any order.


@dataclass
class Replica:
    """A document beside a plain model of what has to be visible: writes known, and writes some write has replaced."""

    document: PlanDocument
    author: str
    skew: timedelta
    known: set[tuple[str, str, str]] = field(default_factory=set)
    replaced: set[tuple[str, str, str]] = field(default_factory=set)

    def alive(self, card_id: str, name: str) -> set[str]:
        return {value for card, key, value in self.known - self.replaced if (card, key) == (card_id, name)}

    def type_in(self, card_id: str, name: str, value: str) -> None:
        self.replaced |= {(card_id, name, old) for old in self.alive(card_id, name)}
        self.known.add((card_id, name, value))
        self.write(an_edit(card_id, name, value))

    def write(self, *edits: FieldEdit) -> None:
        self.document.write(edits, at=AT + self.skew, author=self.author)

    def snapshot(self) -> tuple[bytes, set[tuple[str, str, str]], set[tuple[str, str, str]]]:
        return self.document.to_bytes(), set(self.known), set(self.replaced)

    def receive(self, sent: tuple[bytes, set[tuple[str, str, str]], set[tuple[str, str, str]]]) -> None:
        self.document.merge(sent[0])
        self.known |= sent[1]
        self.replaced |= sent[2]


def theirs(replica: Replica) -> set[tuple[str, str, object]]:
    return {
        (card.id, name, str(entry.value))
        for card in replica.document.view().cards
        for name, entries in replica.document.registers(RecordKind.CARD, card.id).items()
        for entry in entries
        if entry.author != replica.author
    } | {
        (day, name, str(entry.value))
        for day in ("30", "60", "90")
        for name, entries in replica.document.registers(RecordKind.CHECKPOINT, day).items()
        for entry in entries
        if entry.author != replica.author
    }
