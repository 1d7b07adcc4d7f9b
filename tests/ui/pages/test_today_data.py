"""When what is put off comes back."""

from datetime import UTC, datetime, timedelta

from workbench.operations.questions import late_questions
from workbench.operations.today import Task, TodayItem
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


def test_a_draft_is_gone_on_with():
    item = TodayItem("answer:1", Task.ANSWER, "Which pump?", "", SATURDAY)
    begun = TodayItem("answer:1", Task.ANSWER, "Which pump?", "", SATURDAY, draft="d")
    assert [button_words(one) for one in (item, begun)] == ["Answer", "Go on with it"]


def test_questions_too_old_for_the_list_are_counted_where_no_question_is_on_it(filled, water_id):
    view = read_today(filled.database, scope=(water_id,), now=SATURDAY)
    assert any(item.task is Task.ANSWER for item in view.today.items)
    assert view.older == 0
    later = SATURDAY + timedelta(days=60)
    with filled.database.read() as reader:
        late = len(late_questions(reader, (water_id,), as_of=later))
    assert read_today(filled.database, scope=(water_id,), now=later).older == late > 0


def test_a_profile_without_anything_is_new(workspace):
    view = read_today(workspace.database, scope=(), now=SATURDAY)
    assert view.is_new
    assert view.today.is_empty
