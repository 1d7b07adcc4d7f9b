"""Labels show text as it is and give way with an ellipsis."""

from PySide6.QtCore import Qt

from workbench.ui.widgets.plain_label import PlainLabel, set_role


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


def test_role_can_change(qtbot):
    label = PlainLabel("x", role="small")
    qtbot.addWidget(label)
    set_role(label, "title")
    assert label.property("role") == "title"
