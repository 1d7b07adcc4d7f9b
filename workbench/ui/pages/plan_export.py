"""ExportPanel: the plan summary as a file or on paper: form, format, names or not, and its pages beforehand."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.export.summary import WITHOUT_PAGES
from workbench.ids import PlanId
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_export_job import FORMATS, NamesWish, Preview, Wish, make_preview, write_file
from workbench.ui.pages.plan_export_place import ask_place, file_name, keep_folder
from workbench.ui.pages.plan_print import start_printing
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field, ProblemLine
from workbench.ui.widgets.page_picture import PagePicture
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.submit_key import SubmitKey
from workbench.ui.widgets.ticks import RadioDot, TickBox
from workbench.ui.words import error_words

_FORM_WIDTH: Final = 420
_SAVE: Final = "Save…"


class ExportPanel(QWidget):
    """Opened with `show_plan`; `closed` when it is done with, `saved` after every file. Jobs write, and can be stopped.

    Where a file goes is asked each time, beginning in the folder the last one went to. The panel stays open after a
    file is saved: the next format is one choice away.
    """

    closed = Signal()
    saved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._plan_id: PlanId | None = None
        self._written: Path | None = None
        self._preview_now: Preview | None = None
        self._is_previewed = False
        self._formats, self._forms = QButtonGroup(self), QButtonGroup(self)
        self.full, self.one_page = RadioDot(self._theme, "Everything"), RadioDot(self._theme, "One page")
        self.paper = ChoiceBox(self._theme, name="Paper")
        self._buttons = {key: RadioDot(self._theme, title) for key, title, _ending, _use in FORMATS}
        self.recipient, self.reason = QLineEdit(), QLineEdit()
        self.dialog: QFileDialog | None = None
        self._name = ""
        self.with_names = TickBox(self._theme, "Include the names of card owners")
        self.fields = {
            "recipient": Field(self._theme, "For whom", self.recipient),
            "reason": Field(self._theme, "Why they need names", self.reason),
        }
        self.print = push_button("Print…", theme=self._theme, icon="printer", clicked=self.print_it)
        self._save = push_button(_SAVE, theme=self._theme, kind="primary", clicked=self.submit)
        self._leave = push_button("Cancel", theme=self._theme, kind="plain", clicked=self.closed.emit)
        # A name is read to its end, on a second line where need be.
        self._result = PlainLabel("", role="small", wraps=True)
        self.problem = ProblemLine(self._theme)
        reveal = push_button("Show in folder", theme=self._theme, kind="link", clicked=self.show_in_folder)
        self.reveal = reveal
        self._contents = PlainLabel("", role="small", wraps=True)
        self._picture = PagePicture(self._theme)
        self._area = QScrollArea()
        self._build()
        SubmitKey(self, self.submit)
        self._listen()

    def show_plan(self, plan_id: PlanId, *, name: str) -> None:
        """Begins an export of a plan."""
        self._plan_id = plan_id
        self.with_names.setChecked(False)
        for field in self.fields.values():
            field.say_problem("")
        self._name = file_name(name)
        self._say_result("")
        self._leave.setText("Cancel")
        self._leave.setAccessibleName("Cancel")
        self.show_busy(is_busy=False)
        self._preview()
        self._buttons[self.format()].setFocus(Qt.FocusReason.OtherFocusReason)

    def format(self) -> str:
        """The key of the chosen format."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def is_settled(self) -> bool:
        """Whether the first page has been drawn."""
        return self._is_previewed

    def written(self) -> Path | None:
        """The file saved last."""
        return self._written

    def show_in_folder(self) -> None:
        """Opens the folder of the file saved last."""
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    def show_busy(self, *, is_busy: bool) -> None:
        """Keeps the button from being pressed twice."""
        self._save.setEnabled(not is_busy)
        self._save.setText("Saving…" if is_busy else _SAVE)

    def submit(self) -> None:
        """Asks where the file goes, or says beside a field what is missing."""
        names = self._names()
        needs_recipient, needs_reason = (names is not None and not text for text in _parts(names))
        problems = {
            "recipient": "Say who gets the names; it is printed on the document." if needs_recipient else "",
            "reason": "Say why they need names; it is printed on the document." if needs_reason else "",
        }
        for key, words in problems.items():
            self.fields[key].say_problem(words)
        wrong = next((key for key, words in problems.items() if words), None)
        if wrong is not None:
            self._go_to(wrong)
        elif self._save.isEnabled():
            self._ask_place()

    def save_to(self, place: Path) -> None:
        """Writes the file, and begins there the next time."""
        if self._plan_id is not None:
            keep_folder(place.parent)
            self._write(self._plan_id, place, self._names())

    def print_it(self) -> None:
        """Asks for a printer, with the pages pictured here as what it will print."""
        if self._preview_now is not None:
            start_printing(self, self._preview_now.summary, done=self._on_printed)

    def _on_printed(self, words: str) -> None:
        self._say_result(words)
        self.reveal.hide()

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for card in (self._built_form(), self._built_formats(), self._built_contents()):
            column.addWidget(card)
        column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._area.setMinimumWidth(self._theme.px(_FORM_WIDTH) // 2)
        saved = QHBoxLayout()
        saved.setContentsMargins(0, 0, 8, 0)
        saved.setSpacing(8)
        saved.addWidget(self._result, 1)
        saved.addWidget(self.reveal)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self.print)
        foot.addWidget(self._save)
        self._save.setToolTip("Save the file (Ctrl+Return)")
        form = QVBoxLayout()
        form.setSpacing(12)
        form.addWidget(self._area, 1)
        form.addWidget(self.problem)
        form.addLayout(saved)
        form.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(form, 5)
        row.addWidget(self._picture, 4)

    def _built_form(self) -> Card:
        card = Card("How much")
        uses = ((self.one_page, "For a sponsor: measures, risks, what is next"), (self.full, "Charter, board, hours"))
        for button, use in uses:
            button.setAccessibleDescription(use)
            self._forms.addButton(button)
            line = QHBoxLayout()
            line.setSpacing(8)
            button.setMinimumWidth(self._theme.px(112))
            line.addWidget(button)
            line.addWidget(PlainLabel(use, role="small", elides=True))
            line.addStretch(1)
            card.body.addLayout(line)
        self.full.setChecked(True)
        for title, is_letter in (("A4", False), ("Letter", True)):
            self.paper.addItem(title, is_letter)
        self.paper.setCurrentIndex(int(_uses_letter()))
        card.body.addWidget(Field(self._theme, "Paper", self.paper))
        return card

    def _built_formats(self) -> Card:
        card = Card("Format")
        card.body.setSpacing(0)
        for key, _title, ending, use in FORMATS:
            button = self._buttons[key]
            button.setAccessibleDescription(use)
            self._formats.addButton(button)
            line = QHBoxLayout()
            line.setSpacing(8)
            button.setMinimumWidth(self._theme.px(112))
            line.addWidget(button)
            line.addWidget(PlainLabel(use, role="small", elides=True))
            line.addStretch(1)
            line.addWidget(PlainLabel(ending, role="caption"))
            card.body.addLayout(line)
        self._buttons["pdf"].setChecked(True)
        return card

    def _built_contents(self) -> Card:
        card = Card("What is in it")
        card.body.addWidget(self._contents)
        card.body.addSpacing(4)
        card.body.addWidget(self.with_names)
        for key in ("recipient", "reason"):
            card.body.addWidget(self.fields[key])
            self.fields[key].hide()
        self.recipient.setPlaceholderText("The regional office, a name")
        self.reason.setPlaceholderText("To agree who takes what on")
        return card

    def _listen(self) -> None:
        for key, button in self._buttons.items():
            button.toggled.connect(partial(self._on_format, key))
        self.full.toggled.connect(self._preview)
        self.paper.currentIndexChanged.connect(self._preview)
        self.with_names.toggled.connect(self._on_names)
        for line in (self.recipient, self.reason):
            line.editingFinished.connect(self._preview)

    def _on_format(self, key: str, is_on: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        if not is_on:
            return
        for form in (self.full, self.one_page):
            form.setEnabled(key not in WITHOUT_PAGES)
        self.problem.say("")

    def _on_names(self, is_on: bool) -> None:  # noqa: FBT001 - as above
        for key in ("recipient", "reason"):
            self.fields[key].setVisible(is_on)
        if is_on:
            self.recipient.setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview()

    def _names(self) -> NamesWish | None:
        if not self.with_names.isChecked():
            return None
        return NamesWish(recipient=self.recipient.text().strip(), purpose=self.reason.text().strip())

    def _wish(self, plan_id: PlanId, names: NamesWish | None) -> Wish:
        return Wish(plan_id, names, is_one_page=self.one_page.isChecked(), is_letter=bool(self.paper.currentData()))

    def _preview(self) -> None:
        if self._plan_id is None:
            return
        names = self._names()
        # A half-filled pair is nothing to print; until it is whole the page shows no names.
        complete = names if names is not None and names.recipient and names.purpose else None
        self._is_previewed, self._preview_now = False, None
        self.print.setEnabled(False)
        job = partial(make_preview, self._context.workspace, self._wish(self._plan_id, complete))
        self._context.jobs.run(self, "preview", job, self._on_preview, self._on_preview_failed)

    def _on_preview(self, preview: Preview) -> None:
        self._is_previewed, self._preview_now = True, preview
        self.print.setEnabled(True)
        self._picture.show_pages(preview.pages, count=preview.count)
        self._contents.setText("\n".join(f"•  {line}" for line in preview.lines))
        self._picture.setAccessibleDescription("\n".join(preview.lines))

    def _on_preview_failed(self, error: Exception) -> None:
        self._is_previewed = True
        self._picture.show_pages((), count=0)
        self._contents.setText(" ".join(error_words(error)[0]))

    def _write(self, plan_id: PlanId, place: Path, names: NamesWish | None) -> None:
        self._say_result("")
        self.problem.say("")
        self.show_busy(is_busy=True)
        job = partial(write_file, self._context.workspace, self._wish(plan_id, names), key=self.format(), out=place)
        done, title = partial(self._on_written, place), f"Saving {place.name}"
        self._context.jobs.run(self, "write", job, done, self._on_failed, stopped=self._on_stopped, title=title)

    def _on_written(self, place: Path, size: int) -> None:
        self.show_busy(is_busy=False)
        self._written = place
        self._leave.setText("Close")
        self._leave.setAccessibleName("Close")
        words = f"Saved {place.name}, {numbers.size(size)}."
        self._say_result(words)
        self.saved.emit()
        if not self.isVisible():
            self._context.tell(words, action="export.reveal")

    @property
    def result(self) -> str:
        """What is said of the file saved last in this export."""
        return self._result.text()

    def _say_result(self, words: str) -> None:
        self._result.setText(words)
        self._result.setVisible(bool(words))
        self.reveal.setVisible(bool(words))

    def _on_failed(self, error: Exception) -> None:
        self.show_busy(is_busy=False)
        words, _details = error_words(error)
        self.problem.say(" ".join(words))
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, name: str) -> None:
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)
        # The line that says what is wrong takes its room with the next layout.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.fields[name]))

    def _on_stopped(self) -> None:
        self.show_busy(is_busy=False)

    def _ask_place(self) -> None:
        self.dialog = ask_place(self, key=self.format(), name=self._name, chosen=self.save_to)
        self.dialog.destroyed.connect(self._forget_dialog)

    def _forget_dialog(self) -> None:
        self.dialog = None


def _parts(names: NamesWish | None) -> tuple[str, str]:
    return ("", "") if names is None else (names.recipient, names.purpose)


def _uses_letter() -> bool:
    """Whether people here print on Letter: where the system measures in inches."""
    return QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
