"""The style sheet is understood by Qt: a sheet that is not makes it warn, and a warning fails a test."""

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.ui.theme import Theme


def test_primary_button_and_heading_take_their_look_from_properties(qtbot, theme: Theme):
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    button, heading, plain = QPushButton("Go"), QLabel("Heading"), QLabel("Words")
    button.setProperty("kind", "primary")
    heading.setProperty("role", "headline")
    for widget in (button, heading, plain):
        column.addWidget(widget)
    theme.dress(root)
    root.show()
    assert heading.font().pixelSize() == 24
    assert plain.font().pixelSize() == 14
    assert (
        root.grab().toImage().pixelColor(button.geometry().left() + 6, button.geometry().center().y()).name()
        == "#175c97"
    )
