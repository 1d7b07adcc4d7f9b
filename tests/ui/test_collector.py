"""Garbage is looked for on the window's thread only, so that no job ever destroys a widget or a timer."""

import gc
import threading
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QTimer

from workbench.ui.collector import Collector


class Ring:
    """Holds itself, and a timer that runs."""

    def __init__(self) -> None:
        self.itself = self
        self.timer = QTimer()
        self.timer.start(60_000)


@pytest.fixture
def collector(qapp) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()
    assert gc.isenabled()


def allocate() -> None:
    kept = [[number] for number in range(50_000)]
    for one in kept:
        one.append(kept)


def test_a_job_that_allocates_much_takes_no_timer_apart(collector: Collector, qtlog):
    looked: list[threading.Thread] = []
    watch = lambda phase, _info: looked.append(threading.current_thread())  # noqa: E731 - for the length of this test
    gone = ref(Ring())
    gc.callbacks.append(watch)
    job = threading.Thread(target=allocate)
    job.start()
    job.join()
    assert gone() is not None
    collector.tend()
    gc.callbacks.remove(watch)
    assert gone() is None
    assert set(looked) == {threading.main_thread()}
    assert not [record for record in qtlog.records if "thread" in record.message]


def test_it_looks_only_when_there_is_something_to_look_at(collector: Collector):
    gc.collect()
    before = [each["collections"] for each in gc.get_stats()]
    collector.tend()
    assert [each["collections"] for each in gc.get_stats()] == before
