"""Kept panels: the watch list, outputs and ideas as tables of the Questions page, each with what can be done."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.notes.watching import OPEN
from workbench.operations.house_rules import house_rules
from workbench.operations.letters import Language
from workbench.queries.watching import FoundThread, IdeaRow, OutputRow, WatchRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.watch_forms import KIND_TITLES, OUTCOME_TITLES, WatchForms
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.state_panel import StatePanel, StateWords, copy
from workbench.ui.widgets.table_view import TableView

_GONE: Final = "Not here now"
_COMMUNITY: Final = "[community]"
NO_WATCH: Final = StateWords(
    "No conversation is watched",
    ("Open a question or a conversation and press “Keep an eye on it”: your note stays in this profile, and Today"
     " reminds you on the day you choose.",),
    "eye",
)  # fmt: skip
NO_OUTPUT: Final = StateWords(
    "Nothing was made of a conversation yet",
    ("When a document, a page or a decision comes out of talk, keep it here with the conversations it came from.",),
    "package",
)  # fmt: skip
NO_IDEA: Final = StateWords(
    "No idea was kept yet",
    ("Keep an idea from a conversation, say to whom it was handed, and 30 days later Today asks what became of it.",),
    "lightbulb",
)  # fmt: skip


def _thread(threads: Sequence[FoundThread]) -> str:
    if not threads:
        return ""
    first = threads[0]
    words = _GONE if first.id is None else short_subject(first.subject, first.community) or "No subject"
    return words if len(threads) == 1 else f"{words} and {len(threads) - 1} more"


class WatchModel(RowsModel[WatchRow]):
    """Watched threads; those that are closed say what was done."""

    WIDTHS, GIVES_WAY = (0, 260, 120, 200), (3,)
    FIRST = 2

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[WatchRow], ...] = (
            Column("Conversation", lambda row: _thread((row.thread,)), lambda row: row.thread.subject.casefold(),
                   mark=lambda row: ("eye", "watch") if row.is_open else ("check-circle", "good")),
            Column("Why", lambda row: line(row.note), lambda row: row.note.casefold(), 320,
                   tip=lambda row: row.note),
            Column("Look again", lambda row: "" if row.look_on is None or not row.is_open else numbers.day(row.look_on),
                   lambda row: row.look_on if row.is_open else None, 136),
            Column("What was done", lambda row: line(row.done), lambda row: row.closed_at, 220,
                   tip=lambda row: row.done),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.note} {row.thread.subject}", parent=parent)


class OutputModel(RowsModel[OutputRow]):
    """Outputs, the newest first."""

    WIDTHS, GIVES_WAY = (0, 112, 180, 200, 112), (2, 3)
    FIRST = 4

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[OutputRow], ...] = (
            Column("Output", lambda row: line(row.title), lambda row: row.title.casefold()),
            Column("Kind", lambda row: KIND_TITLES[row.kind], lambda row: row.kind, 128),
            Column("Where it is", lambda row: line(row.link), lambda row: row.link, 240, tip=lambda row: row.link),
            Column("Made of", lambda row: _thread(row.threads), lambda row: _thread(row.threads).casefold(), 260),
            Column("Day", lambda row: numbers.day(row.day), lambda row: row.day, 128),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.title} {row.link}", parent=parent)


class IdeaModel(RowsModel[IdeaRow]):
    """Ideas with where they stand."""

    WIDTHS, GIVES_WAY = (0, 150, 112, 190, 180), (4, 2)
    FIRST = 2

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[IdeaRow], ...] = (
            Column("Idea", lambda row: line(row.words), lambda row: row.words.casefold(), tip=lambda row: row.words),
            Column("Handed to", lambda row: line(row.unit) or "nobody yet", lambda row: row.unit.casefold(), 180),
            Column("On", lambda row: "" if row.handed_on is None else numbers.day(row.handed_on),
                   lambda row: row.handed_on, 128),
            Column("What became of it", _outcome, lambda row: row.outcome, 220, tip=_outcome,
                   mark=lambda row: ("hourglass", "watch") if row.outcome == OPEN else ("check-circle", "good")),
            Column("From", lambda row: _thread(row.threads), lambda row: _thread(row.threads).casefold(), 240),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.words} {row.unit}", parent=parent)


def _outcome(row: IdeaRow) -> str:
    said = OUTCOME_TITLES[row.outcome]
    return f"{said}: {line(row.outcome_words)}" if row.outcome_words else said


class KeptPanel(QWidget):
    """A table below its buttons. `chosen(thread)` when a row becomes current, `opened(thread)` on Enter."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, context: Context, model: Any, *, name: str, nothing: StateWords) -> None:
        super().__init__()
        self.model = model
        self._is_writable = True
        self._theme, self._deeds = context.theme, list[tuple[QPushButton, Callable[[Any], bool]]]()
        self.table = TableView(self._theme, name=name)
        self.table.setModel(model)
        self.table.set_widths(model.WIDTHS, gives_way=model.GIVES_WAY)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(model.FIRST, Qt.SortOrder.DescendingOrder)
        self.table.opened.connect(lambda place: self._tell(model.row_at(place), self.opened.emit))
        self.table.selectionModel().currentChanged.connect(lambda _now, _past: self._on_current())
        self._nothing = StatePanel(self._theme)
        self._nothing.show_words(nothing)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(12, 8, 12, 8)
        self.tools.setSpacing(8)
        self.tools.addStretch(1)
        card = Card(padding=1)
        card.body.addLayout(self.tools)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._nothing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[Any], *, is_writable: bool) -> None:
        """Shows other rows; the one that was current stays so while it is there."""
        held = self.current()
        self._is_writable = is_writable
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        places = range(self.model.rowCount())
        place = next((at for at in places if held is not None and self.model.row_at(at).id == held.id), -1)
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 0))
        self._allow()

    def current(self) -> Any:
        """The current row, None without one."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def offer(
        self, words: str, icon: str, act: Callable[[QPushButton, Any], object], *, fits: Any = None
    ) -> QPushButton:
        """A button for the current row, where it `fits`; `act` gets the button and the row."""
        button = push_button(words, theme=self._theme, icon=icon)
        snug(button)
        button.clicked.connect(lambda: act(button, self.current()) if self.current() is not None else None)
        self.tools.addWidget(button)
        self._deeds.append((button, fits or (lambda _row: True)))
        return button

    def _on_current(self) -> None:
        self._allow()
        row = self.current()
        if row is not None:
            self._tell(row, self.chosen.emit)

    def _allow(self) -> None:
        row = self.current()
        for button, fits in self._deeds:
            button.setEnabled(self._is_writable and row is not None and bool(fits(row)))

    def _tell(self, row: Any, told: Callable[[int], object]) -> None:
        threads = (row.thread,) if isinstance(row, WatchRow) else row.threads
        here = next((thread.id for thread in threads if thread.id is not None), None)
        if here is not None:
            told(int(here))


def watch_panel(context: Context, forms: WatchForms) -> KeptPanel:
    """The watch list, with the house rules beside it."""
    panel = KeptPanel(context, WatchModel(), name="Watched conversations", nothing=NO_WATCH)
    rules = push_button("Copy house rules", theme=context.theme, icon="scales")
    rules.setToolTip("A page of light governance to adapt: who decides, what is welcome, how one objects")
    menu = QMenu(rules)
    for language in Language:
        menu.addAction(language.value, lambda one=language: _copy_rules(context, one))
    rules.setMenu(menu)
    snug(rules)
    panel.tools.insertWidget(0, rules)
    panel.offer("Change the note", "pencil-simple", lambda button, row: forms.watch(button, row.thread.id, row),
                fits=lambda row: row.thread.id is not None)  # fmt: skip
    panel.offer("Close it", "check", forms.close, fits=lambda row: row.is_open)
    panel.offer("Forget", "trash", lambda _button, row: forms.forget(row))
    return panel


def output_panel(context: Context, forms: WatchForms) -> KeptPanel:
    """What was made of conversations."""
    panel = KeptPanel(context, OutputModel(), name="Outputs", nothing=NO_OUTPUT)
    panel.offer("Make a card", "note-pencil", lambda button, row: context.maker.begin(card_of(row), button))
    panel.offer("Change", "pencil-simple", lambda button, row: forms.output(button, (), row))
    panel.offer("Forget", "trash", lambda _button, row: forms.forget(row))
    return panel


def card_of(row: OutputRow) -> CardSeed:
    """A card about an output, which it keeps as evidence beside the first conversation that is here."""
    kind = EvidenceKind.LINK if "://" in row.link else EvidenceKind.FILE
    shown = (Evidence("", kind, row.title, row.link),) if row.link else ()
    return CardSeed(row.title, thread=next((one.id for one in row.threads if one.id is not None), None), evidence=shown)


def idea_panel(context: Context, forms: WatchForms) -> KeptPanel:
    """Ideas and where they stand."""
    panel = KeptPanel(context, IdeaModel(), name="Ideas", nothing=NO_IDEA)
    panel.offer("Handed on", "arrow-right", forms.hand)
    panel.offer("What became of it", "check", forms.outcome)
    panel.offer("Forget", "trash", lambda _button, row: forms.forget(row))
    return panel


def _copy_rules(context: Context, language: Language) -> None:
    copy(house_rules(language, community=_COMMUNITY))
    context.tell("Copied. Change what does not fit; a community keeps its own under About, Policies.")
