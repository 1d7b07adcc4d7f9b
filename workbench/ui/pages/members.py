"""Members page: everybody in the communities in scope, filtered while one types; Enter shows a person at the side."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import MemberRow, MemberSort
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.member_columns import ColumnPopup
from workbench.ui.pages.member_data import (
    KNOWN_DAYS,
    Directory,
    People,
    keep_columns,
    read_directory,
    read_people,
)
from workbench.ui.pages.page import Page
from workbench.ui.pages.person_edit import About, Edit
from workbench.ui.pages.person_export import ExportPopup
from workbench.ui.pages.person_list_data import PeopleList
from workbench.ui.pages.person_menu import NOBODY, WHERE, WhereButton, labelled, lists_button, nobody_words
from workbench.ui.pages.person_side import PersonSide
from workbench.ui.pages.thanks_wish import ThanksWish
from workbench.ui.qt_models.member_table import CHOSEN_AT_FIRST, COLUMNS, MemberTableModel, fitting
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.state_panel import Offer, ways_in
from workbench.ui.widgets.table_view import TableView

_TYPING_MILLISECONDS: Final = 20
_SCROLL_BAR: Final = 12
_ROOM_FOR_FILTER: Final = 8
_LEAST_FILTER: Final = 140
_ORGANISATION: Final = next(place for place, column in enumerate(COLUMNS) if column.key == "organisation")


class MembersPage(Page):
    """Opened with a person's id it shows that person. Names are the first order: people are never ranked."""

    KEY: ClassVar[str] = "members"
    TITLE: ClassVar[str] = "Members"
    ICON: ClassVar[str] = "address-book"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "All time",
        "The directory counts every message that is here. The period chosen counts elsewhere.",
    )
    DEPENDS_ON: ClassVar[Changes] = Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.NOTES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._people: People | None = None
        self._sort, self._is_descending = MemberSort.NAME, False
        self._chosen: tuple[str, ...] = CHOSEN_AT_FIRST
        self._is_focus_due = False
        self._find: PersonId | None = None
        self._model = MemberTableModel(self)
        self._model.page_wanted.connect(self._read_page)
        self._filter = FilterBox(self.theme, hint="Name, office, language, topic, tag", width=280)
        self._filter.textChanged.connect(self._on_text)
        self._columns = labelled(icon_button("Columns", icon="columns", theme=self.theme, clicked=self._choose_columns))
        self._side = PersonSide(context, self)
        self._where = WhereButton(self.theme)
        self._where.chosen.connect(self._on_where)
        self._more = lists_button(self.theme, wanted=self._side.show_list, export=self._export)
        self.buttons.addWidget(self._filter, 1)
        self.buttons.addWidget(self._where)
        self._columns.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.buttons.addWidget(self._columns)
        self.buttons.addWidget(self._more)
        # Where room is short the filter gives way, not the name of the page.
        self._filter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._filter.setMinimumWidth(_LEAST_FILTER)
        self.header.setStretchFactor(self.buttons, _ROOM_FOR_FILTER)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._typing.timeout.connect(self.mark_stale)
        self._table = TableView(self.theme, name="Members")
        self._table.setModel(self._model)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._table.installEventFilter(self)
        self._table.opened.connect(self._on_opened_row)
        self._table.clicked.connect(lambda index: self._on_clicked_row(index.row()))
        self._table.selectionModel().currentChanged.connect(lambda now, _past: self._on_moved(now.row()))
        self._model.order_wanted.connect(self._on_order)
        self._table.horizontalHeader().sortIndicatorChanged.connect(self._on_head)
        card = Card(padding=1)
        card.body.addWidget(self._table)
        self.body.addWidget(card)
        self._side.changed.connect(self.inspector_changed)
        self._side.shown.connect(lambda one: self._mark(PersonId(one)))
        self._side.closed.connect(self._table.setFocus)
        self._side.failed.connect(self.show_part_error)
        self._side.person.edited.connect(self._on_edited)
        self.follow(self._side.edits)
        self._side.person.card_wanted.connect(self._make_card)
        self._card = context.actions.bind("person.card", self._make_card)
        self.theme.changed.connect(self._fit_columns)

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, ThanksWish):
            self._find = argument.person_id
            self._side.thank(argument)
            self.mark_stale()
        elif isinstance(argument, int):
            self._find = PersonId(argument)
            self._side.open(self._find)
            self.mark_stale()
        elif isinstance(argument, PeopleList):
            self._side.show_list(argument)
        elif isinstance(argument, str):
            self._filter.setText(argument)

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        self._people = People(
            self.context.scope, self._filter.text().strip(), self._sort, self._is_descending, workspace.clock.now(),
            self._where.where, self._find,
        )  # fmt: skip
        self.load(partial(read_directory, workspace.database, self._people), self._on_directory)
        self._side.refresh()

    @override
    def inspector(self) -> QWidget | None:
        return self._side.widget()

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and not self._typing.isActive() and self._side.lists.is_settled()

    @override
    def find_here(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    @override
    def go_back(self) -> bool:
        if not self._side.is_open:
            return False
        self._side.shut()
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._card.setEnabled(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._card.setEnabled(False)

    @override
    def take_focus(self) -> None:
        if self._side.takes_focus:
            return
        # What is not shown yet cannot take the keyboard; it is handed on with the first rows.
        self._is_focus_due = not self._table.isVisible()
        self._table.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and event.type() == QEvent.Type.Resize:
            self._fit_columns()
        return super().eventFilter(watched, event)

    # The table

    def _on_directory(self, found: Directory) -> None:
        asked = self._people
        if asked is None:
            return
        for widget in (self._filter, self._columns, self._where, self._more):
            widget.setVisible(found.communities > 0)
        if not found.communities:
            self._say_first_use()
            return
        self._chosen = found.columns
        if asked.where is MemberFilter.EXTERNAL:
            self._chosen = tuple(dict.fromkeys((*found.columns, "organisation")))
        self._say_known(found)
        self._fit_columns()
        current = self._model.row_at(self._table.currentIndex().row())
        self._model.set_rows(found.fitting, found.rows, now=asked.now)
        place = self._model.place_of(current.person_id) if current is not None else 0
        self._select(max(0, place) if asked.find is None else found.place)
        if self._is_focus_due and found.fitting:
            self._is_focus_due = False
            QTimer.singleShot(0, self._table, self._table.setFocus)
        total, shown = numbers.count(found.total), numbers.count(found.fitting)
        is_filtered = bool(asked.text) or asked.where is not MemberFilter.ALL
        which = "" if asked.where is MemberFilter.ALL else f" · {WHERE[asked.where]}"
        # Programs are none of those who are counted here.
        parts = shown if asked.where is MemberFilter.PROGRAMS else f"{shown} of {total}"
        self.set_title(self.TITLE, f"{parts}{which}" if is_filtered else total)
        if not found.fitting and asked.text:
            self.show_empty_by_filter(nobody_words(found, asked.where), self._clear_filters)
        elif not found.fitting and is_filtered:
            self.show_empty_by_filter(NOBODY[asked.where], self._clear_filters)
        elif not found.fitting:
            self.show_first_use(
                "Nobody here yet", "Nobody has written in these communities.", icon="address-book",
                offers=(Offer("Show all communities", lambda: self.context.set_scope(()), "users-three"),),
            )  # fmt: skip

    def _clear_filters(self) -> None:
        self._filter.clear()
        self._where.choose(MemberFilter.ALL)

    def _on_where(self) -> None:
        if self._where.where is MemberFilter.EXTERNAL:
            # Together with their organisation, which is what one looks for.
            self._table.sortByColumn(_ORGANISATION, Qt.SortOrder.AscendingOrder)
        elif self._sort is MemberSort.ORGANISATION:
            self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.mark_stale()

    def _say_known(self, found: Directory) -> None:
        """What a number or a first message means here, while much of what was written is not known."""
        if found.unsaid and found.fitting:
            offer = Offer("Say which is yours", lambda: self.context.open_page("settings"), "gear")
            self.set_note(line(found.unsaid), icon="info", offer=offer)
            return
        if found.known_share >= MINIMUM_COVERAGE or not found.fitting:
            self.set_note("")
            return
        share = numbers.share_known(found.known_share)
        begins = f"{share[0].upper()}{share[1:]} of the last {KNOWN_DAYS} days is known here"
        self.set_note(f"{begins}: messages and dates tell of that only", icon="circle-half")

    def _say_first_use(self) -> None:
        actions = self.context.actions
        self.set_title(self.TITLE)
        self.show_first_use(
            "Know who is who",
            "Once a community is here, everybody who writes in it is listed, with where and how often.",
            offers=ways_in(actions),
        )

    def _read_page(self, page: int) -> None:
        asked = self._people
        if asked is None:
            return

        def done(rows: list[MemberRow]) -> None:
            # An answer to an older question would show people who do not fit the filter.
            if asked is self._people:
                self._model.give(page, rows)

        def failed(error: Exception) -> None:
            self._model.fail()
            self.show_part_error(error)

        self.context.jobs.run(
            self, "page", partial(read_people, self.context.workspace.database, asked, page), done, failed
        )

    def _on_text(self) -> None:
        self._find = None
        self._typing.start()

    def _on_order(self, sort: str, is_descending: bool) -> None:  # noqa: FBT001 - a Qt signal carries it by position
        if (sort, is_descending) != (self._sort.value, self._is_descending):
            self._sort, self._is_descending = MemberSort(sort), is_descending
            self.mark_stale()

    def _on_head(self, place: int) -> None:
        """The arrow stays where the order is: the head of a count gives none, because people are not ranked."""
        if COLUMNS[place].sort is None:
            kept = next(place for place, column in enumerate(COLUMNS) if column.sort is self._sort)
            way = Qt.SortOrder.DescendingOrder if self._is_descending else Qt.SortOrder.AscendingOrder
            self._table.horizontalHeader().setSortIndicator(kept, way)

    def _export(self) -> None:
        if self._people is not None:
            popup = ExportPopup(self.context, self._more, people=self._people, failed=self.context.tell_error)
            popup.open_at(self._more)

    # Columns

    def _choose_columns(self) -> None:
        popup = ColumnPopup(self.theme, self._columns, columns=self._chosen, chosen=self._on_columns)
        popup.open_at(self._columns)

    def _on_columns(self, columns: tuple[str, ...]) -> None:
        self._chosen = columns
        self._fit_columns()
        workspace = self.context.workspace
        if workspace.database.writable:
            job = partial(keep_columns, workspace.notes, columns)
            context = self.context
            context.jobs.run(self, "columns", job, context.bus.publish, context.tell_error, lane="plan")

    def _fit_columns(self) -> None:
        room = self._table.width() - self.theme.px(_SCROLL_BAR)
        shown = fitting(
            self._chosen, room, self.theme.px,
            asked="organisation" if self._where.where is MemberFilter.EXTERNAL else "",
        )  # fmt: skip
        self._table.set_widths(tuple(column.width for column in COLUMNS))
        for place, column in enumerate(COLUMNS):
            self._table.setColumnHidden(place, column.key not in shown)

    # The person at the side

    def _on_opened_row(self, place: int) -> None:
        row = self._model.row_at(place)
        if row is not None:
            self._side.open(row.person_id)

    def _on_clicked_row(self, place: int) -> None:
        """Also where the row was marked before, and nothing is at the side."""
        if not self._side.is_open:
            self._on_opened_row(place)

    def _select(self, place: int | None) -> None:
        """Marks a row; None marks nobody, where who is shown beside the table is not in it."""
        if place is not None:
            self._table.selectRow(place)
            return
        self._table.clearSelection()
        self._table.setCurrentIndex(QModelIndex())

    def _on_moved(self, place: int) -> None:
        row = self._model.row_at(place)
        if row is not None and row.person_id != self._find:
            self._find = None
        if self._side.has_person and row is not None and row.person_id != self._side.person.person_id:
            self._side.open(row.person_id)

    def _mark(self, person_id: PersonId) -> None:
        place = self._model.place_of(person_id)
        if place >= 0 and place != self._table.currentIndex().row():
            self._table.selectRow(place)

    def _on_edited(self, edit: Edit) -> None:
        if edit.about is About.COUNTED:
            # They are in another list now, and stay at the side all the same.
            self._find = edit.person_id

    def _make_card(self) -> None:
        row = self._model.row_at(self._table.currentIndex().row())
        is_shown = self._side.has_person
        name = self._side.person.name if is_shown else "" if row is None else row.name
        if name:
            anchor = self._side.person.card_button if is_shown else self._columns
            person = self._side.person.person_id if is_shown else None if row is None else row.person_id
            self.context.maker.begin(CardSeed(person=line(name), person_id=person), anchor)
