"""An opened file: who, what, card by card, both values, warnings; and when it may be merged."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.operations.laptops import card_called
from tests.ui.pages.exchange_parts import NEWCOMERS, a_stranger, both_change
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.pages.plan_arrival import ArrivalView
from workbench.ui.widgets.fingerprint import Fingerprint
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.value_change import ValueChange


@pytest.fixture
def view(qtbot, hers: Context) -> ArrivalView:
    made = ArrivalView(hers)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def words(view: QWidget) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def changes(view: QWidget) -> list[str]:
    return [each.accessibleName() for each in view.findChildren(ValueChange) if each.isVisible()]


def test_changes_stand_card_by_card_with_before_after_author_and_time(view: ArrivalView, pair):
    amina, bo = pair
    view.show_arrival(amina.read(both_change(amina, bo).path))
    assert "Bo Example sent Safe water" in words(view)
    assert "Signed by a partner you trust" in [each.accessibleName() for each in view.findChildren(QWidget)]
    assert "Notes: from nothing to By telephone; Bo Example, just now" in changes(view)
    assert "New card: Call the ministry; Bo Example, just now" in changes(view)
    assert any(
        each.startswith("Owner: Bo Example (Bo Example, ") and "Amina Example (Amina Example, " in each
        for each in changes(view)
    )
    assert view.go.isEnabled()


def test_a_gap_and_an_old_file_are_named(view: ArrivalView, pair):
    amina, bo = pair
    card = card_called(bo.view, NEWCOMERS)
    sent = []
    for number in range(3):
        bo.editor.set_card(card, notes=str(number))
        sent.append(bo.send(amina).path)
    view.show_arrival(amina.read(sent[2]))
    assert any("2 files of Bo Example" in each.text for each in view.findChildren(Notice))
    amina.receive(sent[2])
    view.show_arrival(amina.read(sent[0]))
    assert any("A newer file" in each.text for each in view.findChildren(Notice) if each.isVisible())
    assert "nothing would change" in words(view)


def test_the_first_file_of_somebody_asks_for_trust_with_the_fingerprint(view: ArrivalView, pair, tmp_path):
    amina, _bo = pair
    arrival = amina.read(a_stranger(tmp_path, amina).path)
    view.show_arrival(arrival)
    assert [each.digits for each in view.findChildren(Fingerprint)] == [arrival.fingerprint]
    assert not view.go.isEnabled()
    view.take_focus()
    view.compared.setChecked(True)
    assert view.go.isEnabled()
    assert view.go.text() == "Add the plan"


def test_many_cards_come_in_portions(qtbot, view: ArrivalView, pair):
    amina, bo = pair
    bo.editor.add_cards([CardDraft(f"Card {number:03d}") for number in range(55)])
    view.show_arrival(amina.read(bo.send(amina).path))
    assert len(changes(view)) == 40
    more = next(each for each in view.findChildren(QWidget) if each.accessibleName() == "Show 15 more")
    more.click()
    assert len(changes(view)) == 55


def test_it_says_whether_to_trust_and_is_pressed_once(qtbot, view: ArrivalView, pair):
    amina, bo = pair
    view.show_arrival(amina.read(both_change(amina, bo).path))
    with qtbot.waitSignal(view.merge_wanted) as wanted:
        view.go.click()
    assert wanted.args == [False, ""]
    assert not view.go.isEnabled()
    view.show_busy(is_busy=False, words="It did not work.")
    assert view.go.isEnabled()
