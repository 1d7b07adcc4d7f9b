"""PartnerLine: one partner: name, fingerprint, when files went and came, the shared folder, what can be done."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.queries.partners import PartnerRow
from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class PartnerLine(QWidget):
    """`wanted(act, value)`: rename with the new name, folder with a path or None, remove."""

    wanted = Signal(str, object)

    def __init__(self, theme: Theme, partner: PartnerRow, *, now: datetime) -> None:
        super().__init__()
        self._partner, self._theme = partner, theme
        self.fingerprint = partner.fingerprint
        self._name = PlainLabel(partner.name, role="strong", elides=True)
        self.typed = _NameLine(partner.name)
        self.typed.setAccessibleName(f"Another name for {partner.name}")
        self.typed.hide()
        self.typed.returnPressed.connect(self._on_typed)
        self.typed.left.connect(self._stop_renaming)
        more = push_button("Change", theme=theme)
        snug(more)
        more.setAccessibleName(f"Change {partner.name}")
        self.menu = QMenu(more)
        self.menu.addAction("Rename…").triggered.connect(self.rename)
        self.menu.addAction("Choose the folder we share…").triggered.connect(self._choose_folder)
        forget = self.menu.addAction("Watch no folder")
        forget.setEnabled(partner.folder is not None)
        forget.triggered.connect(lambda: self.wanted.emit("folder", None))
        self.menu.addSeparator()
        self.menu.addAction("Stop trusting").triggered.connect(lambda: self.wanted.emit("remove", None))
        more.setMenu(self.menu)
        self.more = more
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("user-circle", theme, size=20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self.typed)
        lines = partner_words(partner, now=now)
        for line in lines:
            words.addWidget(PlainLabel(line, role="small", wraps=True))
        row.addLayout(words, 1)
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(". ".join((partner.name, *lines)))

    def rename(self) -> None:
        """Turns the name into a line to type in."""
        self._name.hide()
        self.typed.show()
        self.typed.selectAll()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        name = " ".join(self.typed.text().split())
        self._stop_renaming()
        if name and name != self._partner.name:
            self.wanted.emit("rename", name)

    def _stop_renaming(self) -> None:
        self.typed.hide()
        self._name.show()

    def _choose_folder(self) -> None:
        before = self._partner.folder or ""
        folder = QFileDialog.getExistingDirectory(self, "Choose the folder you share", before)
        if folder:
            self.wanted.emit("folder", Path(folder))


class _NameLine(QLineEdit):
    """`left` on Esc."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def partner_words(partner: PartnerRow, *, now: datetime) -> tuple[str, ...]:
    """What is said of a partner under the name."""
    way = "added by you" if partner.way == "added" else "trusted with their first file"
    sent = "never" if partner.last_sent_at is None else numbers.ago(partner.last_sent_at, now=now)
    came = "never" if partner.last_received_at is None else numbers.ago(partner.last_received_at, now=now)
    folder = f"Shared folder: {partner.folder}" if partner.folder else "No shared folder"
    return (
        f"Fingerprint {partner.fingerprint}",
        f"{way.capitalize()} on {numbers.day_of(partner.trusted_at)}. Sent to: {sent}. Received from: {came}.",
        folder,
    )
