"""Labels show text as it is and give way with an ellipsis."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.widgets.plain_label import PlainLabel


def test_markup_is_shown_and_never_read(qtbot):
    label = PlainLabel("<b>Amina</b> &amp; <img src='file:///x'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith("<b>")


def test_long_text_ends_in_an_ellipsis_and_is_whole_on_hover(qtbot):
    label = PlainLabel("A rather long name of a community", elides=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == label.text()
    short = label.grab().toImage()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert label.grab().toImage() != short
    assert label.minimumSizeHint().width() == 24


def test_what_has_no_room_is_said_in_fewer_words_where_there_are_some(qtbot):
    label = PlainLabel("than the 90 days before", elides=True)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    cut = label.grab().toImage()
    label.set_short("than before")
    assert label.grab().toImage() != cut
    assert label.toolTip() == label.text()


@pytest.mark.parametrize("elides", [False, True])
def test_words_of_the_other_direction_begin_where_the_layout_does(qtbot, elides: bool):
    label = PlainLabel("Pumps", wraps=not elides, elides=elides)
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(label)
    label.resize(300, 24)
    label.show()
    drawn = label.grab().toImage()
    ground = drawn.pixel(0, 0)
    inked = [x for x in range(300) if any(drawn.pixel(x, y) != ground for y in range(24))]
    assert inked[0] > 200
