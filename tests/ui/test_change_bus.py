"""One signal tells what was written: acts at once, streams of small writes gathered."""

import threading

from workbench.models.changes import Changes
from workbench.ui.change_bus import ChangeBus


def test_an_act_is_announced_at_once(qapp):
    bus, heard = ChangeBus(), []
    bus.changed.connect(heard.append)
    bus.publish(Changes.PLANS)
    bus.publish(Changes.NOTHING)
    assert heard == [Changes.PLANS]


def test_small_writes_from_another_thread_arrive_as_one(qtbot, qapp):
    bus, heard = ChangeBus(), []
    bus.changed.connect(heard.append)

    def write() -> None:
        bus.post(Changes.EVENTS)
        bus.post(Changes.MEMBERS)
        bus.post(Changes.NOTHING)

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Changes.EVENTS | Changes.MEMBERS]
