"""Lists at the side: an answer to what is typed, links to people and threads, and an empty list that says so."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.operations.identities import merge_people
from workbench.sync.connector import Batch
from workbench.sync.records import MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.pages.person_list_data import EMPTY, LONG_SILENT, RULES, ListRow, PeopleList
from workbench.ui.pages.person_lists import PersonLists
from workbench.ui.pages.person_section import LinkButton


@pytest.fixture
def lists(qtbot, filled, context: Context, ground: QWidget) -> PersonLists:
    made = PersonLists(context)
    made.setParent(ground)
    made.resize(340, 600)
    made.show()
    return made


def words(lists: PersonLists) -> str:
    return " ".join(label.text() for label in lists.findChildren(QLabel) if label.isVisible())


def test_who_knows_answers_what_is_typed_with_threads(qtbot, lists: PersonLists, context: Context):
    quiet = Quiet(qtbot, context.jobs)
    lists.show_list(PeopleList.KNOWS)
    assert "with the threads" in words(lists)
    lists.line.setText("notes")

    def shown() -> list[LinkButton]:
        return [button for button in lists.findChildren(LinkButton) if button.isVisible()]

    qtbot.waitUntil(lambda: lists.is_settled() and not quiet.is_busy() and len(shown()) > 1)
    links = shown()
    assert links[0].text().strip("\u2068\u2069") == "Person 0 Example"
    with qtbot.waitSignal(lists.person_wanted):
        links[0].click()
    with qtbot.waitSignal(lists.thread_wanted):
        links[1].click()
    lists.only_known.click()
    qtbot.waitUntil(lambda: not quiet.is_busy() and "Nobody you know wrote about it." in words(lists))


def test_the_list_stays_where_it_is_when_two_are_joined(qtbot, filled, context: Context, lists: PersonLists):
    quiet = Quiet(qtbot, context.jobs)
    people = [PersonRecord(f"d{number}", f"Double{number // 2} Example") for number in range(24)]
    told = [MessageRecord(f"d{n}", "", one, NOW - timedelta(days=n), "Hello", "Words") for n, one in enumerate(people)]
    with filled.database.read() as reader:
        community = reader.scalar("SELECT id FROM community ORDER BY id")
    filled.mirror.apply(community, "events", Batch(tuple(told)))
    lists.show_list(PeopleList.SAME)
    qtbot.waitUntil(lambda: not quiet.is_busy() and lists.rows.count() == 12)
    bar = lists.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    row = lists.rows.itemAt(5).widget()
    join = next(one for one in row.findChildren(QPushButton) if one.text() == "Join")
    join.setFocus()
    lists.edited.connect(lambda edit: merge_people(filled, into=edit.person_id, person=edit.after))
    join.click()
    lists.read()
    qtbot.waitUntil(lambda: not quiet.is_busy() and lists.rows.count() == 11)
    qtbot.waitUntil(lambda: lists.rows.itemAt(5).widget().isAncestorOf(QApplication.focusWidget()))
    assert bar.value() == before


def test_a_long_list_says_how_much_of_it_is_shown_and_by_which_rule(qtbot, lists: PersonLists, context: Context):
    rows = [ListRow(number, f"Person {number} Example", "Silent", LONG_SILENT) for number in range(130)]
    lists.show_list(PeopleList.QUIET)
    quiet = Quiet(qtbot, context.jobs)
    qtbot.waitUntil(lambda: not quiet.is_busy())
    lists._show(PeopleList.QUIET, rows)
    assert lists._said.text() == RULES[PeopleList.QUIET]
    for shown, words in ((60, "60 of 130"), (120, "120 of 130"), (130, "")):
        assert lists.rows.count() == 1 + shown + bool(words)  # with their heading
        if words:
            more = lists.rows.itemAt(shown + 1).widget()
            assert words in more.text()
            more.click()


def test_an_empty_list_says_what_would_fill_it(qtbot, lists: PersonLists, context: Context):
    quiet = Quiet(qtbot, context.jobs)
    lists.show_list(PeopleList.SPONSORS)
    qtbot.waitUntil(lambda: not quiet.is_busy() and EMPTY[PeopleList.SPONSORS] in words(lists))
    assert not lists.line.isVisible()
