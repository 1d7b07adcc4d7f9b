"""A whole run of the window: opens, shows, remembers, refuses in words; a second start raises the first."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.builders import a_workspace
from workbench.errors import KeyMissingError, ProfileBusyError, WrongKeyError
from workbench.ui import app
from workbench.ui.single_instance import FirstInstance
from workbench.ui.widgets.passphrase_form import PassphraseForm
from workbench.ui.window_state import WindowState, load_state, save_state


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    a_workspace(tmp_path).close()
    return tmp_path / "profile"


def session(tmp_path: Path, factory=None, **options) -> app.Session:
    options = {"profile": tmp_path / "profile", "unlock": None, "page": None, "screenshot": None, **options}
    return app.Session(factory or (lambda: a_workspace(tmp_path)), **options)


def visible_words(made: app.Session) -> str:
    return " ".join(label.text() for label in made.window.findChildren(QLabel) if label.isVisible())


def test_a_picture_of_a_page_is_written_and_the_run_ends(qtbot, tmp_path: Path, profile: Path):
    picture = tmp_path / "communities.png"
    assert app.run(lambda: a_workspace(tmp_path), profile=profile, page="communities", screenshot=picture) == 0
    assert picture.stat().st_size > 1000


def test_the_window_remembers_page_scope_and_theme(qtbot, tmp_path: Path, profile: Path):
    save_state(profile, WindowState(page="help", theme="dark", period="last_7"))
    made = session(tmp_path)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.page() is not None)
    assert made.window.here() == "help"
    assert made.theme.is_dark
    made.window.close()
    assert load_state(profile).page == "help"
    assert load_state(profile).period == "last_7"


@pytest.mark.parametrize("error", [WrongKeyError(), RuntimeError("amina@example.org")])
def test_a_profile_that_does_not_open_is_explained(qtbot, tmp_path: Path, profile: Path, error: Exception):
    def refuse():
        raise error

    made = session(tmp_path, refuse)
    made.window.show()
    qtbot.waitUntil(lambda: "profile" in visible_words(made) or "program" in visible_words(made))
    assert "amina" not in visible_words(made)
    assert made.exit_code == getattr(error, "exit_code", 1)
    made.window.close()


def test_a_locked_profile_asks_for_its_passphrase(qtbot, tmp_path: Path, profile: Path):
    def refuse():
        raise KeyMissingError

    made = session(tmp_path, refuse, unlock=lambda _: a_workspace(tmp_path))
    made.window.show()
    qtbot.waitUntil(lambda: bool(made.window.findChildren(PassphraseForm)))
    made.window.findChildren(PassphraseForm)[0].given.emit("correct horse")
    qtbot.waitUntil(lambda: made.window.page() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert made.window.page().isAncestorOf(focus), "keys work without a click"
    assert made.exit_code == 0
    made.window.close()


def test_a_second_start_raises_the_first_window_and_ends(qtbot, tmp_path: Path, profile: Path):
    def refuse():
        raise ProfileBusyError

    first = FirstInstance(profile)
    raised = []
    first.raise_wanted.connect(lambda: raised.append(True))
    assert app.run(refuse, profile=profile) == 0
    qtbot.waitUntil(lambda: bool(raised))


def test_a_start_while_the_window_before_is_still_closing_opens_once_it_is_gone(qtbot, tmp_path: Path, profile: Path):
    tries: list[int] = []

    def opened():
        tries.append(len(tries))
        if len(tries) <= 2:
            raise ProfileBusyError
        return a_workspace(tmp_path)

    made = session(tmp_path, opened)
    made._again.setInterval(1)
    with qtbot.waitSignal(made.window.painted):
        made.window.show()
    qtbot.waitUntil(lambda: made.window.page() is not None)
    assert (len(tries), made.exit_code) == (3, 0)
    made.window.close()


def test_a_profile_that_stays_in_use_says_so(qtbot, tmp_path: Path, profile: Path):
    def refuse():
        raise ProfileBusyError

    made = session(tmp_path, refuse)
    made._again.setInterval(1)
    made.window.show()
    qtbot.waitUntil(lambda: "Another window or command" in visible_words(made))
    assert made.exit_code == ProfileBusyError.exit_code
    made.window.close()
    assert not made._again.isActive()


def test_a_bug_is_told_in_words(qtbot, tmp_path: Path, profile: Path):
    with qtbot.captureExceptions() as caught:
        made = session(tmp_path)
        with qtbot.waitSignal(made.completed):
            made.window.show()
        made.show_exception(ValueError, ValueError("amina@example.org"), None)
        assert "Something went wrong" in visible_words(made)
        assert "amina" not in visible_words(made)
        made.window.close()
    assert caught[0][0] is ValueError


def test_first_paint_loads_neither_database_nor_charts(tmp_path: Path):

    code = (
        "import sys\nfrom workbench.ui import app\na = app.make_application()\n"
        "s = app.Session(lambda: None, profile=None, unlock=None, page=None, screenshot=None)\ns.window.show()\n"
        "heavy = ('sqlmodel', 'sqlalchemy', 'sqlcipher3', 'numpy', 'pyqtgraph', 'qtawesome', 'keyring', 'filelock')\n"
        "print([name for name in (*heavy, 'PySide6.QtNetwork', 'workbench.workspace') if name in sys.modules])"
    )
    root = Path(app.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_click_on_the_rail_counts_though_the_profile_is_still_being_opened(qtbot, tmp_path: Path, profile: Path):
    made = session(tmp_path)
    made.window.show()
    made.window.rail.chosen.emit("sync")
    assert made.window.page() is None
    qtbot.waitUntil(lambda: made.window.here() == "sync" and made.window.page() is not None)
    made.window.close()
