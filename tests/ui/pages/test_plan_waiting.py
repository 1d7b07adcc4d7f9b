"""A view nobody looks at takes changes in when it is turned to."""

from tests.ui.plan_samples import TODAY, a_row, an_item
from workbench.ids import CardId
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_waiting import WaitingView


class Counting(WaitingView):
    def __init__(self, cards: PlanCards) -> None:
        super().__init__(cards)
        self.shown: list[int] = []

    def show_cards(self) -> None:
        self.shown.append(len(self._cards.shown))


def test_changes_wait_until_somebody_looks_and_are_then_shown_once(qtbot):
    cards = PlanCards()
    view = Counting(cards)
    qtbot.addWidget(view)
    cards.show([an_item("a")], {CardId("a"): a_row("a")}, today=TODAY)
    cards.remove([CardId("a")])
    assert view.shown == []
    view.show()
    assert view.shown == [0]
    cards.show([an_item("a")], {CardId("a"): a_row("a")}, today=TODAY)
    assert view.shown == [0, 1]
    view.hide()
    view.show()
    assert view.shown == [0, 1]
