"""CardMaker: makes a card from a conversation, a person or a promise in two clicks; where it goes is remembered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from workbench.clock import local_day
from workbench.ids import CardId, PlanId, uuid7
from workbench.models.changes import Changes
from workbench.models.kinds import CardKind
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardGround, CardPlace, CardSeed, read_ground
from workbench.ui.pages.plan_inspector_fields import Choice, PersonLine
from workbench.ui.pages.plan_inspector_form import KIND_TITLES
from workbench.ui.pages.plan_inspector_names import find_names
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft
    from workbench.plans.editor import PlanEditor

LAST_PLAN: Final = "plans/card_plan"
_WIDTH: Final = 360


class CardMaker(QObject):
    """`begin(seed, anchor)` asks where the card goes and what it says, already filled in; Enter makes it.

    The card is an edit of its plan like any other: Ctrl+Z on the plan takes it back, too. A form that a click elsewhere
    closed comes again as it was left; Esc and Cancel drop it.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._made: CardPlace | None = None
        self._left: tuple[CardSeed, CardTyped] | None = None
        self.popover: CardPopover | None = None

    def begin(self, seed: CardSeed, anchor: QWidget) -> None:
        """Opens the small form beside `anchor`; without a plan it says what is missing."""
        workspace = self._context.workspace
        job = partial(read_ground, workspace.database, seed, now=workspace.clock.now())
        self._context.jobs.run(self, "ground", job, partial(self._on_ground, seed, anchor), self._context.tell_error)

    def _on_ground(self, seed: CardSeed, anchor: QWidget, ground: CardGround) -> None:
        if not ground.plans:
            self._context.tell("Cards stand in a plan, and there is none yet.", action="plan.new")
            return
        last = str(QSettings().value(LAST_PLAN, ""))
        popover = CardPopover(
            self._context, anchor, seed, ground, last=last, wanted=self._make, failed=self._context.tell_error
        )
        if self._left is not None and self._left[0] == seed:
            popover.type_again(self._left[1])
            self._left = None
        popover.left.connect(partial(self._keep, seed))
        self.popover = popover
        popover.destroyed.connect(self._forget)
        popover.open_at(anchor)
        popover.take_focus()

    def _forget(self) -> None:
        self.popover = None

    def _keep(self, seed: CardSeed, typed: "CardTyped") -> None:
        self._left = seed, typed
        self._context.tell("No card was made. What you typed is kept for when you make it.")

    def _make(self, plan_id: PlanId, plan: str, draft: "CardDraft") -> None:
        card = CardId(uuid7(self._context.workspace.clock))
        QSettings().setValue(LAST_PLAN, plan_id)

        def gesture(editor: "PlanEditor") -> Changes:
            return editor.add_card(draft, card_id=card, on_top=True)

        done = partial(self._on_made, CardPlace(plan_id, card), plan, draft.kind)
        self._context.desk.carry(plan_id, gesture, done=done, failed=self._context.tell_error)

    def _on_made(self, place: CardPlace, plan: str, kind: CardKind) -> None:
        self._made = place
        self._context.actions.bind("made.open", self._open)
        self._context.actions.bind("made.undo", self._take_back)
        self._context.tell(f"{KIND_TITLES[kind]} added to “{line(plan)}”.", action="made.undo made.open")

    def _open(self) -> None:
        if self._made is not None:
            self._context.open_page("plans", self._made)

    def _take_back(self) -> None:
        place, self._made = self._made, None
        for action_id in ("made.open", "made.undo"):
            self._context.actions.action(action_id).setEnabled(False)
        if place is not None:
            gesture = partial(_taken_back, card=place.card_id)
            self._context.desk.carry(place.plan_id, gesture, done=self._on_taken_back, failed=self._context.tell_error)

    def _on_taken_back(self) -> None:
        self._context.tell("The card is taken back.")


@dataclass(frozen=True, slots=True)
class CardTyped:
    """What stands in the fields of the form."""

    plan: PlanId
    kind: CardKind
    title: str
    owner: str
    promised_to: str
    due: str


