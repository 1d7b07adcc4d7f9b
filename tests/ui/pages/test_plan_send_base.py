"""What panels that seal a file share: whether there is a file is known, not read out of the words about it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from workbench.errors import BadInputError
from workbench.ui.context import Context
from workbench.ui.pages.plan_send_base import SealedSend


@dataclass(frozen=True)
class Header:
    sequence: int = 3


@dataclass(frozen=True)
class File:
    path: Path
    header: Header = Header()
    size: int = 2000


@pytest.fixture
def panel(qtbot, context: Context) -> SealedSend:
    made = SealedSend(context, title="Send", icon="paper-plane-right")
    made.setLayout(made._foot())
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_way_to_the_file_is_offered_while_the_words_are_about_it(qtbot, panel: SealedSend, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    panel._say_result("Nobody but you can open it.")
    assert not panel.reveal.isVisible()
    panel._seal(
        lambda: File(tmp_path / "a.cwplan"), lambda file: panel._show_written(file, ("Bo", "Noor")), title="Sealing"
    )
    assert (panel.go.isEnabled(), panel.result) == (False, "Sealing…")
    qtbot.waitUntil(lambda: panel.written is not None)
    assert panel.result.startswith("a.cwplan: number 3, ")
    assert panel.result.endswith("Only Bo and Noor can open it.")
    panel.reveal.click()
    assert opened == [str(tmp_path)]
    panel._say_result("Choose at least one partner.")
    assert (panel.reveal.isVisible(), panel.written) == (False, None)


def test_what_failed_is_told_and_offers_no_file(qtbot, panel: SealedSend, tmp_path):
    def fail() -> File:
        message = "That folder is gone."
        raise BadInputError(message)

    panel._show_written(File(tmp_path / "before.cwplan"), ("Bo",))
    panel._seal(fail, lambda file: panel._show_written(file, ("Bo",)), title="Sealing")
    qtbot.waitUntil(panel.go.isEnabled)
    assert "That folder is gone." in panel.place_field.problem
    assert (panel.result, panel.written, panel.reveal.isVisible()) == ("", None, False)
