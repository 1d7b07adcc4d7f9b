"""The recognition log: thanks are taken off one by one, and the thread of some opens."""

from PySide6.QtWidgets import QWidget

from tests.ui.pages.person_parts import DAY, details
from workbench.ids import EventId, PersonId
from workbench.ui.pages.person_section import LinkButton
from workbench.ui.pages.person_thanks import ThanksSection
from workbench.ui.theme import Theme


def test_thanks_point_at_a_thread_and_can_be_taken_off(qtbot, theme: Theme, ground: QWidget):
    section = ThanksSection(theme)
    section.setParent(ground)
    section.show()
    section.open()

    def show(person: int) -> None:
        threads = ((EventId(9), "Another"),)
        section.show_thanks(details().thanks, person_id=PersonId(person), today=DAY, me="", threads=threads)

    show(1)
    with qtbot.waitSignal(section.thread_wanted) as wanted:
        section.findChild(LinkButton).click()
    assert wanted.args == [7]
    section.reason.setText("For the map")
    section._add()
    assert section._by.problem
    section.by.setText("Chidi Example")
    section.where.setCurrentIndex(1)
    with qtbot.waitSignal(section.edited) as edited:
        section._add()
    assert (edited.args[1][0].given_by, edited.args[1][0].thread_id) == ("Chidi Example", 9)
    with qtbot.waitSignal(section.edited) as edited:
        section._drop(details().thanks[0])
    assert edited.args[1] == ()
    section.begin(EventId(11), "Which tank?")
    show(1)
    assert (section.by.text(), section.where.currentData()) == ("Chidi Example", 11)
    show(2)
    assert (section.by.text(), section.where.currentData()) == ("", None)