class CardPopover(Popover):
    """The few things a card needs at first; everything else is at its side in the plan.

    `left(typed)` when something was typed and neither taken nor dropped: a click elsewhere closed it.
    """

    left = Signal(object)

    def __init__(
        self,
        context: Context,
        anchor: QWidget,
        seed: CardSeed,
        ground: CardGround,
        *,
        last: str,
        wanted: Callable[[PlanId, str, "CardDraft"], object],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(context.theme, anchor, width=_WIDTH)
        theme = context.theme
        self._context, self._seed, self._ground = context, seed, ground
        self._wanted, self._failed = wanted, failed
        self.plan = Choice(theme, name="Plan", titles=dict(ground.plans))
        self.plan.show_values(_proposed(ground, used=(context.desk.plan_id, last)))
        self.kind = Choice(theme, name="Kind", titles=KIND_TITLES)
        self.kind.show_values({seed.kind})
        self.title = QLineEdit(seed.title)
        self.title.setPlaceholderText("What is to be done")
        self.owner, self.promised_to = PersonLine(theme), PersonLine(theme)
        self.owner.setPlaceholderText("Nobody yet")
        self.promised_to.setPlaceholderText("A person or an office")
        self.heading = PlainLabel("", role="strong")
        self.due = DayField(theme, today=lambda: local_day(context.workspace.clock.now()))
        self.make = push_button("Make the card", theme=theme, kind="primary", clicked=self._end)
        names = [name for name in (ground.my_name, seed.person) if name]
        for who in (self.owner, self.promised_to):
            who.set_near(names)
            who.asked.connect(partial(self._look_up, who))
        self.fields = {
            "plan": Field(theme, "Plan", self.plan),
            "kind": Field(theme, "Kind", self.kind),
            "title": Field(theme, "Title", self.title),
            "owner": Field(theme, "Owner", self.owner),
            "promised_to": Field(theme, "Promised to", self.promised_to),
            "due": Field(theme, "By when", self.due),
        }
        self._build()
        self.kind.edited.connect(self._show_kind)
        self.title.textEdited.connect(self._on_title)
        self.due.entered.connect(self._end)
        self._show_kind()
        self._is_over = False
        self._first = self.typed()

    def take_focus(self) -> None:
        """Puts the keyboard into the title, ready to be typed over; Enter makes the card."""
        self.title.setFocus()
        self.title.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and (is_control or self.title.hasFocus()):
            self._end()
            return
        self._is_over = self._is_over or event.key() == Qt.Key.Key_Escape
        super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._is_over and self.typed() != self._first:
            self._is_over = True
            self.left.emit(self.typed())

    def typed(self) -> CardTyped:
        """What stands in the fields."""
        return CardTyped(
            self.plan.value(), self.kind.value(), self.title.text(), self.owner.text(), self.promised_to.text(),
            self.due.line.text(),
        )  # fmt: skip

    def type_again(self, typed: CardTyped) -> None:
        """Fills the fields as they were left; a plan that is gone is not chosen."""
        if typed.plan in dict(self._ground.plans):
            self.plan.show_values({typed.plan})
        self.kind.show_values({typed.kind})
        self._show_kind()
        self.title.setText(typed.title)
        self.owner.setText(typed.owner)
        self.promised_to.setText(typed.promised_to)
        self.due.line.setText(typed.due)
        self.due.line.left.emit()

    def _drop(self) -> None:
        self._is_over = True
        self.close()

    def _on_title(self, text: str) -> None:
        if text.strip():
            self.fields["title"].say_problem("")

    def _build(self) -> None:
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.fields["plan"], 3, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.fields["kind"], 2, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(first)
        for name in ("title", "owner", "promised_to", "due"):
            self.column.addWidget(self.fields[name])
        if self._ground.evidence:
            self.column.addWidget(PlainLabel("The conversation comes along as evidence.", role="caption", wraps=True))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(push_button("Cancel", theme=self._theme, kind="plain", clicked=self._drop))
        foot.addWidget(self.make)
        self.column.addLayout(foot)

    def _show_kind(self) -> None:
        """A person is who does an activity, and to whom a commitment is made, until somebody says otherwise."""
        is_promise = self.kind.value() is CardKind.COMMITMENT
        self.heading.setText("New commitment" if is_promise else "New card")
        self.setAccessibleName(self.heading.text())
        person, mine = self._seed.person, self._ground.my_name
        self.fields["promised_to"].setVisible(is_promise)
        if self.owner.text() in {"", person, mine}:
            self.owner.setText(mine if is_promise or not person else person)
        if is_promise and not self.promised_to.text():
            self.promised_to.setText(person)
        self.resize(self.width(), max(self.minimumHeight(), self.column.totalHeightForWidth(self.width())))

    def _look_up(self, who: PersonLine, text: str) -> None:
        job = partial(find_names, self._context.workspace.database, text)
        self._context.jobs.run(self, "names", job, who.offer, self._failed)

    def _end(self) -> None:
        from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

        title = " ".join(self.title.text().split())
        is_promise = self.kind.value() is CardKind.COMMITMENT
        self.fields["title"].say_problem("" if title else "A card needs a title, so that everyone knows what to do.")
        self.fields["due"].say_problem("Write a day such as 14 May, tomorrow or +7." if self.due.is_wrong else "")
        if not title or self.due.is_wrong:
            (self.due if title else self.title).setFocus()
            return
        draft = CardDraft(
            title,
            owner=" ".join(self.owner.text().split()),
            due_on=self.due.day(),
            kind=self.kind.value(),
            promised_to=" ".join(self.promised_to.text().split()) if is_promise else "",
            evidence=self._ground.evidence,
        )
        plan_id = self.plan.value()
        self._drop()
        self._wanted(plan_id, dict(self._ground.plans)[plan_id], draft)


def _proposed(ground: CardGround, *, used: Sequence[str | None]) -> set[PlanId]:
    """The plan for the community the card is about, else the one used last; `used` begins with the latest."""
    known = [PlanId(each) for each in used if each in dict(ground.plans)]
    near = [each for each in known if each in ground.near] or ground.near or known
    return set(near[:1])


def _taken_back(editor: "PlanEditor", *, card: CardId) -> Changes:
    """Undoes the making where it was the last edit of the plan; a card that was worked on since is archived."""
    changes = editor.undo()
    if any(each.id == card for each in editor.view().cards):
        editor.redo()
        changes = editor.archive_card(card)
    return changes
