"""Trace: the first steps and the last ones are kept, however long a run was."""

from tests.builders import NOW
from workbench.sync.trace import FIRST_LINES, LAST_LINES, Trace, size_words


def test_every_step_has_its_time_of_day():
    trace = Trace()
    assert trace.text == ""
    trace.add(NOW, "news: page 1")
    trace.add(NOW, "news: page 2")
    assert trace.text == "12:00:00 news: page 1\n12:00:00 news: page 2"


def test_a_long_run_keeps_its_beginning_and_its_end():
    trace = Trace()
    for number in range(1000):
        trace.add(NOW, str(number))
    lines = trace.text.splitlines()
    assert len(lines) == FIRST_LINES + 1 + LAST_LINES
    assert lines[FIRST_LINES] == f"… {1000 - FIRST_LINES - LAST_LINES} more steps"
    assert (lines[0][-2:], lines[-1][-4:]) == (" 0", " 999")


def test_sizes_are_told_in_the_unit_that_fits():
    assert [size_words(count) for count in (0, 999, 1_000, 14_240, 3_100_000)] == [
        "0 B", "999 B", "1.0 kB", "14.2 kB", "3.1 MB",
    ]  # fmt: skip
