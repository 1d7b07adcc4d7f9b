"""EvidenceList: what shows that a card was done: threads, files, links and numbers; to be added, opened, taken away."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.ui.directions import isolated
from workbench.ui.icons import icon
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.timers import single_shot
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.completer_list import dress
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

ICONS: Final = {
    EvidenceKind.THREAD: "chats",
    EvidenceKind.FILE: "file",
    EvidenceKind.LINK: "link",
    EvidenceKind.NUMBER: "hash",
}
TITLES: Final = {
    EvidenceKind.THREAD: "Conversation",
    EvidenceKind.FILE: "File",
    EvidenceKind.LINK: "Link",
    EvidenceKind.NUMBER: "Number",
}
_ASKS: Final = {
    EvidenceKind.THREAD: ("Words of a conversation", ""),
    EvidenceKind.LINK: ("https://", "What it shows"),
    EvidenceKind.NUMBER: ("Number, such as 42", "What it counts"),
}
_TYPING_MILLISECONDS: Final = 120
_CROSS: Final = 14


class EvidenceList(QWidget):
    """`opened(id)`, `removed(id)`, `added(kind, title, value)`; `file_wanted` asks for a file to be chosen.

    `looked_up(text)` asks for conversations; `offer_threads` answers with {title: value}.
    """

    opened = Signal(str)
    removed = Signal(str)
    added = Signal(EvidenceKind, str, str)
    file_wanted = Signal()
    looked_up = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kind = EvidenceKind.LINK
        self._threads: dict[str, str] = {}
        self._shown: tuple[Evidence, ...] = ()
        self.setAccessibleName("Evidence")
        self.buttons: list[QWidget] = []
        self._held = QVBoxLayout()
        self._held.setSpacing(0)
        self.add_button = QToolButton()
        self.add_button.setProperty("kind", "choice")
        self.add_button.setText("Add evidence")
        self.add_button.setIcon(icon("plus", theme))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setAccessibleName("Add evidence")
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.add_button)
        for kind, title in TITLES.items():
            menu.addAction(icon(ICONS[kind], theme), f"{title}…", partial(self.start, kind))
        self.add_button.setMenu(menu)
        self.form = _Form(theme)
        self.form.ended.connect(self._on_form)
        self.form.closed.connect(self._shut)
        self.form.typed.connect(self._on_typed)
        self.form.hide()
        self._typing = single_shot(self, _TYPING_MILLISECONDS, self._look_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._held)
        column.addWidget(self.form)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def controls(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        form = self.form
        return [*self.buttons, form.value, form.title, form.add, form.cancel, self.add_button]

    def show_evidence(self, found: Sequence[Evidence]) -> None:
        """Shows these and no others."""
        found = sorted(found, key=lambda each: (list(TITLES).index(each.kind), words_of(each).casefold()))
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        while (item := self._held.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for each in found:
            self._held.addWidget(self._made(each))

    def start(self, kind: EvidenceKind) -> None:
        """Opens the lines for one of a kind; a file is chosen in the dialog of the system."""
        if kind is EvidenceKind.FILE:
            self.file_wanted.emit()
            return
        self._kind = kind
        value, title = _ASKS[kind]
        self.form.begin(TITLES[kind], value=value, title=title)
        self.add_button.hide()

    def offer_threads(self, threads: dict[str, str]) -> None:
        """The conversations found for what was typed: {title: value}."""
        self._threads = threads
        self.form.offer(list(threads))

    def shut(self) -> None:
        """Leaves off adding."""
        self.form.hide()
        self.add_button.show()

    def _shut(self) -> None:
        self.shut()
        self.add_button.setFocus()

    def _look_up(self) -> None:
        self.looked_up.emit(self.form.value.text().strip())

    def _on_typed(self) -> None:
        if self._kind is EvidenceKind.THREAD:
            self._typing.start()

    def _on_form(self, value: str, title: str) -> None:
        problem = self._problem(value)
        self.form.problem.say(problem)
        if problem:
            return
        if self._kind is EvidenceKind.THREAD:
            value, title = self._threads[value], value
        elif self._kind is EvidenceKind.LINK and "://" not in value:
            value = f"https://{value}"
        self._shut()
        self.added.emit(self._kind, title, value)

    def _problem(self, value: str) -> str:
        if self._kind is EvidenceKind.THREAD:
            return "" if value in self._threads else "Choose one of the conversations that are offered."
        if self._kind is EvidenceKind.LINK:
            return "" if is_address(value) else "An address, such as https://example.org/minutes."
        return "" if any(sign.isdigit() for sign in value) else "A number, such as 42."

    def _made(self, each: Evidence) -> QWidget:
        held = QWidget()
        words, said = words_of(each), TITLES[each.kind]
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(ICONS[each.kind], self._theme))
        if each.kind is EvidenceKind.NUMBER:
            row.addWidget(PlainLabel(words, elides=True))
            row.addStretch(1)
        else:
            link = _Link(self._theme, words)
            link.setToolTip(said if each.kind is EvidenceKind.THREAD else f"{said}: {line(each.value)}")
            link.setAccessibleName(f"Open {said.lower()} {words}")
            link.clicked.connect(partial(self.opened.emit, each.id))
            self.buttons.append(link)
            row.addWidget(link, 1)
        cross = icon_button(f"Take away {said.lower()} {words}", icon="x", theme=self._theme)
        cross.setProperty("kind", "small")
        cross.setIconSize(QSize(self._theme.px(_CROSS), self._theme.px(_CROSS)))
        cross.clicked.connect(partial(self.removed.emit, each.id))
        self.buttons.append(cross)
        row.addWidget(cross)
        return held


class _Link(QPushButton):
    """Words that open something; they give way where room is short."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.setProperty("kind", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self._theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setPen(self._theme.colour("accent"))
        room = self.rect().adjusted(4, 0, -4, 0)
        shown = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(shown))


