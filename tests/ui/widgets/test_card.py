"""A card has a name, and room for tools beside its heading."""

from PySide6.QtWidgets import QLabel, QPushButton

from workbench.ui.widgets.card import Card


def test_heading_and_subtitle(qtbot):
    card = Card("Messages", "per week")
    qtbot.addWidget(card)
    card.tools.addWidget(QPushButton("Copy"))
    card.set_subtitle("per month")
    assert [label.text() for label in card.findChildren(QLabel)] == ["Messages", "per month"]
    assert card.accessibleName() == "Messages"
    assert card.property("card") == "true"
