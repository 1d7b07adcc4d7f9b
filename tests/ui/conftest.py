"""A window over a real profile, filled through the mirror; threads are closed and waited for after each test."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import NOW, a_workspace
from workbench.clock import SystemClock
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, CommunityType
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.ui.actions import ActionRegistry
from workbench.ui.application import make_application
from workbench.ui.change_bus import ChangeBus
from workbench.ui.conduct import Conduct
from workbench.ui.context import Context
from workbench.ui.jobs import JobRunner
from workbench.ui.main_window import MainWindow
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.window_state import WindowState
from workbench.workspace import Workspace

WATER = "Water in schools"
COLD = "Cold chain circle"
PATIENCE = 30_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen says so of sizes, raising and grabbing; it means nothing."""
    for item in items:
        if "/tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


class PatientBot(QtBot):
    """Gives up later than a busy machine answers; who waits for nothing says how long."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)  # noqa: N815 - as the library spells it
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)  # noqa: N815 - as the library spells it
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE)  # noqa: N815 - as the library spells it


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def fresh_settings(qapp: QApplication) -> None:
    """What one test chose in the window is not remembered in the next."""
    QSettings().clear()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(mode=ThemeMode.LIGHT)


@pytest.fixture
def ground(qtbot) -> QWidget:
    """A plain window for widgets that need one, held until the test is over (qtbot holds it weakly)."""
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def actions(theme: Theme) -> ActionRegistry:
    return ActionRegistry(theme)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner(SystemClock())
    yield runner
    assert runner.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty profile at noon on 15 June 2024."""
    found = a_workspace(tmp_path)
    yield found
    found.close()


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Two communities: one with ninety days of talk and a hole of ten days, one that never spoke."""
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    record = CommunityRecord("water", WATER, type=CommunityType.COMMUNITY_OF_PRACTICE)
    water = workspace.mirror.ensure_community(account, record)
    workspace.mirror.ensure_community(account, CommunityRecord("cold", COLD))
    today = NOW.date()
    covered = (
        DayRange(today - timedelta(days=400), today - timedelta(days=41)),
        DayRange(today - timedelta(days=30), today),
    )
    workspace.mirror.apply(water, "events", Batch(tuple(_talk()), covered=covered))
    return workspace


def _talk() -> Iterator[MessageRecord]:
    people = [PersonRecord(f"p{number}", f"Person {number} Example") for number in range(6)]
    for day in range(80):
        sent_at = NOW - timedelta(days=day, hours=1)
        if 31 <= day <= 40:
            continue
        is_question = day % 4 == 1
        subject, text = ("Which pump?", "Which pump works?") if is_question else ("Notes", "Notes of the call.")
        yield MessageRecord(f"root{day}", "", people[day % 6], sent_at, subject, text)
        if not is_question:
            yield MessageRecord(
                f"reply{day}", "", people[(day + 1) % 6], sent_at + timedelta(minutes=30), "Re: Notes", "Thanks.",
                references=(f"root{day}",),
            )  # fmt: skip


@pytest.fixture
def water_id(filled: Workspace) -> CommunityId:
    with filled.database.read() as reader:
        return CommunityId(reader.scalar("SELECT id FROM community WHERE name = ?", (WATER,)))


@pytest.fixture
def context(workspace: Workspace, jobs: JobRunner, actions: ActionRegistry, theme: Theme) -> Context:
    return Context(workspace, jobs=jobs, bus=ChangeBus(), actions=actions, theme=theme)


@pytest.fixture
def window(qtbot, context: Context, theme: Theme, actions: ActionRegistry) -> MainWindow:
    """The window, started, without a page yet; `window.conduct` holds what its actions do."""
    made = MainWindow(theme=theme, actions=actions, state=WindowState())
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    made.start(context)
    made.conduct = Conduct(made, context)
    qtbot.waitUntil(lambda: not context.jobs.running())
    return made
