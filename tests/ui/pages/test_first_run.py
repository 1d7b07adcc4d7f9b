"""The first run: three screens at most, no account, no network; what stands below cannot be reached meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.first_run_start import Start, a_start, the_screen, type_passphrase, words
from workbench.ui.pages.first_run import FirstRun
from workbench.ui.pages.first_run_bring import BringScreen
from workbench.ui.pages.first_run_code import CodeScreen
from workbench.ui.pages.first_run_key import KeyScreen
from workbench.vault import KeyFile, KeyKind, read_card
from workbench.workspace import has_profile


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


def test_without_a_vault_a_passphrase_is_asked_for_and_its_code_shown_once(qtbot, start, profile: Path):
    session = start()
    key = the_screen(session, KeyScreen)
    qtbot.waitUntil(lambda: "offers no vault" in key._passphrase.accessibleDescription())
    assert not has_profile(profile)
    type_passphrase(key, "four words of mine", "four words of mine")
    key._go.click()
    qtbot.waitUntil(lambda: the_screen(session, CodeScreen) is not None, timeout=20_000)
    code = the_screen(session, CodeScreen)
    assert not code._go.isEnabled()
    code._copy.click()
    assert len(QGuiApplication.clipboard().text()) == 39
    code._tick.click()
    code._go.click()
    assert the_screen(session, BringScreen) is not None
    assert read_card(profile).key_kind is KeyKind.PASSPHRASE


def test_a_key_file_goes_straight_to_bringing_something_in(qtbot, start, profile: Path, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    assert the_screen(session, CodeScreen) is None
    assert has_profile(profile)


def test_the_window_keys_do_nothing_under_it(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    bring = the_screen(session, BringScreen)
    qtbot.keyClick(bring._first, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert session.window.here() == "today"
    assert "Bring something in" in words(session)


def test_it_covers_the_window_at_every_size(qtbot, start):
    session = start()
    cover = the_screen(session, FirstRun)
    session.window.resize(1024, 640)
    qtbot.waitUntil(lambda: cover.size() == session.window.size())
    assert the_screen(session, KeyScreen).width() <= 1024 - 64
    assert not session.window.grab().isNull()
