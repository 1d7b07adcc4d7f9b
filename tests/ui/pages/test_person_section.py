"""A part of the inspector: closed it says what is in it, open it shows it; links end in an ellipsis."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from workbench.ui.pages.person_section import LinkButton, PersonSection, TextRow, emptied
from workbench.ui.theme import Theme


def test_a_section_opens_with_the_keyboard(qtbot, theme: Theme, ground: QWidget):
    section = PersonSection(theme, "Thanks")
    section.setParent(ground)
    section.say("2 thanks")
    section.show()
    assert not section.body.isVisible()
    assert section.head.accessibleDescription() == "2 thanks"
    with qtbot.waitSignal(section.opened_changed):
        qtbot.keyClick(section.head, Qt.Key.Key_Space)
    assert section.body.isVisible()


def test_a_long_link_gives_way_and_says_the_whole_on_hover(theme: Theme, ground: QWidget):
    button = LinkButton(theme, "Which hand pump lasts longest at a school in the hills?")
    button.setParent(ground)
    button.resize(120, 30)
    button.show()
    assert "…" in button.text()
    assert "hills" in button.toolTip()
    assert button.sizeHint().width() > 200
    button.resize(button.sizeHint())
    assert "hills" in button.text()


def test_a_layout_is_emptied_with_what_is_nested(theme: Theme, ground: QWidget):
    column, inner = QVBoxLayout(ground), QVBoxLayout()
    column.addLayout(inner)
    inner.addWidget(TextRow("Words", second="More"))
    emptied(column)
    assert column.count() == 0
    assert not any(label.isVisible() for label in ground.findChildren(QLabel))
