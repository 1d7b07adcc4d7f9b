"""Person inspector: one person at the side: where they write, how often, and what the coordinator noted."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import PersonId
from workbench.queries.members import PersonCard, PersonCommunity, PersonHere
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.member_data import ShownPerson
from workbench.ui.pages.person_edit import About, Edit
from workbench.ui.pages.person_sections import PersonSections
from workbench.ui.pages.thanks_wish import ThanksWish
from workbench.ui.person_clock import clock_words
from workbench.ui.sanitiser import line
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.activity_strip import ActivityStrip
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tag_editor import TagEditor

_SHOWN_COMMUNITIES: Final = 6
_PADDING: Final = 20
_NOTE_HEIGHT: Final = 96
_FACTS: Final = ("Messages", "Replies given", "First message", "Last message")


class NoteEdit(QPlainTextEdit):
    """`left` when the keyboard goes elsewhere or Ctrl+Return is pressed: the moment to keep what was written."""

    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The menu of this very box takes the keyboard too, and is no leaving.
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
            return
        super().keyPressEvent(event)


class _CommunityRow(QPushButton):
    """A community of the person and how much they wrote there; opens its dashboard."""

    def __init__(self, theme: Theme, community: PersonCommunity) -> None:
        super().__init__()
        self._theme, self._name = theme, line(community.name)
        self._count = numbers.count(community.messages)
        said = numbers.plural(community.messages, "message", "messages")
        self.setProperty("kind", "plain")
        self.setAccessibleName(f"{self._name}, {said}")
        self.setToolTip(f"{self._name}: {said}, last {numbers.moment(community.last_at)}")

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(32))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(32))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room: QRect = self.rect().adjusted(8, 0, -8, 0)
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(self._theme.colour("second"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, self._count)
        taken = painter.fontMetrics().horizontalAdvance(self._count) + 12
        room.adjust(taken if turned else 0, 0, 0 if turned else -taken, 0)
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.Medium))
        painter.setPen(self._theme.colour("accent"))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(name))


class PersonInspector(QScrollArea):
    """`edited(Edit)` when note or tags were changed, `community_wanted(id)`, `closed` by its cross.

    `card_wanted` asks for a card with the person who is shown.
    """

    edited = Signal(Edit)
    community_wanted = Signal(int)
    closed = Signal()
    card_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.card_button = push_button("Make a card…", theme=theme, icon="note-pencil", clicked=self.card_wanted.emit)
        self._person: ShownPerson | None = None
        self._note_kept = ""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Person")
        self._name = PlainLabel("", role="title", wraps=True)
        self._office = PlainLabel("", role="second", wraps=True)
        self._source = PlainLabel("", role="small", wraps=True)
        self.count_button = push_button("", theme=theme, kind="link", clicked=self._count_otherwise)
        self._strip = ActivityStrip(theme)
        self._missing = PlainLabel("", role="caption", wraps=True)
        self._weeks_title = PlainLabel("", role="captionstrong", wraps=True)
        self._here = PlainLabel("In the communities chosen, then in all", role="caption", wraps=True)
        self._facts = [PlainLabel("", role="strong") for _ in _FACTS]
        self._in_all = [PlainLabel("", role="caption") for _ in _FACTS]
        self._communities = QVBoxLayout()
        self._communities.setSpacing(0)
        self._communities_title = PlainLabel("Communities", role="captionstrong")
        self._tags = TagEditor(theme)
        self._tags.edited.connect(self._on_tags)
        self._note = NoteEdit()
        self._note.setPlaceholderText("What you want to remember")
        self._note.setAccessibleName("My note")
        self._note.setTabChangesFocus(True)
        self._note.left.connect(self.keep)
        self._note.textChanged.connect(self._say_state)
        self._state = PlainLabel("", role="caption", wraps=True)
        self._clock = PlainLabel("", role="caption", wraps=True)
        self.sections = PersonSections(theme)
        self.sections.edited.connect(self._on_section)
        self._build()

    @property
    def person_id(self) -> PersonId | None:
        """Who is shown."""
        return self._person.card.person_id if self._person is not None else None

    @property
    def name(self) -> str:
        """The name of who is shown."""
        return "" if self._person is None else self._person.card.name

    @property
    def main_community(self) -> str:
        """Where they write most; empty for somebody who never did."""
        card = None if self._person is None else self._person.card
        most = max(card.communities, key=lambda one: one.messages, default=None) if card is not None else None
        return "" if most is None else line(most.name)

    def show_person(self, person: ShownPerson) -> None:
        """Shows somebody; a note that is being written is kept before another person takes its place."""
        card = person.card
        is_same = card.person_id == self.person_id
        if not is_same:
            self.keep()
        self._person = person
        self._name.setText(line(card.name))
        where = _place(person)
        self._office.setText(where)
        self._office.setVisible(bool(where))
        self._source.setText(_source_words(person))
        self.count_button.setText(_COUNTED_OTHERWISE[card.is_bot])
        self.count_button.setVisible(person.details is not None)
        self._clock.setText(local_time(person))
        self._clock.setVisible(bool(self._clock.text()))
        self.sections.show_person(person)
        self._strip.show_weeks(card.weeks, first=person.first_week, known=person.known_weeks)
        missing = person.known_weeks.count(False)
        weeks = numbers.count(len(person.known_weeks))
        self._missing.setText(f"{numbers.count(missing)} of {weeks} weeks are not known yet" if missing else "")
        self._missing.setVisible(missing > 0)
        self._show_facts(card)
        self._show_communities(card.communities, most=_SHOWN_COMMUNITIES)
        self._tags.show_tags(card.tags, known=person.known_tags)
        self._show_note(card.note, is_same=is_same)
        if not is_same:
            self.verticalScrollBar().setValue(0)

    def begin_thanks(self, wish: ThanksWish) -> None:
        """Opens the lines for thanks, for what was done in a thread."""
        self.sections.thanks.begin(wish.thread_id, wish.subject)
        # It has its height once it was laid out.
        QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, self.sections.thanks))

    def _show_facts(self, card: PersonCard) -> None:
        """The table counts in the chosen communities: so do the first numbers here, with those of all below them."""
        everywhere, here = _told(card), card.here
        if here is not None and _told(here) == everywhere:
            here = None
        for label, words in zip(self._facts, everywhere if here is None else _told(here), strict=True):
            label.setText(words)
        for label, words in zip(self._in_all, everywhere, strict=True):
            label.setText(f"{words} in all")
            label.setVisible(here is not None)
        self._here.setVisible(here is not None)
        self._weeks_title.setText(f"Messages per week{', all communities' if here is not None else ''}, one year")

    def keep(self) -> None:
        """Keeps the note if it was changed."""
        text = self._note.toPlainText().strip()
        if self._person is None or text == self._note_kept:
            return
        before, self._note_kept = self._note_kept, text
        self._say_state()
        self.edited.emit(Edit(self._person.card.person_id, self._person.card.name, before, text))

    def _show_note(self, note: str, *, is_same: bool) -> None:
        is_being_written = is_same and self._note.toPlainText().strip() != self._note_kept
        self._note_kept = note
        if not is_being_written and self._note.toPlainText().strip() != note:
            self._note.setPlainText(note)
        self._say_state()

    def _on_tags(self, tags: tuple[str, ...]) -> None:
        if self._person is not None:
            card = self._person.card
            self.edited.emit(Edit(card.person_id, card.name, card.tags, tags, About.TAGS))

    def _on_section(self, about: About, before: object, after: object) -> None:
        if self._person is not None:
            card = self._person.card
            self.edited.emit(Edit(card.person_id, card.name, before, after, about))

    def _count_otherwise(self) -> None:
        details = None if self._person is None else self._person.details
        if details is not None:
            counted = details.counted
            self._on_section(About.COUNTED, counted.typed, counted.word(is_program=not counted.is_program))

    def _say_state(self) -> None:
        is_open = self._note.toPlainText().strip() != self._note_kept
        self._state.setText(
            "Kept when you go on, or with Ctrl+Return." if is_open else "Notes and tags stay in this profile."
        )

    def _show_communities(self, communities: Sequence[PersonCommunity], *, most: int) -> None:
        while (item := self._communities.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._communities_title.setText(numbers.plural(len(communities), "community", "communities"))
        for community in communities[:most]:
            row = _CommunityRow(self._theme, community)
            row.clicked.connect(lambda _checked=False, one=community.id: self.community_wanted.emit(one))
            self._communities.addWidget(row)
        if len(communities) > most:
            words = f"Show all {numbers.count(len(communities))}"
            more = push_button(words, theme=self._theme, kind="link")
            more.clicked.connect(lambda: self._show_communities(communities, most=len(communities)))
            self._communities.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)

    def _build(self) -> None:
        theme = self._theme
        inner = QWidget()
        inner.setProperty("ground", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(_PADDING, 16, _PADDING, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        cross = icon_button("Close (Esc)", icon="x", theme=theme, clicked=self.closed.emit)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._office)
        column.addWidget(self._clock)
        source = QHBoxLayout()
        source.setSpacing(6)
        source.addWidget(IconLabel("info", theme, token="third"), 0, Qt.AlignmentFlag.AlignTop)
        source.addWidget(self._source, 1)
        column.addLayout(source)
        column.addWidget(self.card_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        column.addWidget(self._weeks_title)
        column.addWidget(self._strip)
        column.addWidget(self._missing)
        column.addSpacing(4)
        column.addWidget(self._here)
        column.addLayout(self._built_facts())
        column.addSpacing(8)
        column.addWidget(PlainLabel("Tags", role="captionstrong"))
        column.addWidget(self._tags)
        column.addSpacing(8)
        column.addWidget(PlainLabel("My note", role="captionstrong"))
        self._note.setFixedHeight(theme.px(_NOTE_HEIGHT))
        theme.changed.connect(lambda: self._note.setFixedHeight(theme.px(_NOTE_HEIGHT)))
        column.addWidget(self._note)
        column.addWidget(self._state)
        column.addWidget(self.sections)
        column.addWidget(self.count_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        column.addWidget(self._communities_title)
        column.addLayout(self._communities)
        column.addStretch(1)
        self.setWidget(inner)

    def _built_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for place, (title, label, in_all) in enumerate(zip(_FACTS, self._facts, self._in_all, strict=True)):
            row, column = divmod(place, 2)
            for line_, widget in enumerate((PlainLabel(title, role="caption"), label, in_all)):
                grid.addWidget(widget, row * 4 + line_, column)
            grid.setColumnStretch(column, 1)
        grid.setRowMinimumHeight(3, 6)
        return grid


def _told(card: PersonCard | PersonHere) -> tuple[str, ...]:
    moments = (card.first_at, card.last_at)
    days = map(numbers.day_of, moments)
    return (numbers.count(card.messages), numbers.count(card.replies_given), *days)


def _place(person: ShownPerson) -> str:
    """Office and organisation, as far as they are known."""
    details = person.details
    organisation = None if details is None else details.own.organisation or details.told.organisation
    parts = list(dict.fromkeys(line(part) for part in (person.card.office, organisation) if part))
    return parts[0] if len(parts) == 1 else " · ".join(map(isolated, parts))


def local_time(person: ShownPerson) -> str:
    """What the clock says where they are, in words; empty where that is not known."""
    details = person.details
    zone = None if details is None else details.own.time_zone or details.told.time_zone
    words = clock_words(person.now, zone)
    return f"{words} where they are now" if words else ""


_COUNTED_OTHERWISE: Final = {False: "Automatic sender, count nowhere", True: "A person after all"}
"""What is offered, by whether they count as a program."""


def _source_words(person: ShownPerson) -> str:
    card = person.card
    if card.is_bot:
        is_typed = person.details is not None and person.details.counted.typed is not None
        return f"An automatic sender{', as you said' if is_typed else ''}; left out of every number."
    if card.is_listed:
        return "Listed as a member by the source."
    return "Known only from what they wrote; this source lists no members."
