"""People at the side, and the words to begin with."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QLabel

from tests.ui.settled import settle
from workbench.ids import CommunityId, EventId, PersonId
from workbench.operations.letters import TEXTS, Language, Letter
from workbench.operations.today_items import Task, TodayItem, TodayPerson
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.today_side import TodaySide


def an_item(task: Task, *names: str) -> TodayItem:
    people = tuple(
        TodayPerson(f"{task}:{name}", PersonId(place), name, CommunityId(1), "WASH", EventId(7) if place else None)
        for place, name in enumerate(names)
    )
    return TodayItem(f"{task}:all", task, "People", "", datetime(2024, 6, 1, tzinfo=UTC), people=people)


def a_side(qtbot, context, *names: str, task: Task = Task.GREET) -> TodaySide:
    side = TodaySide(context)
    qtbot.addWidget(side)
    side.show()
    side.show_item(an_item(task, *names))
    settle(qtbot, context.jobs)
    return side


def test_who_wrote_is_answered_and_all_are_done_at_once(qtbot, context):
    side = a_side(qtbot, context, "Amina Example", "Bashir Example")
    wanted: list[object] = []
    done: list[object] = []
    context.page_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    side.done.connect(lambda keys, words: done.append((keys, words)))
    side.rows[1].deed.click()
    side.everybody.click()
    assert wanted == [("conversations", ReplyWish(EventId(7), side.letter.words_to(side.rows[1].person)))]
    assert done == [(("greet:Amina Example", "greet:Bashir Example"), "All 2 are marked as greeted.")]


def test_who_is_gone_from_the_list_goes_here_too(qtbot, context):
    side = a_side(qtbot, context, "Amina Example", "Bashir Example")
    side.keep_to([an_item(Task.GREET, "Amina Example")])
    assert [row.person.name for row in side.rows] == ["Amina Example"]
    side.keep_to([])
    assert not side.is_open


def test_who_came_to_two_communities_is_one_person(qtbot, context):
    side, done = a_side(qtbot, context, "Noor Example"), []
    side.done.connect(lambda keys, words: done.append((len(keys), words)))
    (noor,) = an_item(Task.GREET, "Noor Example").people
    side.show_item(replace(an_item(Task.GREET), people=(noor, replace(noor, key="greet:2", community="Health"))))
    assert side.everybody.text() == "Everywhere greeted"
    side.everybody.click()
    assert done == [(2, "Noor Example is marked as greeted.")]


def test_somebody_gone_quiet_gets_other_words(qtbot, context):
    side = a_side(qtbot, context, "Amina Example", task=Task.NUDGE)
    assert side.letter.edit.toPlainText() == TEXTS[Letter.NUDGE][Language.ENGLISH]
    assert side.rows[0].over.text() == "Mark as written to"


def test_rows_of_who_is_left_stay_and_the_rest_is_told(qtbot, context):
    names = [f"Person {number:02} Example" for number in range(43)]
    side = a_side(qtbot, context, *names)
    assert side.everybody.text() == "All 43 greeted"
    assert side._rest.text() == "And 3 more; they follow when these are done with."
    whole = an_item(Task.GREET, *names)
    first = replace(
        whole.people[0], since=datetime(2024, 6, 1, tzinfo=UTC), known_since=datetime(2023, 2, 1, tzinfo=UTC)
    )
    side.keep_to([replace(whole, people=(first, *whole.people[1:]))])
    shown = {label.text() for label in side.rows[0].findChildren(QLabel)}
    assert "Here since 1 Jun 2024, elsewhere since Feb 2023" in shown, "an old hand is not taken for somebody new"
    second = side.rows[1]
    side.activateWindow()
    side.rows[0].over.setFocus()
    side.keep_to([replace(whole, people=whole.people[1:])])
    assert [row.person.name for row in side.rows] == names[1:41]
    assert side.rows[0].over.hasFocus()
    assert side._people.indexOf(second) == 0
