"""Explainer: one text for mouse and keyboard, and one way to more."""

from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.explainer import Explainer


def test_a_card_says_what_its_number_is_and_leads_on(qtbot, theme: Theme):
    card, asked = Card("Heat", " "), []
    qtbot.addWidget(card)
    explainer = Explainer(theme, card, opened=lambda: asked.append("more"))
    explainer.say("Formula: messages.")
    assert card.toolTip() == explainer.button.toolTip() == explainer.button.accessibleDescription()
    assert card.toolTip() == "Formula: messages."
    assert explainer.button.accessibleName() == "Explain: Heat"
    explainer.button.click()
    card.asked.emit()
    assert asked == ["more", "more"]
