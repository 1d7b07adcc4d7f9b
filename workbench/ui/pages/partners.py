"""PartnersView: who we are to others, and whose sealed files are taken in: add, rename, folder, stop trusting."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.ui.context import Context
from workbench.ui.pages.partner_line import PartnerLine
from workbench.ui.pages.partners_data import changed, name_myself, read_file, read_text, trust, write_mine
from workbench.ui.pages.plan_exchange_data import ExchangeData
from workbench.ui.widgets.buttons import push_button, say, set_kind
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.drop_area import ONE_FILE, DropArea
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.fingerprint import Fingerprint
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.widgets.state_panel import copy
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.sync.identity import PublicIdentity

FILTERS: Final = "Partner files (*.cwpartner);;All files (*)"


class PartnersView(ReadingColumn):
    """`changed` after every write; what was looked at before it is added shows its fingerprint to compare."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context, self._theme = context, context.theme
        self._own: PublicIdentity | None = None
        self._new: PublicIdentity | None = None
        self.lines: dict[str, PartnerLine] = {}
        self.trouble = Notice(self._theme)
        self.name = QLineEdit()
        self.name_field = Field(
            self._theme, "Your name, as your partners see it", self.name, hint="It stands beside what you change."
        )
        self.make = push_button("Make my partner file", theme=self._theme, kind="primary", clicked=self.name_me)
        self.fingerprint, self.compare = Fingerprint(self._theme), Fingerprint(self._theme)
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName("Text of a partner file")
        self.pasted.setPlaceholderText("Paste the text your partner sent you")
        self.pasted.setFixedHeight(self._theme.px(88))
        self.pasted.setTabChangesFocus(True)
        self.drop = DropArea(
            self._theme, words="Drop the partner file somebody gave you", filters=FILTERS, takes_one=True
        )
        self.drop.refused.connect(lambda: self.trouble.say(ONE_FILE))
        self.drop.folder.hide()
        self._new_title = PlainLabel("", role="strong", wraps=True)
        self.trust_it = push_button("It is the same: add", theme=self._theme, kind="primary", clicked=self.add_new)
        self._build()

    def show_data(self, data: ExchangeData) -> None:
        """Shows who one is and who is trusted."""
        self._own = data.own
        self._mine.setVisible(data.own is not None)
        say(self.make, "Make my partner file" if data.own is None else "Change the name")
        set_kind(self.make, "primary" if data.own is None else "")
        if not self.name.hasFocus():
            self.name.setText(data.proposed if data.own is None else data.own.name)
        if data.own is not None:
            self.fingerprint.show_digits(data.own.fingerprint)
        now = self._context.workspace.clock.now()
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        for partner in data.partners:
            line = self.lines[partner.name] = PartnerLine(self._theme, partner, now=now)
            line.wanted.connect(partial(self._change, partner.name))
            self._list.addWidget(line)
        self._nobody.setVisible(not data.partners)

    def take_focus(self) -> None:
        """Puts the keyboard where the next step is."""
        first = self.name if self._own is None else self.drop.files
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self, path: Path) -> None:
        """Shows whom a partner file is about, to compare before it is added."""
        self._look(partial(read_file, path))

    def look_at_text(self) -> None:
        """The same for text that was pasted."""
        text = self.pasted.toPlainText()
        if text.strip():
            self._look(partial(read_text, text))

    def name_me(self) -> None:
        """Makes our keys, or changes the name that others see."""
        name = " ".join(self.name.text().split())
        self.name_field.say_problem("" if name else "Give a name.")
        if name:
            self._run("name", partial(name_myself, self._context.workspace, name))

    def copy_mine(self) -> None:
        """Puts the text of our partner file on the clipboard."""
        if self._own is not None:
            copy(self._own.to_text())
            self._context.tell("Your partner file is on the clipboard; paste it into a message.")

    def add_new(self) -> None:
        """Trusts the one whose fingerprint was compared."""
        if self._new is not None:
            partner = self._new
            self._leave_new()
            self._run("add", partial(trust, self._context.workspace, partner))

    def _build(self) -> None:
        you = Card("You")
        said = "Give this file to partners: with it they seal plans for you and check yours. It holds no secret."
        you.body.addWidget(PlainLabel(said, role="second", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name_field, 1)
        row.addWidget(self.make, 0, Qt.AlignmentFlag.AlignVCenter)
        you.body.addLayout(row)
        self.name.returnPressed.connect(self.name_me)
        self._mine = QWidget()
        column = QVBoxLayout(self._mine)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(PlainLabel("Your fingerprint, to be read out to partners", role="captionstrong"))
        column.addWidget(self.fingerprint)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(
            push_button("Save as a file…", theme=self._theme, icon="floppy-disk", clicked=self._choose_out)
        )
        buttons.addWidget(push_button("Copy as text", theme=self._theme, icon="copy", clicked=self.copy_mine))
        buttons.addStretch(1)
        column.addLayout(buttons)
        you.body.addWidget(self._mine)
        known = Card("Your partners")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        known.body.addLayout(self._list)
        self._nobody = PlainLabel("Nobody yet. Add one with the partner file they gave you.", role="second", wraps=True)
        known.body.addWidget(self._nobody)
        for widget in (self.trouble, self._built_new(), you, known, self._built_add()):
            self.column.addWidget(widget)

    def _built_add(self) -> Card:
        card = Card("Add a partner")
        card.body.addWidget(self.drop)
        self.drop.given.connect(lambda paths: self.look_at(paths[0]))
        card.body.addWidget(self.pasted)
        row = QHBoxLayout()
        row.addWidget(push_button("Look at the text", theme=self._theme, clicked=self.look_at_text))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _built_new(self) -> Card:
        self._new_card = Card("Compare before you add")
        self._new_card.body.addWidget(self._new_title)
        self._new_card.body.addWidget(self.compare)
        said = "Ring them, or ask in person, and let them read their fingerprint out. Every digit has to fit."
        self._new_card.body.addWidget(PlainLabel(said, role="second", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.trust_it)
        self.leave = push_button("Leave it", theme=self._theme, clicked=self._leave_new)
        row.addWidget(self.leave)
        row.addStretch(1)
        self._new_card.body.addLayout(row)
        self._new_card.hide()
        return self._new_card

    def _look(self, job: Callable[[], object]) -> None:
        self.trouble.say("")
        self._context.jobs.run(self, "look", job, self._on_looked, self._on_failed)

    def _on_looked(self, partner: "PublicIdentity") -> None:
        self._new = partner
        known = self.lines.get(partner.name)
        is_other = known is not None and known.fingerprint != partner.fingerprint
        words = f"{partner.name} is a partner already, with another key. Adding replaces it; ask first why it changed."
        self._new_title.setText(words if is_other else partner.name)
        self.compare.show_digits(partner.fingerprint)
        self._new_card.show()
        self.verticalScrollBar().setValue(0)
        # Not on the one that trusts: a key pressed without comparing must not add anybody.
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_new(self) -> None:
        self._new = None
        self._new_card.hide()
        self.pasted.clear()

    def _change(self, name: str, act: str, value: object) -> None:
        self._run(act, partial(changed, act, self._context.workspace, name, value))

    def _choose_out(self) -> None:
        name = self._own.name if self._own is not None else "Me"
        proposed = f"{''.join(letter if letter.isalnum() else '-' for letter in name)}.cwpartner"
        place, _filter = QFileDialog.getSaveFileName(self, "Save your partner file", proposed, FILTERS)
        if place:
            self.save_mine(Path(place))

    def save_mine(self, out: Path) -> None:
        """Writes our partner file."""
        job = partial(write_mine, self._context.workspace, out)
        self._context.jobs.run(self, "save", job, self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self._context.tell(f"Saved {path.name}. Give it to your partners.")

    def _run(self, key: str, job: Callable[[], object]) -> None:
        self.trouble.say("")
        self._context.jobs.run(self, key, job, self._on_done, self._on_failed)

    def _on_done(self, _answer: object) -> None:
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(" ".join(error_words(error)[0]))
        self.verticalScrollBar().setValue(0)
