"""Measures beside: a child answers a window as it would have answered itself, and says what it rests on."""

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import a_circle_of_friends
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, CancelledError
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure_all
from workbench.metrics.window import last_days
from workbench.operations.measure_limits import choose_seldom
from workbench.operations.measures_beside import worked_out
from workbench.queries.kept import marks

KEYS = tuple(metric.key for metric in CATALOG)
WINDOWS = (last_days(90, NOW), last_days(90, NOW).previous)


def test_child_answers_a_window_alone_and_as_it_would_itself(tmp_path):
    with a_workspace(tmp_path) as workspace:
        asked = {"scope": (a_circle_of_friends(workspace),), "windows": WINDOWS, "as_of": NOW}
        database = workspace.database
        with database.read() as reader:
            here = measure_all(reader, KEYS, **asked)
            database.window = CancelToken()
            assert worked_out(database, reader, KEYS, at_least=0, **asked) == (here, marks(reader))
            # With no file to open a child can say nothing; who is here reads on.
            database.path.rename(tmp_path / "elsewhere")
            with pytest.raises(BadInputError):
                worked_out(database, reader, KEYS, at_least=0, **asked)
            assert worked_out(database, reader, KEYS, **asked).values == here
            database.window.cancel()
            with pytest.raises(CancelledError):
                worked_out(database, reader, KEYS, at_least=0, **asked)
            database.window = None
            assert worked_out(database, reader, KEYS, at_least=0, **asked).values == here


def test_a_setting_changed_while_the_child_starts_does_not_answer_for_the_one_before(tmp_path):
    with a_workspace(tmp_path) as workspace:
        asked = {"scope": (a_circle_of_friends(workspace),), "windows": WINDOWS, "as_of": NOW}
        database = workspace.database
        database.window = CancelToken()
        with database.read() as reader:
            here = measure_all(reader, ["occasional"], **asked)
            choose_seldom(workspace, fewest=1000)
            assert worked_out(database, reader, ["occasional"], at_least=0, **asked) == (here, marks(reader))
        with database.read() as reader:
            assert measure_all(reader, ["occasional"], **asked) != here
