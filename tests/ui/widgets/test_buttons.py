"""Buttons have a name for those who cannot see them, and call without Qt's extra argument."""

import pytest

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button


@pytest.mark.parametrize("kind", ["", "primary", "plain", "link", "danger", "status"])
def test_push_button_calls_once(qtbot, theme: Theme, kind: str):
    done = []
    button = push_button("Import", theme=theme, kind=kind, icon="tray", clicked=lambda: done.append(kind))
    qtbot.addWidget(button)
    button.click()
    assert done == [kind]
    assert button.accessibleName() == "Import"
    assert button.property("kind") == kind


def test_icon_button_has_a_name(qtbot, theme: Theme):
    done = []
    button = icon_button("Close", icon="x", theme=theme, clicked=lambda: done.append(True))
    qtbot.addWidget(button)
    button.click()
    assert done == [True]
    assert button.accessibleName() == button.toolTip() == "Close"
