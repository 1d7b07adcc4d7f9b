"""Lists at the side: an answer to what is typed, links to people and threads, and an empty list that says so."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.pages.quiet import Quiet
from workbench.ui.context import Context
from workbench.ui.pages.person_list_data import EMPTY, PeopleList
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
    qtbot.waitUntil(lambda: lists.is_settled() and not quiet.is_busy() and lists.rows.count() > 0)
    links = [button for button in lists.findChildren(LinkButton) if button.isVisible()]
    assert links[0].text().strip("\u2068\u2069") == "Person 0 Example"
    with qtbot.waitSignal(lists.person_wanted):
        links[0].click()
    with qtbot.waitSignal(lists.thread_wanted):
        links[1].click()


def test_an_empty_list_says_what_would_fill_it(qtbot, lists: PersonLists, context: Context):
    quiet = Quiet(qtbot, context.jobs)
    lists.show_list(PeopleList.SPONSORS)
    qtbot.waitUntil(lambda: not quiet.is_busy() and EMPTY[PeopleList.SPONSORS] in words(lists))
    assert not lists.line.isVisible()
