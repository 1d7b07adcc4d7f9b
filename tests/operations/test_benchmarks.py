"""Benchmarks: what a measure cannot be is refused."""

from datetime import date

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.operations.benchmarks import set_benchmark
from workbench.queries.benchmarks import benchmarks


@pytest.mark.parametrize(
    ("measure", "value", "is_kept"),
    [
        ("curiosity", 0.2, True),
        ("curiosity", 20.0, False),
        ("first_reply_hours", 30.0, True),
        ("first_reply_hours", -1.0, False),
        ("messages", float("nan"), False),
        ("unheard_of", 1.0, False),
    ],
)
def test_a_benchmark_is_a_number_its_measure_can_have(tmp_path, measure, value, is_kept):
    workspace = a_workspace(tmp_path)
    kept = {"measure": measure, "kind": None, "value": value, "source": "A study", "day": date(2024, 1, 1)}
    if is_kept:
        set_benchmark(workspace, **kept)
    else:
        with pytest.raises(BadInputError):
            set_benchmark(workspace, **kept)
    with workspace.database.read() as reader:
        assert list(benchmarks(reader, None)) == ([measure] if is_kept else [])
    workspace.close()
