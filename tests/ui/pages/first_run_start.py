"""Sessions without a profile, for the tests of the first run."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from workbench.ui import app
from workbench.ui.pages.first_run import Newcomer
from workbench.ui.pages.first_run_key import KeyScreen
from workbench.vault import KeySource, Passphrase
from workbench.vault.passphrase import Cost
from workbench.workspace import Workspace

Start = Callable[..., app.Session]


def a_start(profile: Path, key: KeySource | None = None) -> app.Session:
    """A window over a folder without a profile; sealing costs little, so that tests are quick."""

    def create(source: KeySource) -> Workspace:
        if isinstance(source, Passphrase):
            source = Passphrase(source.ask, source.show_recovery, cost=Cost(memory_kib=64, passes=1))
        return Workspace.create(profile, key=source)

    session = app.Session(
        lambda: None, profile=profile, unlock=None, page=None, screenshot=None, newcomer=Newcomer(create, key)
    )
    session.window.show()
    return session


def the_screen(session: app.Session, kind: type[QWidget]) -> QWidget | None:
    """The screen of this kind, if it has been reached."""
    return next(iter(session.window.findChildren(kind)), None)


def words(session: app.Session) -> str:
    """Everything that can be read."""
    return " ".join(label.text() for label in session.window.findChildren(QLabel) if label.isVisible())


def type_passphrase(screen: KeyScreen, first: str, second: str) -> None:
    """Fills both fields."""
    screen._first.setText(first)
    screen._second.setText(second)
