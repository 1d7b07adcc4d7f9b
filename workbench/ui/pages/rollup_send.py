"""OfficeSendPanel: what an office tells headquarters: which office, what exactly is in the file, for whom."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_send_base import SealedFile, SealedSend, documents
from workbench.ui.pages.rollup_data import OfficeWish, OwnOffice, name_office, read_own_office, send_office
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.widgets.ticks import TickBox

if TYPE_CHECKING:
    from workbench.models.changes import Changes
    from workbench.sync.rollup_snapshot import OfficeSnapshot


MINIMUM_PEOPLE: Final = 5


class OfficeSendPanel(SealedSend):
    """`sent` after a file was written, `partners_wanted` where headquarters is not a partner yet."""

    sent = Signal()
    partners_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, title="Write the file", icon="paper-plane-tilt")
        self._area = ReadingColumn(self._theme)
        self._data: OwnOffice | None = None
        self._ticks: dict[str, TickBox] = {}
        self.trouble = Notice(self._theme)
        self.code, self.name, self.my_name = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = {
            "code": Field(self._theme, "Code of your office", self.code, hint="As headquarters gave it, such as ken."),
            "name": Field(self._theme, "Name of your office", self.name),
            "my_name": Field(self._theme, "Your name, as headquarters sees it", self.my_name),
        }
        self.fields["place"] = self.place_field
        self.keep = push_button("This is my office", theme=self._theme, kind="primary", clicked=self.keep_office)
        self.contents = PlainLabel("", role="second", wraps=True)
        self.go.clicked.connect(self.submit)
        self._build()

    def start(self) -> None:
        """Reads what a file would say now."""
        self.trouble.say("")
        job = partial(read_own_office, self._context.workspace)
        self._context.jobs.run(self, "read", job, self._on_read, self._on_failed)

    def take_focus(self) -> None:
        """Puts the keyboard where the next step is."""
        has_office = self._data is not None and self._data.office is not None
        (self.go if has_office else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_office(self) -> None:
        """Says which office this is, or what is missing for that."""
        code, name = self.code.text().strip(), self.name.text().strip()
        self.fields["code"].say_problem("" if code else "Give the code; headquarters knows your office by it.")
        self.fields["name"].say_problem("" if name else "Give the name of your office.")
        if code and name:
            job = partial(name_office, self._context.workspace, code, name)
            self._context.jobs.run(self, "name", job, self._on_named, self._on_failed)

    def submit(self) -> None:
        """Writes the file, or says what is missing."""
        data = self._data
        if data is None or data.office is None or not self.go.isEnabled():
            return
        to = tuple(name for name, tick in self._ticks.items() if tick.isChecked())
        folder = Path(self.place.text().strip()).expanduser()
        my_name = " ".join(self.my_name.text().split())
        self.fields["place"].say_problem("" if folder.is_dir() else "Choose a folder that is there.")
        self.fields["my_name"].say_problem("" if data.own is not None or my_name else "Say who signs the file.")
        if not to:
            self._say_result("Choose who at headquarters shall read it.")
        elif folder.is_dir() and (data.own is not None or my_name):
            wish = OfficeWish(to, folder, my_name if data.own is None else None)
            job = partial(send_office, self._context.workspace, wish)
            self._seal(job, partial(self._on_sent, to), title="Writing the file for headquarters")

    def _build(self) -> None:
        self._office = Card("Your office")
        self._who = PlainLabel("", wraps=True)
        self._change = push_button("Change", theme=self._theme, kind="link", clicked=self._show_form)
        row = QHBoxLayout()
        row.addWidget(self._who, 1)
        row.addWidget(self._change)
        self._office.body.addLayout(row)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        for key in ("code", "name"):
            form.addWidget(self.fields[key])
        form.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self._office.body.addWidget(self._form)
        for line in (self.code, self.name):
            line.returnPressed.connect(self.keep_office)
        inside = Card("What is in it, and nothing else")
        inside.body.addWidget(self.contents)
        self._to = Card("For whom at headquarters")
        self._people = QVBoxLayout()
        self._to.body.addLayout(self._people)
        self._nobody = push_button(
            "Add headquarters as a partner", theme=self._theme, kind="link", icon="user-plus",
            clicked=self.partners_wanted.emit,
        )  # fmt: skip
        self._to.body.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignLeading)
        self._to.body.addWidget(self.fields["my_name"])
        self._to.body.addWidget(self.fields["place"])
        self.place.setText(str(documents()))
        foot = QWidget()
        foot.setLayout(self._foot())
        self._inside, self._end = inside, foot
        for widget in (self.trouble, self._office, inside, self._to):
            self._area.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._area, 1)
        column.addWidget(foot)

    def _show_form(self) -> None:
        self._form.show()
        self._change.hide()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_read(self, data: OwnOffice) -> None:
        is_first, self._data = self._data is None, data
        office = data.office
        for widget in (self._inside, self._to, self._end):
            widget.setVisible(office is not None)
        self._form.setVisible(office is None)
        self._change.setVisible(office is not None)
        self._who.setText(
            "Say once which office this is." if office is None else f"{office.name}, known as {office.office_id}"
        )
        if office is not None:
            self.code.setText(office.office_id)
            self.name.setText(office.name)
        if data.snapshot is not None:
            self.contents.setText(contents_words(data.snapshot))
        self.fields["my_name"].setVisible(data.own is None)
        names = [partner.name for partner in data.partners]
        for name in names:
            if name not in self._ticks:
                tick = self._ticks[name] = TickBox(self._theme, name)
                self._people.addWidget(tick)
                tick.setChecked(is_first and len(names) == 1)
        for name in [name for name in self._ticks if name not in names]:
            self._ticks.pop(name).deleteLater()
        say(self._nobody, "Add another partner" if names else "Add headquarters as a partner")
        if is_first:
            self.take_focus()

    def _on_named(self, changes: "Changes") -> None:
        self._context.bus.publish(changes)
        self.start()

    def _on_sent(self, to: tuple[str, ...], file: SealedFile) -> None:
        self._show_written(file, to)
        self.sent.emit()

    @override
    def say_trouble(self, words: str) -> None:
        self.trouble.say(words)


def contents_words(snapshot: "OfficeSnapshot") -> str:
    """Exactly what a file says, in a few lines."""
    office, plans = snapshot.office, snapshot.plans
    named = [each.name for each in snapshot.communities if each.key]
    withheld = sum(week.is_withheld for each in snapshot.communities for week in each.weeks)
    lines = [f"The office: {office.name}, and until which day its communities are known"]
    if plans:
        titles = ", ".join(plan.name for plan in plans)
        lines.append(
            f"{numbers.plural(len(plans), 'plan', 'plans')} ({titles}): community, day 0, how many cards stand where, "
            "hours, measures with baseline, now and target, checkpoints held"
        )
    if named:
        lines.append(
            f"{numbers.plural(len(named), 'community', 'communities')} ({', '.join(named)}) and all of them together, "
            f"week by week from {numbers.day(office.first_week)}: messages, people, threads, answers"
        )
    lines.append("No name of a person, no card, no note, no message")
    so = f"; here that is so in {numbers.plural(withheld, 'week', 'weeks')}" if withheld else ""
    lines.append(f"Counts of fewer than {MINIMUM_PEOPLE} people are withheld{so}")
    return "\n".join(f"•  {line}" for line in lines)
