"""Choice rows: chosen by a click anywhere on them, as tall as their words need."""

from PySide6.QtCore import QPoint, Qt

from workbench.ui.theme import Theme
from workbench.ui.widgets.choices import ChoiceRow


def test_a_click_anywhere_on_the_row_chooses_it(qtbot, theme: Theme):
    row = ChoiceRow(theme, "A passphrase", "Asked for each time.")
    qtbot.addWidget(row)
    row.resize(400, row.heightForWidth(400))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(390, 10))
    assert row.isChecked()
    assert not row.grab().isNull()


def test_longer_words_make_a_taller_row(qtbot, theme: Theme):
    row = ChoiceRow(theme, "A passphrase", "Short.")
    qtbot.addWidget(row)
    before = row.heightForWidth(300)
    row.set_words("Words that go on and on. " * 8)
    assert row.heightForWidth(300) > before
