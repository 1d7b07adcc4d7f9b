"""The fields of a card: saved when left, refused in words, never taken from under somebody's hands; and of several."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.plan_samples import TODAY, a_row
from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Pillar
from workbench.models.plan_parts import Recurrence
from workbench.ui.pages.plan_inspector_fields import SEVERAL
from workbench.ui.pages.plan_inspector_form import CardForm, FormPlan
from workbench.ui.theme import Theme

GOAL = ObjectiveId("goal")
PLAN = FormPlan(TODAY, owners=("Amina Example", "Bo Sample"), objectives=((GOAL, "More answers"),))
ROW = a_row("a", title="Ask five schools", owner="Amina Example", hours=1.5, due_on=TODAY, notes="By phone")
MONDAY = date(2024, 6, 17)


@pytest.fixture
def form(qtbot, ground, theme: Theme) -> CardForm:
    made = CardForm(theme, today=lambda: TODAY)
    ground.setLayout(made.rows([(name,) for name in made.fields], places={name: QVBoxLayout() for name in made.fields}))
    made.setParent(ground)
    made.show_cards([ROW], PLAN)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


@pytest.fixture
def edits(form: CardForm) -> list[dict[str, object]]:
    heard: list[dict[str, object]] = []
    form.edited.connect(heard.append)
    return heard


def put_day(field, text: str) -> None:
    field.line.setText(text)
    field.line.left.emit()


def test_leaving_a_field_saves_it_once(form: CardForm, edits):
    form.title.setFocus()
    form.title.setPlainText("Ask six\nschools ")
    form.owner.setFocus()
    form.owner.setText(" Bo  Sample")
    form.notes.setFocus()
    form.notes.setPlainText("")
    form.came_of.setFocus()
    form.came_of.setPlainText("Two use it")
    form.hours.setFocus()
    form.hours.setText("2")
    form.title.setFocus()
    assert edits == [
        {"title": "Ask six schools"}, {"owner": "Bo Sample"}, {"notes": ""}, {"came_of": "Two use it"}, {"hours": 2.0}
    ]  # fmt: skip


def test_choices_save_at_once(form: CardForm, edits):
    wanted = {
        "column": CardColumn.DONE, "pillar": Pillar.BILLBOARD, "objective_id": GOAL, "focus": Focus.PEOPLE,
        "channel": Channel.EMAIL, "kind": CardKind.COMMITMENT,
    }  # fmt: skip
    for name, value in wanted.items():
        choice = form.choices[name]
        choice.setCurrentIndex([choice._values[place] for place in range(choice.count())].index(value))
    assert edits == [{name: value} for name, value in wanted.items()]


def test_a_fixed_day_stays_fixed_and_a_counted_one_counted(form: CardForm, edits):
    put_day(form.due, "2024-06-18")
    form.show_cards([replace(ROW, due_on=MONDAY, due_day=2)], PLAN)
    assert form.fields["due_on"].hint.text() == "Day 2 of the plan"
    put_day(form.due, "2024-06-19")
    put_day(form.due, "day 10")
    put_day(form.due, "")
    assert edits == [{"due_on": date(2024, 6, 18)}, {"due_day": 4}, {"due_day": 10}, {"due_on": None}]


def test_a_window_begins_before_it_ends(form: CardForm, edits):
    put_day(form.starts, "2024-06-20")
    assert "after it is due" in form.fields["starts_on"].problem
    put_day(form.starts, "2024-06-10")
    assert form.fields["starts_on"].problem == ""
    form.show_cards([replace(ROW, starts_on=date(2024, 6, 10))], PLAN)
    put_day(form.due, "2024-06-09")
    assert edits == [{"starts_on": date(2024, 6, 10)}, {"due_on": date(2024, 6, 9), "starts_on": None}]
    form.show_cards([a_row("b")], PLAN)
    put_day(form.starts, "2024-06-10")
    assert "when it is due" in form.fields["starts_on"].problem


def test_a_card_that_comes_back_needs_a_day(form: CardForm, edits):
    week = form.recurrence.choice.findText("Every week")
    form.recurrence.choice.setCurrentIndex(week)
    form.recurrence.choice.activated.emit(week)
    form.show_cards([a_row("b")], PLAN)
    form.recurrence.choice.setCurrentIndex(week)
    form.recurrence.choice.activated.emit(week)
    assert edits == [{"recurrence": Recurrence(7, 90)}]
    assert "when it is due" in form.fields["recurrence"].problem


@pytest.mark.parametrize("text", ["", "  "])
def test_a_card_without_a_title_is_refused_in_words(form: CardForm, edits, text: str):
    form.title.setPlainText(text)
    form.save()
    assert "needs a title" in form.fields["title"].problem
    assert edits == []


@pytest.mark.parametrize("text", ["soon", "-1", "99999", "1 2"])
def test_hours_that_are_none_are_refused_in_words(form: CardForm, edits, text: str):
    form.hours.setText(text)
    form.save()
    assert "such as 1.5" in form.fields["hours"].problem
    assert edits == []
    form.hours.setText("")
    form.save()
    assert edits == [{"hours": None}]


def test_a_day_that_is_none_is_refused_in_words(form: CardForm, edits):
    put_day(form.due, "soon")
    assert "14 May" in form.fields["due_on"].problem
    assert edits == []


def test_a_reading_meanwhile_spares_the_field_in_use(form: CardForm, edits):
    form.title.setFocus()
    form.title.setPlainText("Half a thou")
    form.show_cards([replace(ROW, owner="Bo Sample")], PLAN)
    assert form.title.toPlainText() == "Half a thou"
    assert form.owner.text() == "Bo Sample"
    assert edits == []


def test_another_card_saves_what_was_typed_in_the_one_before(form: CardForm):
    heard = []
    form.edited.connect(lambda fields: heard.append((form.cards[0].id, fields)))
    form.title.setFocus()
    form.title.setPlainText("Ask six schools")
    form.show_cards([a_row("b", title="Other")], PLAN)
    assert heard == [("a", {"title": "Ask six schools"})]
    assert form.title.toPlainText() == "Other"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-06-22", "On a weekend"),
        ("2024-06-21", "On a holiday"),
        ("2025-03-01", "After the plan ends on 13 Sept, on a weekend"),
        ("2024-06-20", ""),
    ],
)
def test_a_due_day_that_may_not_be_meant_is_taken_with_a_quiet_word(form: CardForm, edits, day: str, words: str):
    form.show_cards([ROW], replace(PLAN, closed={date(2024, 6, 21)}))
    put_day(form.due, day)
    assert form.fields["due_on"].hint.text().replace("Sept", "Sep") == words.replace("Sept", "Sep")
    assert (form.fields["due_on"].problem, edits[-1]["due_on"]) == ("", date.fromisoformat(day))


def test_who_it_is_promised_to_is_asked_of_commitments_alone(form: CardForm, edits):
    assert form.fields["promised_to"].isHidden()
    form.show_cards([a_row("b", kind=CardKind.COMMITMENT, due_on=TODAY - timedelta(days=3))], PLAN)
    assert not form.fields["promised_to"].isHidden()
    assert form.fields["due_on"].hint.text() == "3 days late"
    form.promised_to.setText("District office")
    form.save()
    assert edits == [{"promised_to": "District office"}]


def test_several_cards_show_what_they_share_and_change_together(form: CardForm, edits):
    form.show_cards([ROW, a_row("b", owner="Bo Sample", due_on=TODAY)], PLAN)
    assert (form.owner.text(), form.owner.placeholderText()) == ("", SEVERAL)
    assert form.due.day() == TODAY
    assert form.column.currentText() == "To do"
    hidden = [name for name, field in form.fields.items() if field.isHidden()]
    assert hidden == ["title", "promised_to", "notes", "starts_on", "recurrence", "came_of"]
    form.save()
    assert edits == []
    form.owner.setText("Chen Sample")
    form.hours.setText("3")
    form.save()
    form.pillar.setCurrentIndex(2)
    assert edits == [{"hours": 3.0}, {"owner": "Chen Sample"}, {"pillar": Pillar.UI}]


def test_every_field_has_a_name_to_be_heard(form: CardForm):
    names = {name: field.control.accessibleName() for name, field in form.fields.items()}
    assert all(names.values())
    assert form.due.line.accessibleName() == "Due"


def test_hours_that_are_too_many_are_said_while_they_are_typed_and_saved_all_the_same(qtbot, form: CardForm, edits):
    form.show_cards([ROW], replace(PLAN, overload=lambda cards, hours: f"{cards[0].owner}: {hours}" if hours else ""))
    assert form.load.text == "Amina Example: 1.5"
    form.hours.setFocus()
    form.hours.clear()
    qtbot.keyClicks(form.hours, "6.5")
    assert form.load.text == "Amina Example: 6.5"
    form.hours.pause.timeout.emit()
    assert edits == [{"hours": 6.5}]
    assert form.fields["hours"].problem == ""


def test_what_was_refused_stays_with_its_words_through_a_reading_and_goes_with_the_card(form: CardForm):
    form.hours.setText("soon")
    form.save()
    put_day(form.due, "someday")
    form.show_cards([replace(ROW, owner="Bo Sample")], PLAN)
    assert (form.hours.text(), form.due.line.text()) == ("soon", "someday")
    assert form.fields["hours"].problem
    assert form.fields["due_on"].problem
    form.show_cards([a_row("b", hours=2.0)], PLAN)
    assert (form.hours.text(), form.fields["hours"].problem, form.fields["due_on"].problem) == ("2", "", "")
