"""A banner has a pale ground of its own, in the look of the day."""

from PySide6.QtCore import QSize

from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.banner import Banner


def test_the_ground_follows_the_look(qtbot, theme: Theme):
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.resize(QSize(80, 40))
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.set_mode(mode)
        assert banner.grab().toImage().pixelColor(40, 20) == theme.colour("watch_soft")
