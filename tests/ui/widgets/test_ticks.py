"""Check boxes and radio buttons: clicks and keys work as on any other, and on and off look different in both themes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.ticks import RadioDot, TickBox


def picture(widget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("kind", [TickBox, RadioDot])
def test_on_off_and_disabled_look_different(ground, theme: Theme, kind, mode):
    theme.set_mode(mode)
    button = kind(theme, "Reply rate")
    button.setParent(ground)
    button.resize(button.sizeHint())
    button.show()
    off = picture(button)
    button.setChecked(True)
    on = picture(button)
    button.setEnabled(False)
    assert off != on
    assert picture(button) != on


@pytest.mark.parametrize("turned", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("kind", [TickBox, RadioDot])
def test_click_and_space_tick_in_both_directions(qtbot, ground, theme: Theme, kind, turned):
    button = kind(theme, "Reply rate")
    button.setParent(ground)
    button.setLayoutDirection(turned)
    button.resize(button.sizeHint())
    button.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    if kind is TickBox:
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert not button.isChecked()
    assert button.sizeHint().width() > button.minimumSizeHint().width()
