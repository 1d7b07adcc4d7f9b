"""A chip carries its meaning by word and shape as well as by colour."""

from PySide6.QtCore import Qt

from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.chip import Chip


def test_chip_is_as_wide_as_its_word_and_icon(qtbot, theme: Theme):
    chip = Chip(theme, "On target", meaning=Meaning.GOOD)
    qtbot.addWidget(chip)
    with_icon = chip.sizeHint().width()
    chip.show_text("On target", meaning=Meaning.GOOD, icon="")
    assert chip.sizeHint().width() < with_icon
    assert chip.sizeHint().height() == 20


def test_meanings_differ_in_shape(qtbot, theme: Theme):
    chip = Chip(theme, "Word", meaning=Meaning.GOOD)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    good = chip.grab().toImage()
    chip.show_text("Word", meaning=Meaning.UNKNOWN)
    assert chip.meaning is Meaning.UNKNOWN
    assert chip.text == chip.accessibleName() == "Word"
    assert chip.grab().toImage() != good


def test_icon_stands_at_the_other_end_from_right_to_left(qtbot, theme: Theme):
    chip = Chip(theme, "Word", meaning=Meaning.BAD)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    before = chip.grab().toImage()
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert chip.grab().toImage() != before
