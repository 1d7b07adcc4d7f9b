"""Network page: who turns to whom, drawn and told: roles as named sets, groups against offices, one person's ties."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.queries.scope import Scope
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.grids import emptied
from workbench.ui.pages.network_data import (
    NetworkShown,
    read_network,
    shown,
)
from workbench.ui.pages.network_files import NetworkFiles
from workbench.ui.pages.network_person import NetworkPerson
from workbench.ui.pages.network_side import NetworkSide
from workbench.ui.pages.network_states import first_use_words, no_ties_words, stopped_words
from workbench.ui.pages.network_table import NetworkTable
from workbench.ui.pages.network_tools import NetworkTools
from workbench.ui.pages.network_words import FACTS, facts, note, subtitle
from workbench.ui.pages.page import Page
from workbench.ui.period import Period, PeriodKind
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.network_legend import NetworkLegend
from workbench.ui.widgets.network_picture import Work
from workbench.ui.widgets.network_view import NetworkView
from workbench.ui.widgets.switch import Switch

_TIGHT, _NARROW, _ROOMY = 700, 980, 1480
_WIDE: Final = 2
_ACROSS: Final = (3, 3, 4)
"""How many measures stand side by side, the narrower the page the fewer; where it is roomy all of them do."""


class NetworkPage(Page):
    """The picture is worked out in a child process, kept, and begun from where people stood last."""

    KEY: ClassVar[str] = "network"
    TITLE: ClassVar[str] = "Network"
    ICON: ClassVar[str] = "tree-structure"
    DEPENDS_ON: ClassVar[Changes] = Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: NetworkShown | None = None
        self._hides_names = False
        self._loading: tuple[Scope, Period] | None = None
        self._is_due = False
        self._wanted: PersonId | None = None
        self.files = NetworkFiles(context, self)
        self._room = -1
        self.tools = NetworkTools(context, self.files, self.buttons, self)
        self.tools.coloured.connect(self._on_colours)
        self.tools.hidden.connect(self._on_hidden)
        self.side = NetworkSide(self.theme)
        self.view = NetworkView(self.theme, run=self._run_paint)
        self.table = NetworkTable(self.theme)
        self.person = NetworkPerson(self.theme)
        self._legend = NetworkLegend(self.theme)
        self._facts = [self._built_fact() for _ in FACTS]
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.side)
        row.addLayout(self._built_middle(), 1)
        self.body.addLayout(row, 1)
        self.side.set_changed.connect(self._on_set)
        self.side.chosen.connect(self.view.look_at)
        self.person.chosen.connect(self.view.look_at)
        self.person.closed.connect(self._shut)
        self.view.pointed.connect(self._on_pointed)
        for part in (self.side, self.person, self.view):
            part.opened.connect(self._open_person)
        context.tables_changed.connect(self._on_tables)
        self.theme.changed.connect(self._arrange)
        self._on_tables()
        self.tools.bind(show_all=self.view.show_all)
        self.tools.enable(is_shown=self.isVisible())

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, int):
            self._wanted = PersonId(argument)
            self._look_at_wanted()

    @override
    def refresh(self) -> None:
        asked = (self.context.scope, self.context.period)
        if self._loading == asked:
            # While much arrives a large network would be begun anew again and again and never be done.
            self._is_due = True
            return
        self._loading, self._is_due = asked, False
        workspace = self.context.workspace
        job = partial(
            read_network,
            workspace,
            scope=self.context.scope,
            period=self.context.period,
            now=workspace.clock.now(),
            by=self.tools.by,
        )
        self.load(job, self._on_network, title="Drawing the network", stopped=self._on_stopped)

    @override
    def show_error(self, error: Exception) -> None:
        self._loading = None
        super().show_error(error)

    @override
    def inspector(self) -> QWidget | None:
        return self.person if self.view.node >= 0 and self._found is not None else None

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and self.view.is_drawn

    @override
    def take_focus(self) -> None:
        self.view.setFocus()

    @override
    def find_here(self) -> None:
        self.side.filter.setFocus()
        self.side.filter.selectAll()

    @override
    def go_back(self) -> bool:
        if self.view.node >= 0:
            self._shut()
            return True
        if self.side.role is not None:
            self.side.choose(None)
            return True
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tools.enable(is_shown=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.tools.enable(is_shown=False)

    # What is shown

    def _on_network(self, found: NetworkShown) -> None:
        self._loading = None
        self._show(found)
        self._look_at_wanted()
        if self._is_due:
            self._is_due = False
            self.mark_stale()

    def _show(self, found: NetworkShown) -> None:
        before, self._found = self._found, found
        self.files.found = found
        look = found.look
        self._say_title()
        self.set_note(note(look) if look.people else "", icon="circle-half")
        self.tools.set_visible(are_shown=bool(look.people))
        if not look.people:
            self.view.look_at(-1)
            self.inspector_changed.emit()
            self._say_empty(found)
            return
        ids = [one.person_id for one in look.people]
        is_same = before is not None and [one.person_id for one in before.look.people] == ids
        if not is_same:
            self.view.look_at(-1)
        self.view.show_scene(found.scene, is_same_people=is_same)
        self.side.show_network(look, found.everybody)
        self.table.show_table(found.table)
        self._legend.show_groups(found.scene.legend, others=found.others)
        for label, (title, value, words) in zip(self._facts, facts(look), strict=True):
            say(label, isolated(f"{title} {value}"))
            label.setToolTip(words)
            label.setAccessibleDescription(words)
        self._on_pointed(self.view.node)

    def _say_title(self) -> None:
        look = self._found.look if self._found is not None else None
        is_told = look is not None and bool(look.people) and self._room != 0
        self.set_title(self.TITLE, subtitle(look, is_short=self._room < _WIDE) if look is not None and is_told else "")

    def _say_empty(self, found: NetworkShown) -> None:
        context = self.context
        if not found.has_communities:
            self.show_state(first_use_words(context.actions))
            return
        all_time = partial(context.set_period, Period(PeriodKind.ALL))
        all_communities = partial(context.set_scope, ()) if context.scope else None
        self.show_state(no_ties_words(found.look.known, all_time=all_time, all_communities=all_communities))

    def _look_at_wanted(self) -> None:
        """Looks at whom the page was opened for, once their network is here."""
        if self._wanted is None or self._found is None or self._loading is not None:
            return
        ids = [one.person_id for one in self._found.look.people]
        if self._wanted in ids:
            self.view.look_at(ids.index(self._wanted))
        self._wanted = None

    def _on_stopped(self) -> None:
        self._loading = None
        self.show_state(stopped_words(self.refresh))

    def _on_set(self, nodes: tuple[int, ...]) -> None:
        self.view.mark(nodes)
        if nodes:
            self.view.look_at(-1)

    def _on_pointed(self, node: int) -> None:
        if self._found is not None and node >= 0:
            self.person.show_person(self._found.look, node, are_hidden=self._hides_names)
        self.side.list.lead_to(node)
        self.inspector_changed.emit()

    def _shut(self) -> None:
        self.view.look_at(-1)
        self.view.setFocus()

    def _open_person(self, node: int) -> None:
        if self._found is not None and not self._hides_names:
            self.context.open_page("members", int(self._found.look.people[node].person_id))

    # Tools and room

    def _built_middle(self) -> QVBoxLayout:
        card = Card(padding=1)
        self._switch = Switch()
        for part in (self.view, self.table):
            self._switch.add(part)
        card.body.addWidget(self._switch, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(card, 1)
        inset = QHBoxLayout()
        inset.setContentsMargins(4, 0, 4, 0)  # marks begin where the words of the measures below do
        inset.addWidget(self._legend)
        column.addLayout(inset)
        self._below = QGridLayout()
        self._below.setSpacing(4)
        self._fit = push_button(
            "Show all", theme=self.theme, kind="status", icon="arrows-out", clicked=self.view.show_all
        )
        column.addLayout(self._below)
        return column

    def _built_fact(self) -> QPushButton:
        """A measure in a few words; hovering or pressing it says how it came about."""
        button = push_button("", theme=self.theme, kind="status")
        button.clicked.connect(lambda: QToolTip.showText(button.mapToGlobal(button.rect().topLeft()), button.toolTip()))
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where room is short tools keep their icons only and measures stand in two lines; then these give way."""
        room = sum(self.width() >= self.theme.px(limit) for limit in (_TIGHT, _NARROW, _ROOMY))
        if room == self._room:
            return
        self._room = room
        is_narrow, is_tight = room < _WIDE, room == 0
        self.side.set_narrow(is_narrow=is_tight)
        self._legend.set_lines(2 if is_tight else 3)
        self.tools.set_narrow(is_narrow=is_narrow)
        self._say_title()
        emptied(self._below)
        across = _ACROSS[room] if room < len(_ACROSS) else len(self._facts) + 1
        for place, widget in enumerate((*self._facts, self._fit)):
            self._below.addWidget(widget, place // across, place % across, Qt.AlignmentFlag.AlignLeading)
            widget.setVisible(not is_tight or widget is self._fit)
        self._below.setColumnStretch(across, 1)

    def _on_colours(self) -> None:
        found = self._found
        if found is not None and found.look.people:
            job = partial(shown, found.look, self.tools.by, has_communities=found.has_communities)
            self.context.jobs.run(self, "colours", job, self._show, self.show_part_error)

    def _on_hidden(self, are_hidden: bool) -> None:  # noqa: FBT001 - a Qt signal carries it by position
        self._hides_names = are_hidden
        node = self.view.node
        self.view.hide_names(are_hidden=are_hidden)
        self.side.hide_names(are_hidden=are_hidden)
        if node >= 0:
            self.view.look_at(node)
        self._on_pointed(self.view.node)

    def _on_tables(self) -> None:
        shows = self.context.shows_tables
        self.tools.show_tables()
        self._room = -1
        self._arrange()
        self._switch.turn_to(self.table if shows else self.view)
        self._legend.setVisible(not shows)

    def _run_paint(self, work: Work, done: Callable[[QImage], None], stopped: Callable[[], None]) -> object:
        return self.context.jobs.run(self, "paint", work, done, self.show_part_error, stopped=stopped)
