"""The menu key and Shift+F10 ask for the menu; F10 alone, which is the menu bar's, does not."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.widgets.menu_key import is_menu_key

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "asks"),
    [
        (Qt.Key.Key_Menu, _NONE, True),
        (Qt.Key.Key_F10, _SHIFT, True),
        (Qt.Key.Key_F10, _NONE, False),
        (Qt.Key.Key_M, _SHIFT, False),
    ],
)
def test_which_keys_ask_for_the_menu(key, modifiers, asks):
    assert is_menu_key(key, modifiers) is asks
