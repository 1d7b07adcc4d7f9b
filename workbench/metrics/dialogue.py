"""How people talk: curiosity."""

from datetime import datetime

from workbench.metrics.participation import sums_of
from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame


def curiosity(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Messages that hold a question, out of all messages of the window."""
    rows = sums_of(frame, window)
    return share(sum(row.questions for row in rows), sum(row.messages for row in rows))
