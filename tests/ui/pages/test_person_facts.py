"""Details: the day somebody leaves is asked for only where they leave."""

from PySide6.QtWidgets import QWidget

from tests.ui.pages.person_parts import DAY, details
from workbench.queries.people_own import OwnFacts
from workbench.ui.pages.person_facts import FactsSection
from workbench.ui.theme import Theme


def test_leaving_asks_for_the_day_and_is_said_in_the_heading(qtbot, theme: Theme, ground: QWidget):
    section = FactsSection(theme)
    section.setParent(ground)
    section.show()
    section.open()
    section.show_details(details(), today=DAY)
    assert not section._leaves.isVisible()
    with qtbot.waitSignal(section.edited) as edited:
        section.is_leaving.click()
    assert edited.args == [OwnFacts(), OwnFacts(is_leaving=True)]
    section.show_details(details(own=OwnFacts(is_leaving=True, leaves_on=DAY)), today=DAY)
    assert section._leaves.isVisible()
    assert "leaves 3 Jun 2024" in section.head.accessibleDescription()
