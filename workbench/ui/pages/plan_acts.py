"""CardActs: what people do with the chosen cards of a plan, the same from board, list, calendar, timeline and menu."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from workbench.errors import WorkbenchError
from workbench.ids import CardId, ObjectiveId, PlanId, uuid7
from workbench.models.kinds import CardColumn, Pillar
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.plan_cards import Fields, PlanCards
from workbench.ui.pages.plan_desk import Gesture, PlanDesk
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_ICONS, PILLAR_TITLES
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft
    from workbench.plans.views import Conflict

_MOST_CHOICES: Final = 25
_NOTHING: Final[Mapping[CardId, Fields]] = MappingProxyType({})


class CardActs(QObject):
    """Every act is one gesture on all chosen cards, so one step of undo takes it back.

    `opened(id)` asks for the details of a card; `made(ids)` tells which cards were added, to be chosen once they are
    read. What is about to be saved shows at once in every view, through the cards they share.
    """

    opened = Signal(str)
    made = Signal(object)

    def __init__(self, context: Context, desk: PlanDesk, cards: PlanCards) -> None:
        super().__init__()
        self._context, self._desk, self._cards = context, desk, cards
        self._owners: Sequence[str] = ()
        self._objectives: Sequence[tuple[ObjectiveId, str]] = ()

    def offer(self, *, owners: Sequence[str], objectives: Sequence[tuple[ObjectiveId, str]]) -> None:
        """Says who and what a card can be given to by the menu."""
        self._owners, self._objectives = owners, objectives

    @property
    def chosen(self) -> tuple[CardId, ...]:
        """The cards acts are for."""
        return self._cards.chosen

    def do(self, gesture: Gesture) -> None:
        """Runs a gesture on the plan in use."""
        self._desk.do(gesture)

    @property
    def plan_id(self) -> PlanId | None:
        """The plan that gestures are for."""
        return self._desk.plan_id

    def do_in(self, plan_id: PlanId, gesture: Gesture, *, refused: Callable[[], object] = lambda: None) -> None:
        """Runs a gesture on a plan itself, its charter, objectives and checkpoints, whatever plan is in use by then.

        `refused` comes before anybody is told why.
        """

        def failed(error: Exception) -> None:
            refused()
            self._desk.failed.emit(error)

        self._desk.carry(plan_id, gesture, done=lambda: None, failed=failed)

    def open(self) -> None:
        """Asks for the details of the card the keyboard is on."""
        if self._cards.current is not None:
            self.opened.emit(self._cards.current)

    def move_to(self, column: CardColumn) -> None:
        """Puts the chosen cards on top of a column, in the order they have."""
        self.put([card for card in self.chosen if self._cards.rows[card].column is not column], to=column, index=0)

    def put(
        self, cards: Sequence[CardId], *, to: CardColumn, index: int, changes: Mapping[CardId, Fields] = _NOTHING
    ) -> None:
        """Puts cards side by side at `index` of a column, counted without them, and sets fields of each."""
        if cards:
            self._desk.do(lambda editor: editor.move_cards(cards, to=to, index=index, changes=changes))
            self._cards.move(cards, to=to, index=index, changes=changes)

    def set_fields(self, **fields: object) -> None:
        """Writes the same fields into all chosen cards."""
        self.set_each(dict.fromkeys(self.chosen, fields))

    def set_each(self, changes: Mapping[CardId, Fields]) -> int:
        """Writes fields of cards, each its own, and answers of how many."""
        found = {card: fields for card, fields in changes.items() if fields}
        if found:
            self._desk.do(lambda editor: editor.set_each(found))
            self._cards.alter(found)
        return len(found)

    def set_series(self, card: CardId, **fields: object) -> None:
        """Writes fields of every time of a series."""
        self._desk.do(lambda editor: editor.set_series(card, **fields))

    def settle(self, conflict: "Conflict", candidate_index: int) -> None:
        """Keeps one of the values two people gave a field."""
        self._desk.do(lambda editor: editor.settle(conflict, candidate_index))

    def shift(self, days: int) -> int:
        """Moves the chosen cards that have a day by so many days, windows with their starts; answers how many.

        Days counted from day 0 move on over weekends and holidays.
        """
        rows, plan = self._cards.rows, self._cards.days
        return self.set_each({card: plan.shifted(rows[card], days) for card in self.chosen})

    def archive(self) -> None:
        """Takes the chosen cards off the plan and offers the way back."""
        self.archive_these(self.chosen)

    def archive_these(self, cards: Sequence[CardId]) -> None:
        """The same with other cards than the chosen ones."""
        if not cards:
            return
        self._desk.do(lambda editor: editor.archive_cards(cards))
        self._cards.remove(cards)
        words = "Card archived." if len(cards) == 1 else f"{numbers.count(len(cards))} cards archived."
        self._context.tell(words, action="edit.undo")

    def bring_back(self, cards: Sequence[CardId]) -> None:
        """Puts archived cards back where they were."""
        self._desk.do(lambda editor: editor.restore_cards(cards))
        self.made.emit(tuple(cards))
        words = "Card brought back." if len(cards) == 1 else f"{numbers.count(len(cards))} cards brought back."
        self._context.tell(words, action="edit.undo")

    def archive_by_key(self) -> None:
        """The same by the key that in a line of text takes letters away."""
        if not _is_typing():
            self.archive()

    def duplicate(self) -> None:
        """Adds a copy of each chosen card."""
        cards = self.chosen
        if cards:
            ids = self._new_ids(len(cards))
            self._desk.do(lambda editor: editor.duplicate_cards(cards, new_ids=ids))
            self.made.emit(ids)

    def duplicate_by_key(self) -> None:
        """The same by its key, which means nothing while somebody types."""
        if not _is_typing():
            self.duplicate()

    def add(self, draft: "CardDraft", *, on_top: bool = True) -> CardId:
        """Adds a card and answers the id it will have."""
        return self.add_all([draft], on_top=on_top)[0]

    def add_all(self, drafts: "Sequence[CardDraft]", *, on_top: bool = False) -> tuple[CardId, ...]:
        """Adds cards in one gesture."""
        ids = self._new_ids(len(drafts))
        self._desk.do(lambda editor: editor.add_cards(drafts, card_ids=ids, on_top=on_top))
        self.made.emit(ids)
        return ids

    # Clipboard

    def copy(self) -> None:
        """Puts the chosen cards on the clipboard: as cards, as a table, as text."""
        from workbench.plans.clip import OWN_TYPE, as_html, as_own, as_table  # noqa: PLC0415 - loads with the first copy

        rows = [self._cards.rows[card] for card in self.chosen]
        if rows:
            data = QMimeData()
            data.setText(as_table(rows))
            data.setHtml(as_html(rows))
            data.setData(OWN_TYPE, as_own(rows))
            QApplication.clipboard().setMimeData(data)
            self._context.tell(f"{numbers.plural(len(rows), 'card', 'cards')} copied.")

    def cut(self) -> None:
        """Copies the chosen cards, then archives them."""
        self.copy()
        self.archive()

    def paste(self) -> None:
        """Adds the cards on the clipboard: ours, a table's, or one for every line of text."""
        from workbench.plans.clip import OWN_TYPE, from_own, from_text  # noqa: PLC0415 - as above

        data = QApplication.clipboard().mimeData()
        try:
            own = data.hasFormat(OWN_TYPE)
            drafts = from_own(bytes(data.data(OWN_TYPE).data())) if own else from_text(data.text())
        except WorkbenchError as error:
            self._context.tell(error_words(error)[0][0])
            return
        self.add_all(drafts)
        self._context.tell(f"{numbers.plural(len(drafts), 'card', 'cards')} added.", action="edit.undo")

    # Menu

    def show_menu(self, parent: QWidget, at: QPoint) -> QMenu:
        """Opens the menu of the chosen cards."""
        menu, theme = QMenu(parent), self._context.theme
        menu.addAction(icon("pencil-simple", theme), "Open the card", self.open)
        self.fill_places(menu.addMenu(icon("arrows-out-cardinal", theme), "Move to…"))
        self._fill_pillars(menu.addMenu(icon("columns", theme), "Pillar"))
        self._fill_owners(menu.addMenu(icon("user", theme), "Owner"))
        if self._objectives:
            self._fill_objectives(menu.addMenu(icon("target", theme), "Objective"))
        days = menu.addMenu(icon("calendar-blank", theme), "Move its day")
        for words, step in (
            ("One day later", 1),
            ("One week later", 7),
            ("One day earlier", -1),
            ("One week earlier", -7),
        ):
            days.addAction(words, partial(self.shift, step))
        menu.addSeparator()
        menu.addAction(icon("scissors", theme), "Cut", self.cut)
        menu.addAction(icon("copy", theme), "Copy", self.copy)
        menu.addAction(icon("clipboard-text", theme), "Paste", self.paste)
        menu.addAction(icon("copy-simple", theme), "Duplicate", self.duplicate)
        menu.addAction(icon("archive", theme), "Archive", self.archive)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def fill_places(self, menu: QMenu) -> None:
        """Adds the columns the chosen cards can be moved to."""
        here = {self._cards.rows[card].column for card in self.chosen}
        for column, title in COLUMN_TITLES.items():
            menu.addAction(title, partial(self.move_to, column)).setEnabled(here != {column})

    def _fill_pillars(self, menu: QMenu) -> None:
        for pillar, title in PILLAR_TITLES.items():
            menu.addAction(icon(PILLAR_ICONS[pillar], self._context.theme), title, self._setter(pillar=Pillar(pillar)))
        menu.addSeparator()
        menu.addAction("No pillar", self._setter(pillar=None))

    def _fill_owners(self, menu: QMenu) -> None:
        for owner in self._owners[:_MOST_CHOICES]:
            # An ampersand in a menu is a key; a name is only a name.
            menu.addAction(owner.replace("&", "&&"), self._setter(owner=owner))
        menu.addSeparator()
        menu.addAction("Nobody yet", self._setter(owner=""))

    def _fill_objectives(self, menu: QMenu) -> None:
        for objective_id, title in self._objectives[:_MOST_CHOICES]:
            menu.addAction(title.replace("&", "&&"), self._setter(objective_id=objective_id))
        menu.addSeparator()
        menu.addAction("No objective", self._setter(objective_id=None))

    def _setter(self, **fields: object) -> Callable[[], None]:
        return partial(self.set_fields, **fields)

    def _new_ids(self, count: int) -> tuple[CardId, ...]:
        return tuple(CardId(uuid7(self._context.workspace.clock)) for _ in range(count))


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
