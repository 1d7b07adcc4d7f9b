"""A combo box that leaves the wheel to what holds it, and says when the keyboard comes."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.choice_box import ChoiceBox


def turned(box: ChoiceBox) -> QWheelEvent:
    """The event of a wheel turned down over the box."""
    where = QPointF(box.rect().center())
    event = QWheelEvent(
        where, box.mapToGlobal(where), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.wheelEvent(event)
    return event


def test_wheel_changes_the_choice_only_with_the_keyboard_there(qtbot, theme: Theme, ground: QWidget):
    box = ChoiceBox(theme, name="Meaning")
    box.addItems(["one", "two"])
    column = QVBoxLayout(ground)
    column.addWidget(box)
    other = QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column.addWidget(other)
    other.setFocus()
    assert not turned(box).isAccepted()
    assert box.currentIndex() == 0
    with qtbot.waitSignal(box.focused):
        box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turned(box)
    assert box.currentIndex() == 1
    assert box.accessibleName() == "Meaning"
    assert not box.grab().isNull()
