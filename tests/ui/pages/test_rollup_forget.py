"""Forgetting an office in the window: what goes is named first, and nothing goes before somebody says so."""

from PySide6.QtCore import Qt

from tests.ui.pages.rollup_parts import a_folder, taken_in
from tests.ui.pages.test_rollup import a_page, rest
from tests.ui.plan_samples import listen
from workbench.operations.rollup_forget import Goes
from workbench.ui.context import Context
from workbench.ui.pages.rollup import OFFICES
from workbench.ui.pages.rollup_forget import goes_words


def test_what_goes_is_named_and_goes_once_it_was_said(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken", "uga"))
    page = a_page(qtbot, context)
    told = listen(context)
    page.turn_to(OFFICES)
    page.ask_to_forget()
    assert told[-1][0].startswith("Choose an office")
    view = page._views[OFFICES]
    view.setCurrentIndex(page.offices.index(0, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    rest(qtbot, page)
    assert page._inner.currentWidget() is page.forgetting
    assert page.forgetting.lines[0].text().startswith("This goes: 2 files taken in, with 1 plan and ")
    assert page.forgetting.keep.hasFocus()
    assert page.go_back()
    assert page.offices.rowCount() == 2
    page.ask_to_forget()
    rest(qtbot, page)
    page.forgetting.forget()
    rest(qtbot, page)
    assert page._inner.currentWidget() is page._table
    assert [page.offices.index(row, 0).data() for row in range(page.offices.rowCount())] == ["UGA"]
    assert told[-1][0] == "Forgot what KEN told."


def test_an_office_somebody_else_forgot_meanwhile_is_told(qtbot, context: Context):
    page = a_page(qtbot, context)
    page.forgetting.ask("ken")
    rest(qtbot, page)
    assert "Nothing came from" in page.forgetting.trouble.text
    assert not page.forgetting.go.isEnabled()


def test_what_stays_follows_the_list():
    assert "stays on the list" in goes_words(Goes("ken", "Kenya", 1, 1, 1, is_expected=True))[1]
    assert "leaves the table" in goes_words(Goes("ken", "Kenya", 1, 1, 1, is_expected=False))[1]
