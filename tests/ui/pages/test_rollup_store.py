"""Choosing where the tables lie, in the window: a server that answers, one that does not, and the way back."""

from PySide6.QtWidgets import QPushButton

from tests.operations.test_rollup_place import bare
from tests.rig import postgres
from tests.two_places import an_address, postgres_server
from tests.ui.pages.test_rollup import a_page, expect, rest
from workbench.operations.rollup import expect_office
from workbench.operations.rollup_place import chosen_server, open_chosen
from workbench.ui.context import Context

__all__ = ["postgres_server"]


def test_a_server_is_chosen_shown_and_left_again(qtbot, context: Context, postgres_server):
    expect(context.workspace, "ken")
    page = a_page(qtbot, context)
    page.opened("store")
    rest(qtbot, page)
    assert page.store.here.isChecked()
    assert not page.store.fields["address"].isVisible()
    page.store.there.setChecked(True)
    page.store.submit()
    assert "Give the address" in page.store.fields["address"].problem
    page.store.address.setText("postgresql://someone@127.0.0.1:9/away")
    page.store.submit()
    rest(qtbot, page)
    assert page.store.trouble.text
    assert page._inner.currentWidget() is page.store
    page.store.address.setText(bare(an_address(postgres_server)))
    page.store.password.setText(postgres.PASSWORD)
    page.store.submit()
    rest(qtbot, page)
    assert page.store.password.text() == ""
    assert page._panel.accessibleName() == "Roll up what offices send"
    with open_chosen(context.workspace) as place:
        expect_office(context.workspace, place=place, code="uga", name="Uganda")
    page.mark_stale()
    rest(qtbot, page)
    assert page.offices.index(0, 0).data() == "Uganda"
    page.opened("store")
    rest(qtbot, page)
    assert page.store.there.isChecked()
    assert page.store.address.text() == chosen_server(context.workspace)
    page.store.here.setChecked(True)
    page.store.submit()
    rest(qtbot, page)
    assert page.offices.index(0, 0).data() == "KEN"


def test_a_server_that_went_away_is_told_with_the_way_to_another_place(qtbot, context: Context):
    context.workspace.notes.set_preference("rollup_store", '"postgresql://someone@127.0.0.1:9/away"')
    page = a_page(qtbot, context)
    assert page._panel.isVisible()
    (way,) = (each for each in page._panel.findChildren(QPushButton) if each.text() == "Where the tables lie…")
    way.click()
    rest(qtbot, page)
    assert page._inner.currentWidget() is page.store
    page.store.here.setChecked(True)
    page.store.submit()
    rest(qtbot, page)
    assert page._panel.accessibleName() == "Roll up what offices send"
