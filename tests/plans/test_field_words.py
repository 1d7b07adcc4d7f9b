"""Field words: every field has a name people use, every value is said plainly."""

from datetime import UTC, date, datetime

import pytest

from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn, Channel, EvidenceKind, Pillar
from workbench.plans import fields
from workbench.plans.field_words import field_words, value_words
from workbench.plans.views import (
    Baseline,
    CheckItem,
    CheckpointMeasure,
    Evidence,
    Reading,
    RecordKind,
    Recurrence,
    RoleLine,
)

AT = datetime(2024, 6, 15, 12, 30, tzinfo=UTC)
DAY = date(2024, 6, 15)
OBJECTIVE = ObjectiveId("objective-0")


@pytest.mark.parametrize("kind", RecordKind)
def test_every_field_is_called_by_words(kind):
    for name in ("", *fields._FIELDS[kind]):
        said = field_words(kind, name)
        assert said[0].isupper()
        assert "_" not in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("owner", "Owner"),
        ("value_for_members", "Value for members"),
        ("3~owner", "Owner, time 4"),
        ("check.0190", "Checklist"),
        ("12~check.0190", "Checklist, time 13"),
        ("evidence.0190", "Evidence"),
        ("reading.2024-06-15", "Reading of 15 Jun 2024"),
        ("baseline.reply_rate", "Baseline"),
        ("something_new", "Something new"),
    ],
)
def test_names_of_fields(name, said):
    assert field_words(RecordKind.CARD, name) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        ("By telephone", "By telephone"),
        ("objective-0", "Faster answers"),
        (30, "day 30"),
        (2.5, "2.5"),
        (DAY, "15 Jun 2024"),
        (AT, "15 Jun 2024, 12:30"),
        (CardColumn.TODO, "To do"),
        (Pillar.UI, "U&I"),
        (Pillar.LIBRARY, "Library"),
        (Channel.PAGE, "Intranet page"),
        (("calm", "open"), "calm, open"),
        ((), ""),
        (Recurrence(7, 60), "every 7 days until day 60"),
        (CheckItem("1", "Ask Bo", is_done=True), "Ask Bo (done)"),
        (CheckItem("1", "Ask Bo"), "Ask Bo"),
        (Evidence("1", EvidenceKind.LINK, "", "https://example.org"), "https://example.org"),
        (Reading(DAY, 4.0, "survey"), "4 (survey)"),
        (Reading(DAY, 4.0), "4"),
        ((RoleLine("Editor", "Bo"), RoleLine("Host", "Cem")), "Editor: Bo, Host: Cem"),
        ((CheckpointMeasure(OBJECTIVE, "Answers", None, None, None, None, AT),), "Answers: not known"),
        ((CheckpointMeasure(OBJECTIVE, "Answers", 0.5, None, None, None, AT),), "Answers: 0.5"),
        (Baseline(None, None, None, None, AT), "not known"),
        (Baseline(0.5, 1.0, 2.0, 1.0, AT), "0.5"),
        (b"?", "b'?'"),
    ],
)
def test_values_in_words(value, said):
    assert value_words(value, titles={OBJECTIVE: "Faster answers"}) == said
