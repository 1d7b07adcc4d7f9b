"""RollupStorePanel: where the tables of headquarters lie: in this profile, or on a server that several people read."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit

from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.rollup_data import keep_here, keep_on_server, read_server
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.words import error_words


class RollupStorePanel(ReadingColumn):
    """`chosen` once the tables lie where they were wanted, `left` when one thinks better of it."""

    chosen = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context, self._theme = context, context.theme
        self._server = ""
        self._is_busy = False
        self.here = ChoiceRow(self._theme, "In this profile", "For one person at headquarters. Nothing else is needed.")
        self.there = ChoiceRow(
            self._theme,
            "On a PostgreSQL server",
            "For several people at headquarters, and for the tools they make reports with.",
        )
        self.address, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = {
            "address": Field(self._theme, "Address", self.address, hint="postgresql://ACCOUNT@HOST/DATABASE"),
            "password": Field(self._theme, "Password", self.password),
        }
        self.trouble = Notice(self._theme)
        self.go = push_button("Use this", theme=self._theme, kind="primary", icon="check", clicked=self.submit)
        self._said = PlainLabel("", role="small", wraps=True)
        self._build()

    def start(self) -> None:
        """Shows what is chosen now."""
        self._say("")
        self._context.jobs.run(
            self, "read", partial(read_server, self._context.workspace), self._on_read, self._on_failed
        )

    def take_focus(self) -> None:
        """Puts the keyboard on what is chosen."""
        (self.there if self.there.isChecked() else self.here).setFocus(Qt.FocusReason.OtherFocusReason)

    def is_settled(self) -> bool:
        """Whether no server is being asked."""
        return not self._is_busy

    def submit(self) -> None:
        """Keeps the tables where they are wanted, once a server answered; or says what is missing."""
        address = self.address.text().strip()
        is_there = self.there.isChecked()
        self.fields["address"].say_problem("Give the address of the server." if is_there and not address else "")
        if self._is_busy or (is_there and not address):
            return
        self._is_busy = True
        self._say("Asking the server…" if is_there else "")
        self.go.setEnabled(False)
        workspace = self._context.workspace
        job = (
            partial(keep_on_server, workspace, address, self.password.text())
            if is_there
            else partial(keep_here, workspace)
        )
        self._context.jobs.run(self, "choose", job, self._on_chosen, self._on_failed, stopped=self._on_stopped)

    def _build(self) -> None:
        group = QButtonGroup(self)
        where = Card("Where the tables of offices lie")
        for row in (self.here, self.there):
            group.addButton(row)
            row.toggled.connect(self._on_choice)
            where.body.addWidget(row)
        for field in self.fields.values():
            where.body.addWidget(field)
        for line in (self.address, self.password):
            line.returnPressed.connect(self.submit)
        stays = "What lies in one place stays there; to fill the other one, take the folder of office files in again."
        where.body.addWidget(PlainLabel(stays, role="small", wraps=True))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.go)
        foot.addWidget(push_button("Not now", theme=self._theme, clicked=self.left.emit))
        foot.addWidget(self._said, 1)
        where.body.addLayout(foot)
        for widget in (self.trouble, where):
            self.column.addWidget(widget)
        self.here.setChecked(True)

    def _on_choice(self) -> None:
        for field in self.fields.values():
            field.setVisible(self.there.isChecked())

    def _on_read(self, server: str) -> None:
        self._server = server
        (self.there if server else self.here).setChecked(True)
        self.address.setText(server)
        self.password.clear()
        kept = "Leave it empty to go on with the one that is kept. " if server else ""
        self.fields["password"].set_hint(f"{kept}It is kept in this profile, which is encrypted.")
        self.take_focus()

    def _on_chosen(self, changes: Changes) -> None:
        self._on_stopped()
        self.password.clear()
        self._context.bus.publish(changes)
        self.chosen.emit()

    def _on_failed(self, error: Exception) -> None:
        self._on_stopped()
        self.trouble.say(" ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self._is_busy = False
        self.go.setEnabled(True)
        self._say("")

    def _say(self, words: str) -> None:
        self.trouble.say("")
        self._said.setText(words)
