"""The search line: narrowing searches again, a narrowed search is told so, and a search can be listened for."""

import pytest

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from workbench.queries.listening import list_listening
from workbench.queries.search_filters import MessageKind


@pytest.fixture
def page(qtbot, context, workspace, window):
    quiet = Quiet(qtbot, context.jobs)
    fill(workspace)
    window.open_page("conversations", "borehole")
    made = window.page()
    made.quiet = quiet
    quiet.wait(made)
    return made


def test_a_search_is_narrowed_told_and_kept(qtbot, page, context, workspace):
    def found():
        page.quiet.wait(page)
        return page._hits.rowCount(), page._subtitle.text()

    assert found() == (3, "3 messages found, best first, all time")
    line = page._line
    line.narrow.button.click()
    form = line.narrow.popover
    form.kind.setCurrentIndex(form.kind.findText("Questions"))
    assert found() == (2, "2 messages found, best first, narrowed")
    line.narrow.names_wanted.emit("person 2")
    page.quiet.wait(page)
    form.person.setText("Person 2 Example · Office 2")
    form.person.left.emit()
    assert found()[0] == 1
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    form.name.setText("Dry  wells")
    form.keep.click()
    page.quiet.wait(page)
    with workspace.database.read() as reader:
        (row,) = list_listening(reader)
    assert (row.words, row.filters.kind, row.filters.person_id is None) == ("borehole", MessageKind.QUESTION, False)
    assert (row.name, row.person) == ("Dry wells", "Person 2 Example")
    line._keep()
    page.quiet.wait(page)
    assert "listened for already" in told[-1]
    line.narrow.clear()
    page._search.clear()
    page.quiet.wait(page)
    line.kept.show_rows([row])
    line.kept.menu.actions()[0].trigger()
    assert found() == (1, "1 message found, best first, narrowed")
    assert (page._search.text(), line.filters.person_id) == ("borehole", row.filters.person_id)
    page._search.setText("nothing like that")
    page.quiet.wait(page)
    line.narrow.clear()
    page._search.setText("borehole")
    assert found()[0] == 3


def test_the_hot_come_first_when_wanted(page):
    page._search.clear()
    page.quiet.wait(page)
    page._pills._hot.click()
    page.quiet.wait(page)
    assert page._threads.row_at(0).messages == 2
    assert page._threads.rowCount() == 5
