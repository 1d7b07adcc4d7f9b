"""Where an import of archives stands, and which days it promises."""

from datetime import UTC, date, datetime

import pytest

from workbench.models.moments import DayRange
from workbench.sync.importers.archive_cursor import ArchiveCursor, FileState
from workbench.sync.periods import period_of

JULY = DayRange(date(2009, 7, 1), date(2009, 7, 31))


def state_of(name: str, *days: tuple[int, int], finished: bool = True) -> FileState:
    state = FileState(at=9, head="h", fingerprint="f" if finished else "")
    for month, day in days:
        state.saw(datetime(2009, month, day, 12, tzinfo=UTC), is_guess=False, period=period_of(name))
    return state


def test_a_cursor_survives_being_written_and_read():
    first = ArchiveCursor({"a/Juli é.mbox": state_of("a", (7, 3)), "b": FileState()})
    assert ArchiveCursor.read(first.text()) == first
    assert ArchiveCursor.read(None) == ArchiveCursor()


def test_a_cursor_of_an_unknown_version_starts_anew():
    text = ArchiveCursor({"a": FileState(at=5)}).text()
    assert ArchiveCursor.read(text.replace('"v":1', '"v":99')) == ArchiveCursor()


def test_a_period_that_is_over_is_promised_whole():
    files = {"2009-07.mbox": state_of("2009-07.mbox", (7, 3), (7, 9)), "2009-08.mbox": state_of("2009-08.mbox", (8, 4))}
    read = ArchiveCursor(files)
    assert read.covered("2009-07.mbox") == (JULY,)
    assert read.covered("2009-08.mbox") == (DayRange(date(2009, 8, 1), date(2009, 8, 4)),)


def test_a_period_not_over_ends_with_its_last_mail():
    read = ArchiveCursor({"2009-07.mbox": state_of("2009-07.mbox", (7, 3), (7, 9))})
    assert read.covered("2009-07.mbox") == (DayRange(date(2009, 7, 1), date(2009, 7, 9)),)


def test_a_quiet_month_in_the_past_is_promised_too():
    read = ArchiveCursor({"2009-07": state_of("2009-07"), "2009-08": state_of("2009-08", (8, 4))})
    assert read.covered("2009-07") == (JULY,)


@pytest.mark.parametrize("name", ["2009-07", "inbox"])
def test_a_file_without_mail_promises_nothing_by_itself(name):
    assert ArchiveCursor({name: state_of(name)}).covered(name) == ()


def test_a_file_without_a_period_promises_first_to_last_day():
    read = ArchiveCursor({"inbox": state_of("inbox", (7, 9), (3, 2), (5, 5))})
    assert read.covered("inbox") == (DayRange(date(2009, 3, 2), date(2009, 7, 9)),)


def test_a_cut_file_promises_the_days_before_its_last_mail():
    read = ArchiveCursor({"2009-07": state_of("2009-07", (7, 9), finished=False), "2010": state_of("2010")})
    assert read.covered("2009-07") == (DayRange(date(2009, 7, 1), date(2009, 7, 8)),)
    assert ArchiveCursor({"inbox": state_of("inbox", (7, 9), finished=False)}).covered("inbox") == ()


def test_guessed_dates_and_dates_outside_the_period_promise_nothing():
    state = FileState(fingerprint="f")
    state.saw(datetime(2009, 7, 9, tzinfo=UTC), is_guess=True, period=JULY)
    state.saw(datetime(2011, 7, 9, tzinfo=UTC), is_guess=False, period=JULY)
    assert (state.first_day, state.last_day) == (None, None)
    assert state.previous_at == datetime(2011, 7, 9, tzinfo=UTC)
