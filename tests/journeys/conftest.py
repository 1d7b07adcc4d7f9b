"""A window over a new profile on the system's clock, which the child processes of its syncs go by too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import a_workspace
from tests.journeys.coordinator import Coordinator
from tests.journeys.planner import Planner

# Found by name where a test asks for them.
from tests.ui.conftest import (  # noqa: F401 - as said above
    actions,
    context,
    filled,
    fresh_settings,
    jobs,
    qapp,
    qtbot,
    theme,
    water_id,
    window,
)
from workbench.clock import SystemClock
from workbench.ui.actions import ActionRegistry
from workbench.ui.change_bus import ChangeBus
from workbench.ui.conduct import Conduct
from workbench.ui.context import Context
from workbench.ui.jobs import JobRunner
from workbench.ui.main_window import MainWindow
from workbench.ui.theme import Theme
from workbench.ui.window_state import WindowState
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


Seat = Callable[[Workspace], Planner]


@pytest.fixture
def seat(qtbot, theme: Theme) -> Iterator[Seat]:  # noqa: F811 - the fixtures named above
    """Seats somebody at a window of their own over a profile, on the page of plans; there may be several beside."""
    jobs_of_all: list[JobRunner] = []

    def seated(workspace: Workspace) -> Planner:
        actions, jobs = ActionRegistry(theme), JobRunner(SystemClock())  # noqa: F811 - this window's own
        jobs_of_all.append(jobs)
        context = Context(workspace, jobs=jobs, bus=ChangeBus(), actions=actions, theme=theme)  # noqa: F811 - as above
        window = MainWindow(theme=theme, actions=actions, state=WindowState())  # noqa: F811 - as above
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        window.start(context)
        window.conduct = Conduct(window, context)
        context.sources.start()
        window.open_page("plans")
        made = Planner(qtbot, window, context)
        made.take_the_keyboard()
        made.settle()
        return made

    yield seated
    for jobs in jobs_of_all:  # noqa: F402 - as above
        assert jobs.close()
