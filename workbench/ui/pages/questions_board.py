"""Question board: open, routed, answered and abandoned questions as four columns; arrows walk between them."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import EventId
from workbench.operations.questions import Board
from workbench.queries.questions import QuestionRow, QuestionState
from workbench.ui import icons, numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.conversation_list import ConversationList, HitDelegate
from workbench.ui.qt_models.question_list import QuestionListModel, age_words
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel

COLUMN_TITLES: Final = {
    QuestionState.OPEN: "Open",
    QuestionState.ROUTED: "Routed",
    QuestionState.ANSWERED: "Answered",
    QuestionState.ABANDONED: "Given up",
}
_EMPTY: Final = {
    QuestionState.OPEN: "No question waits without an owner.",
    QuestionState.ROUTED: "Give a question to somebody, and it stands here until there is an answer.",
    QuestionState.ANSWERED: "No answered question in this period.",
    QuestionState.ABANDONED: "Nothing was given up.",
}
_SIDES: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_NARROWEST: Final = 150
_Index = QModelIndex | QPersistentModelIndex


class QuestionDelegate(HitDelegate):
    """Subject in two lines; who asked where; how old, and whose it is."""

    HEIGHT = 104

    @override
    def _paint_row(self, painter: QPainter, box: QRect, row: object, index: _Index, *, turned: bool) -> None:
        if not isinstance(row, QuestionRow):
            return
        px, model = self._theme.px, index.model()
        room = box.adjusted(px(12), px(8), -px(12), 0)
        room.setHeight(px(42))
        first = room
        if row.is_urgent:
            side = px(16)
            left = room.right() - side if turned else room.left()
            icons.draw(painter, "lightning", QRect(left, room.top() + px(3), side, side), self._theme.colour("bad"))
            first = room.adjusted(0 if turned else side + 4, 0, -side - 4 if turned else 0, 0)
        subject = short_subject(row.subject, row.community) or "No subject"
        self._marked(painter, first, subject, (), font=self._medium, token="text", lines=2, turned=turned)
        second = QRect(room.left(), room.bottom() + px(3), room.width(), px(18))
        said = isolated(line(row.author))
        if self.names_community:
            said = f"{said} · {isolated(line(row.community))}"
        self._words(painter, second, said, font=self._small, token="second")
        third = second.translated(0, px(20))
        is_late = isinstance(model, QuestionListModel) and model.is_late(row)
        self._paint_foot(painter, third, row, is_late=is_late, turned=turned)

    def _paint_foot(self, painter: QPainter, box: QRect, row: QuestionRow, *, is_late: bool, turned: bool) -> None:
        px, token = self._theme.px, "watch" if is_late else "third"
        side = px(14)
        left = box.right() - side if turned else box.left()
        mark = "warning-circle" if is_late else "check" if row.state is QuestionState.ANSWERED else "clock"
        icons.draw(painter, mark, QRect(left, box.center().y() - side // 2, side, side), self._theme.colour(token))
        room = box.adjusted(0 if turned else side + px(4), 0, -side - px(4) if turned else 0, 0)
        font = self._small_strong if is_late else self._small
        taken = self._words(painter, room, age_words(row), font=font, token=token) + px(10)
        rest = room.adjusted(0 if turned else taken, 0, -taken if turned else 0, 0)
        who = row.answerer if row.state is QuestionState.ANSWERED else row.owner
        if who and rest.width() > px(24):
            self._words(painter, rest, line(who), font=self._small, token="second", end=True)


def inset_head(card: Card) -> None:
    """Gives the heading of a card without padding, as lists need it, room of its own."""
    item = card.body.itemAt(0)
    head = None if item is None else item.layout()
    if head is not None:
        head.setContentsMargins(12, 10, 12, 2)


class QuestionBoard(QWidget):
    """`chosen(thread)` when another question becomes current, `clicked(thread)` also where it was so before.

    `opened(thread)` on Enter or a double click. `more_wanted` where a column holds more than it shows.
    """

    chosen = Signal(int)
    clicked = Signal(int)
    opened = Signal(int)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_quiet = False
        self.models = {state: QuestionListModel(self) for state in QuestionState}
        self.lists: dict[QuestionState, ConversationList] = {}
        self._heads: dict[QuestionState, Card] = {}
        self.more: dict[QuestionState, QPushButton] = {}
        self._stacks: dict[QuestionState, QStackedWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._in_row = 0
        self._columns = [self._column(state) for state in QuestionState]
        self._fit()

    def show_board(self, board: Board, *, names_community: bool) -> None:
        """Shows another board; what was current stays so where it is still there."""
        current, heights = self.current, dict[QuestionState, int]()
        self._is_quiet = True
        for state, view in self.lists.items():
            rows, count, height = board.columns[state], board.counts[state], view.verticalScrollBar().value()
            self.models[state].set_rows(rows, limit_hours=board.limit_hours)
            view.set_names_community(names=names_community)
            shown = numbers.count(count)
            if count > len(rows):
                shown = f"{numbers.count(len(rows))} of {shown}"
            self._heads[state].set_subtitle(shown)
            self._stacks[state].setCurrentIndex(0 if rows else 1)
            self.more[state].setVisible(count > len(rows))
            heights[state] = height
        self._is_quiet = False
        self.choose(None if current is None else current.id)
        for state, height in heights.items():
            self.lists[state].verticalScrollBar().setValue(height)

    @property
    def current(self) -> QuestionRow | None:
        """The question that is chosen."""
        for state, view in self.lists.items():
            row = self.models[state].row_at(view.place())
            if row is not None:
                return row
        return None

    def choose(self, thread_id: EventId | None) -> bool:
        """Makes a question current, whichever column it is in, without saying so; whether it is there."""
        found = False
        self._is_quiet = True
        for state, view in self.lists.items():
            place = -1 if thread_id is None else self.models[state].place_of(thread_id)
            view.choose(place)
            found = found or place >= 0
        self._is_quiet = False
        return found

    def take_focus(self) -> None:
        """Puts the keyboard into the column with the chosen question, else into the first that has one."""
        views = [view for view in self.lists.values() if view.model().rowCount()]
        view = next((one for one in views if one.place() >= 0), views[0] if views else None)
        if view is not None:
            view.setFocus()
            if view.place() < 0:
                # Nobody has picked it yet: nothing opens at the side.
                self._is_quiet = True
                view.choose(0)
                self._is_quiet = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _SIDES:
            step = _SIDES[Qt.Key(event.key())]
            self._walk(watched, -step if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else step)
            return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """All columns side by side, or two above two where they would be too narrow to read."""
        in_row = len(self._columns)
        if self.width() < in_row * self._theme.px(_NARROWEST):
            in_row //= 2
        if in_row == self._in_row:
            return
        self._in_row = in_row
        for place, column in enumerate(self._columns):
            self._grid.addWidget(column, place // in_row, place % in_row)
        for place in range(len(self._columns)):
            self._grid.setColumnStretch(place, 1 if place < in_row else 0)

    def _walk(self, start: QObject, step: int) -> None:
        """To the next column that has a question, at the same height."""
        views = list(self.lists.values())
        at = next(place for place, view in enumerate(views) if view is start)
        row = views[at].place()
        at += step
        while 0 <= at < len(views):
            if views[at].model().rowCount():
                views[at].setFocus()
                views[at].choose(min(max(0, row), views[at].model().rowCount() - 1))
                return
            at += step

    def _column(self, state: QuestionState) -> QWidget:
        title = COLUMN_TITLES[state]
        view = self.lists[state] = ConversationList(self._theme, QuestionDelegate, name=f"{title} questions")
        view.setModel(self.models[state])
        view.row_chosen.connect(lambda place: self._on_chosen(state, place))
        view.row_opened.connect(lambda place: self._on_opened(state, place))
        view.clicked.connect(lambda index: self._on_clicked(state, index.row()))
        view.doubleClicked.connect(lambda index: self._on_opened(state, index.row()))
        view.installEventFilter(self)
        words = PlainLabel(_EMPTY[state], role="small", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        inside.addStretch(1)
        stack = self._stacks[state] = QStackedWidget()
        stack.addWidget(view)
        stack.addWidget(holder)
        card = self._heads[state] = Card(title, "0", padding=1)
        inset_head(card)
        card.body.addWidget(stack, 1)
        more = self.more[state] = push_button("More", theme=self._theme, kind="link", clicked=self.more_wanted.emit)
        more.setAccessibleName(f"More {title.lower()} questions")
        snug(more)
        more.hide()
        card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        return card

    def _on_chosen(self, state: QuestionState, place: int) -> None:
        row = self.models[state].row_at(place)
        if self._is_quiet or row is None:
            return
        self._is_quiet = True
        for other, view in self.lists.items():
            if other is not state:
                view.choose(-1)
        self._is_quiet = False
        self.chosen.emit(row.id)

    def _on_clicked(self, state: QuestionState, place: int) -> None:
        row = self.models[state].row_at(place)
        if row is not None:
            self.clicked.emit(row.id)

    def _on_opened(self, state: QuestionState, place: int) -> None:
        row = self.models[state].row_at(place)
        if row is not None:
            self.opened.emit(row.id)
