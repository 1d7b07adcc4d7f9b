"""Beside the directory: two are joined, shown as one, and Ctrl+Z tells them apart; lists open people."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.members import MembersPage
from workbench.ui.pages.person_list_data import PeopleList


@pytest.fixture
def page(qtbot, filled, window: MainWindow, context: Context) -> MembersPage:
    account = filled.accounts.find(AccountKind.TABLE, "Tables")
    water = filled.mirror.ensure_community(account, CommunityRecord("water", "Water in schools"))
    told = [
        MessageRecord(handle, "", PersonRecord(handle, name), NOW, "Pumps", "About pumps")
        for handle, name in (("am1", "Amina Example"), ("am2", "A. Example"))
    ]
    filled.mirror.apply(water, "events", Batch(tuple(told)))
    window.open_page("members")
    shown = window.page()
    Quiet(qtbot, context.jobs).wait(shown)
    return shown


def joins(section: QWidget) -> dict[str, QPushButton]:
    """The buttons of a section that join somebody, by what they are called."""
    found = {button.accessibleName(): button for button in section.findChildren(QPushButton)}
    return {name: button for name, button in found.items() if name.startswith("Join with")}


def test_joining_two_is_one_step_and_one_step_back(qtbot, page: MembersPage, window: MainWindow, context: Context):
    quiet, side = Quiet(qtbot, context.jobs), page._side
    with context.workspace.database.read() as reader:
        keep, other = (
            reader.scalar("SELECT id FROM person WHERE name = ?", (name,)) for name in ("Amina Example", "A. Example")
        )
    side.open(keep)
    quiet.wait(page)
    side.person.sections.same.open()
    quiet.wait(page)
    side.person.sections.same.join_wanted.emit(other)
    quiet.wait(page)
    assert [row.name for row in side.person._person.details.merged] == ["A. Example"]
    assert page._model.place_of(other) == -1
    page.undo()
    quiet.wait(page)
    assert page._model.place_of(other) >= 0
    # Nobody suspects that a “Person 3” is the same: searched, shown with what it brings, joined, and told apart.
    same = side.person.sections.same
    same.search.setText("person 3")
    qtbot.waitUntil(lambda: "Join with Person 3 Example" in joins(same))
    quiet.wait(page)
    joins(same)["Join with Person 3 Example"].click()
    quiet.wait(page)
    assert [row.name for row in side.person._person.details.merged] == ["Person 3 Example"]
    assert not any("Person 3" in name for name in joins(same))
    page.undo()
    quiet.wait(page)
    assert side.person._person.details.merged == ()
    same.search.setText("nobody of this name")
    qtbot.waitUntil(lambda: any("“nobody of this name”" in one.text() for one in same.findChildren(QLabel)))
    side.show_list(PeopleList.SAME)
    quiet.wait(page)
    assert page.inspector() is side.lists
    side.lists.person_wanted.emit(other)
    quiet.wait(page)
    assert side.person.name == "A. Example"
    side.person.sections.care.letter_wanted.emit()
    quiet.wait(page)
    assert "A. Example" in QGuiApplication.clipboard().text()
    window.go_back()
    assert page.inspector() is None
