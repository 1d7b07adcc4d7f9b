"""Parts of plans that rows and views share, as frozen values, and the JSON they are stored in beside their plan.

Imports no ORM, so that reading stays light.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.ids import ObjectiveId
from workbench.models.kinds import EvidenceKind
from workbench.models.moments import from_micros, to_micros

HAND_KEPT = "by_hand"
"""The measure of an objective whose values people read and type: attendance, a survey's score."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a measure kept by hand, in the unit of its objective."""

    on: date
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveTags:
    """What an objective is about, in words of one's own: by these, plans are compared."""

    behaviour: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    benefit: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()


NO_TAGS = ObjectiveTags()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A card comes back every so many days, counted from its own day, up to day `until_day` of the plan."""

    every_days: int
    until_day: int


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a card's checklist."""

    id: str
    text: str
    is_done: bool = False
    position: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a card was done.

    `value`: an address, "thread:<account kind>@<site>/<remote id>", a path or a number.
    """

    id: str
    kind: EvidenceKind
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in the plan and who holds it."""

    role: str
    holder: str


@dataclass(frozen=True, slots=True)
class CheckpointMeasure:
    """An objective's measure as it stood at a checkpoint; numbers as in `Baseline`.

    `target`, `baseline`, `due`, `measure` and `unit` (of a measure kept by hand) are those of that moment, so that
    later ones do not change what was locked; None and "" where there was none, and where the checkpoint was locked
    before they were kept.
    """

    objective_id: ObjectiveId
    title: str
    value: float | None
    numerator: float | None
    denominator: float | None
    coverage: float | None
    at: datetime
    target: float | None = None
    baseline: float | None = None
    measure: str = ""
    due: date | None = None
    unit: str = ""


def names_json(names: Iterable[str]) -> str:
    """Words as JSON."""
    return _json(list(names))


def read_names(text: str) -> tuple[str, ...]:
    """Words as `names_json` wrote them."""
    return tuple(json.loads(text))


def roles_json(roles: Iterable[RoleLine]) -> str:
    """Roles as JSON."""
    return _json([[line.role, line.holder] for line in roles])


def read_roles(text: str) -> tuple[RoleLine, ...]:
    """Roles as `roles_json` wrote them."""
    return tuple(RoleLine(*line) for line in json.loads(text))


def tags_json(tags: ObjectiveTags) -> str:
    """Tags as JSON."""
    return "[]" if tags == NO_TAGS else _json([tags.behaviour, tags.family, tags.benefit, tags.risk])


def read_tags(text: str) -> ObjectiveTags:
    """Tags as `tags_json` wrote them."""
    return ObjectiveTags(*(tuple(words) for words in json.loads(text)))


def readings_json(readings: Iterable[Reading]) -> str:
    """Readings as JSON."""
    return _json([[each.on.isoformat(), each.value, each.note] for each in readings])


def read_readings(text: str) -> tuple[Reading, ...]:
    """Readings as `readings_json` wrote them."""
    return tuple(Reading(date.fromisoformat(on), value, note) for on, value, note in json.loads(text))


def checklist_json(checklist: Iterable[CheckItem]) -> str:
    """A checklist as JSON."""
    return _json([[each.id, each.text, each.is_done, each.position] for each in checklist])


def read_checklist(text: str) -> tuple[CheckItem, ...]:
    """A checklist as `checklist_json` wrote it."""
    return tuple(CheckItem(*each) for each in json.loads(text))


def evidence_json(evidence: Iterable[Evidence]) -> str:
    """Evidence as JSON."""
    return _json([[each.id, each.kind.value, each.title, each.value] for each in evidence])


def read_evidence(text: str) -> tuple[Evidence, ...]:
    """Evidence as `evidence_json` wrote it."""
    return tuple(Evidence(id_, EvidenceKind(kind), title, value) for id_, kind, title, value in json.loads(text))


def measures_json(measures: Iterable[CheckpointMeasure]) -> str:
    """The measures of a checkpoint as JSON."""
    return _json(
        [
            [
                each.objective_id,
                each.title,
                each.value,
                each.numerator,
                each.denominator,
                each.coverage,
                to_micros(each.at),
                each.target,
                each.baseline,
                each.measure,
                None if each.due is None else each.due.isoformat(),
                each.unit,
            ]
            for each in measures
        ]
    )


def read_measures(text: str) -> tuple[CheckpointMeasure, ...]:
    """Measures as `measures_json` wrote them."""
    return tuple(
        CheckpointMeasure(id_, title, value, numerator, denominator, coverage, from_micros(at), *_aims(*aims))
        # Rows from before target and baseline were kept end with the moment, later ones with the baseline.
        for id_, title, value, numerator, denominator, coverage, at, *aims in json.loads(text)
    )


def _aims(
    target: float | None = None,
    baseline: float | None = None,
    measure: str = "",
    due: str | None = None,
    unit: str = "",
) -> tuple[float | None, float | None, str, date | None, str]:
    return target, baseline, measure, None if due is None else date.fromisoformat(due), unit


def _json(value: list[Any]) -> str:
    # Most cards have neither list nor evidence, and a save writes out every card.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "[]"