class _Form(QWidget):
    """One or two lines and their buttons; `ended(value, title)` by Enter or the button, `closed` by Esc."""

    ended = Signal(str, str)
    closed = Signal()
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.value, self.title = QLineEdit(), QLineEdit()
        self.problem = ProblemLine(theme)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        # What was found was found by its words, which need not stand in the subject.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer = completer
        dress(completer, theme)
        self.add = push_button("Add", theme=theme, clicked=self._end)
        self.cancel = push_button("Cancel", theme=theme, kind="plain", clicked=self.closed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.value, self.title, self.problem):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.add)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.value.textEdited.connect(lambda _text: self.typed.emit())

    def begin(self, name: str, *, value: str, title: str) -> None:
        """Asks for one of a kind."""
        for box, hint in ((self.value, value), (self.title, title)):
            box.clear()
            box.setPlaceholderText(hint)
            box.setAccessibleName(f"{name}: {hint}")
        self.title.setVisible(bool(title))
        self._names.setStringList([])
        if title:
            self.value.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none, its stubs do not say so
        else:
            self.value.setCompleter(self._completer)
        self.problem.say("")
        self.show()
        self.value.setFocus()

    def offer(self, titles: Sequence[str]) -> None:
        """Offers what was found."""
        self._names.setStringList(list(titles))
        if titles and self.value.hasFocus():
            self._completer.complete()

    @override
    def event(self, event: QEvent) -> bool:
        # Before the window takes Esc for going back.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain:
            self._end()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        self.ended.emit(self.value.text().strip(), " ".join(self.title.text().split()))


def is_address(text: str) -> bool:
    """Whether a text is an address of the web or of mail."""
    url = QUrl(text if "://" in text or text.startswith("mailto:") else f"https://{text}")
    return url.scheme() in {"http", "https", "mailto"} and ("." in url.host() or url.scheme() == "mailto")


def words_of(each: Evidence) -> str:
    """A piece of evidence in words: its title, else the thing itself."""
    if each.kind is EvidenceKind.NUMBER:
        return line(f"{each.value} {each.title}".strip())
    if each.title:
        return line(each.title)
    if each.kind is EvidenceKind.FILE:
        return line(PurePath(each.value.replace("\\", "/")).name)
    if each.kind is EvidenceKind.LINK:
        return line(QUrl(each.value).host() or each.value)
    return "Conversation"
