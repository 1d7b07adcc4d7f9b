"""Plans with something in every field, and random edits of every kind of field, of invented people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.plans.samples import AT, START, a_document
from workbench.ids import ObjectiveId
from workbench.models.kinds import (
    CardColumn,
    CardKind,
    Channel,
    EvidenceKind,
    Focus,
    Horizon,
    ObjectiveKind,
    Pillar,
)
from workbench.plans.document import PlanDocument
from workbench.plans.occurrences import own_field
from workbench.plans.positions import between
from workbench.plans.views import (
    HAND_KEPT,
    Baseline,
    CheckItem,
    CheckpointMeasure,
    Evidence,
    FieldEdit,
    Reading,
    RecordKind,
    Recurrence,
    RoleLine,
)

Maker = Callable[[Random], Any]
WORDS = ("Amina Example", "مياه نظيفة", "水井维护", "ünïcode", "a\nb", "#hash~3", '"quoted"', "🌍", " padded ", "x:y")
NUMBERS = (0.0, 0.5, 1.0, 12.0, 1e-9, 123456.75)


def text(chance: Random) -> str:
    return chance.choice([*WORDS, "", f"value {chance.randrange(1000)}"])


def words(chance: Random) -> str:
    return f"words {chance.randrange(1000)} {chance.choice(WORDS)}"


def number(chance: Random) -> float | None:
    return chance.choice([None, *NUMBERS])


def day(chance: Random) -> date:
    return START + timedelta(days=chance.randrange(-200, 200))


def plan_day(chance: Random) -> date | int | None:
    return chance.choice([None, day(chance), chance.randrange(-20, 120)])


def moment(chance: Random) -> datetime:
    return datetime(2024, 6, 3, tzinfo=UTC) + timedelta(microseconds=chance.randrange(10**12))


def one_of(kind: Any, *, or_none: bool = True) -> Maker:
    return lambda chance: chance.choice([*kind, *([None] if or_none else [])])


def tags(chance: Random) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(chance).strip() for _ in range(chance.randrange(3))))


def measured(chance: Random) -> tuple[CheckpointMeasure, ...]:
    return tuple(
        CheckpointMeasure(
            ObjectiveId("objective-0"), text(chance), number(chance), 1.0, None, 0.5, moment(chance), number(chance)
        )
        for _ in range(chance.randrange(3))
    )


def flag(chance: Random) -> bool:
    return chance.random() < 0.3


def position(chance: Random) -> str:
    return between("", None) if flag(chance) else between(chance.choice(["V", "k", "Vx"]), None)


PLAN: dict[str, Maker] = {
    "name": words, "purpose": words, "owner": words, "community_name": text, "problem": text,
    "community_place": lambda chance: chance.choice([(), ("table", "", text(chance))]),
    "value_for_organisation": text, "value_for_members": text, "sponsor": text, "risks": text, "alignment": text,
    "follows": text, "worked": text, "did_not_work": text, "lessons": text, "is_archived": flag,
    "starts_on": lambda chance: START + timedelta(days=chance.randrange(20)),
    "weekly_hours": lambda chance: chance.choice(NUMBERS[:4]),
    "holidays": lambda chance: chance.choice(["", "CH", "CH-GE"]),
    "roles": lambda chance: tuple(RoleLine(words(chance).strip(), text(chance).strip()) for _ in range(chance.randrange(3))),
}  # fmt: skip
OBJECTIVE: dict[str, Maker] = {
    "title": words, "measure": one_of(["reply_rate", "messages", HAND_KEPT], or_none=False), "target": number,
    "position": position, "is_archived": flag, "kind": one_of(ObjectiveKind), "problem": text, "behaviour": tags,
    "family": tags, "benefit": tags, "risk": tags, "alignment": text, "horizon": one_of(Horizon), "due": plan_day,
    "hand_unit": text,
    "baseline.reply_rate": lambda chance: Baseline(number(chance), 1.0, 2.0, 0.5, moment(chance)),
    "reading.2024-06-02": lambda chance: chance.choice([None, Reading(START, chance.random(), text(chance))]),
    "reading.2024-07-02": lambda chance: Reading(START, chance.random(), text(chance)),
}  # fmt: skip
CARD: dict[str, Maker] = {
    "title": words, "column": one_of(CardColumn, or_none=False), "position": position, "pillar": one_of(Pillar),
    "owner": text, "due": plan_day, "hours": lambda chance: chance.choice([None, *NUMBERS[:4]]), "notes": text, "done_on": day, "is_archived": flag,
    "kind": one_of(CardKind, or_none=False), "focus": one_of(Focus), "channel": one_of(Channel), "starts": plan_day,
    "objective_id": lambda chance: chance.choice([None, "objective-0"]), "promised_to": text,
    "recurrence": lambda chance: chance.choice([None, Recurrence(7, 30), Recurrence(chance.randrange(5, 40), 60)]),
    "check.one": lambda chance: chance.choice([None, CheckItem("", words(chance).strip(), flag(chance), position(chance))]),
    "check.two": lambda chance: CheckItem("", words(chance).strip(), flag(chance), position(chance)),
    "evidence.one": lambda chance: chance.choice(
        [None, Evidence("", chance.choice(list(EvidenceKind)), text(chance).strip(), words(chance).strip())]
    ),
    "evidence.two": lambda chance: Evidence("", EvidenceKind.NUMBER, "", str(chance.randrange(99))),
}  # fmt: skip
CHECKPOINT: dict[str, Maker] = {
    "measures": measured, "what_worked": text, "decisions": text, "next_steps": text,
    "locked_at": lambda chance: chance.choice([None, moment(chance)]), "locked_by": text,
}  # fmt: skip
OF_SERIES_ONLY = frozenset({"recurrence"})


def any_edit(chance: Random, *, cards: tuple[str, ...] = ("card-0", "card-1", "card-2")) -> FieldEdit:
    """An edit of any field of any record; of cards also of single times."""
    kind = chance.choice([RecordKind.PLAN, RecordKind.OBJECTIVE, RecordKind.CHECKPOINT, *[RecordKind.CARD] * 4])
    if kind is RecordKind.PLAN:
        name = chance.choice(list(PLAN))
        return FieldEdit(kind, "", name, PLAN[name](chance))
    if kind is RecordKind.OBJECTIVE:
        name = chance.choice(list(OBJECTIVE))
        return FieldEdit(kind, "objective-0", name, OBJECTIVE[name](chance))
    if kind is RecordKind.CHECKPOINT:
        name = chance.choice(list(CHECKPOINT))
        return FieldEdit(kind, chance.choice(["30", "60", "90"]), name, CHECKPOINT[name](chance))
    name = chance.choice(list(CARD))
    value = CARD[name](chance)
    is_of_one_time = name not in OF_SERIES_ONLY and chance.random() < 0.4
    return FieldEdit(
        kind, chance.choice(cards), own_field(name, chance.randrange(5)) if is_of_one_time else name, value
    )


def any_document(chance: Random, *, edits: int = 40) -> PlanDocument:
    """A plan of three cards and one objective that was edited in any way."""
    document = a_document("one", "two", "three")
    for number_ in range(edits):
        document.write([any_edit(chance)], at=AT + timedelta(seconds=number_), author=chance.choice(WORDS))
    return document
