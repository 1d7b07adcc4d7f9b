"""Menu key: the key that opens the menu of what is marked, and its stand-in on keyboards that have none."""

from PySide6.QtCore import Qt


def is_menu_key(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a key asks for the menu: the menu key, or Shift+F10."""
    is_shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    return key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and is_shifted)
