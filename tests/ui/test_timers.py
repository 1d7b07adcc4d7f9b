"""A single shot comes once, after the last start."""

from PySide6.QtCore import QObject

from workbench.ui.timers import single_shot


def test_it_comes_once_however_often_it_was_started(qtbot, qapp):
    owner, came = QObject(), []
    timer = single_shot(owner, 5, lambda: came.append(True))
    assert not timer.isActive()
    timer.start()
    timer.start()
    qtbot.waitUntil(lambda: bool(came))
    assert not timer.isActive()
    assert came == [True]
