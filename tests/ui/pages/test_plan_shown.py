"""What a filter keeps out is counted, and one click brings it back."""

from tests.ui.plan_samples import TODAY, a_row
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_shown import ShownNote
from workbench.ui.qt_models.card_item import card_item
from workbench.ui.theme import Theme


def test_cards_kept_out_are_counted_and_come_back(qtbot, theme: Theme):
    rows = [a_row("a", owner="Amina Example"), a_row("b"), a_row("c", title="Maps")]
    cards = PlanCards()
    note = ShownNote(theme, cards)
    qtbot.addWidget(note)
    note.show()
    cards.show([card_item(row, today=TODAY) for row in rows], {row.id: row for row in rows}, today=TODAY)
    assert not note.isVisible()
    cards.set_filter(CardFilter(text="maps"))
    assert note.words.text() == "1 of 3 cards"
    assert note.isVisible()
    assert not note.everything.isVisible()
    cards.set_filter(CardFilter(text="card", owners=frozenset({"Amina Example"})))
    assert note.everything.isVisible()
    note.everything.click()
    assert cards.filter == CardFilter(text="card")
