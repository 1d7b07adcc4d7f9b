"""The first run: three screens at most, no account, no network; what stands below cannot be reached meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.ui.mail_files import an_archive
from workbench.ui import app
from workbench.ui.pages.first_run import FirstRun, Newcomer
from workbench.ui.pages.first_run_bring import BringScreen
from workbench.ui.pages.first_run_code import CodeScreen, code_lines, printed
from workbench.ui.pages.first_run_key import KeyScreen, has_vault
from workbench.vault import KeyFile, KeyKind, Passphrase, Vault, read_card
from workbench.vault.passphrase import Cost
from workbench.workspace import Workspace, has_profile


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(qtbot, profile: Path):
    """A whole session without a profile; closed after the test."""
    made = []

    def begin(key=None, create=None) -> app.Session:
        def usual(source):
            if isinstance(source, Passphrase):
                source = Passphrase(source.ask, source.show_recovery, cost=Cost(memory_kib=64, passes=1))
            return Workspace.create(profile, key=source)

        session = app.Session(
            lambda: None, profile=profile, unlock=None, page=None, screenshot=None, newcomer=Newcomer(create or usual, key)
        )  # fmt: skip
        made.append(session)
        session.window.show()
        return session

    yield begin
    for session in made:
        session.window.close()


def the_screen(session: app.Session, kind: type):
    return next(iter(session.window.findChildren(kind)), None)


def words(session: app.Session) -> str:
    return " ".join(label.text() for label in session.window.findChildren(QLabel) if label.isVisible())


def type_passphrase(screen: KeyScreen, first: str, second: str) -> None:
    screen._first.setText(first)
    screen._second.setText(second)


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
    assert session.window.here() == "communities"


def test_a_folder_that_cannot_be_used_is_explained_and_can_be_tried_again(qtbot, start, profile: Path):
    profile.write_text("in the way", "utf-8")
    session = start()
    key = the_screen(session, KeyScreen)
    qtbot.waitUntil(lambda: "offers no vault" in key._passphrase.accessibleDescription())
    type_passphrase(key, "four words of mine", "four words of mine")
    key._go.click()
    qtbot.waitUntil(key._problem_row.isVisible, timeout=20_000)
    assert key._go.isEnabled()
    assert key._first.text() == "four words of mine"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "At least 8"),
        ("four words of mine", "", "again"),
        ("four words of mine", "other", "not the same"),
    ],
)
def test_a_passphrase_has_to_be_long_and_typed_twice(qtbot, start, first: str, second: str, said: str):
    key = the_screen(start(), KeyScreen)
    type_passphrase(key, first, second)
    assert said in key._rule.text()
    assert not key._go.isEnabled()


def test_a_vault_is_chosen_unless_a_passphrase_was_begun(qtbot, start):
    session = start()
    key = the_screen(session, KeyScreen)
    qtbot.waitUntil(lambda: "offers no vault" in key._passphrase.accessibleDescription())
    key._on_vault(True)
    assert key._go.isEnabled()
    assert key._fields.isHidden()
    chosen = []
    key.chosen.disconnect()
    key.chosen.connect(chosen.append)
    key._go.click()
    assert isinstance(chosen[0], Vault)


def test_this_test_run_has_no_vault():
    assert not has_vault()


def test_the_window_keys_do_nothing_under_it(qtbot, start, tmp_path: Path):
    session = start(KeyFile(tmp_path / "key"))
    qtbot.waitUntil(lambda: the_screen(session, BringScreen) is not None, timeout=20_000)
    bring = the_screen(session, BringScreen)
    qtbot.keyClick(bring._first, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert session.window.here() == "communities"
    assert "Bring something in" in words(session)


def test_it_covers_the_window_at_every_size(qtbot, start):
    session = start()
    cover = the_screen(session, FirstRun)
    session.window.resize(1024, 640)
    qtbot.waitUntil(lambda: cover.size() == session.window.size())
    assert the_screen(session, KeyScreen).width() <= 1024 - 64
    assert not session.window.grab().isNull()


def test_the_code_is_shown_and_printed_in_two_lines():
    code = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
    assert code_lines(code) == ["AAAA-BBBB-CCCC-DDDD", "EEEE-FFFF-GGGG-HHHH"]
    assert code_lines(code)[1] in printed(code)
