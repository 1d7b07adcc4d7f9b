"""Watch forms: small panels that ask why a thread is watched, what was made of it, and what became of an idea."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.clock import local_day
from workbench.ids import EventId
from workbench.notes.watching import ADOPTED, NOT_ADOPTED, OPEN, OUTPUT_KINDS
from workbench.operations import watching as deeds
from workbench.queries.watching import IdeaRow, OutputRow, WatchRow
from workbench.ui.context import Context
from workbench.ui.pages.plan_inspector_fields import Choice
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

KIND_TITLES: Final = dict(
    zip(OUTPUT_KINDS, ("Document", "Page", "Tool kit", "Decision", "Event", "Something else"), strict=True)
)
OUTCOME_TITLES: Final = {ADOPTED: "Adopted", NOT_ADOPTED: "Not adopted", OPEN: "Still open"}
_WIDTH: Final = 340
_LINES: Final = 84


class FormPopover(Popover):
    """A title, fields and a button; `keep` answers what is missing, by field, and nothing once it wrote."""

    def __init__(
        self, theme: Theme, anchor: QWidget, *, title: str, fields: Sequence[tuple[str, str, QWidget]], words: str,
        keep: Callable[[], tuple[str, str] | None],
    ) -> None:  # fmt: skip
        super().__init__(theme, anchor, width=_WIDTH)
        self._keep, self._first = keep, fields[0][2]
        self.column.addWidget(PlainLabel(title, role="strong", wraps=True))
        self.fields = {name: Field(theme, label, control) for name, label, control in fields}
        for field in self.fields.values():
            self.column.addWidget(field)
        self.saver = push_button(words, theme=theme, kind="primary", icon="check", clicked=self.save)
        self.column.addWidget(self.saver)
        for control in (each[2] for each in fields):
            if isinstance(control, QLineEdit):
                control.returnPressed.connect(self.save)

    def begin(self, anchor: QWidget) -> None:
        """Opens it with the keyboard in the first field."""
        self.open_at(anchor)
        self._first.setFocus()

    def save(self) -> None:
        """Writes and goes, or says what is missing."""
        for field in self.fields.values():
            field.say_problem("")
            if isinstance(field.control, DayField) and field.control.is_wrong:
                field.say_problem("Type a day, such as 14 May or tomorrow.")
                return
        problem = self._keep()
        if problem is None:
            self.close()
            return
        self.fields[problem[0]].say_problem(problem[1])
        self.fields[problem[0]].control.setFocus()


class WatchForms:
    """Opens the forms of a page; what they write can be taken back by the page's edits."""

    def __init__(self, context: Context, edits: QuestionEdits) -> None:
        self._context, self._edits = context, edits
        self.open: FormPopover | None = None
        """The form that was opened last."""

    def watch(self, anchor: QWidget, thread_id: EventId, row: WatchRow | None) -> None:
        """Why a thread is watched, and when to look again."""
        is_open = row is not None and row.is_open
        note = _text(row.note if row is not None and is_open else "", "Two members argue; called one")
        day = self._day(row.look_on if row is not None and is_open else None)

        def keep() -> tuple[str, str] | None:
            if not note.toPlainText().strip():
                return "note", "Say why this thread is watched."
            deed = partial(deeds.watch_thread, thread_id=thread_id, note=note.toPlainText(), look_on=day.day())
            self._make(deed, "The conversation is on the watch list.")
            return None

        fields = (("note", "Why", note), ("day", "Look again on", day))
        self._show(anchor, "Keep an eye on it. The note stays in this profile.", fields, "Watch", keep)

    def close(self, anchor: QWidget, row: WatchRow) -> None:
        """What was done about a watched thread."""
        done = _text("", "Talked to both; they agreed")

        def keep() -> tuple[str, str] | None:
            if not done.toPlainText().strip():
                return "done", "Say what was done."
            deed = partial(deeds.close_watch, watch_id=row.id, done=done.toPlainText())
            self._make(deed, "It is watched no longer.")
            return None

        self._show(anchor, "Watched no longer", (("done", "What was done", done),), "Close it", keep)

    def output(self, anchor: QWidget, threads: Sequence[EventId], row: OutputRow | None = None) -> None:
        """What was made of threads; another one's words are changed."""
        title, link = _line("" if row is None else row.title), _line("" if row is None else row.link)
        link.setPlaceholderText("An address or a file name")
        kind = Choice(self._context.theme, name="Kind", titles=KIND_TITLES)
        kind.show_values({OUTPUT_KINDS[0] if row is None else row.kind})
        day = self._day(self._today() if row is None else row.day, allows_none=False)

        def keep() -> tuple[str, str] | None:
            if not title.text().strip():
                return "title", "Give it a title."
            said: dict[str, Any] = {"title": title.text(), "kind": kind.value(), "link": link.text(), "day": day.day()}
            if row is None:
                self._make(partial(deeds.keep_output, threads=threads, **said), "Kept as an output.")
                return None
            self._make(partial(deeds.change_output, output_id=row.id, **said), "The output was changed.")
            return None

        fields = (("title", "Title", title), ("kind", "Kind", kind), ("link", "Where it is", link), ("day", "Day", day))
        self._show(anchor, "What was made of it", fields, "Keep", keep)

    def idea(self, anchor: QWidget, threads: Sequence[EventId]) -> None:
        """An idea, and to whom it was handed."""
        words, unit = _text("", "One sentence"), _line("")
        unit.setPlaceholderText("Nobody yet")
        day = self._day(None)

        def keep() -> tuple[str, str] | None:
            said = " ".join(words.toPlainText().split())
            if not said:
                return "words", "Say the idea in one sentence."
            deed = partial(deeds.keep_idea, words=said, unit=unit.text(), handed_on=day.day(), threads=threads)
            self._make(deed, "Kept as an idea.")
            return None

        fields = (("words", "Idea", words), ("unit", "Handed to", unit), ("day", "On", day))
        self._show(anchor, "An idea worth handing on", fields, "Keep", keep)

    def hand(self, anchor: QWidget, row: IdeaRow) -> None:
        """To whom an idea was handed."""
        unit, day = _line(row.unit), self._day(self._today(), allows_none=False)

        def keep() -> tuple[str, str] | None:
            if not unit.text().strip():
                return "unit", "Say who it was handed to."
            deed = partial(deeds.hand_idea, idea_id=row.id, unit=unit.text(), on=day.day())
            self._make(deed, f"Handed to {line(unit.text())}.")
            return None

        self._show(anchor, line(row.words), (("unit", "Handed to", unit), ("day", "On", day)), "Handed on", keep)

    def outcome(self, anchor: QWidget, row: IdeaRow) -> None:
        """What became of an idea."""
        outcome = Choice(self._context.theme, name="Outcome", titles=OUTCOME_TITLES)
        outcome.show_values({row.outcome if row.outcome != OPEN else ADOPTED})
        words, day = _line(row.outcome_words), self._day(row.outcome_on or self._today(), allows_none=False)

        def keep() -> None:
            deed = partial(deeds.decide_idea, idea_id=row.id, outcome=outcome.value(), on=day.day(), words=words.text())
            self._make(deed, f"{OUTCOME_TITLES[outcome.value()]}.")

        fields = (("outcome", "Outcome", outcome), ("words", "In a few words", words), ("day", "On", day))
        self._show(anchor, line(row.words), fields, "Keep", keep)

    def forget(self, row: WatchRow | OutputRow | IdeaRow) -> None:
        """Forgets a row; it can be taken back."""
        if isinstance(row, WatchRow):
            self._make(partial(deeds.forget_watch, watch_id=row.id), "The note is forgotten.")
        elif isinstance(row, OutputRow):
            self._make(partial(deeds.forget_output, output_id=row.id), "The output is forgotten.")
        else:
            self._make(partial(deeds.forget_idea, idea_id=row.id), "The idea is forgotten.")

    def _make(self, deed: Callable[..., Any], words: str) -> None:
        self._edits.make(partial(deed, self._context.workspace), words)

    def _show(
        self, anchor: QWidget, title: str, fields: Sequence[tuple[str, str, QWidget]], words: str,
        keep: Callable[[], tuple[str, str] | None],
    ) -> None:  # fmt: skip
        form = FormPopover(self._context.theme, anchor, title=title, fields=fields, words=words, keep=keep)
        self.open = form
        form.begin(anchor)

    def _day(self, day: date | None, *, allows_none: bool = True) -> DayField:
        field = DayField(self._context.theme, today=self._today, allows_none=allows_none)
        field.set_day(day)
        return field

    def _today(self) -> date:
        return local_day(self._context.workspace.clock.now())


def _line(words: str) -> QLineEdit:
    return QLineEdit(words)


def _text(words: str, hint: str) -> QPlainTextEdit:
    box = QPlainTextEdit(words)
    box.setPlaceholderText(hint)
    box.setTabChangesFocus(True)
    box.setFixedHeight(_LINES)
    return box
