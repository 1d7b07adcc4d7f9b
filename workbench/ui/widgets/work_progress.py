"""WorkProgress: a piece of work under way: bar, words, and a button that stops it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workbench.ui.jobs import JobRunner
from workbench.ui.progress_words import job_words
from workbench.ui.source_work import SourceWork, Work
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel

_TICK_MILLISECONDS = 500


class WorkProgress(QWidget):
    """Follows one Work until it ends; hidden while there is none."""

    def __init__(self, theme: Theme, sources: SourceWork) -> None:
        super().__init__()
        self._sources = sources
        self._work: Work | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._count = PlainLabel("", role="small", elides=True)
        self._note = PlainLabel("", role="caption", elides=True)
        self._stop = push_button("Stop", theme=theme, icon="x", clicked=self._on_stop)
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._count)
        words.addStretch(1)
        words.addWidget(self._note)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._bar)
        left.addLayout(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._stop)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tell)
        sources.changed.connect(self._tell)
        self.hide()

    def follow(self, work: Work | None) -> None:
        """Shows this work; None hides the bar."""
        if self._work is not None and self._work.job is not None:
            self._work.job.watchers.discard(self)
        self._work = work
        is_on = work is not None and work.is_running
        self.setVisible(is_on)
        if not is_on:
            self._timer.stop()
            return
        if work is not None and work.job is not None:
            work.job.watchers.add(self)
        self._timer.start()
        self._stop.setEnabled(True)
        self._bar.setRange(0, 0)
        self._tell()

    def take_focus(self) -> None:
        """Puts the keyboard on the stop button."""
        self._stop.setFocus()

    def _tell(self) -> None:
        work = self._work
        if work is None or not work.is_running:
            self.follow(None)
            return
        progress = work.progress
        self._bar.setAccessibleName(f"Progress: {work.subject}")
        if progress is not None and progress.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))
        elif self._bar.maximum():
            self._bar.setRange(0, 0)  # a stage of which nobody knows how much it is
        self._count.setText(progress_words(work, self._sources.jobs))
        self._note.setText(progress.note if progress is not None else "")
        if work.is_stopping:
            self._stop.setEnabled(False)

    def _on_stop(self) -> None:
        if self._work is not None:
            self._work.stop()
            self._tell()


def progress_words(work: Work, jobs: JobRunner) -> str:
    """How far it has come, in a line."""
    return "Starting…" if work.job is None else job_words(work.job, seconds=jobs.seconds(), now=jobs.now())


def fill_running(column: QVBoxLayout, progress: WorkProgress, *, theme: Theme, leave: Callable[[], object]) -> None:
    """What a page shows while it brings something in: how far it came, that nobody has to wait, and the way on."""
    column.addWidget(progress)
    said = "You can go on working. If you stop, what was read stays, and the same import goes on from there."
    column.addWidget(PlainLabel(said, role="second", wraps=True))
    row = QHBoxLayout()
    row.addWidget(push_button("Leave it running", theme=theme, icon="arrow-right", clicked=leave))
    row.addStretch(1)
    column.addLayout(row)
