"""ReceivePanel: plan files that came: what waits in shared folders, a place to drop one, and taking it in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from workbench.errors import WorkbenchError
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_arrival import ArrivalView
from workbench.ui.pages.plan_exchange_data import ExchangeData, WaitingLine
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.drop_area import ONE_FILE, DropArea
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # What opens sealed files takes longer to load than a window may stand still.
    from workbench.operations.exchange import PlanArrival
    from workbench.plans.editor import PlanEditor
    from workbench.workspace import Workspace

FILTERS: Final = "Plans from partners (*.cwplan);;All files (*)"
_LOCKED: Final = "envelope_locked"


class ReceivePanel(QStackedWidget):
    """`merged(plan, questions)` after something was taken in; the other signals lead on from there."""

    merged = Signal(str, int)
    plan_wanted = Signal(str)
    choices_wanted = Signal(str)
    copies_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._path: Path | None = None
        self._arrival: PlanArrival | None = None
        self._waiting: tuple[WaitingLine, ...] | None = None
        self._is_busy = False
        self._list = ReadingColumn(self._theme)
        self.trouble = Notice(self._theme)
        self.drop = DropArea(self._theme, words="Drop a plan file here, or choose it", filters=FILTERS, takes_one=True)
        self.drop.folder.hide()
        self.drop.given.connect(lambda paths: self.look_at(paths[0]))
        self.drop.refused.connect(lambda: self.trouble.say(ONE_FILE))
        self._waiting_card = Card("Waiting in the folders you share")
        self._waiting_column = QVBoxLayout()
        self._waiting_card.body.addLayout(self._waiting_column)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._on_passphrase)
        self.passphrase_field = Field(
            self._theme, "Passphrase of this file", self.passphrase, hint="The one you agreed on with the sender."
        )
        self.arrival = ArrivalView(context)
        self.arrival.merge_wanted.connect(self._merge)
        self.arrival.left.connect(self.show_list)
        self._outcome = ReadingColumn(self._theme)
        self._build()

    # What the page asks for

    def show_data(self, data: ExchangeData) -> None:
        """Shows what waits."""
        if data.waiting != self._waiting:
            self._waiting = data.waiting
            self._show_waiting(data.waiting)

    def look_at(self, path: Path) -> None:
        """Opens a file and shows what taking it in would change; nothing is changed yet."""
        self._path = path
        self._ask_passphrase(is_asked=False)
        self._read(None)

    def show_list(self) -> None:
        """What waits, and the place to drop a file."""
        self._arrival = None
        self.trouble.say("")
        self._ask_passphrase(is_asked=False)
        self.setCurrentWidget(self._list)
        self.take_focus()

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        if self.currentWidget() is self.arrival:
            self.arrival.take_focus()
        elif self.currentWidget() is self._list:
            (self.passphrase if self.passphrase_field.isVisible() else self.drop.files).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def go_back(self) -> bool:
        """One step back to the list; False where it is shown."""
        if self.currentWidget() is self._list:
            return False
        self.show_list()
        return True

    def is_settled(self) -> bool:
        """Whether no file is being opened."""
        return not self._is_busy

    # Opening

    def _read(self, passphrase: str | None) -> None:
        if self._path is None:
            return
        self._is_busy = True
        self.trouble.say("")
        job = partial(_read_plan, self._context.workspace, self._path, passphrase)
        self._context.jobs.run(
            self, "read", job, self._on_read, self._on_unreadable, stopped=self._on_stopped, title="Opening the file"
        )

    def _on_read(self, arrival: "PlanArrival") -> None:
        self._is_busy = False
        self._arrival = arrival
        self._ask_passphrase(is_asked=False)
        self.arrival.show_arrival(arrival)
        self.setCurrentWidget(self.arrival)
        self.arrival.take_focus()

    def _on_unreadable(self, error: Exception) -> None:
        self._is_busy = False
        self.setCurrentWidget(self._list)
        if isinstance(error, WorkbenchError) and error.code == _LOCKED:
            self._ask_passphrase(is_asked=True)
            is_wrong = error.details.get("cause") == "wrong"
            self.passphrase_field.say_problem(" ".join(error_words(error)[0][::2]) if is_wrong else "")
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.say_trouble(error)

    def say_trouble(self, error: Exception) -> None:
        """What is wrong with the file, that nothing was changed, and what to do."""
        name = f"{self._path.name}: " if self._path is not None else ""
        self.trouble.say(name + " ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self._is_busy = False

    def _ask_passphrase(self, *, is_asked: bool) -> None:
        self._lock_card.setVisible(is_asked)
        if not is_asked:
            self.passphrase.clear()
            self.passphrase_field.say_problem("")
        elif self._path is not None:
            self._lock_name.setText(self._path.name)

    def _on_passphrase(self) -> None:
        if self.passphrase.text() and not self._is_busy:
            self._read(self.passphrase.text())

    # Taking in

    def _merge(self, trust: bool, name: str) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        arrival = self._arrival
        if arrival is None:
            return
        self._is_busy = True
        self.arrival.show_busy(is_busy=True, words="Merging…")
        workspace, context = self._context.workspace, self._context
        if arrival.is_new_plan:
            job = partial(_receive, workspace, arrival, None, trust=trust, name=name or None)
            context.jobs.run(self, "merge", job, self._on_added, self._on_refused, lane="plan")
            return
        gesture = partial(_receive, workspace, arrival, trust=trust, name=None)
        context.desk.carry(PlanId(arrival.plan.id), gesture, done=self._on_merged, failed=self._on_refused)

    def _on_added(self, changes: Changes) -> None:
        self._context.bus.publish(changes)
        self._on_merged()

    def _on_merged(self) -> None:
        self._is_busy = False
        arrival = self._arrival
        if arrival is None:
            return
        self._show_outcome(arrival)
        self.merged.emit(str(arrival.plan.id), len(arrival.preview.questions))

    def _on_refused(self, error: Exception) -> None:
        self._is_busy = False
        self.arrival.show_busy(is_busy=False, words=" ".join(error_words(error)[0][:2]))

    # Building

    def _build(self) -> None:
        self._lock_card = Card("This file needs a passphrase")
        self._lock_name = PlainLabel("", role="small", elides=True)
        self._lock_card.body.addWidget(self._lock_name)
        self._lock_card.body.addWidget(self.passphrase_field)
        row = QHBoxLayout()
        row.addWidget(push_button("Open", theme=self._theme, icon="lock-open", clicked=self._on_passphrase))
        row.addStretch(1)
        self._lock_card.body.addLayout(row)
        self._lock_card.hide()
        for widget in (self.trouble, self._lock_card, self._waiting_card, self.drop):
            self._list.column.addWidget(widget)
        said = "You see who changed what before anything is taken in. Damaged, foreign and old files change nothing."
        self._list.column.addWidget(PlainLabel(said, role="small", wraps=True))
        self._waiting_card.hide()
        for part in (self._list, self.arrival, self._outcome):
            self.addWidget(part)

    def _show_waiting(self, waiting: tuple[WaitingLine, ...]) -> None:
        while (item := self._waiting_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in waiting:
            self._waiting_column.addWidget(self._built_line(line))
        self._waiting_card.setVisible(bool(waiting))

    def _built_line(self, line: WaitingLine) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        icon, token = ("warning-circle", "watch") if line.trouble else ("envelope-simple", "second")
        row.addWidget(IconLabel(icon, self._theme, token=token, size=20))
        words = QVBoxLayout()
        words.setSpacing(0)
        title, said = waiting_words(line)
        words.addWidget(PlainLabel(title, role="strong", wraps=True))
        words.addWidget(PlainLabel(said, role="small", wraps=True))
        row.addLayout(words, 1)
        holder.setAccessibleName(f"{title}. {said}")
        if not line.trouble:
            look = push_button("Look", theme=self._theme, clicked=lambda: self.look_at(line.path))
            snug(look)
            look.setAccessibleName(f"Look at the file of {line.sender}")
            row.addWidget(look)
        return holder

    def _show_outcome(self, arrival: "PlanArrival") -> None:
        self._outcome.clear()
        card = Card(padding=24)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("check-circle", self._theme, token="good", size=20))
        title, lines = outcome_words(arrival)
        row.addWidget(PlainLabel(title, role="title", wraps=True), 1)
        card.body.addLayout(row)
        for line in lines:
            card.body.addWidget(PlainLabel(line, role="second", wraps=True))
        card.setAccessibleName(f"{title}. {' '.join(lines)}")
        plan, asked = str(arrival.plan.id), len(arrival.preview.questions)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        choose = None
        if asked:
            words = f"Choose between the values ({numbers.count(asked)})"
            choose = push_button(words, theme=self._theme, kind="primary", icon="git-diff")
            choose.clicked.connect(lambda: self.choices_wanted.emit(plan))
            buttons.addWidget(choose)
        show = push_button("Open the plan", theme=self._theme, kind="" if asked else "primary", icon="target")
        show.clicked.connect(lambda: self.plan_wanted.emit(plan))
        buttons.addWidget(show)
        if not arrival.is_new_plan and not arrival.preview.is_same:
            copies = push_button("Copies kept", theme=self._theme, icon="clock-counter-clockwise")
            copies.clicked.connect(lambda: self.copies_wanted.emit(plan))
            buttons.addWidget(copies)
        buttons.addWidget(push_button("Look at another file", theme=self._theme, kind="plain", clicked=self.show_list))
        buttons.addStretch(1)
        card.body.addSpacing(8)
        card.body.addLayout(buttons)
        self._outcome.add(card)
        self.setCurrentWidget(self._outcome)
        (choose if choose is not None else show).setFocus(Qt.FocusReason.OtherFocusReason)


def waiting_words(line: WaitingLine) -> tuple[str, str]:
    """Title and second line of a file that waits."""
    if line.trouble:
        return line.path.name, line.trouble
    plan = f"Changes to {line.plan}" if line.plan else "A plan that is new here"
    return f"{plan} from {line.sender}", f"Number {numbers.count(line.sequence)}, made {numbers.moment(line.created)}"


def outcome_words(arrival: "PlanArrival") -> tuple[str, tuple[str, ...]]:
    """What was taken in, in a title and a few sentences."""
    seen = arrival.preview
    if arrival.is_new_plan:
        return f"{arrival.plan.name} is here", ("It is a plan like your own now: change it, and send it back.",)
    if seen.is_same:
        return "Nothing was left to do", ("The plan here held all of it already.",)
    cards = len({(each.kind, each.record_id) for each in seen.changes})
    fields = numbers.plural(len(seen.changes), "change", "changes")
    taken = f"{fields} of {arrival.sender} in {numbers.plural(cards, 'place', 'places')} taken in"
    lines = ["A copy of the plan as it was before is kept.", "Undo takes back your own edits only, never theirs."]
    if seen.questions:
        asked = numbers.plural(len(seen.questions), "field waits", "fields wait")
        lines.insert(0, f"{asked} for you to choose; both values are kept until then.")
    return taken, tuple(lines)


def _read_plan(workspace: "Workspace", path: Path, passphrase: str | None) -> "PlanArrival":
    from workbench.operations.exchange import read_plan_file  # noqa: PLC0415 - as said above

    return read_plan_file(workspace, path, passphrase=passphrase)


def _receive(
    workspace: "Workspace", arrival: "PlanArrival", editor: "PlanEditor | None", *, trust: bool, name: str | None
) -> Changes:
    from workbench.operations.exchange import receive_plan  # noqa: PLC0415 - as said above

    return receive_plan(workspace, arrival, trust=trust, name=name, editor=editor)
