"""CardInspector: one card in full, or what several chosen ones have in common; saved as one goes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardKind
from workbench.plans.card_story import CardStory
from workbench.plans.views import Conflict
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.pages.plan_inspector_conflicts import ConflictBox
from workbench.ui.pages.plan_inspector_form import CHANNEL_TITLES, FOCUS_TITLES, CardForm, FormPlan
from workbench.ui.pages.plan_inspector_times import TimesChoice
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button, say
from workbench.ui.widgets.checklist_editor import ChecklistEditor
from workbench.ui.widgets.evidence_list import EvidenceList
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tab_order import in_tab_order

_FIRST: Final = (
    ("title",), ("promised_to",), ("column", "pillar"), ("due_on", "hours"), ("recurrence",), ("owner",),
    ("objective_id",),
)  # fmt: skip
_LAST: Final = (("came_of",), ("notes",))
_MORE: Final = (("starts_on", "kind"), ("focus", "channel"))
_CHECKLIST, _EVIDENCE, _FOLD = "checklist", "evidence", "more"
_ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_STORED: Final = {"due_on": "due", "starts_on": "starts"}


class CardInspector(QWidget):
    """`edited(fields)` asks for fields of every card shown; `settled(conflict, index)`, `closed`, `archive_wanted`.

    Checklist and evidence speak for themselves. A reading that arrives while somebody types leaves the field they are
    in alone. `all_times` says whether what is edited is meant for every time of a series.
    """

    edited = Signal(dict)
    settled = Signal(object, int)
    closed = Signal()
    archive_wanted = Signal()

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Card")
        self.form = CardForm(theme, today=today)
        self.checklist, self.evidence = ChecklistEditor(theme), EvidenceList(theme)
        self.times = TimesChoice(theme)
        self._story = PlainLabel("", role="caption", wraps=True)
        self._title = PlainLabel("Card", role="strong")
        self._titles: Mapping[str, str] = {}
        self._boxes: list[ConflictBox] = []
        self._conflicts: tuple[Conflict, ...] = ()
        self._places = {name: _room() for name in self.form.fields}
        self._places["hours"].addWidget(self.form.load)
        self._elsewhere = _room()
        self.more = push_button("More", theme=theme, kind="link", icon="caret-right", clicked=self._turn_more)
        self._summary = PlainLabel("", role="caption", wraps=True)
        self._folded = QWidget()
        self._of_one: list[QWidget] = []
        self._build()
        self.form.edited.connect(self.edited)
        self.setFocusProxy(self.form.title)

    @property
    def card_id(self) -> CardId | None:
        """The card shown; of several the first."""
        return self.form.cards[0].id if self.form.cards else None

    @property
    def card_ids(self) -> tuple[CardId, ...]:
        """The cards shown."""
        return tuple(card.id for card in self.form.cards)

    @property
    def all_times(self) -> bool:
        """Whether every time of a series is meant."""
        return self.times.isVisibleTo(self) and self.times.is_all

    @property
    def problems(self) -> tuple[str, ...]:
        """What is said to be wrong, field by field."""
        return tuple(field.problem for field in self.form.fields.values() if field.problem)

    def show_cards(self, cards: Sequence[CardRow], plan: FormPlan, *, times: int = 0) -> None:
        """Shows one card or several; `times` is how often a card that comes back does."""
        is_same = self.card_ids == tuple(card.id for card in cards)
        self.form.show_cards(cards, plan)
        self._titles = dict(plan.objectives)
        first, is_one = cards[0], len(cards) == 1
        kind = "Commitment" if first.kind is CardKind.COMMITMENT else "Card"
        self._title.setText(kind if is_one else f"{numbers.count(len(cards))} cards")
        self.setAccessibleName(self._title.text())
        self.times.show_card(first if is_one else None, times=times, is_same=is_same)
        for widget in self._of_one:
            widget.setVisible(is_one)
        if is_one:
            self.checklist.show_items(first.checklist)
            self.evidence.show_evidence(first.evidence)
        if not is_same:
            self.evidence.shut()
            self._area.verticalScrollBar().setValue(0)
            self.forget_story()
        self._summary.setText(_summary(first) if is_one else "")
        self._fit_more()
        self._order()

    def show_story(self, story: CardStory, *, now: datetime, authors: Mapping[str, str]) -> None:
        """Says who changed the card last, and shows what two people said of it, each beside its field."""
        self._story.setText("")
        if story.at is not None:
            who = authors.get(story.author, "") or "somebody"
            self._story.setText(f"Changed by {who}, {numbers.ago(story.at, now=now)}")
            self._story.setToolTip(numbers.moment(story.at))
        if story.conflicts == self._conflicts:
            return
        self._forget_conflicts()
        self._conflicts = story.conflicts
        for conflict in story.conflicts:
            box = ConflictBox(self._theme, conflict, now=now, authors=authors, titles=self._titles)
            box.settled.connect(self.settled)
            self._place_of(conflict).addWidget(box)
            self._boxes.append(box)
        self._order()
        folded = {_STORED.get(name, name) for names in _MORE for name in names}
        if any(_field(conflict) in folded for conflict in story.conflicts) and self._folded.isHidden():
            self._turn_more()

    def forget_story(self) -> None:
        """Says nothing of who changed the card."""
        self._story.setText("")
        self._forget_conflicts()

    def _forget_conflicts(self) -> None:
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes, self._conflicts = [], ()

    @property
    def story(self) -> str:
        """Who changed the card last, in words."""
        return self._story.text()

    @property
    def conflicts(self) -> tuple[ConflictBox, ...]:
        """What waits for a choice."""
        return tuple(self._boxes)

    def save(self) -> None:
        """Writes every field that differs from the card."""
        self.form.save()

    def take_focus(self) -> None:
        """Puts the keyboard behind the title, or in the first field several cards share."""
        if len(self.form.cards) > 1:
            self.form.column.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
        # Behind the title and not over it: a key pressed too many must not replace it.
        self.form.title.moveCursor(QTextCursor.MoveOperation.End)

    @override
    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and (_is_ours(event) or _is_of_board(event)):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_ours(event):
            super().keyPressEvent(event)
            return
        # Moving the keyboard away saves the field it was in, as it does everywhere else.
        self.save()
        self.closed.emit()

    # Building

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.times)
        column.addLayout(self._elsewhere)
        column.addLayout(self.form.rows(_FIRST, places=self._places))
        column.addWidget(self._section("Checklist", self.checklist, beside=self.checklist.count))
        column.addWidget(self._section("Evidence", self.evidence))
        column.addLayout(self.form.rows(_LAST, places=self._places))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._summary)
        folded = self.form.rows(_MORE, places=self._places)
        folded.setContentsMargins(0, 0, 0, 0)
        self._folded.setLayout(folded)
        self._folded.hide()
        column.addWidget(self._folded)
        column.addWidget(self._story)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(self._built_head())
        self._whole.addWidget(self._area, 1)
        self._whole.addLayout(self._built_foot())

    def add_foot(self, widget: QWidget) -> None:
        """Puts something below the fields, above the foot."""
        self._whole.insertWidget(self._whole.count() - 1, widget)

    def _built_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(icon_button("Close the card (Esc)", icon="x", theme=self._theme, clicked=self.closed.emit))
        return head

    def _built_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        archive = push_button(
            "Archive", theme=self._theme, kind="plain", icon="archive", clicked=self.archive_wanted.emit
        )
        foot.addWidget(archive)
        foot.addStretch(1)
        foot.addWidget(PlainLabel("Saved as you go", role="caption"))
        return foot

    def _section(self, title: str, widget: QWidget, *, beside: QWidget | None = None) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, role="captionstrong"))
        head.addStretch(1)
        if beside is not None:
            head.addWidget(beside)
        column.addLayout(head)
        column.addWidget(widget)
        self._of_one.append(held)
        return held

    def _order(self) -> None:
        """Tab goes as one reads, also through what came later."""
        controls: list[QWidget] = [self.times.one, self.times.all, *self._rows_in(self._elsewhere)]
        for names in (*_FIRST, (_CHECKLIST,), (_EVIDENCE,), *_LAST, (_FOLD,), *_MORE):
            for name in names:
                controls += self._stops(name)
            for name in names:
                controls += self._rows_in(self._places[name]) if name in self._places else ()
        in_tab_order(controls)

    def _stops(self, name: str) -> Sequence[QWidget]:
        parts: dict[str, Sequence[QWidget]] = {
            _CHECKLIST: self.checklist.controls, _EVIDENCE: self.evidence.controls, _FOLD: (self.more,),
            "due_on": self.form.due.controls, "starts_on": self.form.starts.controls,
            "recurrence": self.form.recurrence.controls,
        }  # fmt: skip
        return parts[name] if name in parts else (self.form.fields[name].control,)

    def _rows_in(self, room: QVBoxLayout) -> list[QWidget]:
        return [row for box in self._boxes if room.indexOf(box) >= 0 for row in box.rows]

    # Conflicts and the fold

    def _place_of(self, conflict: Conflict) -> QVBoxLayout:
        wanted = _field(conflict)
        return next((room for name, room in self._places.items() if _STORED.get(name, name) == wanted), self._elsewhere)

    def _turn_more(self) -> None:
        self._folded.setVisible(self._folded.isHidden())
        self._fit_more()
        if self._folded.isVisible():
            self._area.ensureWidgetVisible(self._folded)

    def _fit_more(self) -> None:
        is_open = not self._folded.isHidden()
        say(self.more, "Less" if is_open else "More")
        self.more.setIcon(icon("caret-down" if is_open else "caret-right", self._theme, token="accent"))
        self.more.setAccessibleDescription("From, kind, what it works on, and channel")
        self._summary.setVisible(not is_open and bool(self._summary.text()))


def _summary(card: CardRow) -> str:
    """What is said in the fold, while it is shut."""
    said = [
        "" if card.starts_on is None else f"from {numbers.short_day(card.starts_on)}",
        "" if card.focus is None else f"works on {FOCUS_TITLES[card.focus].lower()}",
        "" if card.channel is None else f"by {CHANNEL_TITLES[card.channel].lower()}",
    ]
    words = ", ".join(filter(None, said))
    return words[:1].upper() + words[1:]


def _field(conflict: Conflict) -> str:
    return conflict.field.rpartition("~")[2]


def _room() -> QVBoxLayout:
    room = QVBoxLayout()
    room.setSpacing(8)
    return room


def _is_of_board(event: QKeyEvent) -> bool:
    """Whether a key would move or archive the card: in a box or a choice beside it that is never meant."""
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Delete or (is_control and event.key() in _ARROWS)


def _is_ours(event: QKeyEvent) -> bool:
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
