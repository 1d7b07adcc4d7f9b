"""Part codec: what has parts of its own comes back as it was, and damage is told from it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.errors import BadInputError
from workbench.ids import ObjectiveId
from workbench.models.kinds import EvidenceKind
from workbench.plans import part_codec as codec
from workbench.plans.views import Baseline, CheckItem, CheckpointMeasure, Evidence, Reading, Recurrence, RoleLine

AT = datetime(2024, 6, 3, tzinfo=UTC)
MEASURE = CheckpointMeasure(ObjectiveId("o"), "Faster answers", 0.5, 5.0, 10.0, None, AT)


@pytest.mark.parametrize(
    ("encode", "decode", "value"),
    [
        (codec.baseline, codec.read_baseline, Baseline(0.5, None, 10.0, 1.0, AT)),
        (codec.measures, codec.read_measures, (MEASURE, MEASURE)),
        (codec.measures, codec.read_measures, ()),
        (codec.measures, codec.read_measures, (replace(MEASURE, target=0.8, baseline=0.4),)),
        (codec.recurrence, codec.read_recurrence, Recurrence(7, 90)),
        (codec.recurrence, codec.read_recurrence, None),
        (codec.check, codec.read_check, CheckItem("", "Look", is_done=True, position="V")),
        (codec.check, codec.read_check, None),
        (codec.evidence, codec.read_evidence, Evidence("", EvidenceKind.FILE, "", "C:/notes.docx")),
        (codec.evidence, codec.read_evidence, None),
        (codec.roles, codec.read_roles, (RoleLine("Sponsor", "Amina Example"), RoleLine("Champion", ""))),
    ],
)
def test_values_come_back_as_they_were(encode: Any, decode: Any, value: object) -> None:
    assert decode(encode(value)) == value


def test_a_reading_comes_back_as_its_number_and_note_and_may_be_written_so() -> None:
    assert codec.read_reading(codec.reading(Reading(AT.date(), 12, "n"))) == (12.0, "n")
    assert codec.reading((12.0, "n")) == codec.reading(Reading(AT.date(), 12, "n"))
    assert codec.read_reading(codec.reading(None)) is None


def test_a_role_without_words_is_left_out() -> None:
    assert codec.roles([RoleLine(" ", ""), RoleLine("Sponsor", "")]) == [["Sponsor", ""]]


@pytest.mark.parametrize(
    ("encode", "value"),
    [
        (codec.baseline, 3),
        (codec.measures, [3]),
        (codec.reading, 3),
        (codec.reading, Reading(AT.date(), float("nan"))),
        (codec.recurrence, 7),
        (codec.recurrence, Recurrence(0, 9)),
        (codec.recurrence, Recurrence(366, 9)),
        (codec.recurrence, Recurrence(7, 9999)),
        (codec.recurrence, Recurrence(True, 9)),
        (codec.recurrence, Recurrence("7", 9)),  # type: ignore[arg-type]  # what a file may hold
        (codec.check, "Look"),
        (codec.check, CheckItem("", " ")),
        (codec.evidence, "x"),
        (codec.evidence, Evidence("", "wish", "", "x")),  # type: ignore[arg-type]  # as above
        (codec.evidence, Evidence("", EvidenceKind.LINK, "t", " ")),
        (codec.roles, ["Sponsor"]),
        (codec.roles, [RoleLine(str(n), "x") for n in range(201)]),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(encode: Any, value: object) -> None:
    with pytest.raises(BadInputError) as refused:
        encode(value)
    assert refused.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("decode", "raw"),
    [
        (codec.read_baseline, [1, 2]),
        (codec.read_baseline, [1, 2, 3, 4, None]),
        (codec.read_measures, "x"),
        (codec.read_measures, [["o", "t"]]),
        (codec.read_reading, [None, ""]),
        (codec.read_reading, "12"),
        (codec.read_recurrence, [0, 9]),
        (codec.read_recurrence, [7]),
        (codec.read_recurrence, [7, 10**6]),
        (codec.read_check, ["Look", 1, "V"]),
        (codec.read_check, "Look"),
        (codec.read_evidence, ["wish", "", "x"]),
        (codec.read_evidence, ["link"]),
        (codec.read_roles, [["a"]]),
        (codec.read_roles, None),
    ],
)
def test_what_no_version_wrote_does_not_read(decode: Any, raw: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words; all of them mean damage
        decode(raw)
