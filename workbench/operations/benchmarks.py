"""Benchmarks: numbers from elsewhere typed in beside a measure; the window calls this."""

from datetime import date
from math import isfinite

from workbench.errors import BadInputError
from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit
from workbench.models.changes import Changes
from workbench.models.kinds import CommunityType
from workbench.workspace import Workspace


def set_benchmark(
    workspace: Workspace,
    *,
    measure: str,
    kind: CommunityType | None,
    value: float | None,
    source: str = "",
    day: date | None = None,
) -> Changes:
    """Keeps a benchmark for communities of a type, in the unit of the measure; without a value it goes.

    Refuses an unknown measure, a number it cannot have, and one without source and day (BadInputError).
    """
    from workbench.notes.community_cards import CommunityCardStore  # noqa: PLC0415 - only where somebody writes

    metric = find_metric(measure)
    if value is not None and (not isfinite(value) or value < 0):
        raise BadInputError(reason="A benchmark is a number of zero or more.")
    if value is not None and metric.unit is Unit.SHARE and value > 1:
        raise BadInputError(reason="A share is at most 100 %.")
    return CommunityCardStore(workspace.database).set_benchmark(measure, kind, value=value, source=source, day=day)
