"""The communities page: the table by keyboard, the filter, and the first step where there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import COLD, WATER
from workbench.ui.context import Context
from workbench.ui.pages.communities import CommunitiesPage


def shown(qtbot, context: Context) -> CommunitiesPage:
    page = CommunitiesPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    qtbot.waitUntil(lambda: not context.jobs.running() and page.is_settled())
    return page


def names(page: CommunitiesPage) -> list[str]:
    model = page.table().model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words(page: CommunitiesPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_communities_are_listed_by_name(qtbot, filled, context: Context):
    page = shown(qtbot, context)
    assert names(page) == [COLD, WATER]
    assert not page.grab().isNull()


def test_enter_opens_the_dashboard(qtbot, filled, water_id, context: Context):
    page = shown(qtbot, context)
    page.table().selectRow(1)
    with qtbot.waitSignal(context.page_wanted) as asked:
        qtbot.keyClick(page.table(), Qt.Key.Key_Return)
    assert asked.args == ["dashboard", water_id]


def test_filter_narrows_and_says_when_nothing_fits(qtbot, filled, context: Context):
    page = shown(qtbot, context)
    page.find_here()
    page._filter.setText("cold")
    assert names(page) == [COLD]
    assert "1 of 2" in words(page)
    page._filter.setText("nothing like it")
    assert "Nothing matches" in words(page)
    page._filter.clear()
    assert names(page) == [COLD, WATER]


def test_empty_profile_offers_the_first_steps(qtbot, context: Context):
    done = []
    context.actions.bind("import.mailing_list", lambda: done.append("import"))
    context.actions.bind("sample.install", lambda: done.append("sample"))
    context.actions.bind("account.add", lambda: done.append("account"))
    page = shown(qtbot, context)
    buttons = {button.text(): button for button in page.findChildren(QPushButton) if button.isVisible()}
    buttons["Import a mailing list"].click()
    buttons["Add an account"].click()
    buttons["Use the sample network"].click()
    assert done == ["import", "account", "sample"]
