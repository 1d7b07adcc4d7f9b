"""PersonLists: people one looks after, at the side: who knows about something, advocates, sponsors, doubles."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.queries.recognition import MOST_SILENT
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.pages.person_edit import About, Edit
from workbench.ui.pages.person_list_data import EMPTY, RULES, TITLES, ListRow, PeopleList, read_list
from workbench.ui.pages.person_section import emptied, heading, link
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox
from workbench.ui.words import error_words

_PADDING: Final = 20
_TYPING_MILLISECONDS: Final = 250
_MOST: Final = 60
_UNDER_A_LINK: Final = 5
"""The words of a link begin so far inside of it: room for the ring of the keyboard."""


class PersonLists(QScrollArea):
    """`person_wanted(id)` and `thread_wanted(id)` open what was chosen, `edited(Edit)` joins two people."""

    closed = Signal()
    person_wanted = Signal(int)
    thread_wanted = Signal(int)
    edited = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self.which, self._most = PeopleList.KNOWS, _MOST
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("People")
        self._title = PlainLabel("", role="title", wraps=True)
        self.line = QLineEdit()
        self.line.setPlaceholderText("A word or two, such as pumps")
        self.line.setAccessibleName("What somebody should know about")
        self.only_known = TickBox(context.theme, "Only people I know")
        self.only_known.clicked.connect(self.read)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._typing.timeout.connect(self.read)
        self.line.textChanged.connect(self._typing.start)
        self._said = PlainLabel("", role="small", wraps=True)
        self._holders: list[QWidget] = []
        self.rows = QVBoxLayout()
        self.rows.setSpacing(12)
        self._build()

    def is_settled(self) -> bool:
        """Whether nothing is being typed that was not looked up yet."""
        return not self._typing.isActive()

    def show_list(self, which: PeopleList) -> None:
        """Shows a list from its beginning."""
        self.which, self._most = which, _MOST
        self._title.setText(TITLES[which])
        for widget in (self.line, self.only_known):
            widget.setVisible(which is PeopleList.KNOWS)
        emptied(self.rows)
        self._holders = []
        self._said.setText("")
        self.read()
        self.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Puts the keyboard where one begins."""
        (self.line if self.which is PeopleList.KNOWS else self).setFocus()

    def read(self) -> None:
        """Reads the list that is shown."""
        text, which = self.line.text().strip(), self.which
        if which is PeopleList.KNOWS and not text:
            emptied(self.rows)
            self._holders = []
            self._said.setText("People who wrote about it and were thanked, with the threads that show it.")
            return
        workspace = self._context.workspace
        now, known = workspace.clock.now(), self.only_known.isChecked()
        job = partial(
            read_list, workspace.database, which, text=text, scope=self._context.scope, now=now, only_known=known
        )
        self._said.setText("Looking…" if not self.rows.count() else "")
        self._context.jobs.run(self, "list", job, partial(self._show, which), self._fail)

    def _show(self, which: PeopleList, found: list[ListRow]) -> None:
        if which is not self.which:
            return
        value, place = self.verticalScrollBar().value(), self._place_of_keyboard()
        if place is not None:
            # A button that goes away with the keyboard would hand it on, and the list would scroll there.
            self.setFocus()
        emptied(self.rows)
        self._holders = []
        said = RULES.get(which, "") if found else EMPTY[which]
        if not found and which is PeopleList.KNOWS and self.only_known.isChecked():
            said = "Nobody you know wrote about it."
        self._said.setText(said)
        self._said.setVisible(bool(said))
        group = ""
        for row in found[: self._most]:
            if row.group != group:
                group = row.group
                self.rows.addWidget(heading(group))
            self._holders.append(self._row(row))
            self.rows.addWidget(self._holders[-1])
        if len(found) > self._most:
            total = f"{numbers.count(len(found))}{' or more' if len(found) >= MOST_SILENT else ''}"
            words = f"Show more: {numbers.count(self._most)} of {total}, by name"
            more = link(self._theme, words)
            more.clicked.connect(lambda: self._show_more(which, found))
            self.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        QTimer.singleShot(0, self, lambda: self._stay(value, place))

    def _show_more(self, which: PeopleList, found: list[ListRow]) -> None:
        self._most += _MOST
        self.setFocus()
        self._show(which, found)

    def _place_of_keyboard(self) -> int | None:
        """Which row has the keyboard; None where it is elsewhere."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((place for place, row in enumerate(self._holders) if row.isAncestorOf(focused)), None)

    def _stay(self, value: int, place: int | None) -> None:
        """What was looked at stays where it is, also where a row of it has gone."""
        if place is not None and self._holders:
            row = self._holders[min(place, len(self._holders) - 1)]
            first = next(iter(row.findChildren(QPushButton)), None)
            if first is not None:
                first.setFocus()
        self.verticalScrollBar().setValue(value)

    def _fail(self, error: Exception) -> None:
        words, _details = error_words(error)
        emptied(self.rows)
        self._holders = []
        self._said.setVisible(True)
        self._said.setText(" ".join(words))

    def _row(self, row: ListRow) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = link(self._theme, row.name)
        name.clicked.connect(lambda: self.person_wanted.emit(row.person_id))
        column.addWidget(name, 0, Qt.AlignmentFlag.AlignLeading)
        if row.other_id is not None:
            other = link(self._theme, row.other)
            other.clicked.connect(lambda: self.person_wanted.emit(row.other_id))
            column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeading)
        reason = PlainLabel(isolated(line(row.reason)), role="small", wraps=True)
        reason.setIndent(_UNDER_A_LINK)
        column.addWidget(reason)
        for thread, subject in row.threads:
            proof = link(self._theme, subject or "Without a subject", icon="chats")
            proof.clicked.connect(lambda _checked=False, one=thread: self.thread_wanted.emit(one))
            column.addWidget(proof, 0, Qt.AlignmentFlag.AlignLeading)
        if row.other_id is not None:
            column.addLayout(self._doubles(row, row.other_id))
        return holder

    def _doubles(self, row: ListRow, other: Any) -> QHBoxLayout:
        deeds = QHBoxLayout()
        join = push_button("Join", theme=self._theme, icon="users")
        join.setAccessibleName(f"Join: {line(row.name)}")
        join.clicked.connect(lambda: self.edited.emit(Edit(row.person_id, row.name, None, other, About.MERGE)))
        apart = push_button("Not the same", theme=self._theme, kind="plain")
        apart.clicked.connect(lambda: self.edited.emit(Edit(row.person_id, row.name, None, other, About.APART)))
        for button in (join, apart):
            deeds.addWidget(button)
        deeds.addStretch(1)
        return deeds

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(_PADDING, 16, _PADDING, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        cross = icon_button("Close (Esc)", icon="x", theme=self._theme, clicked=self.closed.emit)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addWidget(self.only_known)
        column.addWidget(self._said)
        column.addLayout(self.rows)
        column.addStretch(1)
        self.setWidget(inner)
