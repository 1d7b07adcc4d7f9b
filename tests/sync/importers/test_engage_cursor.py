"""The cursor of exports: written and read again, and what days it promises."""

from datetime import date

from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.importers.engage_cursor import ArchiveState, ExportCursor


def a_state(*days: date, is_done: bool = True) -> ArchiveState:
    state = ArchiveState(is_done=is_done)
    for day in days:
        state.saw(day)
    return state


def test_what_was_written_is_read_again():
    state = ArchiveState(turn=1, row=7, private=2)
    state.saw(date(2026, 1, 5))
    state.leave_out(is_private=True)
    state.leave_out(is_private=False)
    cursor = ExportCursor({"mark": state}, {"9": 5})
    assert ExportCursor.read(cursor.text()) == cursor
    assert (state.private, state.system) == (3, 1)


def test_nothing_and_another_version_start_anew():
    assert ExportCursor.read(None) == ExportCursor.read(Cursor('{"v":99}')) == ExportCursor()


def test_days_join_over_short_gaps_only_and_in_any_order():
    days = [date(2026, 1, 1), date(2026, 3, 10), date(2026, 1, 30), date(2020, 5, 5), date(2026, 2, 10)]
    expected = (
        DayRange(date(2020, 5, 5), date(2020, 5, 5)),
        DayRange(date(2026, 1, 1), date(2026, 3, 10)),
    )
    assert ExportCursor({"a": a_state(*days)}).covered() == expected
    assert ExportCursor({"a": a_state(*reversed(days))}).covered() == expected


def test_an_archive_that_was_not_read_to_its_end_promises_nothing():
    assert ExportCursor({"a": a_state(date(2026, 1, 1), is_done=False)}).covered() == ()
