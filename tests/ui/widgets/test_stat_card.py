"""A headline number with all that stands beside it; its formula is reached by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.stat_card import Stat, StatCard

STAT = Stat(
    "Active members", "212", "of 548, 38.7 %", "18 more", "than the 90 days before", "arrow-up", "On target",
    Meaning.GOOD, "People who wrote / members",
)  # fmt: skip


def test_everything_is_said_and_read_out(qtbot, theme: Theme):
    card = StatCard(theme)
    qtbot.addWidget(card)
    card.show_stat(STAT)
    card.show()
    assert [label.text() for label in card.findChildren(QLabel) if label.isVisible()].count("212") == 1
    assert card.accessibleName() == "Active members: 212 of 548, 38.7 %"
    assert card.accessibleDescription() == "On target. 18 more than the 90 days before. People who wrote / members"
    assert card.toolTip() == "People who wrote / members"
    assert card.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_without_target_and_change_nothing_pretends(qtbot, theme: Theme):
    card = StatCard(theme)
    qtbot.addWidget(card)
    card.show_stat(Stat("Messages", "No data", change_words="Not compared: no data now", change_icon="circle-dashed"))
    card.show()
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "Not compared: no data now" in shown
    assert not card._chip.isVisible()
    card.show_stat(Stat("Offices reached", "No data", change_words="of those who wrote", change_icon=""))
    assert card._words.isVisible()
    assert not card._icon.isVisible()


def test_focus_is_seen(qtbot, theme: Theme):
    card = StatCard(theme)
    qtbot.addWidget(card)
    card.show_stat(STAT)
    card.show()
    card.activateWindow()
    before = card.grab().toImage()
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    assert card.grab().toImage() != before
