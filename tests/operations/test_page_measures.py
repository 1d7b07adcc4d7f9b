"""What pages ask: the questions worked out ahead are those the pages then ask, to the last one."""

from datetime import date, datetime, timedelta

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import a_circle_of_friends
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Database
from workbench.operations.kept import KeptMeasures
from workbench.operations.page_measures import SCORES_AT_ONCE, card_of, first_questions, growth_days, growth_questions
from workbench.operations.working_ahead import work_ahead
from workbench.ui.pages.dialogue_data import read_dialogue, read_slow
from workbench.ui.pages.growth_data import read_growth, read_lines
from workbench.ui.pages.scorecard_data import LATER, read_scorecard
from workbench.ui.period import Period, PeriodKind

TODAY = NOW.date()
MAY = Window.between(date(2024, 5, 1), date(2024, 6, 1))


def test_a_card_asks_for_the_window_the_one_before_and_the_one_a_year_ago():
    asked = card_of(SCORES_AT_ONCE[:2], MAY)
    assert (asked.keys, asked.windows) == (SCORES_AT_ONCE[:2], (MAY, MAY.previous, MAY.year_before))


def test_growth_asks_for_months_their_year_before_and_weeks_with_what_came_before_them():
    asked = growth_questions(Window.between(date(2024, 4, 1), TODAY))
    assert [window.start_on for window in asked.months] == [date(2024, month, 1) for month in (4, 5, 6)]
    assert asked.compared.windows[3:] == tuple(window.year_before for window in asked.months)
    assert (asked.mondays[0], asked.mondays[8], asked.mondays[-1]) == (
        date(2024, 2, 5),
        date(2024, 4, 1),
        date(2024, 6, 10),
    )
    assert len(list(asked)) == 4


def test_a_window_in_which_no_week_begins_asks_for_none():
    asked = growth_questions(Window.between(date(2024, 5, 1), date(2024, 5, 5)))
    assert (asked.weeks, asked.judged, len(list(asked))) == (None, None, 2)


@pytest.mark.parametrize("kind", [PeriodKind.LAST_90, PeriodKind.LAST_7, PeriodKind.YEAR])
def test_pages_find_everything_that_was_worked_out_ahead(tmp_path, kind):
    """Emptied of what it rests on, a kept answer still shows: whoever worked it out anew would find nothing."""
    days = Period(kind).days(TODAY)
    assert days is not None
    with a_workspace(tmp_path) as workspace:
        a_circle_of_friends(workspace)
        asked = {question.keys for question in first_questions(days, now=NOW)}
        work_ahead(workspace, days=days, long_seconds=0.0)
        with workspace.database.read() as reader:
            kept = reader.scalar("SELECT count(*) FROM keptresult")
            marked = KeptMeasures(workspace.database, long_seconds=0.0)
            for question in first_questions(days, now=NOW):
                marked(reader, question.keys, scope=(), windows=question.windows, as_of=NOW)
        assert (marked.seconds, len(asked) > 6) == (0.0, True)
        before = _told(workspace.database, days, NOW)
        with workspace.database.jot() as connection:
            connection.execute("DELETE FROM personday")
            connection.execute("DELETE FROM activityday")
            connection.execute("DELETE FROM networkpeople")
        later = NOW + timedelta(minutes=59)  # what changes with the hour is worked out again after one
        assert _told(workspace.database, days, later) == before
        assert read_scorecard(workspace.database, scope=(), window=None, now=later).card.as_of == NOW
        grown = read_growth(workspace.database, scope=(), days=days, now=later)
        assert sum(week.messages or 0 for week in grown.weeks) > 0
        lines = read_lines(workspace.database, scope=(), window=grown.window, now=later)
        assert lines["contributors"].now.value
        with workspace.database.read() as reader:
            assert reader.scalar("SELECT count(*) FROM keptresult") == kept


def _told(database: Database, days: tuple[date, date], now: datetime) -> list[Value]:
    """What scorecard and dialogue say now."""
    talk = read_dialogue(database, scope=(), days=days, now=now)
    cards = (
        read_scorecard(database, scope=(), window=None, now=now).card,
        read_scorecard(database, scope=(), window=None, now=now, keys=LATER).card,
        talk.card,
        read_slow(database, scope=(), window=talk.card.window, now=now),
    )
    return [line.now for card in cards for line in card.lines]


def test_a_short_period_is_looked_at_over_a_year():
    yesterday = TODAY - timedelta(days=1)
    assert growth_days((TODAY - timedelta(days=6), TODAY), today=TODAY) == (date(2023, 7, 1), yesterday)
