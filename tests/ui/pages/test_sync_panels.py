"""Panels are made when they are opened, and say so when one is done with them."""

import pytest

from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.sync_panels import KEYS, SyncPanels


@pytest.fixture
def panels(context: Context) -> SyncPanels:
    return SyncPanels(context, context)


def test_nothing_is_made_before_it_is_wanted(panels: SyncPanels):
    assert not KEYS & vars(panels).keys()
    assert not any(panels.is_shown(key, None) for key in KEYS)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_is_made_once_and_takes_the_keyboard(qtbot, context: Context, panels: SyncPanels, key: str):
    area = panels.area(key)
    qtbot.addWidget(area)
    assert panels.area(key) is area
    assert panels.is_shown(key, area)
    panels.take_focus(area)
    settle(qtbot, context.jobs)


def test_leaving_one_is_told_on(qtbot, panels: SyncPanels):
    areas = [panels.area(key) for key in sorted(KEYS)]
    for area in areas:
        qtbot.addWidget(area)
    for panel in (panels.importing, panels.tables, panels.archive, panels.journey):
        with qtbot.waitSignal(panels.left):
            panel.left.emit()
    with qtbot.waitSignal(panels.wanted) as wanted:
        panels.journey.archive_wanted.emit()
    assert wanted.args == ["archive"]
    with qtbot.waitSignal(panels.wanted) as wanted:
        panels.tables.held_back_wanted.emit()
    assert wanted.args == ["held-back"]
    with qtbot.waitSignal(panels.imported) as imported:
        panels.importing.dashboard_wanted.emit(3)
    assert imported.args == [3]
