"""When what is put off comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.operations.questions import late_questions
from workbench.operations.today_items import Task, TodayItem
from workbench.operations.today_marks import morning_of
from workbench.ui.pages.today_data import button_words, in_a_week, next_monday, read_today, tomorrow

SATURDAY = datetime(2024, 6, 15, 12, tzinfo=UTC)
MONDAY = datetime(2024, 6, 17, 12, tzinfo=UTC)


def local(moment: datetime) -> tuple[str, int]:
    found = moment.astimezone()
    return found.date().isoformat(), found.hour


def test_it_comes_back_in_the_morning():
    assert local(tomorrow(SATURDAY)) == ("2024-06-16", 6)
    assert local(next_monday(SATURDAY)) == ("2024-06-17", 6)
    assert local(next_monday(MONDAY)) == ("2024-06-24", 6)
    assert local(in_a_week(SATURDAY)) == ("2024-06-22", 6)


@pytest.mark.parametrize("night", [datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 3, 28, 20, tzinfo=UTC)])
def test_clocks_that_are_changed_in_the_night_change_nothing(in_zone, night: datetime):
    in_zone("Europe/Berlin")
    found = tomorrow(night)
    assert (local(found)[1], found) == (6, morning_of(night.date() + timedelta(days=1)))


def test_a_draft_is_gone_on_with():
    item = TodayItem("answer:1", Task.ANSWER, "Which pump?", "", SATURDAY)
    begun = TodayItem("answer:1", Task.ANSWER, "Which pump?", "", SATURDAY, draft="d")
    assert [button_words(one) for one in (item, begun)] == ["Answer", "Go on with it"]


def test_questions_too_old_for_the_list_are_counted_whether_a_question_is_on_it_or_not(filled, water_id):
    for days, is_on_it in ((0, True), (60, False)):
        now = SATURDAY + timedelta(days=days)
        view = read_today(filled.database, scope=(water_id,), now=now)
        assert any(item.task is Task.ANSWER for item in view.today.items) is is_on_it
        with filled.database.read() as reader:
            late = late_questions(reader, (water_id,), as_of=now)
        assert view.older == sum(row.asked_at < now - timedelta(days=30) for row in late) > 0


def test_a_profile_without_anything_is_new(workspace):
    view = read_today(workspace.database, scope=(), now=SATURDAY)
    assert view.is_new
    assert view.today.is_empty
