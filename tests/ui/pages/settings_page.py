"""A settings page over a filled profile, with the window's own actions bound."""

from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.theme import ThemeMode


def made_page(qtbot, context: Context) -> SettingsPage:
    """The page, shown and read."""
    theme = context.theme
    for mode in ThemeMode:
        context.actions.bind(f"theme.{mode.value}", lambda mode=mode: theme.set_mode(mode))
    context.actions.bind("text.larger", lambda: theme.set_text_scale(theme.text_scale + 0.1))
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1120, 640)
    made.show()
    settle(qtbot, context.jobs)
    return made
