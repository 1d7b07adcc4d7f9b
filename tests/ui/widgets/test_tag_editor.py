"""TagEditor: tags are added and taken off with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.tag_editor import TagEditor, _Tag


@pytest.fixture
def editor(theme: Theme, ground: QWidget) -> TagEditor:
    made = TagEditor(theme)
    made.setParent(ground)
    made.resize(240, 200)
    made.show()
    made.show_tags(("mentor", "water"), known=("mentor", "water", "Field work"))
    return made


def test_enter_and_comma_add_a_tag(qtbot, editor: TagEditor):
    with qtbot.waitSignal(editor.edited) as edited:
        qtbot.keyClicks(editor._line, "speaks  French")
        qtbot.keyClick(editor._line, Qt.Key.Key_Return)
    assert edited.args == [("mentor", "speaks French", "water")]
    qtbot.keyClicks(editor._line, "new,")
    assert editor.tags == ("mentor", "new", "speaks French", "water")
    assert editor._line.text() == ""


def test_known_tag_keeps_its_letters_and_none_is_given_twice(qtbot, editor: TagEditor):
    qtbot.keyClicks(editor._line, "FIELD WORK,")
    assert editor.tags == ("Field work", "mentor", "water")
    with qtbot.assertNotEmitted(editor.edited):
        qtbot.keyClicks(editor._line, "Mentor,")
        qtbot.keyClicks(editor._line, "  ,")


def test_backspace_in_the_empty_line_takes_the_last_one_off(qtbot, editor: TagEditor):
    qtbot.keyClick(editor._line, Qt.Key.Key_Backspace)
    assert editor.tags == ("mentor",)


def test_pressing_a_tag_takes_it_off(qtbot, editor: TagEditor):
    buttons = {button.tag: button for button in editor.findChildren(_Tag) if button.isVisible()}
    assert buttons["mentor"].accessibleName() == "Remove tag mentor"
    with qtbot.waitSignal(editor.edited) as edited:
        qtbot.keyClick(buttons["mentor"], Qt.Key.Key_Space)
    assert edited.args == [("water",)]


def test_tags_wrap_into_rows_that_fit(editor: TagEditor):
    editor.show_tags(tuple(f"a rather long tag {number}" for number in range(6)), known=())
    flow = editor._flow
    buttons = [button for button in editor.findChildren(_Tag) if button.isVisible()]
    assert all(button.geometry().right() <= flow.width() for button in buttons)
    assert flow.height() > buttons[0].height() * 3


def test_showing_tags_is_no_edit(qtbot, editor: TagEditor):
    with qtbot.assertNotEmitted(editor.edited):
        editor.show_tags(("other",), known=())
    assert editor.tags == ("other",)
