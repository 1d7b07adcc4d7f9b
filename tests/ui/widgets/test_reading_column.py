"""A reading column is no wider than one likes to read, and what is added can take the keyboard at once."""

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from workbench.ui.theme import Theme
from workbench.ui.widgets.reading_column import READING_WIDTH, ReadingColumn


def test_width_is_kept_and_what_is_added_is_shown_at_once(ground, theme: Theme):
    ground.resize(1200, 600)
    column = ReadingColumn(theme)
    QVBoxLayout(ground).addWidget(column)
    column.show()
    button, hidden = QPushButton("Do it"), QLabel("Later")
    hidden.hide()
    column.add(button)
    column.add(hidden)
    assert button.isVisible()
    assert not hidden.isVisible()
    assert column._panel.maximumWidth() == theme.px(READING_WIDTH)
    theme.set_text_scale(1.5)
    assert column._panel.maximumWidth() == theme.px(READING_WIDTH)
    column.clear()
    assert column.column.count() == 0
    assert not button.isVisible()
