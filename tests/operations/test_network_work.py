"""work_out: the same here and in a child, which is handed numbers only; it reports, and stops when asked."""

import random

import pytest

from tests.metrics.test_network_paths import a_graph
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.metrics.network_paths import betweenness, betweenness_of, worked_out_by
from workbench.operations import network_work
from workbench.operations.network_work import paths_beside, work_out, work_out_beside

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


def test_paths_alone_are_the_same_in_a_child_and_for_a_measure(tmp_path, monkeypatch):
    here = betweenness(EDGES)
    assert list(paths_beside(tmp_path, EDGES)) == here
    monkeypatch.setattr(network_work, "AT_ONCE_UP_TO", 10)
    with worked_out_by(lambda edges: paths_beside(tmp_path, edges)):
        assert list(betweenness_of(EDGES)) == here
    with worked_out_by(lambda edges: [0.5] * edges.nodes):
        assert set(betweenness_of(EDGES)) == {0.5}
    assert betweenness_of(EDGES) == here


def test_a_stop_reaches_the_child(tmp_path, monkeypatch):
    monkeypatch.setattr(network_work, "AT_ONCE_UP_TO", 10)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        work_out_beside(tmp_path, EDGES, cancel=cancel)


def test_a_small_network_needs_no_child(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.operations.worker.ask_child", None)
    assert len(work_out_beside(tmp_path, EDGES).places) == 40
