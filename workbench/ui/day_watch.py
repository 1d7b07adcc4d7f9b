"""DayWatch: tells when another day began, also for a window that stayed open over night or slept."""

from datetime import UTC, date, datetime

from workbench.operations.today_marks import MORNING
from workbench.ui.context import Context


class DayWatch:
    """Has no timer of its own: whoever looks at the clock each minute calls `look`.

    Another day begins at midnight here, at midnight UTC (days of measures), and at six here, when what was put off
    comes back.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen = _days(context.workspace.clock.now())

    def look(self) -> None:
        """Emits `day_turned` of the context where another day began since the last look, or the clock was set back."""
        now = _days(self._context.workspace.clock.now())
        if now != self._seen:
            self._seen = now
            self._context.day_turned.emit()


def _days(now: datetime) -> tuple[date, bool, date]:
    here = now.astimezone()
    return here.date(), here.time() >= MORNING, now.astimezone(UTC).date()
