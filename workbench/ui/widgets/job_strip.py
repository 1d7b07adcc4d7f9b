"""JobStrip: running work that takes longer than a second, with progress, time left and a way to stop it."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from workbench.ui.jobs import Job, JobRunner, JobState
from workbench.ui.progress_words import STOPPING, job_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

SHOWN_AFTER_SECONDS: Final = 1.0
_TICK_MILLISECONDS: Final = 250


class _Row(QWidget):
    """One job."""

    def __init__(self, job: Job, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        self._title = job.title
        self._words = PlainLabel(job.title, role="captionstrong")
        self._count = PlainLabel("", role="small", elides=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(200))
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.title)
        row.addWidget(IconLabel("arrows-clockwise", theme, token="accent"))
        row.addWidget(self._words)
        row.addWidget(self._bar)
        row.addWidget(self._count)
        row.addStretch(1)
        self._stop = icon_button(f"Stop: {job.title}", icon="x", theme=theme, clicked=lambda: self._on_stop(job))
        row.addWidget(self._stop)

    def follow(self, job: Job, *, seconds: float, now: datetime) -> None:
        progress = job.progress
        if progress is not None and progress.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))
        elif self._bar.maximum():
            self._bar.setRange(0, 0)
        note = f" · {progress.note}" if progress is not None and progress.note else ""
        whose = "" if progress is None or self._title.endswith(progress.account) else f" {progress.account}"
        self._words.setText(f"{self._title}{whose}")
        self._count.setText("" if progress is None else f"{job_words(job, seconds=seconds, now=now)}{note}")

    def _on_stop(self, job: Job) -> None:
        job.cancel.cancel()
        self._stop.setEnabled(False)
        self._count.setText(STOPPING)


class JobStrip(QWidget):
    """Rows of jobs that have a title and have run for more than one second; hidden while there are none.

    A job whose progress a page shows already has no row while that can be seen: one piece of work has one bar.
    """

    def __init__(self, jobs: JobRunner, theme: Theme) -> None:
        super().__init__()
        self._jobs, self._theme = jobs, theme
        self._rows: dict[Job, _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.follow)
        jobs.job_started.connect(self._on_started)
        jobs.job_ended.connect(self._on_ended)
        self.setAccessibleName("Running work")
        self.hide()

    @Slot()
    def follow(self) -> None:
        """Shows what has become old enough and brings the rows up to date."""
        seconds = self._jobs.seconds()
        titled = [job for job in self._jobs.running() if job.title]
        for job in titled:
            is_old = job.state is JobState.RUNNING and seconds - job.started_at >= SHOWN_AFTER_SECONDS
            if job not in self._rows and is_old:
                self._rows[job] = _Row(job, self._theme)
                self._column.addWidget(self._rows[job])
            if job in self._rows:
                self._rows[job].follow(job, seconds=seconds, now=self._jobs.now())
                self._rows[job].setVisible(not any(map(_is_seen, job.watchers)))
        self._show()
        if not titled and not self._rows:
            self._timer.stop()

    @Slot(Job)
    def _on_started(self, job: Job) -> None:
        if job.title:
            self._timer.start()

    @Slot(Job)
    def _on_ended(self, job: Job) -> None:
        row = self._rows.pop(job, None)
        if row is not None:
            self._column.removeWidget(row)
            row.deleteLater()
        self._show()

    def _show(self) -> None:
        self.setVisible(any(not row.isHidden() for row in self._rows.values()))


def _is_seen(watcher: QWidget) -> bool:
    """Whether a page shows the same in a place that is on screen now."""
    return isValid(watcher) and watcher.isVisible() and not watcher.visibleRegion().isEmpty()
