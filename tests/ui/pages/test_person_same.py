"""Known as: suggestions are asked for when it opens, and say what joining brings; late answers are dropped."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.ui.pages.person_parts import details
from workbench.ids import PersonId
from workbench.operations.identities import Suggestion
from workbench.operations.people_names import Likeness
from workbench.queries.identities import Identity
from workbench.ui.pages.person_same import SameSection
from workbench.ui.theme import Theme

ME = Identity(PersonId(1), "Amina Example", "Lima", ("Tables: Amina Example",), 1, 4, (), has_note=False)
OTHER = Identity(PersonId(5), "A. Example", None, ("Files: A. Example",), 2, 3, ("pumps",), has_note=True)
FOUND = Suggestion(ME, OTHER, Likeness.INITIALS, "One gives initials")


def test_joining_shows_first_what_it_brings(qtbot, theme: Theme, ground: QWidget):
    section = SameSection(theme)
    section.setParent(ground)
    section.show()
    section.show_details(details(), PersonId(1))
    with qtbot.waitSignal(section.look_wanted):
        section.open()
    section.show_suggestions([FOUND], PersonId(2))
    assert not section.findChildren(QPushButton, "")[1:]
    section.show_suggestions([FOUND], PersonId(1))
    said = " ".join(label.text() for label in section.findChildren(QLabel))
    assert "3 messages · 2 communities · Files: A. Example · tags pumps · your note" in said
    buttons = {button.accessibleName(): button for button in section.findChildren(QPushButton)}
    section.search.setFocus()
    with qtbot.waitSignal(section.join_wanted) as joined:
        buttons["Join with A. Example"].click()
    assert section.window().focusWidget() is section.head
    with qtbot.waitSignal(section.part_wanted) as parted:
        buttons["Tell A. Example apart again"].click()
    assert (joined.args, parted.args) == ([5], [2])
