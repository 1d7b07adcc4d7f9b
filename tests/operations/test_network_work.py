"""work_out: the same here and in a child, which is handed numbers only; it reports, and stops when asked."""

import random

import pytest

from tests.metrics.test_network_paths import a_graph
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.operations import network_work
from workbench.operations.network_work import work_out, work_out_beside

EDGES = a_graph(random.Random(4), 40, 80)


def test_a_child_answers_what_is_worked_out_here(tmp_path, monkeypatch):
    monkeypatch.setattr(network_work, "AT_ONCE_UP_TO", 10)
    before = {0: (1.5, 2.5), 3: (0.0, -4.0)}
    told: list[float] = []
    beside = work_out_beside(
        tmp_path, EDGES, before=before, report=lambda progress: told.append(progress.fraction or 0.0)
    )
    assert beside == work_out(EDGES, before=before)
    assert told == sorted(told)
    assert told[-1] > 0.6


def test_a_stop_reaches_the_child(tmp_path, monkeypatch):
    monkeypatch.setattr(network_work, "AT_ONCE_UP_TO", 10)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        work_out_beside(tmp_path, EDGES, cancel=cancel)


def test_a_small_network_needs_no_child(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.operations.worker.ask_child", None)
    assert len(work_out_beside(tmp_path, EDGES).places) == 40
