"""CheckView: tries what an account is told, as typed, and says of each service whether it answers."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.cancel import CancelToken
from workbench.ids import AccountId
from workbench.ui.context import Context
from workbench.ui.pages.account_data import Given
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.sync.probe import Probe
    from workbench.workspace import Workspace


class CheckView(QWidget):
    """`wanted` when its button is pressed; then `run`. What is typed afterwards makes the answers old: `clear`."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[QWidget] = []
        self.go = push_button("Check", theme=context.theme, icon="heartbeat", clicked=self.wanted.emit)
        self.go.setToolTip("Tries to connect, reads a little, and sends nothing")
        self._said = PlainLabel("", role="small")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.go)
        head.addWidget(self._said)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)

    @property
    def words(self) -> list[str]:
        """What is said of each service."""
        return [line.accessibleName() for line in self._lines]

    def run(self, account_id: AccountId, given: Given) -> None:
        """Tries it; the button waits meanwhile."""
        self.clear()
        self.go.setEnabled(False)
        self._said.setText("Trying…")
        job = partial(_probe, self._context.workspace, account_id, given)
        self._context.jobs.run(self, "check", job, self._on_done, self._on_failed, stopped=self.clear, lane="online")

    def clear(self) -> None:
        """Takes the answers away."""
        self.go.setEnabled(True)
        self._said.setText("")
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []

    def _on_done(self, probes: "Sequence[Probe]") -> None:
        self.clear()
        for one in probes:
            if one.error is not None:
                words, _details = error_words(one.error)
                reason = one.error.reason
                said = f"{reason[0].upper()}{reason[1:]}." if reason else words[0]
                self._say("x-circle", "bad", one.part, " ".join(dict.fromkeys((said, words[-1]))))
            else:
                icon, token = ("check-circle", "good") if one.is_given else ("minus-circle", "third")
                self._say(icon, token, one.part, one.said)

    def _on_failed(self, error: Exception) -> None:
        self.clear()
        self._say("x-circle", "bad", "These details", " ".join(error_words(error)[0]))

    def _say(self, icon: str, token: str, part: str, said: str) -> None:
        line = QWidget()
        line.setAccessibleName(f"{part}: {said}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        theme = self._context.theme
        row.addWidget(IconLabel(icon, theme, token=token), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(part, role="strong"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(said, role="second", wraps=True), 1)
        self._column.addWidget(line)
        self._lines.append(line)


def _probe(workspace: "Workspace", account_id: AccountId, given: Given, cancel: CancelToken) -> "tuple[Probe, ...]":
    from workbench.operations.probing import probe_account  # noqa: PLC0415 - loads the wire, away from the window

    return probe_account(workspace, account_id, settings=given.settings, secrets=given.secrets, cancel=cancel)
