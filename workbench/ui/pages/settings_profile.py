"""ProfileCard, BackupCard and CheckCard: where the data live, copies of them, the way back, whether all is sound."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from workbench.models.backup import Backup
from workbench.paths import default_profile
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.settings_data import SettingsData, restore_command
from workbench.ui.theme import MEANING_ICONS, Meaning
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.vault import KeyKind

if TYPE_CHECKING:
    from workbench.models.check import CheckResult

_KEY_WORDS: Final = {
    KeyKind.VAULT: "The key is in this computer's vault.",
    KeyKind.PASSPHRASE: "The key is sealed under your passphrase and your recovery code.",
    KeyKind.KEY_FILE: "The key is in a key file of yours.",
}
_FINE_DAYS: Final = 2


class _StateRow(QHBoxLayout):
    """An icon with a meaning, and words."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setSpacing(8)
        self._icon = IconLabel(MEANING_ICONS[Meaning.UNKNOWN], context.theme, token="unknown")
        self.words = PlainLabel("", wraps=True)
        self.addWidget(self._icon)
        self.addWidget(self.words, 1)

    def say(self, words: str, meaning: Meaning) -> None:
        self.words.setText(words)
        self._icon.set_icon(MEANING_ICONS[meaning], token=meaning.value)


class ProfileCard(Card):
    """The folder of the profile."""

    def __init__(self, context: Context) -> None:
        super().__init__("Where your data live")
        folder = context.workspace.profile
        self._folder = _path_field(folder, name="Folder of the profile")
        self.body.addWidget(self._folder)
        self._words = PlainLabel("", role="small", wraps=True)
        self.body.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(
            push_button("Show folder", theme=context.theme, icon="folder-open", clicked=lambda: show_folder(folder))
        )
        row.addWidget(
            push_button("Copy path", theme=context.theme, kind="plain", icon="copy", clicked=lambda: copy(str(folder)))
        )
        row.addStretch(1)
        self.body.addLayout(row)

    def show_data(self, data: SettingsData) -> None:
        """Says how large it is and who keeps the key."""
        key = f" {_KEY_WORDS[data.key_kind]}" if data.key_kind is not None else ""
        self._words.setText(f"One encrypted database of {numbers.size(data.size)}.{key}")


