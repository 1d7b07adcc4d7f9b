"""Watch: an output is a ground of measures, a private note is none."""

from workbench.models.marks import Ground, ground_of
from workbench.models.watch import Idea, Output, ThreadWatch


def test_only_outputs_move_what_measures_rest_on():
    tables = (Output, Idea, ThreadWatch)
    assert [ground_of(str(table.__tablename__)) for table in tables] == [Ground.OWN, None, None]
