"""Waiting for work of the window: until every job has not only ended but also been answered on the main thread."""

from workbench.ui.jobs import JobRunner


def settle(qtbot, jobs: JobRunner) -> None:
    """Returns once nothing is under way and every answer has arrived."""
    qtbot.waitUntil(lambda: not jobs._newest, timeout=20_000)
