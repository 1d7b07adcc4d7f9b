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
    card.set_subtitle("a good many words that have no room beside it")
    card.resize(card.minimumSizeHint().width() + 120, 80)
    card.show()
    title, beside = card.findChildren(QLabel)
    assert title.width() >= title.sizeHint().width()
    assert 0 < beside.width() < beside.sizeHint().width()
