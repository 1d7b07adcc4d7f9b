"""SendPanel: a plan to a partner as one sealed file: for whom, in which way, what is in it and what is not."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from workbench.queries.plans import PlanRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange_data import FILE, FOLDER, MAIL, ExchangeData, SendWish, Way, send
from workbench.ui.pages.plan_send_base import SealedFile, SealedSend, documents
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import READING_WIDTH, ReadingColumn
from workbench.ui.widgets.submit_key import SubmitKey
from workbench.ui.widgets.ticks import RadioDot, TickBox

SHORTEST_PASSPHRASE: Final = 12
_WAYS: Final = (
    (FOLDER, "Into the folder you share", ""),
    (FILE, "As a file", "For a stick, or a folder of your own choice."),
    (MAIL, "For an e-mail", "Writes the file and shows it in its folder; attach it to a message in your mail program."),
)
_BUTTONS: Final = {FOLDER: "Send", FILE: "Write the file", MAIL: "Write and show the file"}


class SendPanel(SealedSend):
    """Filled with `show_data`; `sent` after a file was written, `partners_wanted` where there is nobody to send to."""

    sent = Signal()
    partners_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, title="Send", icon="paper-plane-right")
        self._area = ReadingColumn(self._theme)
        self._data: ExchangeData | None = None
        self._plan: PlanRow | None = None
        self._ticks: dict[str, TickBox] = {}
        self._proposed: set[str] = set()  # ticked because there was nobody else, by nobody's choice
        self._is_folder_wanted = False  # the shared folder, as soon as those chosen have one
        self._group, self._way_group = QButtonGroup(self), QButtonGroup(self)
        self.for_partners = RadioDot(self._theme, "Partners who use Community Workbench")
        self.for_anybody = RadioDot(self._theme, "Somebody I give a passphrase to")
        self.name, self.passphrase = QLineEdit(), QLineEdit()
        self.name_field = Field(self._theme, "Your name, as your partners see it", self.name)
        self.passphrase_field = Field(
            self._theme, "Passphrase", self.passphrase,
            hint="At least 12 letters, such as four words. Tell it by telephone, not in the message with the file.",
        )  # fmt: skip
        self.ways = {key: ChoiceRow(self._theme, title, words) for key, title, words in _WAYS}
        self._contents = PlainLabel("", role="second", wraps=True)
        self.go.clicked.connect(self.submit)
        self._build()
        SubmitKey(self, self.submit)

    def show_data(self, data: ExchangeData, plan: PlanRow | None) -> None:
        """Shows whom this plan can be sent to; what was chosen the last time is chosen again."""
        is_other = plan is None or self._plan is None or plan.id != self._plan.id
        has_first = bool(data.partners) and not self._ticks
        chosen = set(self._chosen())
        self._data, self._plan = data, plan
        way = data.ways.get(plan.id, Way()) if plan is not None else Way()
        if is_other:
            self._say_result("")
            self.place.setText(way.place or _last_place(data) or str(documents()))
        if is_other or has_first:
            self._proposed = {data.partners[0].name} if len(data.partners) == 1 and not way.to else set()
            chosen = set(way.to) or set(self._proposed)
        if len(data.partners) > 1:
            chosen -= self._proposed - set(way.to)
            self._proposed = set()
        self._show_partners([partner.name for partner in data.partners], chosen)
        self.name_field.setVisible(data.own is None)
        if not self.name.text():
            self.name.setText(data.proposed)
        self._contents.setText("" if plan is None else contents_words(plan))
        self.go.setEnabled(plan is not None)
        if is_other or has_first:
            (self.for_partners if data.partners else self.for_anybody).setChecked(True)
            kept = way.way if plan is not None and plan.id in data.ways else FOLDER
            self._is_folder_wanted = kept == FOLDER
            self._choose_way(kept)
        self._on_people()

    def take_focus(self) -> None:
        """Puts the keyboard on the button where all is said already, else on the first choice."""
        who = self.for_partners if self.for_partners.isChecked() else self.for_anybody
        first = self.go if self._chosen() or self.passphrase.text() else who
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Writes the sealed file, or says beside the field what is missing."""
        if self._plan is None or self._data is None or not self.go.isEnabled():
            return
        to = self._chosen() if self.for_partners.isChecked() else ()
        way, folder = self._way(), self._folder()
        name = " ".join(self.name.text().split())
        passphrase = None if self.for_partners.isChecked() else self.passphrase.text()
        problems = {
            self.name_field: "" if self._data.own is not None or name else "Say who you are; you sign the file.",
            self.passphrase_field: (
                "" if passphrase is None or len(passphrase) >= SHORTEST_PASSPHRASE
                else "Give at least 12 letters; a short one is guessed quickly."
            ),
            self.place_field: "" if folder is not None and folder.is_dir() else "Choose a folder that is there.",
        }  # fmt: skip
        for field, words in problems.items():
            field.say_problem(words)
        wrong = next((field for field, words in problems.items() if words), None)
        if self.for_partners.isChecked() and not to:
            self._say_result("Choose at least one partner.")
        elif wrong is not None:
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._area.isAncestorOf(wrong):
                self._area.ensureWidgetVisible(wrong)
        elif folder is not None:
            kept = Way(to, way, "" if way == FOLDER else str(folder))
            wish = SendWish(self._plan.id, folder, kept, passphrase, name if self._data.own is None else None)
            self._write(wish)

    def _build(self) -> None:
        who = Card("For whom")
        for button in (self.for_partners, self.for_anybody):
            self._group.addButton(button)
            button.toggled.connect(self._on_people)
        who.body.addWidget(self.for_partners)
        self._people = QWidget()
        self._people_column = QVBoxLayout(self._people)
        self._people_column.setContentsMargins(28, 0, 0, 4)
        self._people_column.setSpacing(4)
        self._nobody = push_button(
            "Add a partner first", theme=self._theme, kind="link", icon="user-plus", clicked=self.partners_wanted.emit
        )
        self._people_column.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignLeading)
        who.body.addWidget(self._people)
        who.body.addWidget(self.for_anybody)
        who.body.addWidget(self.passphrase_field)
        who.body.addWidget(self.name_field)
        how = Card("How it goes")
        for key, row in self.ways.items():
            self._way_group.addButton(row)
            row.setObjectName(key)
            row.toggled.connect(self._on_choice)
            row.clicked.connect(self._on_way)
            how.body.addWidget(row)
        inside = Card("What is in it")
        inside.body.addWidget(self._contents)
        for card in (who, how, inside):
            self._area.add(card)
        self.go.setToolTip("Send (Ctrl+Return)")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._area, 1)
        # Beside the button and not in the part that scrolls: where a file goes is seen before it is written.
        column.addWidget(self.place_field)
        column.addLayout(self._foot())
        self._theme.changed.connect(self._fit_place)
        self._fit_place()
        self._listen()

    def _listen(self) -> None:
        """What was written is said until anything about the next file is changed."""
        for button in (self.for_partners, self.for_anybody, *self.ways.values()):
            button.toggled.connect(self._forget_written)
        for line in (self.name, self.passphrase):
            line.textEdited.connect(self._forget_written)

    def _fit_place(self) -> None:
        self.place_field.setMaximumWidth(self._theme.px(READING_WIDTH))

    def _show_partners(self, names: Sequence[str], chosen: set[str]) -> None:
        for name, tick in list(self._ticks.items()):
            if name not in names:
                tick.hide()
                tick.deleteLater()
                del self._ticks[name]
        for name in names:
            if name not in self._ticks:
                tick = self._ticks[name] = TickBox(self._theme, name)
                tick.toggled.connect(self._on_people)
                tick.toggled.connect(self._forget_written)
                self._people_column.insertWidget(self._people_column.count() - 1, tick)
            self._ticks[name].setChecked(name in chosen)
        say(self._nobody, "Add another partner" if names else "Add a partner first")

    def _on_choice(self) -> None:
        """Shows what belongs to what is chosen; the folder two people share is the one chosen for that partner."""
        is_sealed_for = self.for_partners.isChecked()
        self._people.setVisible(is_sealed_for)
        self.passphrase_field.setVisible(not is_sealed_for)
        shared = self._shared()
        row = self.ways[FOLDER]
        row.setEnabled(shared is not None)
        row.set_words(str(shared) if shared is not None else "Choose one partner with a folder; see Partners.")
        if shared is None and row.isChecked():
            self._choose_way(FILE)
        way = self._way()
        self.place_field.setVisible(way != FOLDER)
        say(self.go, _BUTTONS[way])

    def _on_people(self) -> None:
        """The folder shared with whoever is chosen now is the way, unless another one was chosen."""
        self._on_choice()
        if self._is_folder_wanted and self.ways[FOLDER].isEnabled():
            self._choose_way(FOLDER)

    def _on_way(self) -> None:
        self._is_folder_wanted = self.ways[FOLDER].isChecked()

    def _choose_way(self, way: str) -> None:
        self.ways[way].setChecked(True)

    def _way(self) -> str:
        return next((key for key, row in self.ways.items() if row.isChecked()), FILE)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self._ticks.items() if tick.isChecked())

    def _shared(self) -> Path | None:
        chosen = self._chosen() if self.for_partners.isChecked() else ()
        partners = self._data.partners if self._data is not None else ()
        folders = {partner.folder for partner in partners if partner.name in chosen}
        folder = folders.pop() if len(folders) == 1 else None
        return None if folder is None else Path(folder)

    def _folder(self) -> Path | None:
        if self._way() == FOLDER:
            return self._shared()
        text = self.place.text().strip()
        return Path(text).expanduser() if text else None

    def _write(self, wish: SendWish) -> None:
        job = partial(send, self._context.workspace, wish)
        self._seal(job, partial(self._on_sent, wish), title="Sealing the plan")

    def _on_sent(self, wish: SendWish, file: SealedFile) -> None:
        self.passphrase.clear()
        self._show_written(file, wish.way.to or ("whoever has the passphrase",))
        if wish.way.way == MAIL:
            self.show_in_folder()
        self.sent.emit()


def contents_words(plan: PlanRow) -> str:
    """What leaves with a plan, and what stays."""
    cards = numbers.plural(plan.todo + plan.doing + plan.done, "card", "cards")
    return (
        f"•  The whole plan: charter, objectives, {cards}, checkpoints\n"
        "•  Notes on cards, evidence, and the names of owners and of whoever changed what\n"
        "•  Not in it: messages, members and notes on people\n"
        "•  Sealed, signed by you and numbered; your partner sees every change before it is taken in"
    )


def _last_place(data: ExchangeData) -> str:
    """The folder a file went to last, of whatever plan, while it is there; "" where there is none."""
    places = (way.place for way in reversed(data.ways.values()))
    return next((place for place in places if place and Path(place).is_dir()), "")
