"""The last screen: bringing something in ends on its dashboard; looking around first is fine too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.mail_files import an_archive
from tests.ui.pages.first_run_start import Start, a_start, the_screen
from workbench.ids import CommunityId
from workbench.models.kinds import RunState
from workbench.sync.engine import RunResult
from workbench.sync.mirror import Applied
from workbench.ui.pages.first_run import FirstRun
from workbench.ui.pages.first_run_bring import BringScreen
from workbench.ui.work import Work, WorkKind
from workbench.vault import KeyFile


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(qtbot, profile: Path) -> Iterator[Start]:
    """Starts without a profile; every window is closed after the test."""
    made = []

    def begin(key=None):
        made.append(a_start(profile, key))
        return made[-1]

    yield begin
    for session in made:
        session.window.close()


def test_a_mailing_list_ends_on_its_dashboard(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    bring = the_screen(session, BringScreen)
    bring._first.click()
    bring._importing.take([an_archive(tmp_path / "pumps")])
    bring._importing._go.click()
    qtbot.waitUntil(bring._importing._outcome.isVisible, timeout=20_000)
    bring._importing._outcome._open.click()
    assert session.window.here() == "dashboard"
    qtbot.waitUntil(lambda: the_screen(session, FirstRun) is None)
    assert session.window.rail.isEnabled()
    qtbot.waitUntil(lambda: not session._jobs.running(), timeout=20_000)


def test_the_sample_ends_on_the_dashboard_of_all_its_communities(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    bring = the_screen(session, BringScreen)
    bring._parts.turn_to(bring._sample)
    done = tuple(RunResult(RunState.DONE, Applied(), CommunityId(number)) for number in (1, 2))
    bring._on_ended(Work(WorkKind.SAMPLE, "", results=done))
    assert session.window.here() == "dashboard"
    assert session._context.scope == ()
    qtbot.waitUntil(lambda: not session._jobs.running(), timeout=20_000)


def test_an_account_is_added_on_the_sync_page(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    the_screen(session, BringScreen)._account.click()
    assert session.window.here() == "sync"
    qtbot.waitUntil(session.window.page().panels.journey.platforms.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: not session._jobs.running(), timeout=20_000)


def test_esc_goes_back_to_the_choices_and_looking_around_ends_it(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    bring = the_screen(session, BringScreen)
    assert not session.window.rail.isEnabled()
    bring._on_archive()
    qtbot.keyClick(bring._archive._address, Qt.Key.Key_Escape)
    assert bring._choices.isVisible()
    bring.finished.emit()
    qtbot.waitUntil(lambda: the_screen(session, FirstRun) is None)
    assert session.window.here() == "today"
