"""A window over a new profile on the system's clock, which the child processes of its syncs go by too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_workspace
from tests.journeys.coordinator import Coordinator

# Found by name where a test asks for them.
from tests.ui.conftest import actions, context, jobs, qapp, theme, window  # noqa: F401 - as said above
from workbench.clock import SystemClock
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.workspace import Workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen says so of sizes, raising and grabbing; it means nothing."""
    for item in items:
        if "/tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty profile."""
    found = a_workspace(tmp_path, clock=SystemClock())
    yield found
    found.close()


@pytest.fixture
def coordinator(qtbot, context: Context, window: MainWindow) -> Coordinator:  # noqa: F811 - the fixtures named above
    """Somebody at the keyboard of the started window."""
    context.sources.start()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("communities")
    made = Coordinator(qtbot, window, context)
    made.settle()
    return made
