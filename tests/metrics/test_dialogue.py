"""How people talk: questions out of messages, and messages that somebody takes up."""

from tests.metrics.frames import a_frame, at, talk, total, us
from workbench.ids import EventId
from workbench.metrics.dialogue import curiosity, dialogue_share, heat
from workbench.metrics.window import month
from workbench.queries.frames_threads import HeatSum


def test_curiosity_is_the_share_of_messages_that_ask():
    frame = a_frame(sums=(total("2024-01-31", 4, 4), total("2024-02-01", 3, 1), total("2024-02-29", 5, 1)))
    value = curiosity(frame, month(2024, 2), as_of=at("2024-03-01"))
    assert (value.value, value.numerator, value.denominator) == (0.25, 2, 8)


def test_a_silent_month_is_neither_curious_nor_not():
    assert curiosity(a_frame(), month(2024, 2), as_of=at("2024-03-01")).value is None


def test_messages_to_nobody_are_no_dialogue():
    talks = (
        talk("2024-02-01", 1, 1, 2, messages=3),
        talk("2024-02-01", 2, 1, is_dialogue=False),
        talk("2024-03-01", 2, 1, is_dialogue=False),
    )
    value = dialogue_share(a_frame(talks=talks), month(2024, 2), as_of=at("2024-03-01"))
    assert (value.numerator, value.denominator) == (3, 4)


def test_the_hottest_threads_come_first_and_only_those_of_the_windows_end():
    early = HeatSum(us("2024-02-10"), {EventId(9): 99.0})
    late = HeatSum(us("2024-03-01"), {EventId(thread): float(thread) for thread in range(1, 13)})
    value = heat(a_frame(heat=(early, late)), month(2024, 2), as_of=at("2024-03-01"))
    assert (value.value, value.denominator) == (78.0, 12)
    assert value.detail["thread_ids"] == (12, 11, 10, 9, 8, 7, 6, 5, 4, 3)
