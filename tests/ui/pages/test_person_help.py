"""Help and ties: a thread in which somebody helped can be opened; without any there is no word of it."""

from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.pages.person_parts import details
from workbench.ui.pages.person_help import HelpSection
from workbench.ui.pages.person_section import LinkButton
from workbench.ui.theme import Theme


def test_threads_open_and_nothing_is_said_where_nothing_is_known(qtbot, theme: Theme, ground: QWidget):
    section = HelpSection(theme)
    section.setParent(ground)
    section.show()
    section.open()
    section.show_details(details())
    with qtbot.waitSignal(section.thread_wanted) as wanted:
        section.findChildren(LinkButton)[0].click()
    assert wanted.args == [7]
    said = [label.text() for label in section.findChildren(QLabel)]
    assert said[said.index("By level") + 1] == "\u2068P4\u2069 2, 1 not known"
    section.show_details(details(helped=(), liked=0, promises=(), topics=(), partners=0, offices=(), roles=()))
    shown = [section._rows.itemAt(place).widget() for place in range(section._rows.count())]
    said = [label.text() for label in shown if isinstance(label, QLabel)]
    assert said == ["The last 90 days", "Begins and answers alike"]
    assert section.head.accessibleDescription() == ""
