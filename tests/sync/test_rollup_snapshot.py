"""What an office tells, as lines: whole again after the way, and nothing that cannot be is let in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rollups import a_plan, a_snapshot, a_week, monday
from workbench.errors import BadInputError, EnvelopeDamagedError
from workbench.sync.rollup_snapshot import CommunityState, OfficeSnapshot, WeekState, from_lines, office_code, to_lines


def lines(snapshot: OfficeSnapshot) -> list[dict]:
    return [json.loads(line) for line in to_lines(snapshot).splitlines()]


def as_payload(values: list[dict]) -> bytes:
    return "\n".join(json.dumps(value) for value in values).encode()


@given(
    st.lists(
        st.builds(
            WeekState,
            week=st.integers(0, 7).map(monday),
            known_days=st.integers(0, 7),
            messages=st.integers(0, 10**6),
            contributors=st.none() | st.integers(5, 10**6),
            threads=st.integers(50, 99),
            replied_threads=st.integers(0, 50),
            first_reply_hours=st.none() | st.floats(0, 1000).map(lambda hours: round(hours, 2)),
            is_withheld=st.booleans(),
        ),
        unique_by=lambda week: week.week,
    ),
    st.text(max_size=40).filter(lambda text: "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)),
)
def test_what_was_told_comes_back_as_it_was(weeks, name):
    told = replace(
        a_snapshot(0, 7), communities=(CommunityState("wash", name, None, tuple(weeks)),), plans=(a_plan(name=name),)
    )
    assert from_lines(to_lines(told)) == told


def test_lines_and_fields_of_a_newer_office_are_left_alone():
    values = lines(a_snapshot())
    values[0]["mood"] = "good"
    values.append({"is": "story", "text": "once"})
    assert from_lines(as_payload(values)) == a_snapshot()


@pytest.mark.parametrize(
    ("line", "change"),
    [
        (0, {"first_week": "2024-06-04"}),
        (0, {"first_week": "2019-06-03"}),
        (0, {"last_week": "2024-05-27"}),
        (0, {"name": None}),
        (0, {"name": "x" * 1001}),
        (0, {"name": "a\0b"}),
        (0, {"name": "a\ud800b"}),
        (0, {"is": "plan"}),
        (1, {"todo": -1}),
        (1, {"todo": True}),
        (1, {"todo": 1 << 31}),
        (1, {"hours_done": "4"}),
        (1, {"hours_done": 1e300}),
        (1, {"objectives": {}}),
        (1, {"objectives": [{"position": 0}]}),
        (1, {"checkpoints": [{"day": 30, "falls_on": "2024-07-03"}] * 2}),
        (2, {"key": ""}),
        (2, {"weeks": [{"week": "2024-06-03"}]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_whole(line, change):
    values = lines(a_snapshot())
    values[line] |= change
    with pytest.raises(EnvelopeDamagedError):
        from_lines(as_payload(values))


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"{", b"\xff", b'{"is":"office"}', b'{"is":"office","name":NaN}', b"[" * 100_000]
)
def test_other_bytes_are_refused(payload):
    with pytest.raises(EnvelopeDamagedError):
        from_lines(payload)


@pytest.mark.parametrize(
    "week",
    [
        a_week(0, contributors=4),
        a_week(0, contributors=0),
        a_week(0, contributors=-1),
        a_week(0, known_days=8),
        a_week(0, threads=2, replied_threads=3),
        a_week(9),
    ],
)
def test_a_week_with_too_few_people_or_impossible_numbers_is_refused(week):
    told = replace(a_snapshot(), communities=(CommunityState("wash", "WASH", None, (week,)),))
    with pytest.raises(EnvelopeDamagedError):
        from_lines(to_lines(told))


def test_a_code_is_one_however_it_is_typed():
    assert office_code("  KEN ") == office_code("ken") == "ken"
    for wrong in ("", " ", "x" * 41, "a\x07b"):
        with pytest.raises(BadInputError):
            office_code(wrong)
