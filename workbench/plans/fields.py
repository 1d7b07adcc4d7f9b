"""Fields: what a plan, an objective, a card and a checkpoint can hold; by name, with how each value is written."""

from collections.abc import Mapping
from datetime import date

from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Horizon, ObjectiveKind, Pillar
from workbench.models.moments import from_micros, to_micros
from workbench.plans.closed_days import NO_COUNTRY, country_code, read_country_code
from workbench.plans.codec import (
    Field,
    choice,
    day,
    first_day,
    hours,
    maybe_moment,
    number,
    plan_day,
    read_day,
    read_first_day,
    read_flag,
    read_maybe_moment,
    read_moment,
    read_number,
    read_plan_day,
    read_some_number,
    read_text,
    read_words,
    required,
    some_hours,
    text,
    words,
)
from workbench.plans.occurrences import split_field
from workbench.plans.part_codec import (
    baseline,
    check,
    evidence,
    measures,
    place,
    read_baseline,
    read_check,
    read_evidence,
    read_measures,
    read_place,
    read_reading,
    read_recurrence,
    read_roles,
    reading,
    recurrence,
    roles,
)
from workbench.plans.positions import normal
from workbench.plans.views import RecordKind

__all__ = [
    "BASELINE_PREFIX",
    "CHECK_PREFIX",
    "EVIDENCE_PREFIX",
    "READING_PREFIX",
    "TAGS",
    "Field",
    "field_of",
    "simple_fields",
]

BASELINE_PREFIX = "baseline."
READING_PREFIX = "reading."
CHECK_PREFIX = "check."
EVIDENCE_PREFIX = "evidence."
TAGS = ("behaviour", "family", "benefit", "risk")

_TEXT = Field(text, read_text, "")
_FLAG = Field(bool, read_flag, default=False)
_POSITION = Field(normal, lambda value: normal(read_text(value)), "", asks=False)
_WORDS = Field(words, read_words, ())
_PLAN_DAY = Field(plan_day, read_plan_day, None)
_EPOCH = from_micros(0)

_PLAN: Mapping[str, Field] = {
    "name": Field(required("A plan needs a name, by which people and reports call it."), read_text, ""),
    "purpose": Field(
        required("A plan needs a purpose: without one nobody can say after 90 days whether it worked."), read_text, ""
    ),
    "owner": Field(
        required("A plan needs an owner: work that belongs to nobody is not done by anybody."), read_text, ""
    ),
    "community_name": _TEXT,
    "community_place": Field(place, read_place, (), asks=False),
    "starts_on": Field(first_day, read_first_day, _EPOCH.date()),
    "is_archived": _FLAG,
    "created_at": Field(to_micros, read_moment, _EPOCH, asks=False),
    "problem": _TEXT,
    "value_for_organisation": _TEXT,
    "value_for_members": _TEXT,
    "sponsor": _TEXT,
    "roles": Field(roles, read_roles, ()),
    "risks": _TEXT,
    "alignment": _TEXT,
    "weekly_hours": Field(some_hours, read_some_number, 5.0),
    "holidays": Field(country_code, read_country_code, NO_COUNTRY),
    "follows": _TEXT,
    "worked": _TEXT,
    "did_not_work": _TEXT,
    "lessons": _TEXT,
}
_OBJECTIVE: Mapping[str, Field] = {
    "title": Field(required("An objective needs a title."), read_text, ""),
    "measure": Field(
        required("An objective needs a measure: a goal without a number cannot be shown to have been reached."),
        read_text,
        "",
    ),
    "target": Field(number, read_number, None),
    "position": _POSITION,
    "is_archived": _FLAG,
    "kind": choice(ObjectiveKind, reason="An objective is improving or enabling."),
    "problem": _TEXT,
    **dict.fromkeys(TAGS, _WORDS),
    "alignment": _TEXT,
    "horizon": choice(Horizon, reason="An objective is short or long term."),
    "due": _PLAN_DAY,
    "hand_unit": _TEXT,
}
_CARD: Mapping[str, Field] = {
    "title": Field(required("A card needs a title."), read_text, ""),
    "column": choice(CardColumn, reason="The board has the columns todo, doing and done.", default=CardColumn.TODO),
    "position": _POSITION,
    "pillar": choice(Pillar, reason="The BUILD pillars are billboard, u_and_i, library and dialogue."),
    "owner": _TEXT,
    "due": _PLAN_DAY,
    "hours": Field(hours, read_number, None),
    "notes": _TEXT,
    "done_on": Field(day, read_day, None, asks=False),
    "is_archived": _FLAG,
    "kind": choice(CardKind, reason="A card is an activity or a commitment.", default=CardKind.ACTIVITY),
    "focus": choice(Focus, reason="An activity works on purpose, people or practice."),
    "channel": choice(Channel, reason="The channels are post, email, page, call and event."),
    "starts": _PLAN_DAY,
    "objective_id": Field(
        lambda value: None if value is None else text(value),
        lambda value: None if value is None else ObjectiveId(read_text(value)),
        None,
    ),
    "promised_to": _TEXT,
    "came_of": _TEXT,
    "recurrence": Field(recurrence, read_recurrence, None),
}
_CHECKPOINT: Mapping[str, Field] = {
    "measures": Field(measures, read_measures, ()),
    "what_worked": _TEXT,
    "decisions": _TEXT,
    "next_steps": _TEXT,
    "locked_at": Field(maybe_moment, read_maybe_moment, None, asks=False),
    "locked_by": _TEXT,
    "counted_on": Field(day, read_day, None, asks=False),
    "falls_on": Field(day, read_day, None, asks=False),
}
_FIELDS = {
    RecordKind.PLAN: _PLAN,
    RecordKind.OBJECTIVE: _OBJECTIVE,
    RecordKind.CARD: _CARD,
    RecordKind.CHECKPOINT: _CHECKPOINT,
}
_MANY = {
    RecordKind.OBJECTIVE: {
        BASELINE_PREFIX: Field(baseline, read_baseline, None),
        READING_PREFIX: Field(reading, read_reading, None),
    },
    RecordKind.CARD: {
        CHECK_PREFIX: Field(check, read_check, None),
        EVIDENCE_PREFIX: Field(evidence, read_evidence, None),
    },
}


def field_of(kind: RecordKind, name: str) -> Field | None:
    """The field of that name, or None for one this version does not know (a newer one may).

    The fields of one time of a series ("3~title") are those of the card, but for the series' own.
    """
    if kind is RecordKind.CARD:
        number_of_time, name = split_field(name)
        if number_of_time is not None and name == "recurrence":
            return None
    prefix, _, rest = name.partition(".")
    if rest:
        if prefix == READING_PREFIX[:-1] and not _is_day(rest):
            return None
        return _MANY.get(kind, {}).get(f"{prefix}.")
    return _FIELDS[kind].get(name)


def simple_fields(kind: RecordKind) -> Mapping[str, Field]:
    """The fields a record has one of, by name."""
    return _FIELDS[kind]


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
