"""Hashtags that say "I joined": kept as typed, refused with words where one is none."""

import pytest

from tests.ui.pages.settings_page import made_page
from workbench.queries.newcomers import joined_tags
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_what_means_joined_is_chosen_and_what_is_no_hashtag_is_said(qtbot, context: Context, page: SettingsPage):
    card, told = page._newcomers, []
    context.told.connect(lambda words, _action: told.append(words))

    def kept() -> tuple[str, ...]:
        with context.workspace.database.read() as reader:
            return joined_tags(reader)

    assert card._tags.text() == "#joined"
    card._tags.setText("#joined, #hola")
    card._tags.editingFinished.emit()
    qtbot.waitUntil(lambda: kept() == ("joined", "hola"))
    qtbot.waitUntil(lambda: card._tags.text() == "#joined #hola")
    card._tags.setText("#12")
    card._tags.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert "is no hashtag" in told[-1]
    assert card._tags.text() == "#joined #hola"
