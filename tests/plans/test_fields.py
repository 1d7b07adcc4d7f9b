"""Fields: every value comes back as it was, and what cannot be is refused in words."""

import math
from datetime import UTC, date, datetime

import pytest

from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.fields import field_of
from workbench.plans.views import Baseline, RecordKind

BASELINE = Baseline(0.5, 5, 10, None, datetime(2024, 6, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (RecordKind.PLAN, "name", "Eau potable – مياه – 水"),
        (RecordKind.PLAN, "starts_on", date(2024, 2, 29)),
        (RecordKind.PLAN, "is_archived", True),
        (RecordKind.PLAN, "created_at", datetime(2024, 6, 3, 9, 0, 0, 123456, tzinfo=UTC)),
        (RecordKind.OBJECTIVE, "target", 0.25),
        (RecordKind.OBJECTIVE, "baseline.reply_rate", BASELINE),
        (RecordKind.CARD, "column", CardColumn.DONE),
        (RecordKind.CARD, "pillar", Pillar.LIBRARY),
        (RecordKind.CARD, "pillar", None),
        (RecordKind.CARD, "due", date(2024, 12, 31)),
        (RecordKind.CARD, "due", 0),
        (RecordKind.CARD, "due", -14),
        (RecordKind.CARD, "due", None),
        (RecordKind.CARD, "hours", 1.5),
    ],
)
def test_values_come_back_as_they_were(kind: RecordKind, name: str, value: object) -> None:
    field = field_of(kind, name)
    assert field is not None
    assert field.decode(field.encode(value)) == value


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (RecordKind.PLAN, "purpose", "  "),
        (RecordKind.PLAN, "starts_on", None),
        (RecordKind.PLAN, "starts_on", date(9999, 1, 1)),
        (RecordKind.OBJECTIVE, "measure", ""),
        (RecordKind.OBJECTIVE, "target", math.nan),
        (RecordKind.OBJECTIVE, "baseline.reply_rate", 3),
        (RecordKind.CARD, "title", "\n"),
        (RecordKind.CARD, "title", 7),
        (RecordKind.CARD, "notes", "x" * 100_001),
        (RecordKind.CARD, "column", "later"),
        (RecordKind.CARD, "pillar", "house"),
        (RecordKind.CARD, "hours", -1),
        (RecordKind.CARD, "hours", True),
        (RecordKind.CARD, "due", 4000),
        (RecordKind.CARD, "due", datetime(2024, 6, 3, tzinfo=UTC)),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(kind: RecordKind, name: str, value: object) -> None:
    field = field_of(kind, name)
    assert field is not None
    with pytest.raises(BadInputError) as refused:
        field.encode(value)
    assert refused.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("kind", "name", "raw"),
    [
        (RecordKind.PLAN, "starts_on", "2024-13-01"),
        (RecordKind.PLAN, "starts_on", "0001-01-01"),
        (RecordKind.PLAN, "is_archived", 1),
        (RecordKind.PLAN, "created_at", None),
        (RecordKind.OBJECTIVE, "target", "much"),
        (RecordKind.OBJECTIVE, "baseline.reply_rate", [1, 2]),
        (RecordKind.CARD, "title", 5),
        (RecordKind.CARD, "due", "+99999"),
        (RecordKind.CARD, "due", "soon"),
        (RecordKind.CARD, "position", "é"),
        (RecordKind.CARD, "pillar", "house"),
    ],
)
def test_what_no_version_wrote_does_not_decode(kind: RecordKind, name: str, raw: object) -> None:
    field = field_of(kind, name)
    assert field is not None
    with pytest.raises(ValueError):  # noqa: PT011 - each decoder has its own words; all of them mean damage
        field.decode(raw)


def test_half_a_character_and_a_null_do_not_reach_the_document() -> None:
    field = field_of(RecordKind.CARD, "notes")
    assert field is not None
    assert field.encode("a\ud83db\0c") == "a?bc"


def test_unknown_fields_are_none_of_ours() -> None:
    assert field_of(RecordKind.CARD, "colour") is None
    assert field_of(RecordKind.PLAN, "baseline.reply_rate") is None