class BackupCard(Card):
    """The last copy, all copies, and the line that goes back to one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__("Backups")
        self._context = context
        self._backups: tuple[Backup, ...] = ()
        self._key_kind: KeyKind | None = None
        theme = context.theme
        self._state = _StateRow(context)
        self.body.addLayout(self._state)
        said = "Made once a day while the window is open, opened and compared; kept: 7 daily, 4 weekly, 3 monthly."
        self.body.addWidget(PlainLabel(said, role="small", wraps=True))
        self._now = push_button(
            "Back up now", theme=theme, icon="archive", clicked=lambda: context.actions.trigger("backup.now")
        )
        row = QHBoxLayout()
        row.addWidget(self._now)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(4)
        self._heading = PlainLabel("Go back to a backup", role="captionstrong")
        self._choice = QComboBox()
        self._choice.setAccessibleName("Backup to go back to")
        self._choice.currentIndexChanged.connect(self._show_command)
        self._how = PlainLabel("", role="small", wraps=True)
        self._command = QLineEdit()
        self._command.setReadOnly(True)
        self._command.setAccessibleName("Command that restores the chosen backup")
        self._copy = push_button("Copy", theme=theme, icon="copy", clicked=self._on_copy)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._command, 1)
        line.addWidget(self._copy)
        for widget in (self._heading, self._choice, self._how):
            self.body.addWidget(widget)
        self.body.addLayout(line)
        context.backups.changed.connect(self._show_work)
        context.backups.backup_failed.connect(lambda words: self._state.say(words, Meaning.BAD))

    def show_data(self, data: SettingsData) -> None:
        """Shows what copies there are."""
        chosen = self._choice.currentIndex()
        self._key_kind = data.key_kind
        if data.backups != self._backups:
            self._backups = data.backups
            self._choice.clear()
            for backup in data.backups:
                self._choice.addItem(f"{numbers.moment(backup.made_at)}  ·  {numbers.size(backup.size)}")
            self._choice.setCurrentIndex(max(0, min(chosen, len(data.backups) - 1)))
        for widget in (self._heading, self._choice, self._how, self._command, self._copy):
            widget.setVisible(bool(data.backups))
        self._say_state()
        self._show_command()
        self._show_work()

    def _say_state(self) -> None:
        now = self._context.workspace.clock.now()
        if not self._backups:
            self._state.say(
                "No backup yet. The first comes by itself once there is something to keep.", Meaning.UNKNOWN
            )
            return
        newest = self._backups[0]
        is_fine = (now - newest.made_at).days < _FINE_DAYS
        said = (
            f"Last backup {numbers.ago(newest.made_at, now=now)}, {numbers.size(newest.size)}, opened and found whole"
        )
        self._state.say(said, Meaning.GOOD if is_fine else Meaning.WATCH)

    def _show_work(self) -> None:
        is_busy = self._context.backups.is_backing_up
        self._now.setEnabled(not is_busy)
        self._now.setText("Backing up…" if is_busy else "Back up now")

    def _show_command(self) -> None:
        place = self._choice.currentIndex()
        if not 0 <= place < len(self._backups):
            return
        profile = self._context.workspace.profile
        said = "Close this window, then run this line in a terminal. What is there now is kept beside it."
        names_file = " Put the path of your key file in the place of KEY-FILE."
        self._how.setText(said + (names_file if self._key_kind is KeyKind.KEY_FILE else ""))
        key_file = "KEY-FILE" if self._key_kind is KeyKind.KEY_FILE else ""
        is_default = profile.resolve() == default_profile().resolve()
        text = restore_command(profile, self._backups[place].path, is_default=is_default, key_file=key_file)
        self._command.setText(text)
        self._command.setCursorPosition(0)

    def _on_copy(self) -> None:
        copy(self._command.text())
        self._context.tell("The line is on the clipboard")


class CheckCard(Card):
    """Whether the profile is sound, quickly or to the last page."""

    def __init__(self, context: Context) -> None:
        super().__init__("Is everything sound?")
        self._context = context
        theme, work = context.theme, context.backups
        self._state = _StateRow(context)
        self._details = ""
        self._quick = push_button(
            "Quick check", theme=theme, icon="check-circle", clicked=lambda: work.check(is_quick=True)
        )
        self._full = push_button(
            "Full check", theme=theme, icon="shield-check", clicked=lambda: work.check(is_quick=False)
        )
        self._copy = push_button(
            "Copy details", theme=theme, kind="link", icon="copy", clicked=lambda: copy(self._details)
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._quick, self._full, self._copy):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(self._state)
        self.body.addLayout(row)
        self._copy.hide()
        self._say_first()
        work.changed.connect(self._show_work)
        work.checked.connect(self._on_checked)
        work.check_failed.connect(self._on_failed)

    def _say_first(self) -> None:
        said = "Quick looks at the structure; full reads every page and compares the sums with the messages."
        self._state.say(said, Meaning.UNKNOWN)

    def _show_work(self) -> None:
        is_busy = self._context.backups.is_checking
        self._quick.setEnabled(not is_busy)
        self._full.setEnabled(not is_busy)
        if is_busy:
            self._copy.hide()
            self._state.say("Checking…", Meaning.UNKNOWN)

    def _on_checked(self, result: "CheckResult") -> None:
        when = numbers.moment(self._context.workspace.clock.now())
        self._details = "\n".join(result.problems)
        self._copy.setVisible(bool(result.problems))
        if result.is_sound:
            self._state.say(f"Sound. Looked at: {', '.join(result.checks)} ({when}).", Meaning.GOOD)
            return
        count = numbers.plural(len(result.problems), "problem", "problems")
        said = f"{count} found. Backups are untouched: go back to the newest; what platforms hold is fetched again."
        self._state.say(said, Meaning.BAD)

    def _on_failed(self, words: str) -> None:
        self._state.say(words, Meaning.BAD)


def show_folder(folder: Path) -> None:
    """Opens the system's file manager on a folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _path_field(path: Path, *, name: str) -> QLineEdit:
    field = QLineEdit(str(path))
    field.setReadOnly(True)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    return field
