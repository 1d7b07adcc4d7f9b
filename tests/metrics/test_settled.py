"""What came of a window: silence on days that nobody fetched is neither counted nor missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.metrics.frames import a_frame, offices, us
from tests.queries.network import Network, a_member, a_message, a_network
from workbench.ids import EventId, PersonId
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import _worked_out, measure_all
from workbench.metrics.settled import NOT_KNOWN_YET, answered_part, settled
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window, month
from workbench.models.moments import to_day
from workbench.queries.coverage import CoverageMap
from workbench.queries.frames import MeasureFrame
from workbench.queries.frames_threads import UrgentCall

MARCH, DAY = month(2024, 3), timedelta(days=1)
JUNE = datetime(2024, 6, 15, 12, tzinfo=UTC)


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def known(*ranges: tuple[date, date], communities: int = 1) -> CoverageMap:
    return CoverageMap([(to_day(first), to_day(last), 1) for first, last in ranges], communities)


@pytest.mark.parametrize(
    ("ranges", "communities", "as_of", "until"),
    [
        # Synced every day: nothing is missing, and neither is a day that nobody can promise yet.
        ([(date(2024, 1, 1), date(2024, 6, 14))], 1, JUNE, JUNE),
        ([(date(2024, 1, 1), date(2024, 6, 13))], 1, JUNE, JUNE),
        ([(date(2024, 1, 1), date(2024, 6, 12))], 1, JUNE, datetime(2024, 6, 13, tzinfo=UTC)),
        # Nothing since the window, a gap behind it, and a window whose last days are missing.
        ([(date(2024, 1, 1), date(2024, 3, 31))], 1, JUNE, MARCH.end),
        ([(date(2024, 1, 1), date(2024, 4, 9)), (date(2024, 5, 1), date(2024, 6, 14))], 1, JUNE, MARCH.end + 9 * DAY),
        ([(date(2024, 1, 1), date(2024, 3, 28))], 1, JUNE, march(29, 0)),
        # A gap inside is told by the coverage of the window.
        ([(date(2024, 1, 1), date(2024, 3, 9)), (date(2024, 3, 12), date(2024, 6, 14))], 1, JUNE, JUNE),
        # It has only just ended; nothing is known of it; nobody fetches one of two communities any more.
        ([(date(2024, 1, 1), date(2024, 3, 28))], 1, MARCH.end + DAY, MARCH.end + DAY),
        ([(date(2023, 1, 1), date(2023, 3, 28))], 1, JUNE, JUNE),
        ([(date(2023, 1, 1), date(2023, 3, 28)), (date(2023, 1, 1), date(2024, 6, 14))], 2, JUNE, JUNE),
    ],
)  # fmt: skip
def test_up_to_when_it_is_known_what_came_of_march(ranges, communities, as_of, until):
    assert settled(known(*ranges, communities=communities), MARCH, as_of=as_of) == until


def test_of_an_open_end_the_days_are_told_whose_answers_can_be_known():
    assert answered_part(MARCH, JUNE, days=2, as_of=JUNE) == MARCH
    assert answered_part(MARCH, MARCH.end, days=2, as_of=JUNE) == Window(MARCH.start, march(30, 0))
    assert answered_part(MARCH, MARCH.end + 2 * DAY, days=2, as_of=JUNE) == MARCH
    assert answered_part(MARCH, march(3, 0), days=2, as_of=JUNE) is None


@pytest.fixture
def network(tmp_path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


def of_march(network: Network, known_until: date, as_of: datetime = JUNE) -> dict[str, tuple[object, ...]]:
    """Eight who joined on the 2nd and 30th, and a question of the 20th and 31st each; nobody ever answers."""
    community = network.community("Water")
    network.cover(community, date(2023, 1, 1), known_until)
    network.apply(
        community,
        *(a_member(f"early{number}", joined_at=march(2)) for number in range(2)),
        *(a_member(f"late{number}", joined_at=march(30)) for number in range(6)),
        a_message("q1", by="late0", at=march(30, 12), text="Where?"),
        a_message("q2", by="early0", at=march(20), text="Where?"),
        a_message("q3", by="early1", at=march(31), text="Where?"),
    )
    with network.read() as reader:
        found = measure_all(reader, list(_MARCH), scope=(community,), windows=[MARCH], as_of=as_of)
    return {
        key: (value.value, value.numerator, value.denominator, bool(value.detail.get(NOT_KNOWN_YET)))
        for key, (value,) in found.items()
    }


_MARCH = {
    # key: known until 31 March | until 14 June
    "reply_rate": ((0.0, 0, 1, True), (0.0, 0, 3)),
    "response_rate": ((0.0, 0, 1, True), (0.0, 0, 3)),
    "first_reply_hours": ((None, 0, 1, True), (None, 0, 3)),
    "time_to_answer": ((None, 0, 1, True), (None, 0, 3)),
    "dialogue_share": ((0.0, 0, 1, True), (0.0, 0, 3)),
    "loop_feedback": ((0.0, 0, 1, True), (0.0, 0, 3)),
    "unanswered": ((1, 1, 1, True), (3, 3, 3)),
    "greeted": ((0.0, 0, 2, True), (0.0, 0, 8)),
    "activated": ((None, 0, 0, True), (0.375, 3, 8)),
    "loop_return": ((None, 0, 0, True), (0.0, 0, 3)),
}


def test_what_nobody_fetched_is_no_silence(network):
    assert of_march(network, date(2024, 3, 31)) == {key: stale for key, (stale, _) in _MARCH.items()}


def test_where_all_days_are_known_silence_is_silence(network):
    found = of_march(network, date(2024, 6, 14))
    told = {key: value[:3] for key, value in found.items()}
    assert told == {key: whole for key, (_, whole) in _MARCH.items()}


@pytest.mark.parametrize(("known_until", "doubts"), [(date(2024, 3, 29), 1), (date(2024, 4, 2), 0)])
def test_a_window_that_has_only_just_ended_is_told_as_it_stands_with_a_doubt(network, known_until, doubts):
    community, as_of = network.community("Water"), MARCH.end + timedelta(hours=45)
    assert of_march(network, known_until, as_of)["unanswered"] == (3, 3, 3, False)
    with network.read() as reader:
        (value,) = measure_all(reader, ["unanswered"], scope=(community,), windows=[MARCH], as_of=as_of)["unanswered"]
    said = ("Of 2 of them a reply may have come: 48 hours are not known.",)
    assert value.detail["doubts"] == said[:doubts]


@pytest.mark.parametrize(
    ("known_until", "silent", "joined"),
    [(date(2024, 3, 31), (None, None, 3), (None, 0, 0)), (date(2024, 11, 14), (3, 3, 3), (0.375, 3, 8))],
)
def test_nobody_goes_silent_and_nobody_fails_to_begin_because_nothing_was_fetched(network, known_until, silent, joined):
    community, november = network.community("Water"), datetime(2024, 11, 15, tzinfo=UTC)
    of_march(network, known_until, november)
    with network.read() as reader:
        found = measure_all(reader, ["inactive", "funnel"], scope=(community,), windows=[MARCH], as_of=november)
    told = [(value.value, value.numerator, value.denominator) for (value,) in found.values()]
    assert told == [silent, joined]


def test_what_a_measure_doubts_itself_is_said_beside_what_is_left_out():
    def doubting(_frame: MeasureFrame, _window: Window, *, as_of: datetime) -> Value:
        return Value(1, Unit.SHARE, detail={"doubts": ("Nobody here is known to lead.",)})

    frame = MeasureFrame(known=known((date(2024, 1, 1), date(2024, 3, 31))))
    value = _worked_out(replace(find_metric("reply_rate"), function=doubting), frame, MARCH, JUNE)
    left_out, own = value.detail["doubts"]
    assert left_out.startswith("What was written from 2024-03-30 on is left out")
    assert own == "Nobody here is known to lead."


@pytest.mark.parametrize("where", [offices(p1="Lima"), offices()])
def test_a_call_of_days_nobody_fetched_is_out_of_the_count_whether_offices_are_known_or_not(where):
    calls = tuple(UrgentCall(EventId(day), us(f"2024-03-{day}T12:00"), [PersonId(1)]) for day in (10, 31))
    frame = a_frame(urgent=calls, ties=where, known=known((date(2024, 1, 1), date(2024, 3, 31))))
    value = find_metric("flash_coordination").function(frame, MARCH, as_of=JUNE)
    assert (value.numerator, value.denominator) == (0 if where.offices else None, 1)
