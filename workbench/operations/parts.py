"""Parts: progress of several pieces of work one after another, told as progress of the whole."""

from workbench.progress import Progress, Report


class Parts:
    """Hands out a report for each of `count` pieces; what is done adds up, and so does the fraction."""

    def __init__(self, report: Report, count: int) -> None:
        self._report, self._count = report, count
        self._number = -1
        self._before = self._done = 0

    def next(self) -> Report:
        """What the next piece reports to."""
        self._number += 1
        self._before, self._done = self._before + self._done, 0
        return self._tell

    def _tell(self, progress: Progress) -> None:
        self._done = progress.done
        fraction = None if progress.fraction is None else (self._number + progress.fraction) / self._count
        self._report(Progress(self._before + progress.done, progress.unit, fraction=fraction, note=progress.note))
