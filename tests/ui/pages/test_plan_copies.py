"""Copies kept: what each would change back, and the wish to go back; a plan without one says so."""

import pytest

from tests.operations.laptops import Laptop
from tests.ui.pages.exchange_parts import both_change
from tests.ui.settled import settle
from workbench.operations.exchange import kept_copies
from workbench.ui.context import Context
from workbench.ui.pages.plan_copies import CopiesView
from workbench.ui.widgets.value_change import ValueChange


@pytest.fixture
def amina(pair) -> Laptop:
    hers, bo = pair
    hers.receive(both_change(hers, bo).path)
    return hers


@pytest.fixture
def view(qtbot, hers: Context, amina: Laptop) -> CopiesView:
    made = CopiesView(hers)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    assert amina.plan is not None
    made.show_copies(tuple(kept_copies(amina.workspace, amina.plan)))
    return made


def test_a_copy_says_when_and_why_and_what_would_change(qtbot, view: CopiesView, hers: Context):
    (card,) = view.cards
    assert card.accessibleName().startswith("Before the changes of Bo Example were taken in, 15 Jun 2024")
    view.take_focus()
    ((copy_id, look),) = view.looks.items()
    look.click()
    settle(qtbot, hers.jobs)
    said = [each.accessibleName() for each in card.findChildren(ValueChange)]
    assert "Archived: from no to yes" in said
    assert "Notes: from By telephone to nothing" in said
    view.look(copy_id)
    settle(qtbot, hers.jobs)
    assert len([each for each in card.findChildren(ValueChange) if each.isVisibleTo(card)]) == len(said)


def test_going_back_is_asked_of_the_editor(qtbot, view: CopiesView, amina: Laptop):
    (copy_id,) = view.looks
    with qtbot.waitSignal(view.restore_wanted) as wanted:
        view.restore(copy_id)
    wanted.args[0](amina.editor)
    assert [each.title for each in amina.view.cards if each.is_archived] == ["Call the ministry"]


def test_a_copy_that_is_gone_is_told(qtbot, view: CopiesView, hers: Context):
    view.look("nothing")
    settle(qtbot, hers.jobs)
    assert "no such copy" in view.trouble.text.lower()


def test_without_a_copy_the_page_says_what_it_is_for(view: CopiesView):
    view.show_copies(())
    assert view._empty.isVisible()
    assert not view._area.isVisible()
